//! The live view: sockets that are told what changed.
//!
//! Sockets hibernate, so what the object must know of one sits in its attachment. A change is sent at once; those
//! that follow are gathered and sent together; a client that asks for what it missed gets it or is told to read anew.

use super::core::Core;
use crate::automation::rescore;
use crate::clock;
use crate::error::Failure;
use crate::limit::{FRAME_EVERY, FRAME_ROWS_MAX, MISSED_FACTS_MAX, SOCKETS_MAX};
use crate::projection::read;
use crate::store::{archive, journal};
use domain::api::{ErrorCode, Frame, Role, VisitorRow};
use domain::id::{LeadId, Ms, VisitorId};
use domain::lead::LeadRow;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use worker::{Delay, Response, WebSocket, WebSocketPair};

/// What is known of a socket while the object sleeps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Attachment {
    /// What its session may see.
    pub(super) role: Role,
    /// When the session ends.
    pub(super) until: Ms,
}

/// Changes that wait to be sent.
struct Gathered {
    is_empty: bool,
    seq: u64,
    leads: BTreeMap<LeadId, LeadRow>,
    visitors: BTreeMap<VisitorId, VisitorRow>,
    gone: BTreeSet<LeadId>,
    rest: Frame,
}

impl Default for Gathered {
    fn default() -> Gathered {
        Gathered {
            is_empty: true,
            seq: 0,
            leads: BTreeMap::new(),
            visitors: BTreeMap::new(),
            gone: BTreeSet::new(),
            rest: Frame::default(),
        }
    }
}

/// See the module.
#[derive(Default)]
pub(super) struct Live {
    gathered: RefCell<Gathered>,
    scheduled: Cell<bool>,
}

impl Live {
    /// Sends what a commit changed: at once, or with what other commits change until the next frame may go.
    pub(super) fn show(&self, core: &Rc<Core>, frame: Frame) {
        let nothing = Frame {
            seq: frame.seq,
            ..Frame::default()
        };
        if frame == nothing || core.state.get_websockets().is_empty() {
            return;
        }
        self.gather(frame);
        if !self.scheduled.replace(true) {
            let core = Rc::clone(core);
            spawn_local(async move {
                while !core.live.is_empty() {
                    broadcast(&core, &core.live.take());
                    Delay::from(FRAME_EVERY).await;
                }
                core.live.scheduled.set(false);
            });
        }
    }

    fn is_empty(&self) -> bool {
        self.gathered.borrow().is_empty
    }

    fn gather(&self, frame: Frame) {
        let mut gathered = self.gathered.borrow_mut();
        gathered.is_empty = false;
        gathered.seq = gathered.seq.max(frame.seq);
        for lead in frame.gone {
            gathered.leads.remove(&lead);
            gathered.gone.insert(lead);
        }
        for lead in &frame.leads {
            gathered.gone.remove(&lead.id);
        }
        gathered
            .leads
            .extend(frame.leads.into_iter().map(|row| (row.id, row)));
        gathered
            .visitors
            .extend(frame.visitors.into_iter().map(|row| (row.id, row)));
        gathered.rest.rulebook = frame.rulebook.or(gathered.rest.rulebook);
        gathered.rest.rescore = frame.rescore.or(gathered.rest.rescore);
        gathered.rest.resync |= frame.resync;
    }

    fn take(&self) -> Frame {
        let gathered = self.gathered.take();
        let rows = gathered.leads.len().max(gathered.visitors.len());
        let resync = gathered.rest.resync || rows > FRAME_ROWS_MAX;
        let (leads, visitors) = if resync {
            (Vec::new(), Vec::new())
        } else {
            (
                gathered.leads.into_values().collect(),
                gathered.visitors.into_values().collect(),
            )
        };
        Frame {
            seq: gathered.seq,
            leads,
            visitors,
            gone: gathered.gone.into_iter().collect(),
            resync,
            ..gathered.rest
        }
    }
}

/// Accepts a socket of this session, and tells it what changed after the fact it knows.
pub(super) fn accept(
    core: &Core,
    session: &str,
    attachment: &Attachment,
    after: Option<u64>,
) -> Result<Response, Failure> {
    if core.state.get_websockets().len() >= SOCKETS_MAX {
        return Err(Failure::new(
            ErrorCode::Unavailable,
            "too many live views; try again later",
        ));
    }
    let pair = WebSocketPair::new()?;
    core.state
        .accept_websocket_with_tags(&pair.server, &[session]);
    pair.server.serialize_attachment(attachment)?;
    let missed = after.map_or(
        Ok(Frame {
            seq: core.last_seq.get(),
            ..Frame::default()
        }),
        |after| missed(core, after),
    )?;
    send(&pair.server, &missed);
    Ok(Response::from_websocket(pair.client)?)
}

/// Ends the sockets of a session.
pub(super) fn close_session(core: &Core, session: &str) {
    for socket in core.state.get_websockets_with_tag(session) {
        // A socket that is closing already needs nothing.
        let _ = socket.close(Some(4001), Some("signed out"));
    }
}

/// Closes every live socket: there is nothing to tell any more.
pub(super) fn close_all(core: &Core) {
    for socket in core.state.get_websockets() {
        let _ = socket.close(Some(4001), Some("signed out"));
    }
}

/// What changed after a fact, or that it is too much.
fn missed(core: &Core, after: u64) -> Result<Frame, Failure> {
    let seq = core.last_seq.get();
    let (db, tables) = (&core.db, core.tables.get());
    let too_much = after > seq || seq.saturating_sub(after) > MISSED_FACTS_MAX;
    let too_much = too_much || after < archive::trimmed_to(db)?;
    if too_much || rescore::may_be_missed(db, after)? {
        return Ok(Frame {
            seq,
            resync: true,
            ..Frame::default()
        });
    }
    let limit = u32::try_from(MISSED_FACTS_MAX).unwrap_or(u32::MAX);
    let subjects = journal::subjects_after(db, after, limit)?;
    let (leads, visitors) = read::rows_about(
        db,
        tables,
        subjects.iter().map(|(_, subject)| subject.as_str()),
    )?;
    let there: BTreeSet<LeadId> = leads.iter().map(|row| row.id).collect();
    let (mut gone, _) = read::named(subjects.iter().map(|(_, subject)| subject.as_str()));
    gone.retain(|id| !there.contains(id));
    let resync = leads.len().max(visitors.len()) > FRAME_ROWS_MAX;
    let frame = Frame {
        seq,
        resync,
        rulebook: Some(core.world.borrow().settings.version),
        ..Frame::default()
    };
    Ok(if resync {
        frame
    } else {
        Frame {
            leads,
            visitors,
            gone: gone.into_iter().collect(),
            ..frame
        }
    })
}

fn broadcast(core: &Core, frame: &Frame) {
    let now = clock::now();
    for socket in core.state.get_websockets() {
        let attachment: Option<Attachment> = socket.deserialize_attachment().ok().flatten();
        match attachment {
            Some(attachment) if now < attachment.until => {
                if attachment.role.may(Role::Viewer) {
                    send(&socket, frame);
                }
            }
            _ => {
                let _ = socket.close(Some(4001), Some("signed out"));
            }
        }
    }
}

/// Sends to a socket; one that has gone is closed by the platform, and its client catches up later.
fn send(socket: &WebSocket, frame: &Frame) {
    let _ = socket.send(frame);
}
