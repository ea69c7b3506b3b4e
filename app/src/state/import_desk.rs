//! A file of people on its way into the base: read and checked by the worker, its columns matched, its rows put right, what it
//! would do foreseen, and its rows sent in batches. What a person said of it is kept in this browser, so that after a reload
//! the same file goes on where it was.

use crate::api::Failure;
use crate::heavy::client::{Answer, Client, Gone};
use crate::heavy::protocol::{Ask, Open, Opened, Tell, Unreadable};
use crate::state::clock::now;
use crate::state::export::hand_over;
use crate::state::ids::fresh;
use crate::state::import_kept::{KEPT, Kept};
use crate::state::kept;
use crate::state::session::Session;
use domain::api::{
    AdmitTags, Foreseen, ImportRow, ImportRows, Lang, OpenImport, PreviewImport, ReadSchema,
    RefusedRow,
};
use domain::day::Zone;
use domain::id::WorkspaceId;
use domain::import::limit::BATCH_ROWS_MAX;
use domain::import::{Plan, Question, Summary};
use domain::intake::Import;
use domain::profile::Schema;
use futures::lock::Mutex;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use web_sys::File;

pub(crate) use crate::heavy::protocol::{Rows, Shown, UnreadableCode};

/// Rows of a page that are looked at.
const PAGE_ROWS: usize = 25;

/// Where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// No file is chosen.
    Choosing,
    /// So many rows are read.
    Reading(u32),
    /// It is read: columns are matched and rows put right.
    Ready,
    /// So many rows are sent, of so many.
    Sending(u32, u32),
    /// It is in the base.
    Done(Box<Import>),
}

/// Why it does not go on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// The file cannot be read.
    File(Unreadable),
    /// The worker could not be loaded, or broke.
    Worker,
    /// A call failed.
    Call(Failure),
}

impl From<Gone> for Trouble {
    fn from(_: Gone) -> Trouble {
        Trouble::Worker
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::Call(failure)
    }
}

/// How a file is to be read, where a person says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Way {
    /// The encoding.
    pub(crate) encoding: Option<String>,
    /// The workbook's sheet.
    pub(crate) sheet: Option<String>,
}

/// The desk.
#[derive(Clone, Copy)]
pub(crate) struct ImportDesk {
    /// Where it is.
    pub(crate) phase: RwSignal<Phase>,
    /// What the file is called.
    pub(crate) name: RwSignal<String>,
    /// What the file is, once it is read.
    pub(crate) opened: RwSignal<Option<Opened>>,
    /// How it is taken in.
    pub(crate) plan: RwSignal<Option<Plan>>,
    /// What came of the rows.
    pub(crate) summary: RwSignal<Summary>,
    /// What a person should still say.
    pub(crate) questions: RwSignal<Vec<Question>>,
    /// Whether rows are being checked.
    pub(crate) checking: RwSignal<bool>,
    /// Which rows are looked at.
    pub(crate) which: RwSignal<Rows>,
    /// The rows that are looked at.
    pub(crate) rows: RwSignal<Vec<Shown>>,
    /// Where the next of them begin.
    pub(crate) next: RwSignal<Option<u32>>,
    /// What the first rows would do, once asked for.
    pub(crate) foreseen: RwSignal<Option<Foreseen>>,
    /// Whether that is on its way.
    pub(crate) foreseeing: RwSignal<bool>,
    /// Whether what is known already stays.
    pub(crate) fill_only: RwSignal<bool>,
    /// The rows that the base refused.
    pub(crate) refused: RwSignal<Vec<RefusedRow>>,
    /// Why it does not go on.
    pub(crate) trouble: RwSignal<Option<Trouble>>,
    /// An import that was begun and is not whole.
    pub(crate) kept: RwSignal<Option<Kept>>,
    /// The fields and tags.
    pub(crate) schema: RwSignal<Schema>,
    /// How the file is to be read.
    pub(crate) way: RwSignal<Way>,
    /// How many rows were to be sent once they are checked.
    asked: StoredValue<Option<u32>>,
    session: Session,
    workspace: StoredValue<WorkspaceId>,
    client: StoredValue<Option<Rc<Mutex<Client>>>, LocalStorage>,
    file: StoredValue<Option<File>, LocalStorage>,
    turn: StoredValue<u32>,
}

