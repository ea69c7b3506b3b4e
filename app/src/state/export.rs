//! A list on its way into a file: asked for page by page, written by the worker, and handed to the person.
//!
//! What moves while it is read may slip from a page that is still to come to one that was; so nobody is written twice, and
//! who changed meanwhile is looked for once more at the end. Not here: what the columns are.

use crate::api::Failure;
use crate::heavy::client::{Answer, Client, Gone};
use crate::heavy::protocol::{Ask, Cell, Tell};
use crate::state::clock::now;
use crate::state::exported::Writing;
use crate::state::session::Session;
use domain::api::{AccountOrder, Accounts, ExportLeads, Lang, Leads, ReadSchema, Visitors};
use domain::day::Zone;
use domain::list::{Column, Direction};
use domain::profile::show_date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, Url};

pub(crate) use crate::heavy::protocol::Form;

/// People of a page.
const PEOPLE: u32 = 1_000;
/// Visitors of a page.
const VISITORS: u32 = 200;
/// Companies of a page.
const COMPANIES: u32 = 200;

/// How it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Progress {
    /// Nothing is written.
    Resting,
    /// So many rows are written, of so many.
    Writing(u64, u64),
    /// It was given up.
    Failed(Trouble),
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// A page of the list did not come.
    List(Failure),
    /// The worker could not be loaded, broke, or can write no more rows.
    File,
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::List(failure)
    }
}

impl From<Gone> for Trouble {
    fn from(_: Gone) -> Trouble {
        Trouble::File
    }
}

/// What is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// These people.
    People(Leads),
    /// Those of these people who were picked.
    Picked(Leads, BTreeSet<Uuid>),
    /// The anonymous visitors.
    Visitors,
    /// These companies.
    Companies(Accounts),
}

impl What {
    /// Whether somebody of the list is written.
    fn is_of(&self, id: Uuid) -> bool {
        match self {
            What::Picked(_, ids) => ids.contains(&id),
            _ => true,
        }
    }

    /// How many are written of a list of so many.
    fn total(&self, total: u64) -> u64 {
        match self {
            What::Picked(_, ids) => ids.len() as u64,
            _ => total,
        }
    }

    /// Whether so many are all of them, though the list goes on.
    fn is_all(&self, seen: usize) -> bool {
        matches!(self, What::Picked(_, ids) if seen >= ids.len())
    }
}

/// A list on its way into a file.
#[derive(Clone, Copy)]
pub(crate) struct ExportState {
    /// How it stands.
    pub(crate) progress: RwSignal<Progress>,
    session: Session,
    turn: StoredValue<u32>,
}

/// A page of a list: who and as what, where the next begins, how many there are, as of which fact.
struct Part {
    rows: Vec<(Uuid, Vec<Cell>)>,
    next: Option<String>,
    total: u64,
    seq: u64,
}

impl ExportState {
    /// Nothing is written yet.
    pub(crate) fn new(session: Session) -> ExportState {
        ExportState {
            progress: RwSignal::new(Progress::Resting),
            session,
            turn: StoredValue::new(0),
        }
    }

    /// Writes a list.
    pub(crate) fn write(self, what: What, form: Form, lang: Lang, name: &'static str) {
        let turn = self.next_turn();
        self.progress.set(Progress::Writing(0, 0));
        spawn_local(async move {
            let done = self.run(&what, form, lang, turn).await;
            if self.turn.try_get_value() != turn {
                return;
            }
            match done {
                Ok(file) => {
                    if let Some(file) = file {
                        hand_over(&file, &file_name(name, form));
                    }
                    self.progress.set(Progress::Resting);
                }
                Err(trouble) => self.progress.set(Progress::Failed(trouble)),
            }
        });
    }

    /// Gives it up.
    pub(crate) fn stop(self) {
        self.next_turn();
        let _ = self.progress.try_set(Progress::Resting);
    }

    fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        })
    }

    /// Reads and writes all of it; nothing when it was given up meanwhile.
    async fn run(
        self,
        what: &What,
        form: Form,
        lang: Lang,
        turn: Option<u32>,
    ) -> Result<Option<Blob>, Trouble> {
        let writing = Writing {
            lang,
            schema: self.session.call(&ReadSchema {}).await?,
            zone: Zone::default(),
        };
        let mut client = Client::start().await?;
        let head = match what {
            What::People(_) | What::Picked(..) => writing.people_head(),
            What::Visitors => writing.visitors_head(),
            What::Companies(_) => writing.companies_head(),
        };
        told(
            client
                .ask(&Ask::Export { form, head }, None, |_| {})
                .await?,
        )?;
        let (mut seen, mut cursor, mut began) = (HashSet::new(), None, None);
        let mut again = false;
        loop {
            let part = self.part(what, &writing, cursor.take(), again).await?;
            let new: Vec<Vec<Cell>> = part
                .rows
                .into_iter()
                .filter(|(id, _)| what.is_of(*id))
                .filter_map(|(id, cells)| seen.insert(id).then_some(cells))
                .collect();
            if self.turn.try_get_value() != turn {
                return Ok(None);
            }
            let more = !new.is_empty();
            told(
                client
                    .ask(&Ask::ExportRows { rows: new }, None, |_| {})
                    .await?,
            )?;
            self.progress.set(Progress::Writing(
                seen.len() as u64,
                what.total(part.total).max(seen.len() as u64),
            ));
            if what.is_all(seen.len()) {
                break;
            }
            let moved = *began.get_or_insert(part.seq) < part.seq;
            cursor = part.next.filter(|_| more || !again);
            if cursor.is_none() {
                if again || !moved {
                    break;
                }
                again = true;
            }
        }
        Ok(told(client.ask(&Ask::ExportEnd, None, |_| {}).await?)?.file)
    }

    /// A page of it; `again` is of those who changed last.
    async fn part(
        self,
        what: &What,
        writing: &Writing,
        cursor: Option<String>,
        again: bool,
    ) -> Result<Part, Trouble> {
        match what {
            What::People(asked) | What::Picked(asked, _) => {
                let (order, direction) = if again {
                    (Column::LastAt, Direction::Descending)
                } else {
                    (asked.order.clone(), asked.direction)
                };
                let call = ExportLeads {
                    order,
                    direction,
                    filter: asked.filter.clone(),
                    search: asked.search.clone(),
                    cursor,
                    limit: Some(PEOPLE),
                };
                let page = self.session.call(&call).await?;
                let rows = page.items.iter();
                Ok(Part {
                    rows: rows
                        .map(|one| (one.row.id.0, writing.person(one)))
                        .collect(),
                    next: page.next,
                    total: page.total,
                    seq: page.seq,
                })
            }
            What::Visitors => {
                let limit = Some(VISITORS);
                let page = self.session.call(&Visitors { cursor, limit }).await?;
                let rows = page.items.iter();
                Ok(Part {
                    rows: rows.map(|row| (row.id.0, writing.visitor(row))).collect(),
                    next: page.next,
                    total: page.total,
                    seq: page.seq,
                })
            }
            What::Companies(asked) => {
                let call = Accounts {
                    order: if again {
                        AccountOrder::LastAt
                    } else {
                        asked.order
                    },
                    search: asked.search.clone(),
                    cursor,
                    limit: Some(COMPANIES),
                };
                let page = self.session.call(&call).await?;
                let rows = page.items.iter();
                Ok(Part {
                    rows: rows
                        .map(|row| (row.account.id.0, writing.company(row)))
                        .collect(),
                    next: page.next,
                    total: page.total,
                    seq: page.seq,
                })
            }
        }
    }
}

/// The answer, unless it says that it cannot be done.
fn told(answer: Answer) -> Result<Answer, Trouble> {
    match answer.tell {
        Tell::Failed(_) => Err(Trouble::File),
        _ => Ok(answer),
    }
}

fn file_name(name: &str, form: Form) -> String {
    let today = show_date(Zone::default().day(now()).0);
    let end = match form {
        Form::Csv => "csv",
        Form::Xlsx => "xlsx",
    };
    format!("{name}-{today}.{end}")
}

/// Hands a file to the person, as a download. A browser that refuses has said so itself.
pub(crate) fn hand_over(file: &Blob, name: &str) {
    let Ok(address) = Url::create_object_url_with_blob(file) else {
        return;
    };
    if let Ok(element) = document().create_element("a") {
        let link: HtmlAnchorElement = element.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
}
