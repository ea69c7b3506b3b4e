//! What the object holds in memory: its database, the world at hand, the queue and the live view.

use super::live::Live;
use super::queue::Queue;
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::projection::tables::Tables;
use crate::projection::{load, rebuild};
use crate::store::sql::Database;
use crate::store::{journal, kv, meta, outbox, refusals, suspects, timers};
use domain::api::ErrorCode;
use domain::fold::World;
use domain::id::{Ms, WorkspaceId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use worker::{Env, State};

/// The timers' names.
pub(super) const PUBLISH: &str = "publish";
pub(super) const RESCORE: &str = "rescore";
pub(super) const REBUILD: &str = "rebuild";
pub(super) const OUTBOX: &str = "outbox";

/// Where the workspace's own id is kept.
const WORKSPACE: &str = "workspace";

/// See the module.
pub(super) struct Core {
    pub(super) state: State,
    pub(super) env: Env,
    pub(super) db: Database,
    pub(super) tables: Cell<Tables>,
    pub(super) world: RefCell<World>,
    pub(super) last_seq: Cell<u64>,
    pub(super) suspects: RefCell<HashMap<Uuid, u32>>,
    pub(super) queue: Queue,
    pub(super) live: Live,
    /// Whether the alarm's jobs are running.
    pub(super) ringing: Cell<bool>,
    /// Whether the publish timer is set: it need not be written again.
    pub(super) publish_armed: Cell<bool>,
    /// Whether a restore is under way: nothing else is taken then.
    pub(super) restoring: Cell<bool>,
    /// Events stored since the object woke.
    pub(super) events_stored: Cell<u64>,
}

impl Core {
    /// Opens the tables and picks up where the object stopped.
    pub(super) fn wake(state: State, env: Env) -> Result<Rc<Core>, StoreError> {
        let db = Database::of(&state);
        for schema in [
            meta::SCHEMA,
            journal::SCHEMA,
            timers::SCHEMA,
            outbox::SCHEMA,
            refusals::SCHEMA,
            suspects::SCHEMA,
        ] {
            db.run(schema)?;
        }
        let tables = Tables::live(&db)?;
        if Tables::is_outdated(&db)? {
            rebuild::begin(&db, tables)?;
            timers::arm(&db, REBUILD, clock::now())?;
        }
        let object = state.id().to_string();
        let core = Rc::new(Core {
            world: RefCell::new(load::empty_world(&db, tables)?),
            last_seq: Cell::new(journal::last_seq(&db)?),
            suspects: RefCell::new(suspects::read(&db, &object)?),
            tables: Cell::new(tables),
            queue: Queue::default(),
            live: Live::default(),
            ringing: Cell::new(false),
            publish_armed: Cell::new(false),
            restoring: Cell::new(false),
            events_stored: Cell::new(0),
            state,
            env,
            db,
        });
        core.set_alarm()?;
        Ok(core)
    }

    /// The workspace this is; an object that was never opened has none.
    pub(super) fn workspace(&self) -> Result<Option<WorkspaceId>, StoreError> {
        meta::get(&self.db, WORKSPACE)
    }

    /// Gives the object its id.
    pub(super) fn set_workspace(&self, id: &WorkspaceId) -> Result<(), StoreError> {
        meta::put(&self.db, WORKSPACE, id)
    }

    /// The object's name on the platform.
    pub(super) fn object(&self) -> String {
        self.state.id().to_string()
    }

    /// Edge KV.
    pub(super) fn edge(&self) -> Result<kv::Edge, StoreError> {
        kv::Edge::of(&self.env)
    }

    /// Lets go of what is in memory: the next commit reads it anew.
    pub(super) fn forget_world(&self) -> Result<(), StoreError> {
        let world = load::empty_world(&self.db, self.tables.get())?;
        self.last_seq.set(journal::last_seq(&self.db)?);
        self.publish_armed.set(false);
        self.world.replace(world);
        Ok(())
    }

    /// Sets the object's one alarm to the earliest timer.
    pub(super) fn set_alarm(&self) -> Result<(), StoreError> {
        let Some(due_at) = timers::next(&self.db)? else {
            return Ok(());
        };
        let wait_ms: Ms = due_at.saturating_sub(clock::now()).max(1);
        let storage = self.state.storage();
        spawn_local(async move {
            if let Err(error) = storage.set_alarm(wait_ms).await {
                worker::console_error!("the alarm could not be set: {error}");
            }
        });
        Ok(())
    }

    /// Refuses while a restore is under way.
    pub(super) fn require_ready(&self) -> Result<(), Failure> {
        if self.restoring.get() {
            return Err(Failure::new(
                ErrorCode::Unavailable,
                "the workspace is being restored",
            ));
        }
        Ok(())
    }
}
