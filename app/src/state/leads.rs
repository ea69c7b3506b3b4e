//! The list of leads: its order, its filters, its search, its columns, its pages, and the frames that move it.

use crate::api::Failure;
use crate::state::live::Live;
use crate::state::row_list::Order;
use crate::state::row_window::{self, Missing, RowWindow};
use crate::state::session::Session;
use domain::api::Leads;
use domain::id::{LeadId, ViewId};
use domain::lead::{Field, LeadRow};
use domain::list::{self, Asked, Clause, Column, Direction, Listed, Query};
use domain::profile::{FieldId, Schema, folded};
use domain::view::{View, limit};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cmp::Ordering;
use std::ops::Range;

/// Rows of the first page.
const FIRST_ROWS: u32 = 50;

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
    pub(crate) list: RwSignal<RowWindow<LeadRow>>,
    /// How their loading is.
    pub(crate) phase: RwSignal<Phase>,
    /// The column they are sorted by, and which end of it comes first.
    pub(crate) order: RwSignal<(Column, Direction)>,
    /// What must hold of them.
    pub(crate) filter: RwSignal<Vec<Clause>>,
    /// What is searched for.
    pub(crate) search: RwSignal<String>,
    /// The columns beside the person.
    pub(crate) columns: RwSignal<Vec<Column>>,
    /// The view that it was opened as.
    pub(crate) view: RwSignal<Option<ViewId>>,
    session: Session,
    live: Live,
    turn: StoredValue<u32>,
    places: StoredValue<(usize, usize)>,
}

impl LeadsState {
    /// An empty list that is about to load.
    pub(crate) fn new(session: Session, live: Live) -> LeadsState {
        LeadsState {
            list: RwSignal::new(RowWindow::new(order_of(
                &Column::LastAt,
                Direction::Descending,
            ))),
            phase: RwSignal::new(Phase::Loading),
            order: RwSignal::new(Default::default()),
            filter: RwSignal::new(Vec::new()),
            search: RwSignal::new(String::new()),
            columns: RwSignal::new(usual_columns()),
            view: RwSignal::new(None),
            session,
            live,
            turn: StoredValue::new(0),
            places: StoredValue::new((0, 0)),
        }
    }

    /// Reads the first page, or as many rows as are shown.
    pub(crate) fn load(self) {
        let shown = u32::try_from(self.list.with_untracked(RowWindow::near)).unwrap_or(u32::MAX);
        self.fetch(None, shown.clamp(FIRST_ROWS, 200));
    }

    /// These places are looked at: what of them is not loaded is.
    pub(crate) fn look(self, places: Range<usize>) {
        self.places.set_value((places.start, places.end));
        if self.phase.get_untracked() == Phase::Ready {
            self.fill();
        }
    }

