//! Which segments of a website a browser is in.

use super::*;
use crate::rulebook::starter;
use crate::wire::Kind;

fn shape(kind: Kind, path: &str) -> Shape {
    Shape {
        name: kind.is_named().then(|| "trial".into()),
        ..Shape::new(kind, path)
    }
}

#[test]
fn a_browser_is_in_the_segments_it_did_enough_for() {
    let segmenter = Segmenter::new(&starter().segments);
    let check = |history: &[(Kind, &str, u32)], expect: &[&str]| {
        let history: Vec<_> = history
            .iter()
            .map(|(kind, path, times)| (shape(*kind, path), *times))
            .collect();
        let history = history.iter().map(|(shape, times)| (shape, *times));
        assert_eq!(segmenter.of(history), expect);
    };
    let (view, sent) = (Kind::PageView, Kind::FormSubmit);
    check(&[], &[]);
    check(&[(view, "/demo/pricing/", 1)], &[]);
    check(&[(view, "/demo/pricing/", 2)], &["evaluating"]);
    check(
        &[(view, "/demo/pricing/", 1), (view, "/demo/zh/pricing/", 1)],
        &["evaluating"],
    );
    check(&[(view, "/demo/", 9)], &[]);
    check(&[(Kind::Engagement, "/demo/pricing/", 9)], &[]);
    check(&[(sent, "/demo/trial/", 1)], &["in-touch"]);
    check(&[(Kind::FormStart, "/demo/trial/", 1)], &[]);
    check(
        &[
            (sent, "/demo/contact/", 1),
            (view, "/demo/pricing/", u32::MAX),
            (view, "/demo/zh/pricing/", u32::MAX),
        ],
        &["evaluating", "in-touch"],
    );
    assert!(!segmenter.is_empty());
    let none = Segmenter::new(&[]);
    assert!(none.is_empty());
    assert_eq!(none.of([(&shape(view, "/"), 1)]), [""; 0]);
}
