//! The cards of a board as plain lists: a column a stage, moved before it is known whether they may, and back again.
//!
//! Not here: asking anybody, signals.

use domain::api::Page;
use domain::id::LeadId;
use domain::lead::LeadRow;
use domain::stage::{Ladder, Reason, Rung};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// The stage; none for those who came into none yet.
    pub(crate) stage: Option<String>,
    /// The cards that are loaded, who came last first.
    pub(crate) rows: Vec<LeadRow>,
    /// How many there are in all.
    pub(crate) total: u64,
    /// Where the next ones begin.
    pub(crate) next: Option<String>,
    /// Whether its first ones were read.
    pub(crate) known: bool,
}

impl Column {
    /// A column that nothing is known of.
    pub(crate) fn new(stage: Option<String>) -> Column {
        Column {
            stage,
            rows: Vec::new(),
            total: 0,
            next: None,
            known: false,
        }
    }

    /// Takes in a page: the first one begins anew.
    pub(crate) fn take(&mut self, page: Page<LeadRow>, first: bool) {
        if first {
            self.rows.clear();
        }
        let new = page.items.into_iter();
        let new: Vec<LeadRow> = new
            .filter(|row| !self.rows.iter().any(|known| known.id == row.id))
            .collect();
        self.rows.extend(new);
        self.total = page.total;
        self.next = page.next;
        self.known = true;
    }
}

/// The columns of a ladder: who came into no stage first, then the stages in their order.
pub(crate) fn columns_of(ladder: &Ladder) -> Vec<Column> {
    let stages = ladder.stages.iter().filter(|stage| !stage.retired);
    let stages = stages.map(|stage| Some(stage.id.clone()));
    std::iter::once(None)
        .chain(stages)
        .map(Column::new)
        .collect()
}

/// Puts a card into another column, on top; as it was before, where it was anywhere.
pub(crate) fn shift(columns: &mut [Column], lead: LeadId, to: Option<&str>) -> Option<LeadRow> {
    let from = columns
        .iter_mut()
        .find(|column| column.rows.iter().any(|row| row.id == lead))?;
    let place = from.rows.iter().position(|row| row.id == lead)?;
    let before = from.rows.remove(place);
    from.total = from.total.saturating_sub(1);
    if let Some(column) = columns
        .iter_mut()
        .find(|column| column.stage.as_deref() == to)
    {
        let mut row = before.clone();
        row.stage = to.map(str::to_owned);
        column.rows.insert(0, row);
        column.total = column.total.saturating_add(1);
    }
    Some(before)
}

/// Takes in a card as it is now, wherever it stood.
pub(crate) fn patch(columns: &mut [Column], row: &LeadRow) {
    let known = columns.iter().flat_map(|column| &column.rows);
    let known = known.into_iter().find(|known| known.id == row.id).cloned();
    match known {
        Some(known) if known.seq > row.seq => {}
        Some(known) if known.stage == row.stage => {
            let cards = columns.iter_mut().flat_map(|column| &mut column.rows);
            for card in cards.filter(|card| card.id == row.id) {
                *card = row.clone();
            }
        }
        Some(_) => {
            shift(columns, row.id, row.stage.as_deref());
            patch(columns, row);
        }
        None => {
            let own = |column: &&mut Column| column.stage == row.stage && column.known;
            if let Some(column) = columns.iter_mut().find(own)
                && column.next.is_none()
            {
                column.rows.insert(0, row.clone());
                column.total = column.total.saturating_add(1);
            }
        }
    }
}

/// What must be said before a lead goes from one stage to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Need {
    /// One of these reasons; none where there is nothing to choose.
    pub(crate) reasons: Vec<Reason>,
    /// A note.
    pub(crate) note: bool,
    /// Steps that must have been done, by their ids.
    pub(crate) steps: Vec<String>,
}

impl Need {
    /// Whether it goes without a word.
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Need::default()
    }
}