    fn fill(self) {
        let (from, to) = self.places.get_value();
        let missing = self.list.with_untracked(|list| list.missing(from..to));
        if missing.is_some() && to > 0 {
            let rows = u32::try_from(row_window::PAGE_ROWS).unwrap_or(u32::MAX);
            self.fetch(missing, rows);
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
        self.fetch(None, FIRST_ROWS);
    }

    /// Shows those of whom this holds.
    pub(crate) fn filter_by(self, filter: Vec<Clause>) {
        if self.filter.get_untracked() != filter {
            self.filter.set(filter);
            self.fetch(None, FIRST_ROWS);
        }
    }

    /// Shows those with this text.
    pub(crate) fn search_for(self, text: String) {
        if self.search.get_untracked() != text {
            self.search.set(text);
            self.fetch(None, FIRST_ROWS);
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
            self.fetch(None, FIRST_ROWS);
        }
    }

    /// Shows it as a view says, which stays chosen.
    pub(crate) fn open(self, view: &View) {
        self.view.set(Some(view.id));
        self.columns.set(columns_of(&view.columns));
        let filter = view.filter.as_deref().map(read_filter);
        self.show(
            (view.order.clone(), view.direction),
            filter.unwrap_or_default(),
            view.search.clone().unwrap_or_default(),
        );
    }

    /// What it shows, as a view of this name.
    pub(crate) fn as_view(self, name: String, shared: bool) -> View {
        let (order, direction) = self.order.get();
        let columns = self.columns.get();
        let search = self.search.get().trim().to_owned();
        View {
            name,
            shared,
            order,
            direction,
            filter: self.filter.with(|filter| list::write(filter)),
            search: Some(search).filter(|text| !text.is_empty()),
            columns: if columns == usual_columns() {
                Vec::new()
            } else {
                columns
            },
            ..View::default()
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
            (
                "columns",
                self.columns.with(|columns| write_columns(columns)),
            ),
            ("view", self.view.get().map(|id| id.to_string())),
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

    /// Reads a part; without one the first page.
    fn fetch(self, part: Option<Missing>, limit: u32) {
        let first = part.is_none();
        let (cursor, at) = match &part {
            Some(Missing::Next(cursor)) => (Some(cursor.clone()), None),
            Some(Missing::At(at)) => (None, u32::try_from(*at).ok()),
            None => (None, None),
        };
        let asked = Leads {
            cursor,
            at,
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
                    self.list.update(|list| match part {
                        None => list.replace(page, order_of(&asked.order, asked.direction)),
                        Some(Missing::Next(_)) => list.append(page),
                        Some(Missing::At(at)) => list.put(at, page),
                    });
                    self.phase.set(Phase::Ready);
                    if first {
                        self.live.start(seq);
                    }
                    self.fill();
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
                // What a row does not tell, only the worker knows: who is in stays in.
                let belongs = is_in(row, &asked).unwrap_or_else(|| list.get(row.id).is_some());
                list.patch(row.clone(), belongs);
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
    let column = name.parse().ok().filter(sorts);
    column.map(|column| (column, direction)).unwrap_or_default()
}

/// Reads filters as an address has them; none when they are not understood.
pub(crate) fn read_filter(text: &str) -> Vec<Clause> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The columns beside the person that a list has unless others are chosen.
pub(crate) fn usual_columns() -> Vec<Column> {
    vec![
        Column::Channel,
        Column::Score,
        Column::LastAt,
        Column::CreatedAt,
    ]
}

/// The columns that a view names; none of them, the usual ones.
fn columns_of(named: &[Column]) -> Vec<Column> {
    match named {
        [] => usual_columns(),
        some => some.to_vec(),
    }
}

/// Columns as an address has them; the usual ones are not written.
pub(crate) fn write_columns(columns: &[Column]) -> Option<String> {
    let names: Vec<String> = columns.iter().map(ToString::to_string).collect();
    (columns != usual_columns()).then(|| names.join(","))
}

/// Reads such columns: each once, as many as there may be; the usual ones where none is understood.
pub(crate) fn read_columns(text: &str) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for column in text.split(',').filter_map(|name| name.parse().ok()) {
        if !columns.contains(&column) && columns.len() < limit::COLUMNS_MAX {
            columns.push(column);
        }
    }
    columns_of(&columns)
}

/// Whether the list can be sorted by a column: what every row shows, so that what moves live stays in order.
pub(crate) fn sorts(column: &Column) -> bool {
    match column {
        Column::LastAt | Column::Score | Column::CreatedAt | Column::StageAt => true,
        Column::Channel | Column::Source | Column::Campaign | Column::Stage | Column::Role => true,
        Column::Cell | Column::Grade | Column::Email | Column::Phone => true,
        Column::Field(FieldId::Standard(field)) => {
            matches!(field, Field::Name | Field::Title | Field::Company)
        }
        _ => false,
    }
}

/// Whether a row would be in this list; nothing where that is asked of what a row does not tell.
fn is_in(row: &LeadRow, asked: &Leads) -> Option<bool> {
    let clauses = asked.filter.as_deref().map(read_filter);
    let clauses = clauses.unwrap_or_default().into_iter();
    let mut filters = clauses.flat_map(|clause| match clause {
        Clause::Any { any } => any,
        Clause::One(filter) => vec![filter],
    });
    let is_field = |column: Column| matches!(column, Column::Field(_));
    if filters.any(|filter| filter.column.parse().is_ok_and(is_field)) {
        return None;
    }
    let known = [&row.email, &row.phone, &row.name, &row.company];
    let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
    let listed = Listed::new(row, [], known.join("\n").to_lowercase());
    let order = Column::default();
    let asked = Asked {
        order: &order,
        ..asked.asked()
    };
    let query = Query::of(asked, &Schema::default()).ok()?;
    Some(query.has(&listed))
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
    macro_rules! by {
        ($read:expr) => {
            match direction {
                Direction::Ascending => |a, b| by($read(a), $read(b), false),
                Direction::Descending => |a, b| by($read(a), $read(b), true),
            }
        };
    }
    match column {
        Column::Score => by!(|row: &LeadRow| Some(row.score)),
        Column::CreatedAt => by!(|row: &LeadRow| Some(row.created_at)),
        Column::StageAt => by!(|row: &LeadRow| row.stage_at),
        Column::Channel => by!(|row: &LeadRow| row.channel.map(|channel| channel.name())),
        Column::Source => by!(|row: &LeadRow| text(Some(&row.source))),
        Column::Campaign => by!(|row: &LeadRow| text(row.campaign.as_ref())),
        Column::Stage => by!(|row: &LeadRow| row.stage.clone()),
        Column::Role => by!(|row: &LeadRow| row.role.map(|role| role.name())),
        Column::Cell => by!(|row: &LeadRow| row.cell.clone()),
        Column::Grade => by!(|row: &LeadRow| row.grade.map(|grade| grade.name())),
        Column::Email => by!(|row: &LeadRow| text(row.email.as_ref())),
        Column::Phone => by!(|row: &LeadRow| text(row.phone.as_ref())),
        Column::Field(FieldId::Standard(Field::Name)) => {
            by!(|row: &LeadRow| text(row.name.as_ref()))
        }
        Column::Field(FieldId::Standard(Field::Title)) => {
            by!(|row: &LeadRow| text(row.title.as_ref()))
        }
        Column::Field(FieldId::Standard(Field::Company)) => {
            by!(|row: &LeadRow| text(row.company.as_ref()))
        }
        _ => by!(|row: &LeadRow| Some(row.last_at)),
    }
}

fn text(text: Option<&String>) -> Option<String> {
    let text = text.map(|text| folded(text));
    text.filter(|text| !text.is_empty())
}

fn by<K: Ord>(a: Option<K>, b: Option<K>, down: bool) -> Ordering {
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
            (Column::StageAt, Direction::Descending, Some("-stage_at")),
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
    fn columns_come_back_out_of_the_address() {
        let check = |text: &str, expect: Vec<Column>| assert_eq!(read_columns(text), expect);
        check("", usual_columns());
        check("no such,", usual_columns());
        check("stage,owner,stage", vec![Column::Stage, Column::Owner]);
        let many = vec![
            "stage", "owner", "score", "tags", "role", "email", "phone", "cell", "grade",
        ];
        assert_eq!(read_columns(&many.join(",")).len(), limit::COLUMNS_MAX);
        assert_eq!(write_columns(&usual_columns()), None);
        let two = [Column::Stage, Column::Owner];
        assert_eq!(write_columns(&two).as_deref(), Some("stage,owner"));
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
            fields: Default::default(),
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
            assert_eq!(is_in(&row, &asked), Some(expect), "{search} {filter}");
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
        let budget = r#"[{"any":[{"column":"custom.budget","op":"not_empty"}]}]"#;
        let asked = Leads {
            filter: Some(budget.to_owned()),
            ..Leads::default()
        };
        assert_eq!(is_in(&row, &asked), None);
    }
}
