//! A cell of the list that is mended in its place: whose a lead is, its stage, a field; with the way back, and both versions where
//! someone else was first.

use crate::api::Failure;
use crate::state::board::{Asked, Said, tell};
use crate::state::board_rows::need;
use crate::state::ids::fresh;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::Text;
use domain::api::{AssignLead, ErrorCode, LeadDetail, ReadPursuit, SaveLead};
use domain::id::LeadId;
use domain::lead::{Field, LeadRow};
use domain::list::Column;
use domain::profile::{FieldId, Value};
use domain::stage::Ladder;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, BTreeSet};

/// A change of a cell: whose, what stood there, and what is to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CellChange {
    /// The lead, as it stood when the cell was opened.
    pub(crate) lead: LeadRow,
    /// Which column.
    pub(crate) column: Column,
    /// What is to stand there: an id, or a text; empty for nothing.
    pub(crate) to: String,
}

/// Two versions of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CellContest {
    /// What stands there.
    pub(crate) theirs: String,
    /// What was to, from the version that stands.
    pub(crate) mine: CellChange,
}

/// How a change is told.
#[derive(Clone, Copy)]
pub(crate) struct Telling {
    /// What was done, in a sentence.
    pub(crate) done: fn(&Text, &str) -> String,
    /// Why it was not.
    pub(crate) failed: fn(&Text, &Failure) -> String,
    /// What is written beside the way back.
    pub(crate) note: Signal<String>,
}

/// Cells that are mended.
#[derive(Clone, Copy)]
pub(crate) struct CellEdit {
    /// The cell that is open.
    pub(crate) open: RwSignal<Option<(LeadId, Column)>>,
    /// The two versions, while there are two.
    pub(crate) contest: RwSignal<Option<CellContest>>,
    /// What must be said before a lead goes into a stage.
    pub(crate) asked: RwSignal<Option<Asked>>,
    ladder: Signal<Option<Ladder>>,
    session: Session,
    toasts: Toasts,
    telling: Telling,
}

/// Whether a column is mended in the list.
pub(crate) fn mends(column: &Column) -> bool {
    match column {
        Column::Owner | Column::Stage => true,
        Column::Field(FieldId::Standard(field)) => *field == Field::Title,
        _ => false,
    }
}

/// What stands in such a cell.
pub(crate) fn stands(lead: &LeadRow, column: &Column) -> String {
    let text = match column {
        Column::Owner => lead.owner.map(|owner| owner.to_string()),
        Column::Stage => lead.stage.clone(),
        Column::Field(_) => lead.title.clone(),
        _ => None,
    };
    text.unwrap_or_default()
}

impl CellEdit {
    /// Nothing is open.
    pub(crate) fn new(
        session: Session,
        toasts: Toasts,
        ladder: Signal<Option<Ladder>>,
        telling: Telling,
    ) -> CellEdit {
        CellEdit {
            open: RwSignal::new(None),
            contest: RwSignal::new(None),
            asked: RwSignal::new(None),
            ladder,
            session,
            toasts,
            telling,
        }
    }

    /// Makes a change; what must be said first is asked for.
    pub(crate) fn save(self, change: CellChange) {
        self.open.set(None);
        if stands(&change.lead, &change.column) == change.to.trim() {
            return;
        }
        spawn_local(async move {
            match self.begin(&change).await {
                Ok(Begun::Free(seq)) => self.finish(change, Said::default(), seq).await,
                Ok(Begun::Asks(asked)) => drop(self.asked.try_set(Some(asked))),
                Ok(Begun::Contested(theirs)) => self.contend(theirs, change),
                Err(failure) => self.fail(failure),
            }
        });
    }

    /// Says what must be said, and moves the lead.
    pub(crate) fn answer(self, said: Said) {
        let Some(Asked { lead, to, .. }) = self.asked.get_untracked() else {
            return;
        };
        self.asked.set(None);
        let column = Column::Stage;
        let change = CellChange { lead, column, to };
        spawn_local(self.finish(change, said, 0));
    }

    /// Makes the change though someone else was first.
    pub(crate) fn keep_mine(self) {
        let contest = self.contest.get_untracked();
        self.contest.set(None);
        if let Some(CellContest { mine, .. }) = contest {
            self.save(mine);
        }
    }

