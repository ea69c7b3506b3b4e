//! What a condition narrows people down to; that it leaves nobody out, the fold's tests show on random people.

use super::*;
use crate::grade::Grade;
use crate::profile::starter;
use crate::segment::Did;
use crate::wire::Kind as Event;

const TODAY: Day = Day(20_000);

fn narrowed(who: &Condition) -> (usize, bool) {
    let found = narrow(who, &starter(), Zone::SHANGHAI, TODAY);
    (found.groups.len(), found.exact)
}

#[test]
fn a_condition_is_narrowed_as_far_as_lists_go() {
    let score = Condition::Score(Range {
        min: Some(20),
        max: Some(80),
    });
    let good = Condition::Grade([Grade::A, Grade::B].into());
    let did = Condition::Did(Did {
        when: crate::rulebook::When::any(Event::PageView),
        at_least: 1,
        days: None,
    });
    let new = Condition::Moment {
        of: Moment::Created,
        is: Dates::FromToday {
            min: Some(-6),
            max: None,
        },
    };
    let all = |parts: &[&Condition]| Condition::All(parts.iter().copied().cloned().collect());
    let any = |parts: &[&Condition]| Condition::Any(parts.iter().copied().cloned().collect());
    let not = |part: &Condition| Condition::Not(Box::new(part.clone()));
    for (who, groups, exact) in [
        (&score, 2, true),
        (&good, 1, true),
        (&new, 1, true),
        (&did, 0, false),
        (&all(&[]), 0, true),
        (&all(&[&score, &good]), 3, true),
        (&all(&[&good, &did]), 1, false),
        (&any(&[]), 0, false),
        (&any(&[&good, &new]), 1, true),
        (&any(&[&good, &did]), 0, false),
        (&any(&[&good, &score]), 0, false),
        (&not(&good), 1, true),
        (&not(&new), 0, false),
        (&not(&did), 0, false),
        (&not(&all(&[&good, &did])), 0, false),
    ] {
        assert_eq!(narrowed(who), (groups, exact), "{who:?}");
    }
    let many = vec![good; list::limit::FILTERS_MAX + 1];
    let few = list::limit::FILTERS_MAX;
    assert_eq!(narrowed(&Condition::All(many)), (few, false));
}

#[test]
fn a_day_is_from_its_first_to_its_last_moment() {
    let between = created(
        Dates::Between {
            min: Some(1),
            max: Some(1),
        },
        Zone::SHANGHAI,
        TODAY,
    );
    let day = Zone::SHANGHAI.begins(Day(1));
    let tests: Vec<_> = between.iter().flatten().map(|one| &one.test).collect();
    assert_eq!(
        tests,
        [
            &list::Test::AtLeast(day),
            &list::Test::AtMost(day + 86_400_000 - 1)
        ]
    );
}
