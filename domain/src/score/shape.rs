//! What an event looks like to a rule, and the conditions that are held against it.

use super::{SHAPES_MAX, ShapeId};
use crate::channel::Channel;
use crate::rulebook::{When, kind_name};
use crate::wire::Kind;
use serde::{Deserialize, Serialize};
use wildmatch::WildMatch;

/// All of an event that a rule may look at. Many events have the same shape, so rules are matched
/// once a shape and not once an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shape {
    /// The kind of event.
    #[serde(with = "kind_name", rename = "k")]
    #[cfg_attr(feature = "schema", schemars(with = "kind_name::Schema"))]
    pub kind: Kind,
    /// The page's path, its percent signs decoded, cut to [`Shape::PATH_BYTES_MAX`].
    #[serde(default, rename = "p", skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// The form's or the custom event's name.
    #[serde(default, rename = "n", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The channel, where the event is a touch.
    #[serde(default, rename = "c", skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The asset that a form or a custom event names, cut to [`crate::rulebook::limit::ASSET_BYTES_MAX`].
    #[serde(default, rename = "a", skip_serializing_if = "Option::is_none")]
    pub asset: Option<String>,
    /// For how long the page was in front: the greatest of [`Shape::SECONDS`] that was reached, else 0.
    #[serde(default, rename = "s", skip_serializing_if = "is_zero")]
    pub seconds: u32,
}

fn is_zero(seconds: &u32) -> bool {
    *seconds == 0
}

impl Shape {
    /// A path in a shape is at most this long, in bytes.
    pub const PATH_BYTES_MAX: usize = 200;
    /// The field of a form, or property of a custom event, that says which asset it is about.
    pub const ASSET: &'static str = "asset";
    /// What a rule may ask of the seconds that a page was in front. Steps, so that shapes stay few.
    pub const SECONDS: [u32; 8] = [10, 30, 60, 120, 300, 600, 1_800, 3_600];

    /// An event of a kind on a page, and no more known of it.
    pub fn new(kind: Kind, path: &str) -> Shape {
        Shape {
            kind,
            path: path.to_owned(),
            name: None,
            channel: None,
            asset: None,
            seconds: 0,
        }
    }

    /// The shape with no more than its kind.
    pub fn without_details(self) -> Shape {
        Shape::new(self.kind, "")
    }

    /// The greatest step that so many seconds reach, else 0.
    pub fn step(seconds: u32) -> u32 {
        let reached = Shape::SECONDS.into_iter().rev();
        let mut reached = reached.filter(|step| *step <= seconds);
        reached.next().unwrap_or(0)
    }
}

/// A condition made ready to be held against shapes.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    when: When,
    path: Option<WildMatch>,
}

impl Pattern {
    /// Compiles a condition.
    pub(crate) fn new(when: &When) -> Pattern {
        Pattern {
            when: when.clone(),
            path: when.path.as_deref().map(WildMatch::new),
        }
    }

    /// Whether events that look like this meet it.
    pub(crate) fn matches(&self, shape: &Shape) -> bool {
        let when = &self.when;
        let path = self.path.as_ref();
        let asked = |asked: &Option<String>, is: &Option<String>| {
            asked
                .as_ref()
                .is_none_or(|asked| is.as_ref() == Some(asked))
        };
        when.kind == shape.kind
            && path.is_none_or(|path| path.matches(&shape.path))
            && asked(&when.name, &shape.name)
            && asked(&when.asset, &shape.asset)
            && when
                .channel
                .is_none_or(|channel| shape.channel == Some(channel))
            && when.seconds.is_none_or(|seconds| shape.seconds >= seconds)
    }
}

/// By shape: the places of the patterns that it matches, each matched once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookup(Vec<Option<Box<[usize]>>>);

impl Lookup {
    /// Makes a shape known. Shapes are numbered from 0 without gaps, so the list is as long as the dictionary.
    pub(crate) fn learn<'a>(
        &mut self,
        id: ShapeId,
        patterns: impl Iterator<Item = &'a Pattern>,
        shape: &Shape,
    ) {
        let place = id.place();
        if place >= SHAPES_MAX {
            return;
        }
        if self.0.len() <= place {
            self.0.resize(place.saturating_add(1), None);
        }
        if let Some(known) = self.0.get_mut(place) {
            known.get_or_insert_with(|| {
                let matching = patterns.enumerate();
                let matching = matching.filter(|(_, pattern)| pattern.matches(shape));
                matching.map(|(place, _)| place).collect()
            });
        }
    }

    /// Whether a shape was made known.
    pub(crate) fn knows(&self, id: ShapeId) -> bool {
        self.0.get(id.place()).is_some_and(Option::is_some)
    }

    /// The places of the patterns that a shape matches; none of one that was never made known.
    pub(crate) fn get(&self, id: ShapeId) -> &[usize] {
        let found = self.0.get(id.place()).and_then(Option::as_deref);
        found.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_kept_in_steps() {
        let steps = [
            (0, 0),
            (9, 0),
            (10, 10),
            (59, 30),
            (60, 60),
            (86_400, 3_600),
        ];
        for (seconds, step) in steps {
            assert_eq!(Shape::step(seconds), step);
        }
    }

    #[test]
    fn each_part_of_a_condition_is_asked_alone_and_together() {
        let view = Shape {
            channel: Some(Channel::PaidSearch),
            ..Shape::new(Kind::PageView, "/demo/pricing/")
        };
        let read = Shape {
            seconds: 60,
            ..Shape::new(Kind::Engagement, "/demo/case/")
        };
        let sent = Shape {
            name: Some("download".into()),
            asset: Some("whitepaper".into()),
            ..Shape::new(Kind::FormSubmit, "/demo/")
        };
        let check = |when: When, expect: [bool; 3]| {
            let pattern = Pattern::new(&when);
            let found = [&view, &read, &sent].map(|shape| pattern.matches(shape));
            assert_eq!(found, expect, "{when:?}");
        };
        let of = |kind| {
            move |change: fn(&mut When)| {
                let mut when = When::any(kind);
                change(&mut when);
                when
            }
        };
        let (views, reads, sends) = (
            of(Kind::PageView),
            of(Kind::Engagement),
            of(Kind::FormSubmit),
        );
        check(When::any(Kind::PageView), [true, false, false]);
        check(When::any(Kind::FormView), [false; 3]);
        check(
            views(|w| w.path = Some("*/pricing*".into())),
            [true, false, false],
        );
        check(views(|w| w.path = Some("/pricing*".into())), [false; 3]);
        check(
            views(|w| w.path = Some("/demo/?ricing/".into())),
            [true, false, false],
        );
        check(
            views(|w| w.channel = Some(Channel::PaidSearch)),
            [true, false, false],
        );
        check(views(|w| w.channel = Some(Channel::Direct)), [false; 3]);
        check(reads(|w| w.seconds = Some(60)), [false, true, false]);
        check(reads(|w| w.seconds = Some(120)), [false; 3]);
        check(
            sends(|w| w.name = Some("download".into())),
            [false, false, true],
        );
        check(sends(|w| w.name = Some("trial".into())), [false; 3]);
        check(
            sends(|w| w.asset = Some("whitepaper".into())),
            [false, false, true],
        );
        check(sends(|w| w.asset = Some("film".into())), [false; 3]);
        check(
            sends(|w| (w.asset, w.path) = (Some("whitepaper".into()), Some("/x*".into()))),
            [false; 3],
        );
    }
}
