//! The board of the stages: its columns as they are read, and cards on their way from one to another.

use crate::api::Failure;
use crate::state::board_rows::{self, Column, Need};
use crate::state::ids;
use crate::state::live::Live;
use crate::state::session::Session;
use domain::api::{
    ErrorCode, Leads, Members, MoveLead, NoteStep, Pursued, ReadBoard, ReadLadder, ReadPursuit,
};
use domain::board::StageSum;
use domain::id::{LeadId, UserId};
use domain::lead::LeadRow;
use domain::list::{self, Clause, Direction, Filter, Operand, Test};
use domain::stage::Ladder;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// Cards of a page.
const PAGE_ROWS: u32 = 25;
/// How long the heads of the columns wait for more before they are read anew.
const SOON_MS: u32 = 1_000;

/// A card on its way, and what must be said first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The card.
    pub(crate) lead: LeadRow,
    /// Into which stage.
    pub(crate) to: String,
    /// What must be said.
    pub(crate) need: Need,
}

/// What was said about a move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Why, by the id of a reason.
    pub(crate) reason: Option<String>,
    /// What is to be said about it.
    pub(crate) note: String,
    /// The steps that were done, each with the date that goes with it.
    pub(crate) steps: Vec<(String, Option<i32>)>,
}

impl Said {
    /// Whether it says what must be said.
    pub(crate) fn answers(&self, need: &Need) -> bool {
        let reason = self.reason.as_deref();
        let reasoned = need.reasons.is_empty()
            || need
                .reasons
                .iter()
                .any(|one| Some(one.id.as_str()) == reason);
        let is_done = |step: &String| self.steps.iter().any(|(done, _)| done == step);
        reasoned && (!need.note || !self.note.is_empty()) && need.steps.iter().all(is_done)
    }
}

/// Somebody else was faster: where the lead was to go, and how it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MoveContest {
    /// The lead, as it was before.
    pub(crate) lead: LeadRow,
    /// Into which stage it was to go.
    pub(crate) to: String,
    /// What was said about it.
    pub(crate) said: Said,
    /// How it is worked now.
    pub(crate) current: Box<Pursued>,
}

/// How a lead is worked, where somebody else moved it first.
pub(crate) fn moved_first(failure: &Failure) -> Option<Box<Pursued>> {
    match failure {
        Failure::Refused(ErrorCode::Conflict, error) => {
            serde_json::from_value(error.current.clone()?).ok()
        }
        _ => None,
    }
}

/// What became of a move: from where and into which stage, or why not.
pub(crate) type Done = Result<(LeadRow, String), Failure>;

/// The board.
#[derive(Clone, Copy)]
pub(crate) struct BoardState {
    /// The stages, once read.
    pub(crate) ladder: RwSignal<Option<Ladder>>,
    /// The columns.
    pub(crate) columns: RwSignal<Vec<Column>>,
    /// The names of the members.
    pub(crate) names: RwSignal<BTreeMap<UserId, String>>,
    /// A card that waits for a word.
    pub(crate) asked: RwSignal<Option<Asked>>,
    /// A card that somebody else moved first, while one has to choose.
    pub(crate) contest: RwSignal<Option<MoveContest>>,
    /// What stands in each stage in all.
    pub(crate) sums: RwSignal<Vec<StageSum>>,
    /// Why the stages could not be read.
    pub(crate) failure: RwSignal<Option<Failure>>,
    session: Session,
    waits: StoredValue<bool>,
}

impl BoardState {
    /// Reads the stages, and who stands in each.
    pub(crate) fn open(session: Session, live: Live) -> BoardState {
        let board = BoardState {
            ladder: RwSignal::new(None),
            columns: RwSignal::new(Vec::new()),
            names: RwSignal::new(BTreeMap::new()),
            asked: RwSignal::new(None),
            contest: RwSignal::new(None),
            sums: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            session,
            waits: StoredValue::new(false),
        };
        board.load();
        live.hear(move |frame| {
            if !frame.leads.is_empty() {
                let _ = board.columns.try_update(|columns| {
                    for row in &frame.leads {
                        board_rows::patch(columns, row);
                    }
                });
                board.sum_soon();
            }
        });
        spawn_local(async move {
            // Without an answer the cards have no owners' names.
            if let Ok(members) = session.call(&Members {}).await {
                let named = members.into_iter().map(|member| (member.id, member.name));
                let _ = board.names.try_set(named.collect());
            }
        });
        board
    }

