//! The list of leads: its order, its filters, its search, its pages, and the frames that move it.

use crate::api::Failure;
use crate::state::live::Live;
use crate::state::row_list::{Order, RowList};
use crate::state::session::Session;
use domain::api::Leads;
use domain::id::LeadId;
use domain::lead::{Field, LeadRow};
use domain::list::{self, Asked, Clause, Column, Direction, Listed, Query};
use domain::profile::{Schema, folded};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cmp::Ordering;

/// Rows of a page.
const PAGE_ROWS: u32 = 50;

/// How a list's loading is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phase {
    /// The first page is on its way.
    Loading,
    /// The next page is on its way.
    More,
    /// Nothing is.
    Ready,
    /// The last page asked for did not come.
    Failed(Failure),
}

/// The list of leads.
#[derive(Clone, Copy)]
pub(crate) struct LeadsState {
    /// The rows.
    pub(crate) list: RwSignal<RowList<LeadRow>>,
    /// How their loading is.
    pub(crate) phase: RwSignal<Phase>,
    /// The column they are sorted by, and which end of it comes first.
    pub(crate) order: RwSignal<(Column, Direction)>,
    /// What must hold of them.
    pub(crate) filter: RwSignal<Vec<Clause>>,
    /// What is searched for.
    pub(crate) search: RwSignal<String>,
    session: Session,
    live: Live,
    turn: StoredValue<u32>,
}

impl LeadsState {
    /// An empty list that is about to load.
    pub(crate) fn new(session: Session, live: Live) -> LeadsState {
        LeadsState {
            list: RwSignal::new(RowList::new(order_of(
                &Column::LastAt,
                Direction::Descending,
            ))),
            phase: RwSignal::new(Phase::Loading),
            order: RwSignal::new(Default::default()),
            filter: RwSignal::new(Vec::new()),
            search: RwSignal::new(String::new()),
            session,
            live,
            turn: StoredValue::new(0),
        }
    }

    /// Reads the first page, or as many rows as are shown.
    pub(crate) fn load(self) {
        let shown = u32::try_from(self.list.with_untracked(RowList::len)).unwrap_or(u32::MAX);
        self.fetch(None, shown.clamp(PAGE_ROWS, 200));
    }

    /// Reads the next page.
    pub(crate) fn more(self) {
        if let Some(cursor) = self.list.with_untracked(RowList::next) {
            self.fetch(Some(cursor), PAGE_ROWS);
        }
    }

    /// Sorts them by a column: first by the end of it that people ask for, then by the other.
    pub(crate) fn sort_by(self, column: Column) {
        let (before, direction) = self.order.get_untracked();
        let direction = if before == column {
            direction.turned()
        } else {
            first_direction(&column)
        };
        self.order.set((column, direction));
        self.fetch(None, PAGE_ROWS);
    }

    /// Shows those of whom this holds.
    pub(crate) fn filter_by(self, filter: Vec<Clause>) {
        if self.filter.get_untracked() != filter {
            self.filter.set(filter);
            self.fetch(None, PAGE_ROWS);
        }
    }

    /// Shows those with this text.
    pub(crate) fn search_for(self, text: String) {
        if self.search.get_untracked() != text {
            self.search.set(text);
            self.fetch(None, PAGE_ROWS);
        }
    }

    /// Shows them like this, all at once; nothing is read where they are shown so already.
    pub(crate) fn show(self, order: (Column, Direction), filter: Vec<Clause>, search: String) {
        let same = self.order.get_untracked() == order
            && self.filter.with_untracked(|known| *known == filter)
            && self.search.with_untracked(|known| *known == search);
        if !same {
            self.order.set(order);
            self.filter.set(filter);
            self.search.set(search);
            self.fetch(None, PAGE_ROWS);
        }
    }

