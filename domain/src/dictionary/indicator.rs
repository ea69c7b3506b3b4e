//! The figures and reports of the product, and which events each is made of.

use crate::rulebook::Rulebook;
use crate::wire::Kind;
use serde::{Deserialize, Serialize};

/// What an event or an indicator tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// That someone was there, and when.
    Basic,
    /// Who it is.
    Attribute,
    /// Where the person came from.
    Source,
    /// What the person did.
    Behaviour,
    /// What is concluded from the others.
    Model,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 5] = [
        Class::Basic,
        Class::Attribute,
        Class::Source,
        Class::Behaviour,
        Class::Model,
    ];

    /// The class of a kind of event.
    pub const fn of(kind: Kind) -> Class {
        match kind {
            Kind::PageView => Class::Basic,
            Kind::Identify => Class::Attribute,
            Kind::Engagement
            | Kind::FormView
            | Kind::FormStart
            | Kind::FormSubmit
            | Kind::Custom => Class::Behaviour,
        }
    }
}

/// A figure or a report of the product: made of events, for a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// The points of a lead, and whether it is an MQL.
    Score,
    /// The segments that a browser is in.
    Segments,
    /// Where a person came from first.
    FirstTouch,
    /// Where a person came from last.
    LastTouch,
    /// The group that a source belongs to.
    Channel,
    /// Who the person is: name, company, telephone and the rest.
    Person,
    /// Pages seen.
    PageViews,
    /// Visits.
    Sessions,
    /// When something last happened.
    LastActivity,
    /// What a person did, event by event.
    Timeline,
    /// Whether a website's tag is seen.
    SiteCheck,
    /// What the collector refused.
    Refusals,
}

impl Indicator {
    /// Every indicator, those of people before those of the collecting.
    pub const ALL: [Indicator; 12] = [
        Indicator::Score,
        Indicator::Segments,
        Indicator::FirstTouch,
        Indicator::LastTouch,
        Indicator::Channel,
        Indicator::Person,
        Indicator::PageViews,
        Indicator::Sessions,
        Indicator::LastActivity,
        Indicator::Timeline,
        Indicator::SiteCheck,
        Indicator::Refusals,
    ];

    /// The class it belongs to.
    pub const fn class(self) -> Class {
        match self {
            Indicator::Score | Indicator::Segments => Class::Model,
            Indicator::FirstTouch | Indicator::LastTouch | Indicator::Channel => Class::Source,
            Indicator::Person => Class::Attribute,
            Indicator::Timeline => Class::Behaviour,
            Indicator::PageViews
            | Indicator::Sessions
            | Indicator::LastActivity
            | Indicator::SiteCheck
            | Indicator::Refusals => Class::Basic,
        }
    }

    /// Whether it is made of every event, whichever its kind.
    pub const fn is_of_every_event(self) -> bool {
        match self {
            Indicator::Sessions
            | Indicator::LastActivity
            | Indicator::Timeline
            | Indicator::SiteCheck => true,
            Indicator::Score
            | Indicator::Segments
            | Indicator::FirstTouch
            | Indicator::LastTouch
            | Indicator::Channel
            | Indicator::Person
            | Indicator::PageViews
            | Indicator::Refusals => false,
        }
    }

    /// What is made of every event of a kind, whatever the rulebook says.
    pub fn of(kind: Kind) -> impl Iterator<Item = Indicator> {
        let own: &[Indicator] = match kind {
            Kind::PageView => &[
                Indicator::FirstTouch,
                Indicator::LastTouch,
                Indicator::Channel,
                Indicator::PageViews,
            ],
            Kind::FormSubmit | Kind::Identify => &[Indicator::Person],
            Kind::Engagement | Kind::FormView | Kind::FormStart | Kind::Custom => &[],
        };
        let of_every = Indicator::ALL.into_iter();
        let of_every = of_every.filter(|indicator| indicator.is_of_every_event());
        own.iter().copied().chain(of_every)
    }

    /// The kinds of events that it is made of under a rulebook.
    pub fn kinds(self, rulebook: &Rulebook) -> Vec<Kind> {
        let is_made_of = |kind: &Kind| match self {
            Indicator::Score => rulebook.rules.iter().any(|rule| rule.when.kind == *kind),
            Indicator::Segments => {
                let mut segments = rulebook.segments.iter();
                segments.any(|segment| segment.when.kind == *kind)
            }
            _ => Indicator::of(*kind).any(|indicator| indicator == self),
        };
        Kind::ALL.into_iter().filter(is_made_of).collect()
    }
}
