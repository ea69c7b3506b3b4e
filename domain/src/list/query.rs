//! A list that is asked for, checked: who is in it, in which order, and where a page begins.

use super::column::{Column, Holds};
use super::filter::{self, Condition};
use super::limit;
use super::listed::{Fact, Listed};
use crate::id::LeadId;
use crate::profile::Schema;
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use uuid::Uuid;

/// Which end of a column comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The greatest, the latest.
    #[default]
    Descending,
    /// The least, the earliest.
    Ascending,
}

impl Direction {
    /// Whether it is the usual one.
    pub fn is_default(&self) -> bool {
        *self == Direction::default()
    }

    /// The other one.
    #[must_use]
    pub fn turned(self) -> Direction {
        match self {
            Direction::Descending => Direction::Ascending,
            Direction::Ascending => Direction::Descending,
        }
    }
}

/// A list as it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The column that it is sorted by.
    pub order: &'a Column,
    /// Which end of it comes first.
    pub direction: Direction,
    /// The filters, as [`super::write`] writes them.
    pub filter: Option<&'a str>,
    /// What is searched for.
    pub search: Option<&'a str>,
    /// The `next` of the page before.
    pub cursor: Option<&'a str>,
}

/// A list that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Of each group one condition must hold.
    pub groups: Vec<Vec<Condition>>,
    /// What must be in the text that a search looks through; in lower case.
    pub search: Option<String>,
    /// The column that it is sorted by.
    pub order: Column,
    /// Which end of it comes first. Who has nothing there comes last either way.
    pub direction: Direction,
    /// The last one on the page before.
    pub after: Option<Place>,
}

/// A place in an order: right behind this one, whatever has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What the column that the list is sorted by held.
    pub by: Option<Fact>,
    /// Who: sets equals apart.
    pub id: LeadId,
}

impl Query {
    /// Checks a list. Codes: those of filters; `unknown_field` and `unsortable` of `order`; `too_long` of `search`;
    /// `malformed` of `cursor`.
    pub fn of(asked: Asked<'_>, schema: &Schema) -> Result<Query, Invalid> {
        let invalid = |field: &str, code| Invalid {
            field: field.into(),
            code,
        };
        let holds = asked.order.holds(schema);
        let holds = holds.ok_or_else(|| invalid("order", "unknown_field"))?;
        if !asked.order.is_sortable(holds) {
            return Err(invalid("order", "unsortable"));
        }
        let search = asked.search.map(|text| text.trim().to_lowercase());
        let search = search.filter(|text| !text.is_empty());
        if asked
            .search
            .is_some_and(|text| text.len() > limit::TEXT_BYTES_MAX)
        {
            return Err(invalid("search", "too_long"));
        }
        let after = asked.cursor.map(|cursor| {
            let place = Place::parse(cursor).filter(|place| place.is_of(asked.order, holds));
            place.ok_or_else(|| invalid("cursor", "malformed"))
        });
        let filter = asked.filter.filter(|text| !text.is_empty());
        Ok(Query {
            groups: match filter {
                Some(text) => filter::read(text, schema)?,
                None => Vec::new(),
            },
            search,
            order: asked.order.clone(),
            direction: asked.direction,
            after: after.transpose()?,
        })
    }

    /// Whether someone is in the list.
    pub fn has(&self, listed: &Listed) -> bool {
        let mut groups = self.groups.iter();
        let search = self.search.as_deref();
        groups.all(|group| group.iter().any(|condition| condition.is_met(listed)))
            && search.is_none_or(|text| listed.search.contains(text))
    }

    /// Which of two comes first.
    pub fn compare(&self, a: &Place, b: &Place) -> Ordering {
        let turn = |ordering: Ordering| match self.direction {
            Direction::Ascending => ordering,
            Direction::Descending => ordering.reverse(),
        };
        let by = match (&a.by, &b.by) {
            (Some(a), Some(b)) => turn(a.cmp(b)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        by.then_with(|| turn(a.id.cmp(&b.id)))
    }

    /// Where someone stands in the list.
    pub fn place(&self, listed: &Listed) -> Place {
        Place {
            by: listed.fact(&self.order),
            id: listed.id,
        }
    }
}

impl Place {
    /// Reads a cursor; `None` when it is not one.
    pub fn parse(cursor: &str) -> Option<Place> {
        let (id, by) = cursor.split_once('|')?;
        let by = match by.split_at_checked(1)? {
            ("-", "") => None,
            ("n", number) => Some(Fact::Number(number.parse().ok()?)),
            ("t", text) => Some(Fact::Text(text.to_owned())),
            _ => return None,
        };
        let id = (id.len() == 32).then(|| Uuid::try_parse(id).ok()).flatten();
        Some(Place {
            by,
            id: LeadId(id?),
        })
    }

    /// The cursor.
    pub fn print(&self) -> String {
        let id = self.id.0.simple();
        match &self.by {
            None | Some(Fact::Words(_)) => format!("{id}|-"),
            Some(Fact::Number(number)) => format!("{id}|n{number}"),
            Some(Fact::Text(text)) => format!("{id}|t{text}"),
        }
    }

    /// Whether it can be a place in a list that is sorted so.
    fn is_of(&self, order: &Column, holds: Holds) -> bool {
        match &self.by {
            None => !order.is_full(),
            Some(Fact::Number(_)) => matches!(holds, Holds::Number | Holds::Bool),
            Some(_) => matches!(holds, Holds::Line | Holds::Word),
        }
    }
}
