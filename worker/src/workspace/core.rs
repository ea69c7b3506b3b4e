//! What the object holds in memory: its database, the world at hand and the live view.

use super::alarm;
use super::live::Live;
use super::sightings::Sightings;
use crate::clock;
use crate::error::{Failure, StoreError};
use crate::projection::rebuild::AtHand;
use crate::projection::tables::Tables;
use crate::projection::{load, rebuild};
use crate::store::archive::{self, Shelf};
use crate::store::pace::Pace;
use crate::store::samples::Sampled;
use crate::store::sql::Database;
use crate::store::tally::Ledger;
use crate::store::{
    erasures, faded, journal, kv, meta, outbox, samples, suspects, tally, timers, vault,
};
use domain::api::ErrorCode;
use domain::fold::World;
use domain::id::{Ms, SAMPLE_WORKSPACE, WorkspaceId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use worker::{Env, State};

/// The timers' names.
pub(super) const PUBLISH: &str = "publish";
pub(super) const RESCORE: &str = "rescore";
/// Scores those whose score another day changes.
pub(super) const FADE: &str = "fade";
/// Takes imports back.
pub(super) const TAKE_BACK: &str = "take_back";
/// Erases people from what is stored.
pub(super) const ERASE: &str = "erase";
/// Looks at clocks that ran out.
pub(super) const CLOCKS: &str = "clocks";
/// Routes leads that wait for somebody.
pub(super) const ROUTE: &str = "route";
/// The timer of the job that moves people out of what went out of use.
pub(super) const RETIRE: &str = "retire";
/// Asks people which segments they are in.
pub(super) const SIFT: &str = "sift";
pub(super) const REBUILD: &str = "rebuild";
pub(super) const OUTBOX: &str = "outbox";
pub(super) const TRIM: &str = "trim";

/// The deployment's variable that says how many days events stay in the journal.
const HOT_DAYS: &str = "HOT_DAYS";

/// Where the workspace's own id is kept.
const WORKSPACE: &str = "workspace";
/// Where it is kept that a restore has begun and not ended.
const RESTORING: &str = "restoring";

/// See the module.
pub(super) struct Core {
    pub(super) state: State,
    /// The object's name on the platform.
    pub(super) object: String,
    pub(super) env: Env,
    pub(super) db: Database,
    pub(super) tables: Cell<Tables>,
    pub(super) world: RefCell<World>,
    /// Whom the last step of a rebuild had at hand.
    pub(super) rebuilding: RefCell<Option<AtHand>>,
    pub(super) last_seq: Cell<u64>,
    pub(super) suspects: RefCell<HashMap<Uuid, u32>>,
    pub(super) live: Live,
    /// What was last heard of each site, and since when.
    pub(super) sightings: RefCell<Sightings>,
    pub(super) awake_since: Ms,
    /// What counting remembers from one commit to the next.
    pub(super) ledger: RefCell<Ledger>,
    /// When the last examples were kept.
    pub(super) sampled: RefCell<Sampled>,
    /// Whether the facts of before were looked through for it.
    pub(super) looked_back: Cell<bool>,
    /// How long events stay in the journal.
    pub(super) hot_ms: Ms,
    /// The trimmed segments that were lately read.
    pub(super) shelf: Shelf,
    /// When which key of KV was written.
    pace: Rc<Pace>,
    /// Whether the alarm's jobs are running.
    pub(super) ringing: Cell<bool>,
    /// Whether the publish timer is set: it need not be written again.
    pub(super) publish_armed: Cell<bool>,
    /// Whether the workspace is being opened now.
    pub(super) opening: Cell<bool>,
    /// Whether a restore has begun and not ended: nothing else is taken until it has.
    pub(super) unfinished: Cell<bool>,
    /// Whether the projections were built by another version of the product.
    pub(super) outdated: Cell<bool>,
    /// Whether all that is stored was taken away: the next who asks wakes the object anew.
    pub(super) cleared: Cell<bool>,
    /// Whether memory could not be read anew after a commit was rolled back.
    pub(super) stale: Cell<bool>,
}

impl Core {
    /// Opens the tables and picks up where the object stopped.
    pub(super) fn wake(state: State, env: Env) -> Result<Rc<Core>, StoreError> {
        let db = Database::of(&state);
        for schema in [
            meta::SCHEMA,
            journal::SCHEMA,
            archive::SCHEMA,
            timers::SCHEMA,
            outbox::SCHEMA,
            suspects::SCHEMA,
            tally::SCHEMA,
            samples::SCHEMA,
            vault::SCHEMA,
            erasures::SCHEMA,
            faded::SCHEMA,
        ] {
            db.run(schema)?;
        }
        tally::take_over(&db)?;
        let tables = Tables::live(&db)?;
        let outdated = Tables::is_outdated(&db)?;
        if outdated && !rebuild::is_under_way(&db)? {
            rebuild::begin(&db, tables)?;
        }
        let object = state.id().to_string();
        let core = Rc::new(Core {
            world: RefCell::new(load::empty_world(&db, tables)?),
            rebuilding: RefCell::default(),
            last_seq: Cell::new(journal::last_seq(&db)?),
            suspects: RefCell::new(suspects::read(&db, &object, clock::now())?),
            tables: Cell::new(tables),
            live: Live::default(),
            sightings: RefCell::default(),
            awake_since: clock::now(),
            ledger: RefCell::default(),
            sampled: RefCell::default(),
            looked_back: Cell::new(false),
            hot_ms: hot_ms(&env),
            shelf: Shelf::default(),
            pace: Rc::new(Pace::new(clock::platform_now())),
            ringing: Cell::new(false),
            publish_armed: Cell::new(false),
            opening: Cell::new(false),
            unfinished: Cell::new(meta::get(&db, RESTORING)?.unwrap_or(false)),
            outdated: Cell::new(outdated),
            cleared: Cell::new(false),
            stale: Cell::new(false),
            object,
            state,
            env,
            db,
        });
        alarm::arm_pending(&core)?;
        core.set_alarm()?;
        Ok(core)
    }

    /// The workspace this is; an object that was never opened has none.
    pub(super) fn workspace(&self) -> Result<Option<WorkspaceId>, StoreError> {
        meta::get(&self.db, WORKSPACE)
    }

    /// Whether this is the workspace of the made-up company, of which nothing is published.
    pub(super) fn is_sample(&self) -> Result<bool, StoreError> {
        let workspace = self.workspace()?;
        Ok(workspace.is_some_and(|workspace| workspace.0 == SAMPLE_WORKSPACE))
    }

    /// Gives the object its id.
    pub(super) fn set_workspace(&self, id: &WorkspaceId) -> Result<(), StoreError> {
        meta::put(&self.db, WORKSPACE, id)
    }

    /// Notes that a restore has begun, or has ended.
    pub(super) fn set_unfinished(&self, unfinished: bool) -> Result<(), StoreError> {
        meta::put(&self.db, RESTORING, &unfinished)?;
        self.unfinished.set(unfinished);
        Ok(())
    }

    /// Edge KV.
    pub(super) fn edge(&self) -> Result<kv::EdgeWriter, StoreError> {
        kv::EdgeWriter::of(&self.env, Rc::clone(&self.pace))
    }

    /// Lets go of what is in memory: the next commit reads it anew.
    pub(super) fn forget_world(&self) -> Result<(), StoreError> {
        self.stale.set(true);
        self.world.take();
        self.publish_armed.set(false);
        self.tables.set(Tables::live(&self.db)?);
        self.last_seq.set(journal::last_seq(&self.db)?);
        let world = load::empty_world(&self.db, self.tables.get())?;
        self.world.replace(world);
        self.stale.set(false);
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

    /// Whether the workspace has been opened and has all of its history.
    pub(super) fn is_open(&self) -> bool {
        let opened = self.world.borrow().settings.version > 0;
        opened && !self.unfinished.get() && !self.stale.get() && !self.outdated.get()
    }

    /// Refuses until the workspace is open: whoever asks may ask again, and a tracker does.
    pub(super) fn require_open(&self) -> Result<(), Failure> {
        if self.is_open() {
            return Ok(());
        }
        let message = "the workspace is not open, or is being rebuilt; try again";
        Err(Failure::new(ErrorCode::Unavailable, message))
    }
}

/// How long events stay in the journal, as the deployment says; what it says wrong is logged by name.
fn hot_ms(env: &Env) -> Ms {
    let days = env.var(HOT_DAYS).ok().map(|days| days.to_string());
    archive::hot_ms(days.as_deref()).unwrap_or_else(|invalid| {
        worker::console_error!("{invalid}");
        archive::hot_ms(None).unwrap_or(Ms::MAX)
    })
}