    /// Reads the stages anew.
    pub(crate) fn load(self) {
        self.failure.set(None);
        self.sum();
        spawn_local(async move {
            match self.session.call(&ReadLadder {}).await {
                Ok(detail) => {
                    let columns = board_rows::columns_of(&detail.ladder);
                    let stages: Vec<_> =
                        columns.iter().map(|column| column.stage.clone()).collect();
                    let _ = self.columns.try_set(columns);
                    let _ = self.ladder.try_set(Some(detail.ladder));
                    for stage in stages {
                        self.read(stage, None).await;
                    }
                }
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }

    /// Reads what stands in each stage in all.
    fn sum(self) {
        spawn_local(async move {
            // Without an answer the heads say what they said.
            if let Ok(board) = self.session.call(&ReadBoard {}).await {
                let _ = self.sums.try_set(board.stages);
            }
        });
    }

    /// The same in a moment: of many cards that move meanwhile once.
    fn sum_soon(self) {
        if self.waits.try_get_value() != Some(false) {
            return;
        }
        self.waits.set_value(true);
        Timeout::new(SOON_MS, move || {
            if self
                .waits
                .try_update_value(|waits| *waits = false)
                .is_some()
            {
                self.sum();
            }
        })
        .forget();
    }

    /// Reads the next cards of a column.
    pub(crate) fn more(self, stage: Option<String>) {
        let next = self.columns.with_untracked(|columns| {
            let own = columns.iter().find(|column| column.stage == stage);
            own.and_then(|column| column.next.clone())
        });
        if next.is_some() {
            spawn_local(self.read(stage, next));
        }
    }

    async fn read(self, stage: Option<String>, cursor: Option<String>) {
        let first = cursor.is_none();
        let test = match &stage {
            Some(stage) => Test::Is(Operand::Text(stage.clone())),
            None => Test::Empty,
        };
        let filter = Clause::One(Filter {
            column: list::Column::Stage.to_string(),
            test,
        });
        let order = match stage {
            Some(_) => list::Column::StageAt,
            None => list::Column::LastAt,
        };
        let asked = Leads {
            order,
            direction: Direction::Descending,
            filter: list::write(&[filter]),
            cursor,
            limit: Some(PAGE_ROWS),
            ..Leads::default()
        };
        match self.session.call(&asked).await {
            Ok(page) => {
                let _ = self.columns.try_update(|columns| {
                    let own = columns.iter_mut().find(|column| column.stage == stage);
                    if let Some(column) = own {
                        column.take(page, first);
                    }
                });
            }
            Err(failure) => drop(self.failure.try_set(Some(failure))),
        }
    }

    /// Wants a card in another column. Where something must be said first, it is asked for; else the card goes at once, and
    /// comes back if it may not. `done` hears what became of it.
    pub(crate) fn want(self, lead: LeadId, to: String, done: impl FnOnce(Done) + 'static) {
        let Some(row) = self.card(lead) else { return };
        if row.stage.as_deref() == Some(to.as_str()) {
            return;
        }
        let need = self.need(&row, &to, &[]);
        if !need.is_nothing() {
            self.asked.set(Some(Asked {
                lead: row,
                to,
                need,
            }));
            return;
        }
        self.columns
            .update(|columns| drop(board_rows::shift(columns, lead, Some(&to))));
        spawn_local(async move {
            let pursued = match self.session.call(&ReadPursuit { id: lead }).await {
                Ok(pursued) => pursued,
                Err(failure) => {
                    self.put_back(&row);
                    return done(Err(failure));
                }
            };
            if pursued.stage != row.stage {
                return self.contend(row, to, Said::default(), Box::new(pursued));
            }
            let need = self.need(&row, &to, &pursued.missing);
            if !need.is_nothing() {
                self.put_back(&row);
                let _ = self.asked.try_set(Some(Asked {
                    lead: row,
                    to,
                    need,
                }));
                return;
            }
            if let Some(reply) = self.perform(row, to, pursued, Said::default()).await {
                done(reply);
            }
        });
    }

    /// Moves the card that waited for a word.
    pub(crate) fn answer(self, said: Said, done: impl FnOnce(Done) + 'static) {
        let Some(Asked { lead, to, .. }) = self.asked.get_untracked() else {
            return;
        };
        self.asked.set(None);
        self.columns
            .update(|columns| drop(board_rows::shift(columns, lead.id, Some(&to))));
        spawn_local(async move {
            let reply = match self.session.call(&ReadPursuit { id: lead.id }).await {
                Ok(pursued) if pursued.stage != lead.stage => {
                    return self.contend(lead, to, said, Box::new(pursued));
                }
                Ok(pursued) => self.perform(lead, to, pursued, said).await,
                Err(failure) => {
                    self.put_back(&lead);
                    Some(Err(failure))
                }
            };
            if let Some(reply) = reply {
                done(reply);
            }
        });
    }

    /// What became of it; nothing where one has to choose first.
    async fn perform(self, row: LeadRow, to: String, pursued: Pursued, said: Said) -> Option<Done> {
        let reply = tell(self.session, &to, pursued, said.clone()).await;
        match reply {
            Ok(_) => Some(Ok((row, to))),
            Err(failure) => match moved_first(&failure) {
                Some(current) => {
                    self.contend(row, to, said, current);
                    None
                }
                None => {
                    self.put_back(&row);
                    Some(Err(failure))
                }
            },
        }
    }

    /// Puts a card where it is by now, and shows both: where it was to go, and where somebody else moved it.
    fn contend(self, lead: LeadRow, to: String, said: Said, current: Box<Pursued>) {
        let _ = self.columns.try_update(|columns| {
            board_rows::shift(columns, lead.id, current.stage.as_deref());
        });
        let contest = MoveContest {
            lead,
            to,
            said,
            current,
        };
        let _ = self.contest.try_set(Some(contest));
    }

    /// Moves the card all the same, from where it is now. What was said is not asked again, unless more must be said.
    pub(crate) fn insist(self, done: impl FnOnce(Done) + 'static) {
        let Some(contest) = self.contest.get_untracked() else {
            return;
        };
        self.contest.set(None);
        let MoveContest {
            mut lead,
            to,
            said,
            current,
        } = contest;
        lead.stage.clone_from(&current.stage);
        let need = self.need(&lead, &to, &current.missing);
        let asked = Asked { lead, to, need };
        let answered = said.answers(&asked.need);
        self.asked.set(Some(asked));
        if answered {
            self.answer(said, done);
        }
    }

    /// Takes a move back, with a note that says so.
    pub(crate) fn undo(
        self,
        lead: LeadId,
        to: String,
        note: String,
        done: impl FnOnce(Done) + 'static,
    ) {
        let Some(row) = self.card(lead) else { return };
        let said = Said {
            note,
            ..Said::default()
        };
        let need = Need::default();
        let _ = self.asked.try_set(Some(Asked {
            lead: row,
            to,
            need,
        }));
        self.answer(said, done);
    }

    fn need(self, row: &LeadRow, to: &str, missing: &[String]) -> Need {
        let need = self.ladder.try_with_untracked(|ladder| {
            let ladder = ladder.as_ref()?;
            Some(board_rows::need(ladder, row.stage.as_deref(), to, missing))
        });
        need.flatten().unwrap_or_default()
    }

    fn card(self, lead: LeadId) -> Option<LeadRow> {
        let found = self.columns.try_with_untracked(|columns| {
            let mut cards = columns.iter().flat_map(|column| &column.rows);
            cards.find(|row| row.id == lead).cloned()
        });
        found.flatten()
    }

    fn put_back(self, row: &LeadRow) {
        let _ = self.columns.try_update(|columns| {
            board_rows::shift(columns, row.id, row.stage.as_deref());
        });
    }
}

/// Notes the steps that were done, and moves a lead into a stage.
pub(crate) async fn tell(
    session: Session,
    to: &str,
    pursued: Pursued,
    said: Said,
) -> Result<Pursued, Failure> {
    let (id, mut expected_seq) = (pursued.id, pursued.seq);
    for (step, date) in said.steps {
        let call = NoteStep {
            key: ids::fresh(),
            id,
            expected_seq,
            step,
            done: true,
            date,
        };
        expected_seq = session.call(&call).await?.seq;
    }
    let call = MoveLead {
        key: ids::fresh(),
        id,
        expected_seq,
        to: to.to_owned(),
        reason: said.reason,
        note: said.note,
    };
    session.call(&call).await
}
