//! Views: lists of people that somebody keeps under a name, for oneself or for everyone.
//!
//! Not here: who is in such a list, which [`crate::list`] says.

use crate::api::Role;
use crate::id::{UserId, ViewId};
use crate::list::{Asked, Column, Direction, Query};
use crate::profile::Schema;
use crate::rulebook::Invalid;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What views are held to.
pub mod limit {
    /// Views of a workspace.
    pub const VIEWS_MAX: usize = 200;
    /// Views of one member.
    pub const OWN_MAX: usize = 50;
    /// What one is called, in characters.
    pub const NAME_CHARS_MAX: usize = 40;
    /// Columns beside the person.
    pub const COLUMNS_MAX: usize = 8;
}

/// A list of people under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct View {
    /// Which.
    #[serde(default)]
    pub id: ViewId,
    /// Counts up with every change.
    #[serde(default)]
    pub version: u32,
    /// What it is called.
    pub name: String,
    /// Whose it is: who made it.
    #[serde(default)]
    pub owner: UserId,
    /// Whether everyone sees it.
    #[serde(default)]
    pub shared: bool,
    /// The column that it is sorted by.
    #[serde(default)]
    pub order: Column,
    /// Which end of it comes first.
    #[serde(default, skip_serializing_if = "Direction::is_default")]
    pub direction: Direction,
    /// What must hold, as [`crate::list::write`] writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// What is searched for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// The columns beside the person, in their order; those that lists usually have when it names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Column>,
}

impl View {
    /// Whether a member sees it.
    pub fn is_seen_by(&self, user: UserId) -> bool {
        self.shared || self.owner == user
    }

    /// Whether a member may change it and take it away: who made it, and of a shared one whoever may everything.
    pub fn is_changed_by(&self, user: UserId, role: Role) -> bool {
        self.owner == user || (self.shared && role.may(Role::Owner))
    }

    /// Whether a member of this role may show views to everyone.
    pub fn is_shared_by(role: Role) -> bool {
        role.may(Role::Sdr)
    }

    /// What is wrong with it. Codes: `empty` and `too_long` of `name`; `too_many`, `duplicate` and `unknown_field` of
    /// `columns`; and those of [`Query::of`].
    pub fn check(&self, schema: &Schema) -> Vec<Invalid> {
        let mut wrong = Vec::new();
        let mut refuse = |field: String, code| wrong.push(Invalid { field, code });
        let name = self.name.trim();
        if name.is_empty() {
            refuse("name".to_owned(), "empty");
        }
        if name.chars().count() > limit::NAME_CHARS_MAX {
            refuse("name".to_owned(), "too_long");
        }
        if self.columns.len() > limit::COLUMNS_MAX {
            refuse("columns".to_owned(), "too_many");
        }
        let mut seen = BTreeSet::new();
        for (place, column) in self.columns.iter().enumerate().take(limit::COLUMNS_MAX) {
            if !seen.insert(column) {
                refuse(format!("columns[{place}]"), "duplicate");
            } else if column.holds(schema).is_none() {
                refuse(format!("columns[{place}]"), "unknown_field");
            }
        }
        let asked = Asked {
            order: &self.order,
            direction: self.direction,
            filter: self.filter.as_deref(),
            search: self.search.as_deref(),
            cursor: None,
        };
        wrong.extend(Query::of(asked, schema).err());
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::starter;
    use uuid::Uuid;

    const WANG: UserId = UserId(Uuid::from_u128(1));
    const ZHAO: UserId = UserId(Uuid::from_u128(2));

    fn view() -> View {
        View {
            name: "热".to_owned(),
            owner: WANG,
            columns: vec![Column::Score, Column::Owner],
            filter: Some(r#"[{"column":"score","op":"at_least","value":50}]"#.to_owned()),
            ..View::default()
        }
    }

    #[test]
    fn a_view_is_its_makers_and_a_shared_one_everyones_to_see() {
        let own = view();
        let shared = View {
            shared: true,
            ..view()
        };
        assert!(own.is_seen_by(WANG) && !own.is_seen_by(ZHAO) && shared.is_seen_by(ZHAO));
        assert!(own.is_changed_by(WANG, Role::Viewer) && !own.is_changed_by(ZHAO, Role::Owner));
        assert!(shared.is_changed_by(ZHAO, Role::Owner));
        assert!(!shared.is_changed_by(ZHAO, Role::Marketer));
        assert!(View::is_shared_by(Role::Sales) && !View::is_shared_by(Role::Viewer));
    }

    #[test]
    fn what_is_wrong_with_a_view_is_named() {
        let check = |change: &dyn Fn(&mut View), field: &str, code: &str| {
            let mut changed = view();
            change(&mut changed);
            let found = changed.check(&starter());
            let found = found.first().expect("something is wrong");
            assert_eq!((found.field.as_str(), found.code), (field, code));
        };
        assert_eq!(view().check(&starter()), []);
        check(&|view| view.name = "  ".to_owned(), "name", "empty");
        check(&|view| view.name = "热".repeat(41), "name", "too_long");
        check(
            &|view| view.columns = vec![Column::Score; 2],
            "columns[1]",
            "duplicate",
        );
        check(
            &|view| view.columns = vec![Column::Score; 9],
            "columns",
            "too_many",
        );
        let none = "custom.no-such".parse::<Column>().expect("a column");
        check(
            &|view| view.columns = vec![none.clone()],
            "columns[0]",
            "unknown_field",
        );
        check(
            &|view| view.filter = Some("[".to_owned()),
            "filter",
            "malformed",
        );
        check(&|view| view.order = Column::Tags, "order", "unsortable");
    }
}