/// What must be said, by the rules of [`domain::stage::Journey::by_hand`]. `missing` are the steps that were not done.
pub(crate) fn need(ladder: &Ladder, from: Option<&str>, to: &str, missing: &[String]) -> Need {
    let reasons = match ladder.stage(to).map(|stage| stage.rung) {
        Some(Rung::Recycled) => ladder.recycle_reasons.as_slice(),
        Some(Rung::Lost) => ladder.lost_reasons.as_slice(),
        _ => &[],
    };
    if !reasons.is_empty() {
        let in_use = reasons.iter().filter(|reason| !reason.retired);
        return Need {
            reasons: in_use.cloned().collect(),
            ..Need::default()
        };
    }
    let (own, before) = (ladder.height(to), from.and_then(|id| ladder.height(id)));
    Need {
        note: from.is_some() && own < before,
        steps: if own > before {
            missing.to_vec()
        } else {
            Vec::new()
        },
        ..Need::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::stage::starter;
    use uuid::Uuid;

    fn row(number: u128, stage: &str, seq: u64) -> LeadRow {
        let text = format!(
            r#"{{"id":"{}","score":1,"stage":"{stage}","created_at":0,"last_at":0,"seq":{seq}}}"#,
            Uuid::from_u128(number)
        );
        serde_json::from_str(&text).expect("a row")
    }

    fn board() -> Vec<Column> {
        let mut columns = columns_of(&starter());
        for column in &mut columns {
            column.known = true;
        }
        patch(&mut columns, &row(1, "mql", 5));
        patch(&mut columns, &row(2, "mql", 6));
        columns
    }

    fn cards(columns: &[Column], stage: &str) -> (Vec<u128>, u64) {
        let column = columns
            .iter()
            .find(|column| column.stage.as_deref() == Some(stage));
        let column = column.expect("a column");
        (
            column.rows.iter().map(|row| row.id.0.as_u128()).collect(),
            column.total,
        )
    }

    #[test]
    fn a_card_goes_and_comes_back() {
        let mut columns = board();
        assert_eq!(cards(&columns, "mql"), (vec![2, 1], 2));
        let before = shift(&mut columns, LeadId(Uuid::from_u128(1)), Some("sql"));
        assert_eq!(
            (cards(&columns, "mql"), cards(&columns, "sql")),
            ((vec![2], 1), (vec![1], 1))
        );
        let before = before.expect("a card");
        shift(&mut columns, before.id, before.stage.as_deref());
        assert_eq!(
            (cards(&columns, "mql"), cards(&columns, "sql")),
            ((vec![1, 2], 2), (vec![], 0))
        );
        assert_eq!(
            shift(&mut columns, LeadId(Uuid::from_u128(9)), Some("sql")),
            None
        );
    }

    #[test]
    fn what_changed_elsewhere_moves_its_card() {
        let mut columns = board();
        patch(&mut columns, &row(2, "won", 9));
        assert_eq!(
            (cards(&columns, "mql").0, cards(&columns, "won").0),
            (vec![1], vec![2])
        );
        // Older news changes nothing.
        patch(&mut columns, &row(2, "mql", 7));
        assert_eq!(cards(&columns, "won").0, [2]);
    }

    #[test]
    fn what_must_be_said_is_what_the_rules_ask() {
        let ladder = starter();
        let missing = ["need".to_owned()];
        let check = |from: Option<&str>, to: &str, expect: (usize, bool, usize)| {
            let found = need(&ladder, from, to, &missing);
            let found = (found.reasons.len(), found.note, found.steps.len());
            assert_eq!(found, expect, "{from:?} → {to}");
        };
        check(None, "lead", (0, false, 1));
        check(Some("mql"), "opportunity", (0, false, 1));
        check(Some("sql"), "mql", (0, true, 0));
        check(Some("sql"), "recycled", (5, false, 0));
        check(Some("sql"), "lost", (5, false, 0));
        check(Some("lost"), "lead", (0, false, 1));
    }
}