    async fn begin(self, change: &CellChange) -> Result<Begun, Failure> {
        if matches!(change.column, Column::Field(_)) {
            return Ok(Begun::Free(change.lead.seq));
        }
        let call = ReadPursuit { id: change.lead.id };
        let pursued = self.session.call(&call).await?;
        let now = LeadRow {
            owner: pursued.owner.map(|owner| owner.user),
            stage: pursued.stage.clone(),
            ..change.lead.clone()
        };
        let theirs = stands(&now, &change.column);
        if theirs != stands(&change.lead, &change.column) {
            return Ok(Begun::Contested(now));
        }
        let ladder = self.ladder.try_get_untracked().flatten();
        let asks = ladder.filter(|_| change.column == Column::Stage);
        let asks = asks.map(|ladder| {
            need(
                &ladder,
                pursued.stage.as_deref(),
                &change.to,
                &pursued.missing,
            )
        });
        Ok(match asks.filter(|need| !need.is_nothing()) {
            Some(need) => Begun::Asks(Asked {
                lead: change.lead.clone(),
                to: change.to.clone(),
                need,
            }),
            None => Begun::Free(0),
        })
    }

    async fn finish(self, change: CellChange, said: Said, seq: u64) {
        match self.write(&change, said, seq).await {
            Ok(seq) => self.tell(change, seq),
            Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                let detail = error.current.clone();
                let detail = detail.and_then(|now| serde_json::from_value::<LeadDetail>(now).ok());
                match detail {
                    Some(detail) => self.contend(detail.row, change),
                    None => self.fail(Failure::Refused(ErrorCode::Conflict, error)),
                }
            }
            Err(failure) => self.fail(failure),
        }
    }

    /// Writes it; the number of what stands then, where a field was written.
    async fn write(self, change: &CellChange, said: Said, seq: u64) -> Result<u64, Failure> {
        let id = change.lead.id;
        let to = change.to.trim();
        if let Column::Field(field) = &change.column {
            let value = (!to.is_empty()).then(|| Value::Text(to.to_owned()));
            let call = SaveLead {
                key: fresh(),
                id,
                expected_seq: seq,
                set: BTreeMap::from([(field.clone(), value)]),
                tagged: BTreeSet::new(),
                untagged: BTreeSet::new(),
                keys: Vec::new(),
                dropped: Vec::new(),
                account: None,
                role: None,
            };
            return Ok(self.session.call(&call).await?.row.seq);
        }
        let pursued = self.session.call(&ReadPursuit { id }).await?;
        if change.column == Column::Stage {
            return Ok(tell(self.session, to, pursued, said).await?.seq);
        }
        let call = AssignLead {
            key: fresh(),
            id,
            expected_seq: pursued.seq,
            to: to.parse().ok(),
            note: String::new(),
        };
        Ok(self.session.call(&call).await?.seq)
    }

    fn tell(self, change: CellChange, seq: u64) {
        let name = change.lead.label().to_owned();
        let done = self.telling.done;
        let before = stands(&change.lead, &change.column);
        let said = move |text: &'static Text| done(text, &name);
        if before.is_empty() && change.column == Column::Stage {
            // Out of all stages nobody goes.
            return self.toasts.done(said);
        }
        self.toasts.undoable(said, move || {
            let back = CellChange {
                to: before.clone(),
                ..change.clone()
            };
            let said = Said {
                note: self.telling.note.get_untracked(),
                ..Said::default()
            };
            spawn_local(async move {
                if let Err(failure) = self.write(&back, said, seq).await {
                    self.fail(failure);
                }
            });
        });
    }

    fn contend(self, now: LeadRow, change: CellChange) {
        let theirs = stands(&now, &change.column);
        let mine = CellChange {
            lead: now,
            ..change
        };
        let _ = self.contest.try_set(Some(CellContest { theirs, mine }));
    }

    fn fail(self, failure: Failure) {
        let failed = self.telling.failed;
        self.toasts.failed(move |text| failed(text, &failure));
    }
}

/// What a change comes to before it is made.
enum Begun {
    /// It may be made, from this version.
    Free(u64),
    /// Something must be said first.
    Asks(Asked),
    /// Someone else was first: the lead as it is.
    Contested(LeadRow),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_cell_is_what_it_is_changed_from() {
        let row = r#"{"id":"00000000-0000-0000-0000-000000000001","score":1,"stage":"mql","title":"CTO","created_at":0,"last_at":0,"seq":1}"#;
        let row: LeadRow = serde_json::from_str(row).expect("a row");
        let title = Column::Field(FieldId::Standard(Field::Title));
        let found = [Column::Stage, Column::Owner, title.clone(), Column::Score];
        let found = found.map(|column| stands(&row, &column));
        assert_eq!(found, ["mql", "", "CTO", ""]);
        assert!(mends(&title) && mends(&Column::Owner) && !mends(&Column::Score));
    }
}