impl ImportDesk {
    /// An empty desk.
    pub(crate) fn open(session: Session, workspace: WorkspaceId) -> ImportDesk {
        ImportDesk {
            phase: RwSignal::new(Phase::Choosing),
            name: RwSignal::new(String::new()),
            opened: RwSignal::new(None),
            plan: RwSignal::new(None),
            summary: RwSignal::new(Summary::default()),
            questions: RwSignal::new(Vec::new()),
            checking: RwSignal::new(false),
            which: RwSignal::new(Rows::Bad),
            rows: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            foreseen: RwSignal::new(None),
            foreseeing: RwSignal::new(false),
            fill_only: RwSignal::new(false),
            refused: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
            kept: RwSignal::new(kept::load(KEPT, &workspace)),
            schema: RwSignal::new(Schema::default()),
            way: RwSignal::new(Way::default()),
            asked: StoredValue::new(None),
            session,
            workspace: StoredValue::new(workspace),
            client: StoredValue::new_local(None),
            file: StoredValue::new_local(None),
            turn: StoredValue::new(0),
        }
    }

    /// Takes everything off the desk.
    pub(crate) fn clear(self) {
        self.next_turn();
        self.asked.set_value(None);
        self.phase.set(Phase::Choosing);
        self.opened.set(None);
        self.plan.set(None);
        self.rows.set(Vec::new());
        self.questions.set(Vec::new());
        self.foreseen.set(None);
        self.refused.set(Vec::new());
        self.trouble.set(None);
        self.way.set(Way::default());
        self.client.set_value(None);
        self.file.set_value(None);
    }

    fn next_turn(self) -> u32 {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        turn
    }