    /// What is asked for: of its first page.
    pub(crate) fn asked(self) -> Leads {
        let (order, direction) = self.order.get_untracked();
        let search = self.search.get_untracked().trim().to_owned();
        Leads {
            order,
            direction,
            filter: self.filter.with_untracked(|filter| list::write(filter)),
            search: Some(search).filter(|text| !text.is_empty()),
            ..Leads::default()
        }
    }

    /// The query of the address that shows them like this.
    pub(crate) fn query(self) -> String {
        let search = self.search.get();
        let parts = [
            ("sort", self.order.with(write_order)),
            ("filter", self.filter.with(|filter| list::write(filter))),
            ("q", Some(search).filter(|text| !text.is_empty())),
        ];
        let said = parts.into_iter().filter_map(|(key, value)| {
            let value = String::from(js_sys::encode_uri_component(&value?));
            Some(format!("{key}={value}"))
        });
        let said: Vec<String> = said.collect();
        match said.is_empty() {
            true => String::new(),
            false => format!("?{}", said.join("&")),
        }
    }

    fn fetch(self, cursor: Option<String>, limit: u32) {
        let first = cursor.is_none();
        let asked = Leads {
            cursor,
            limit: Some(limit),
            ..self.asked()
        };
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        self.phase
            .set(if first { Phase::Loading } else { Phase::More });
        spawn_local(async move {
            let reply = self.session.call(&asked).await;
            if self.turn.try_get_value() != turn {
                return;
            }
            match reply {
                Ok(page) => {
                    let seq = page.seq;
                    self.list.update(|list| {
                        if first {
                            list.replace(page, order_of(&asked.order, asked.direction))
                        } else {
                            list.append(page)
                        }
                    });
                    self.phase.set(Phase::Ready);
                    self.live.start(seq);
                }
                Err(failure) => {
                    self.phase.set(Phase::Failed(failure));
                    self.live.give_up_waiting();
                }
            }
        });
    }

    /// Takes rows away that are no longer there.
    pub(crate) fn remove(self, gone: &[LeadId]) {
        if !gone.is_empty() {
            self.list
                .update(|list| gone.iter().for_each(|id| list.remove(*id)));
        }
    }

    /// Takes in rows that changed.
    pub(crate) fn patch(self, rows: &[LeadRow]) {
        if rows.is_empty() {
            return;
        }
        let asked = self.asked();
        self.list.update(|list| {
            for row in rows {
                list.patch(row.clone(), is_in(row, &asked));
            }
        });
    }
}

/// An order as an address has it: `score`, or `-score` for the greatest first; the usual one is not written.
pub(crate) fn write_order((column, direction): &(Column, Direction)) -> Option<String> {
    let usual = *column == Column::default() && direction.is_default();
    let sign = match direction {
        Direction::Descending => "-",
        Direction::Ascending => "",
    };
    (!usual).then(|| format!("{sign}{column}"))
}

/// Reads such an order; the usual one when it is none that a head can be pressed for.
pub(crate) fn read_order(text: &str) -> (Column, Direction) {
    let (name, direction) = match text.strip_prefix('-') {
        Some(name) => (name, Direction::Descending),
        None => (text, Direction::Ascending),
    };
    let shown = [
        Field::Name.into(),
        Column::Channel,
        Column::Score,
        Column::LastAt,
        Column::CreatedAt,
    ];
    let column = name.parse().ok().filter(|column| shown.contains(column));
    column.map(|column| (column, direction)).unwrap_or_default()
}

/// Reads filters as an address has them; none when they are not understood.
pub(crate) fn read_filter(text: &str) -> Vec<Clause> {
    serde_json::from_str(text).unwrap_or_default()
}

/// Whether a row would be in this list: of columns that every row shows.
fn is_in(row: &LeadRow, asked: &Leads) -> bool {
    let known = [&row.email, &row.phone, &row.name, &row.company];
    let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
    let listed = Listed::new(row, [], known.join("\n").to_lowercase());
    let order = Column::default();
    let asked = Asked {
        order: &order,
        ..asked.asked()
    };
    Query::of(asked, &Schema::default()).is_ok_and(|query| query.has(&listed))
}

