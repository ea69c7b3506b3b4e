//! Segments: which groups a browser belongs to, by what it did itself.
//!
//! Not here: what a lead's other browsers did, and segments that nobody outside may know; both come with a larger
//! language of conditions.

use crate::rulebook::Segment;
use crate::score::{Pattern, Shape};

/// Segments made ready to be held against histories.
#[derive(Clone, Debug)]
pub struct Segmenter {
    segments: Vec<Compiled>,
}

#[derive(Clone, Debug)]
struct Compiled {
    id: String,
    when: Pattern,
    at_least: u32,
}

impl Segmenter {
    /// Compiles segments.
    pub fn new(segments: &[Segment]) -> Segmenter {
        let segments = segments.iter().map(|segment| Compiled {
            id: segment.id.clone(),
            when: Pattern::new(&segment.when),
            at_least: segment.at_least,
        });
        Segmenter {
            segments: segments.collect(),
        }
    }

    /// Whether there is none, so that nobody is in any.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The segments of a browser, in the rulebook's order. `history` is how often it did what: events that weigh,
    /// by what they look like, in any order.
    pub fn of<'a>(&self, history: impl IntoIterator<Item = (&'a Shape, u32)>) -> Vec<String> {
        let mut counts = vec![0_u32; self.segments.len()];
        for (shape, times) in history {
            for (segment, count) in self.segments.iter().zip(&mut counts) {
                if segment.when.matches(shape) {
                    *count = count.saturating_add(times);
                }
            }
        }
        let counted = self.segments.iter().zip(counts);
        counted
            .filter(|(segment, count)| *count >= segment.at_least)
            .map(|(segment, _)| segment.id.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::starter;
    use crate::wire::Kind;

    fn shape(kind: Kind, path: &str) -> Shape {
        Shape {
            kind,
            path: path.into(),
            name: kind.is_named().then(|| "trial".into()),
            channel: None,
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
}