    fn is_now(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Reads a file.
    pub(crate) fn choose(self, file: File) {
        self.name.set(file.name());
        self.file.set_value(Some(file));
        self.way.set(Way::default());
        self.read();
    }

    /// Reads the same file in another way.
    pub(crate) fn read_as(self, way: Way) {
        self.way.set(way);
        self.read();
    }

    fn read(self) {
        let turn = self.next_turn();
        self.phase.set(Phase::Reading(0));
        self.opened.set(None);
        self.trouble.set(None);
        self.foreseen.set(None);
        spawn_local(async move {
            if let Err(trouble) = self.read_whole(turn).await
                && self.is_now(turn)
            {
                self.phase.set(Phase::Choosing);
                self.trouble.set(Some(trouble));
            }
        });
    }

    async fn read_whole(self, turn: u32) -> Result<(), Trouble> {
        let Some(file) = self.file.try_get_value().flatten() else {
            return Ok(());
        };
        let schema = self.session.call(&ReadSchema {}).await?;
        let client = Rc::new(Mutex::new(Client::start().await?));
        if !self.is_now(turn) {
            return Ok(());
        }
        self.schema.set(schema.clone());
        self.client.set_value(Some(client.clone()));
        let way = self.way.get_untracked();
        let ask = Ask::Open(Open {
            at: now(),
            schema,
            zone: Zone::default(),
            encoding: way.encoding,
            delimiter: None,
            sheet: way.sheet,
        });
        let mut client = client.lock().await;
        let answer = client
            .ask(&ask, Some(&file), |tell| self.hear(turn, tell))
            .await?;
        drop(client);
        if !self.is_now(turn) {
            return Ok(());
        }
        self.take_checked(answer)?;
        self.phase.set(Phase::Ready);
        self.go_on_as_kept();
        self.show(Rows::Bad);
        Ok(())
    }

    fn hear(self, turn: u32, tell: Tell) {
        if !self.is_now(turn) {
            return;
        }
        match tell {
            // A file that is checked again is still at hand.
            Tell::Reading { rows, .. } | Tell::Checking { rows, .. } => {
                let reading = |phase: &Phase| matches!(phase, Phase::Reading(_));
                if self.phase.with_untracked(reading) {
                    self.phase.set(Phase::Reading(rows));
                }
            }
            Tell::Opened(opened) => {
                self.plan.set(Some(opened.plan.clone()));
                self.questions.set(opened.questions.clone());
                self.opened.set(Some(*opened));
            }
            _ => {}
        }
    }

    fn take_checked(self, answer: Answer) -> Result<(), Trouble> {
        match answer.tell {
            Tell::Checked { summary, questions } => {
                self.summary.set(summary);
                self.questions.set(questions);
                Ok(())
            }
            Tell::Failed(unreadable) => Err(Trouble::File(unreadable)),
            _ => Err(Trouble::Worker),
        }
    }

    /// What was said of the same file before a reload is said again.
    fn go_on_as_kept(self) {
        let kept = self.kept.get_untracked();
        let same = |kept: &Kept| self.name.with_untracked(|name| *name == kept.name);
        if let Some(kept) = kept.filter(same) {
            self.fill_only.set(kept.fill_only);
            self.replan(kept.plan);
        }
    }

    async fn ask(self, ask: Ask) -> Result<Answer, Trouble> {
        let Some(client) = self.client.try_get_value().flatten() else {
            return Err(Trouble::File(Unreadable::from(UnreadableCode::NotOpen)));
        };
        let turn = self.turn.get_value();
        let mut client = client.lock().await;
        let answer = client.ask(&ask, None, |tell| self.hear(turn, tell)).await?;
        match answer.tell {
            Tell::Failed(unreadable) => Err(Trouble::File(unreadable)),
            _ => Ok(answer),
        }
    }

    fn fail(self, trouble: Trouble) {
        let _ = self.trouble.try_set(Some(trouble));
    }

    /// Takes another row as the head, or none.
    pub(crate) fn take_head(self, row: Option<u32>) {
        self.checked_by(Ask::Head { row });
    }

    /// Takes the file in otherwise.
    pub(crate) fn replan(self, plan: Plan) {
        self.plan.set(Some(plan.clone()));
        let schema = self.schema.get_untracked();
        self.checked_by(Ask::Plan {
            plan: Box::new(plan),
            schema,
        });
    }

    fn checked_by(self, ask: Ask) {
        self.checking.set(true);
        self.foreseen.set(None);
        spawn_local(async move {
            let taken = self
                .ask(ask)
                .await
                .and_then(|answer| self.take_checked(answer));
            let _ = self.checking.try_set(false);
            let asked = self.asked.try_update_value(Option::take).flatten();
            match taken {
                Ok(()) if asked == Some(self.good()) && untrack(|| self.may_send()) => self.send(),
                Ok(()) => self.show(self.which.get_untracked()),
                Err(trouble) => self.fail(trouble),
            }
        });
    }

    /// Looks at rows.
    pub(crate) fn show(self, which: Rows) {
        self.which.set(which);
        self.page(which, 0);
    }

    /// Looks at more of them.
    pub(crate) fn more(self) {
        if let Some(from) = self.next.get_untracked() {
            self.page(self.which.get_untracked(), from);
        }
    }

    fn page(self, which: Rows, from: u32) {
        let ask = Ask::Page {
            rows: which,
            from,
            limit: PAGE_ROWS,
        };
        spawn_local(async move {
            match self.ask(ask).await.map(|answer| answer.tell) {
                Ok(Tell::Page { rows, next }) => {
                    let _ = self.rows.try_update(|known| {
                        if from == 0 {
                            known.clear();
                        }
                        known.extend(rows);
                    });
                    let _ = self.next.try_set(next);
                }
                Ok(_) => {}
                Err(trouble) => self.fail(trouble),
            }
        });
    }

    /// Puts a cell right.
    pub(crate) fn fix(self, row: u32, column: u32, text: String) {
        self.foreseen.set(None);
        spawn_local(async move {
            match self
                .ask(Ask::Fix { row, column, text })
                .await
                .map(|answer| answer.tell)
            {
                Ok(Tell::Fixed {
                    row: fixed,
                    summary,
                }) => {
                    let _ = self.summary.try_set(summary);
                    let _ = self.rows.try_update(|rows| {
                        let known = rows.iter_mut().find(|shown| shown.outcome.row == row);
                        if let (Some(known), Some(fixed)) = (known, fixed) {
                            *known = *fixed;
                        }
                    });
                }
                Ok(_) => {}
                Err(trouble) => self.fail(trouble),
            }
        });
    }

    /// Hands over the rows that cannot be taken in, with the reasons.
    pub(crate) fn error_file(self, lang: Lang, name: String) {
        spawn_local(async move {
            match self.ask(Ask::ErrorFile { lang }).await {
                Ok(answer) => {
                    if let Some(file) = answer.file {
                        hand_over(&file, &name);
                    }
                }
                Err(trouble) => self.fail(trouble),
            }
        });
    }

    async fn batch(self, from: u32) -> Result<(Vec<ImportRow>, Option<u32>), Trouble> {
        let ask = Ask::Batch {
            from,
            limit: BATCH_ROWS_MAX,
        };
        match self.ask(ask).await?.tell {
            Tell::Batch { rows, next } => Ok((rows, next)),
            _ => Err(Trouble::Worker),
        }
    }

    /// Asks the base what the first rows would do.
    pub(crate) fn foresee(self) {
        let turn = self.turn.get_value();
        self.foreseeing.set(true);
        spawn_local(async move {
            let asked = async {
                let (rows, _) = self.batch(0).await?;
                let tags = self.summary.get_untracked().new_tags.into_iter();
                let call = PreviewImport {
                    tags: tags.map(|tag| (tag.id, tag.name)).collect(),
                    fill_only: self.fill_only.get_untracked(),
                    rows,
                };
                Ok::<_, Trouble>(self.session.call(&call).await?)
            };
            let reply = asked.await;
            let _ = self.foreseeing.try_set(false);
            if !self.is_now(turn) {
                return;
            }
            match reply {
                Ok(foreseen) => self.foreseen.set(Some(foreseen)),
                Err(trouble) => self.fail(trouble),
            }
        });
    }

    /// Whether there are rows to send, and the file's plan lets them go.
    pub(crate) fn may_send(self) -> bool {
        let planned = |plan: &Option<Plan>| plan.as_ref().is_some_and(Plan::is_ready);
        let sendable = |summary: &Summary| summary.good > 0 && !summary.too_many_tags;
        self.plan.with(planned) && self.summary.with(sendable)
    }

    fn good(self) -> u32 {
        self.summary.with_untracked(|summary| summary.good)
    }

    /// Sends the rows. A repeat goes on with the same import: a row that came before counts once. What is being checked anew is
    /// first, and goes on to be sent where as many rows are good then as were shown.
    pub(crate) fn send(self) {
        if self.checking.get_untracked() {
            return self.asked.set_value(Some(self.good()));
        }
        let Some(plan) = self.plan.get_untracked() else {
            return;
        };
        let rows = self.good();
        let name = self.name.get_untracked();
        let known = self.kept.get_untracked();
        let known = known.filter(|kept| kept.name == name && kept.rows == rows);
        let kept = Kept {
            id: known.map_or_else(fresh, |kept| kept.id),
            name,
            rows,
            fill_only: self.fill_only.get_untracked(),
            plan,
        };
        self.workspace
            .with_value(|workspace| kept::store(KEPT, workspace, &kept));
        self.kept.set(Some(kept.clone()));
        self.trouble.set(None);
        self.refused.set(Vec::new());
        self.phase.set(Phase::Sending(0, rows));
        let turn = self.turn.get_value();
        spawn_local(async move {
            let sent = self.send_whole(turn, kept).await;
            if !self.is_now(turn) {
                return;
            }
            match sent {
                Ok(import) => {
                    self.let_go();
                    self.phase.set(Phase::Done(Box::new(import)));
                }
                Err(trouble) => {
                    self.phase.set(Phase::Ready);
                    self.trouble.set(Some(trouble));
                }
            }
        });
    }

    async fn send_whole(self, turn: u32, kept: Kept) -> Result<Import, Trouble> {
        let tags = self.summary.get_untracked().new_tags.into_iter();
        let tags: std::collections::BTreeMap<String, String> =
            tags.map(|tag| (tag.id, tag.name)).collect();
        if !tags.is_empty() {
            let key = fresh();
            self.session.call(&AdmitTags { key, tags }).await?;
        }
        let open = OpenImport {
            key: kept.id,
            name: kept.name,
            rows: kept.rows,
            origin: kept.plan.origin,
            fill_only: kept.fill_only,
        };
        let mut import = self.session.call(&open).await?;
        let (mut from, mut sent) = (Some(0), 0_u32);
        while let Some(first) = from {
            let (rows, next) = self.batch(first).await?;
            let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            if count > 0 {
                let call = ImportRows {
                    id: import.id,
                    rows,
                };
                let reply = self.session.call(&call).await?;
                import = reply.import;
                let _ = self
                    .refused
                    .try_update(|refused| refused.extend(reply.refused));
            }
            sent = sent.saturating_add(count);
            if !self.is_now(turn) {
                return Ok(import);
            }
            self.phase.set(Phase::Sending(sent, kept.rows));
            from = next;
        }
        Ok(import)
    }

    /// Forgets an import that was begun.
    pub(crate) fn let_go(self) {
        self.workspace
            .with_value(|workspace| kept::forget(KEPT, workspace));
        let _ = self.kept.try_set(None);
    }
}