/// Which end of a column is asked for first: the greatest number, the first word.
fn first_direction(column: &Column) -> Direction {
    if column.is_full() {
        Direction::Descending
    } else {
        Direction::Ascending
    }
}

/// How rows are compared in an order, as the worker does; who has nothing there comes last.
fn order_of(column: &Column, direction: Direction) -> Order<LeadRow> {
    let up = direction == Direction::Ascending;
    let is_name = *column == Field::Name.into();
    match column {
        Column::Score if up => |a, b| a.score.cmp(&b.score),
        Column::Score => |a, b| b.score.cmp(&a.score),
        Column::CreatedAt if up => |a, b| a.created_at.cmp(&b.created_at),
        Column::CreatedAt => |a, b| b.created_at.cmp(&a.created_at),
        Column::Channel if up => |a, b| by_text(channel(a), channel(b), false),
        Column::Channel => |a, b| by_text(channel(a), channel(b), true),
        _ if is_name && up => |a, b| by_text(name(a), name(b), false),
        _ if is_name => |a, b| by_text(name(a), name(b), true),
        _ if up => |a, b| a.last_at.cmp(&b.last_at),
        _ => |a, b| b.last_at.cmp(&a.last_at),
    }
}

fn name(row: &LeadRow) -> Option<String> {
    row.name.as_deref().map(folded)
}

fn channel(row: &LeadRow) -> Option<String> {
    row.channel.map(|channel| channel.name().to_owned())
}

fn by_text(a: Option<String>, b: Option<String>, down: bool) -> Ordering {
    match (&a, &b) {
        (Some(a), Some(b)) if down => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_comes_back_out_of_the_address() {
        let orders = [
            (Column::LastAt, Direction::Descending, None),
            (Column::LastAt, Direction::Ascending, Some("last_at")),
            (Column::Score, Direction::Descending, Some("-score")),
            (Field::Name.into(), Direction::Ascending, Some("name")),
        ];
        for (column, direction, expect) in orders {
            let order = (column, direction);
            let text = write_order(&order);
            assert_eq!(text.as_deref(), expect);
            assert_eq!(read_order(text.as_deref().unwrap_or_default()), order);
        }
        for odd in ["", "-", "account", "-custom.x", "score desc"] {
            assert_eq!(read_order(odd), Default::default(), "{odd}");
        }
    }

    #[test]
    fn a_row_is_in_a_list_by_its_search_and_its_filters() {
        let row = LeadRow {
            id: LeadId(uuid::Uuid::nil()),
            email: Some("li.wei@yunge.cn".into()),
            phone: Some("+8613800138000".into()),
            name: Some("李伟".into()),
            company: Some("YunGe 云格".into()),
            title: None,
            account: None,
            role: None,
            score: 1,
            channel: None,
            source: String::new(),
            campaign: None,
            tags: Default::default(),
            stage: None,
            stage_at: None,
            owner: None,
            amount: None,
            grade: None,
            cell: None,
            excluded: Default::default(),
            personas: Default::default(),
            segments: Default::default(),
            created_at: 0,
            last_at: 0,
            seq: 1,
        };
        let check = |search: &str, filter: &str, expect: bool| {
            let asked = Leads {
                filter: Some(filter.to_owned()),
                search: Some(search.to_owned()),
                ..Leads::default()
            };
            assert_eq!(is_in(&row, &asked), expect, "{search} {filter}");
        };
        for text in ["", "li.wei", "李", "yunge 云", "138001"] {
            check(text, "", true);
        }
        check("wang", "", false);
        check(
            "",
            r#"[{"column":"score","op":"at_least","value":1}]"#,
            true,
        );
        check("", r#"[{"column":"email","op":"empty"}]"#, false);
    }
}
