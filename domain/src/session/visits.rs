//! Sessions as reports count them: when each began, by which way, and whether it was the browser's first.
//!
//! What new events change of them is found beside the events, and nothing else of a browser's history is looked at. Not
//! here: sessions as a person's page tells them (`super`).

use super::{SILENCE_MS, begins};
use crate::channel::Channel;
use crate::id::{EventId, Ms};
use crate::score::{Activity, ShapeId};
use crate::touch::{Touch, TouchAt};
use crate::visitor::Visitor;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The way by which a session began: of its first touch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The channel.
    pub channel: Channel,
    /// The source; empty for direct.
    pub source: String,
    /// The campaign; empty when there was none.
    pub campaign: String,
}

impl Origin {
    fn of(touch: &Touch) -> Origin {
        Origin {
            channel: touch.channel,
            source: touch.source.clone(),
            campaign: touch.campaign.clone().unwrap_or_default(),
        }
    }
}

/// A session of one browser, as reports count it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// When it began.
    pub start: Ms,
    /// By which way; none when the browser only went on after a silence.
    pub origin: Option<Origin>,
    /// Whether it is the browser's first.
    pub first: bool,
}

/// What new events change of a browser's sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visits {
    /// When those began that are none any more, or are others.
    pub gone: Vec<Ms>,
    /// Those that are new, or are others now.
    pub come: Vec<Visit>,
}

/// Every session of a browser.
pub fn visits(visitor: &Visitor) -> Vec<Visit> {
    within(visitor, (Ms::MIN, Ms::MAX), |_, _| true)
}

/// What events that are in a browser's history already have changed of its sessions: those in `new`, by (time, event).
pub fn visits_changed(visitor: &Visitor, new: &BTreeSet<(Ms, EventId)>) -> Visits {
    let (Some((first, _)), Some((last, _))) = (new.first(), new.last()) else {
        return Visits::default();
    };
    let from = began(visitor, *first);
    // The session after these may begin otherwise now, and be the first no more.
    let until = ends(visitor, ends(visitor, *last).saturating_add(1));
    let after = within(visitor, (from, until), |_, _| true);
    let before = within(visitor, (from, until), |at, event| {
        !new.contains(&(at, event))
    });
    let gone = before.iter().filter(|visit| !after.contains(visit));
    let gone = gone.map(|visit| visit.start).collect();
    let come = after.iter().filter(|visit| !before.contains(visit));
    let come = come.cloned().collect();
    Visits { gone, come }
}

/// The place before every event of an instant.
fn place(at: Ms) -> Activity {
    Activity {
        at,
        event: EventId(Uuid::nil()),
        shape: ShapeId(0),
    }
}

/// When the session of an instant began: the first event before it that no silence parts from it.
fn began(visitor: &Visitor, at: Ms) -> Ms {
    let mut from = at;
    for activity in visitor.activities.range(..place(at)).rev() {
        if from.saturating_sub(activity.at) >= SILENCE_MS {
            break;
        }
        from = activity.at;
    }
    from
}

/// When the session of the first event from an instant on ends; the instant when there is none.
fn ends(visitor: &Visitor, at: Ms) -> Ms {
    let mut until = at;
    let mut first = true;
    for activity in visitor.activities.range(place(at)..) {
        if !first && activity.at.saturating_sub(until) >= SILENCE_MS {
            break;
        }
        first = false;
        until = activity.at;
    }
    until
}

/// The sessions that begin in a time, both ends of it among it, of the events that count.
fn within(
    visitor: &Visitor,
    (from, until): (Ms, Ms),
    counts: impl Fn(Ms, EventId) -> bool,
) -> Vec<Visit> {
    let earlier = visitor.activities.range(..place(from)).next_back();
    let mut before = earlier.map(|activity| activity.at);
    let mut found: Vec<Visit> = Vec::new();
    let mut activities = visitor.activities.range(place(from)..);
    let mut touches = touches(visitor, (from, until)).filter(|t| counts(t.at, t.event));
    let mut touch = touches.next();
    while let Some(activity) = activities.next().filter(|activity| activity.at <= until) {
        if !counts(activity.at, activity.event) {
            continue;
        }
        if begins(before, activity.at) {
            found.push(Visit {
                start: activity.at,
                origin: None,
                first: before.is_none(),
            });
        }
        before = Some(activity.at);
        while let Some(here) = touch.filter(|touch| touch.at <= activity.at) {
            land(found.last_mut(), here);
            touch = touches.next();
        }
    }
    // A touch that lies behind the last event, in its session.
    while let Some(here) = touch {
        land(found.last_mut(), here);
        touch = touches.next();
    }
    found
}

/// Gives a touch to the session it is in; the first of a session counts.
fn land(visit: Option<&mut Visit>, touch: &TouchAt) {
    let visit = visit.filter(|visit| visit.start <= touch.at);
    if let Some(visit) = visit.filter(|visit| visit.origin.is_none()) {
        visit.origin = Some(Origin::of(&touch.touch));
    }
}

fn touches(visitor: &Visitor, (from, until): (Ms, Ms)) -> impl Iterator<Item = &TouchAt> {
    let first = visitor.touches.partition_point(|touch| touch.at < from);
    let behind = visitor.touches.iter().skip(first);
    behind.take_while(move |touch| touch.at <= until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::VisitorId;
    use proptest::prelude::*;

    const MINUTE: Ms = 60_000;

    fn event(n: u128) -> EventId {
        EventId(Uuid::from_u128(n))
    }

    /// An event of a browser: at which minute, and by which source, where it came by one.
    type Told = (i64, Option<u8>);

    fn visitor(told: &[Told], known: impl Fn(usize) -> bool) -> Visitor {
        let mut visitor = Visitor::new(VisitorId(Uuid::from_u128(1)));
        for (n, (minute, source)) in told.iter().enumerate().filter(|(n, _)| known(*n)) {
            let (at, event) = (minute * MINUTE, event(n as u128 + 1));
            visitor.activities.insert(Activity {
                at,
                event,
                shape: ShapeId(0),
            });
            if let Some(source) = source {
                let landing = format!("https://example.com/?utm_source=s{source}&utm_medium=email");
                let touch = crate::touch::read(&landing, None, &[], Default::default()).unwrap();
                visitor.add_touch(TouchAt { at, event, touch });
            }
        }
        visitor
    }

    #[test]
    fn a_visit_begins_after_half_an_hour_of_silence() {
        let visitor = visitor(
            &[(0, Some(1)), (29, None), (58, Some(2)), (88, None)],
            |_| true,
        );
        let found: Vec<_> = visits(&visitor)
            .into_iter()
            .map(|visit| {
                (
                    visit.start / MINUTE,
                    visit.first,
                    visit.origin.map(|o| o.source),
                )
            })
            .collect();
        assert_eq!(found, [(0, true, Some("s1".to_owned())), (88, false, None)]);
    }

    fn told() -> impl Strategy<Value = Vec<Told>> {
        let one = (0_i64..400, proptest::option::weighted(0.3, 0_u8..3));
        proptest::collection::vec(one, 0..30)
    }

    proptest! {
        #[test]
        fn whatever_comes_in_whatever_order_the_visits_are_those_of_the_whole(
            told in told(), cuts in proptest::collection::vec(0_usize..30, 1..6),
        ) {
            let mut rows: BTreeSet<Visit> = BTreeSet::new();
            let mut order: Vec<usize> = (0..told.len()).collect();
            order.sort_by_key(|n| (n * 7919) % 31);
            let mut known: BTreeSet<usize> = BTreeSet::new();
            let mut rest = order.as_slice();
            for cut in cuts.into_iter().chain([usize::MAX]) {
                let (now, later) = rest.split_at(cut.min(rest.len()));
                rest = later;
                known.extend(now);
                let visitor = visitor(&told, |n| known.contains(&n));
                let new = now.iter().map(|n| (told[*n].0 * MINUTE, event(*n as u128 + 1)));
                let changed = visits_changed(&visitor, &new.collect());
                rows.retain(|visit| !changed.gone.contains(&visit.start));
                rows.extend(changed.come);
                let whole: BTreeSet<Visit> = visits(&visitor).into_iter().collect();
                prop_assert_eq!(&rows, &whole);
            }
        }
    }
}
