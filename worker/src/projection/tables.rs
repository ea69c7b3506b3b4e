//! The tables of a generation.

use crate::error::StoreError;
use crate::store::meta;
use crate::store::sql::Database;

/// The version of the projections. A change of a table or of what it holds counts it up, and every object
/// rebuilds its projections when it next wakes.
pub(crate) const VERSION: u32 = 3;

/// Milliseconds of a place in the order of the last visit. Those of one place are put in order when they are read, so it
/// is short; and a visit of many pages takes few places, so it is not shorter.
pub(crate) const SEEN_MS: i64 = 10_000;

/// How many visitors share a row of `due_visitors`: most who come on a day are due on the same one, and stand side by side.
pub(crate) const DUE_VISITORS: i64 = 100;

const GENERATION: &str = "generation";
const BUILT_BY: &str = "projection_version";

/// `activity` is what scores are made of: the visitor as a small number, 16 bytes of event id, and three
/// small numbers, 40 bytes a row; it weighs 1, or 0, or 2: it did before a verdict that may be taken back, as a touch may
/// have. `seen` grows at its end: a browser that nobody is known by stands in every [`SEEN_MS`] that it was ever last seen
/// in, and only the last of these still holds; an index of the last visit would be cut out of a page of its own with each.
/// `unlisted` are those that stand in no list of visitors. `kept` is read only where a verdict names the visitor. A lead's
/// `row` and a visitor's `row` are what lists show; `root` is the record that is shown for it, and `keys` finds the record
/// that a key was given to. `listed` is what people are filtered and sorted by, those that are shown alone: narrow, because
/// a filter may have to look at all of it; its index by `last_at` has every column of one value, so that they are looked at
/// without the rest. `visits` are sessions by when they began, each with the way it came by (`origins`), `progress` when people
/// first came how far, and `answers` what became of promises: what reports count. `due_leads` and `due_visitors` say on which day somebody's score changes though nothing happens, of
/// visitors only among which [`DUE_VISITORS`] by their numbers; a row may be old news, and the person's own `due` is what
/// holds. `members` is who is in which segment, and `due`
/// on which day to ask whom again; `warmed` is of which companies the people are to be asked, and who was last. A table whose rows are long has rowids: without them every inner page of its tree would
/// hold whole rows.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS settings_{g}(name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shapes_{g}(id INTEGER PRIMARY KEY, shape TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS visitors_{g}(
  n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  views INTEGER NOT NULL, score INTEGER NOT NULL, rules INTEGER NOT NULL, seq INTEGER NOT NULL,
  anonymous INTEGER NOT NULL, verdict TEXT NOT NULL, suspected INTEGER NOT NULL, reason TEXT,
  kept INTEGER NOT NULL, device TEXT NOT NULL, row TEXT NOT NULL, company TEXT, due INTEGER);
CREATE TABLE IF NOT EXISTS unlisted_{g}(visitor INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS seen_{g}(slot INTEGER NOT NULL, visitor INTEGER NOT NULL, PRIMARY KEY(slot, visitor)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS activity_{g}(
  visitor INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL, shape INTEGER NOT NULL,
  seq INTEGER NOT NULL, weighs INTEGER NOT NULL, PRIMARY KEY(visitor, at, event)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS touches_{g}(
  visitor INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL, body TEXT NOT NULL, weighs INTEGER NOT NULL,
  PRIMARY KEY(visitor, at, event)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reached_{g}(
  visitor INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY(visitor, at, event, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept_{g}(
  visitor INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY(visitor, at, event)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suspected_{g}(visitor INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS bindings_{g}(
  visitor INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL, lead BLOB NOT NULL,
  PRIMARY KEY(visitor, at, event)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bindings_{g}_lead ON bindings_{g}(lead);
CREATE TABLE IF NOT EXISTS leads_{g}(
  id BLOB NOT NULL PRIMARY KEY, root BLOB NOT NULL, score INTEGER NOT NULL, rules INTEGER NOT NULL, seq INTEGER NOT NULL,
  row TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS leads_{g}_root ON leads_{g}(root) WHERE root <> id;
CREATE TABLE IF NOT EXISTS listed_{g}(
  id BLOB PRIMARY KEY, created_at INTEGER NOT NULL, last_at INTEGER NOT NULL, score INTEGER NOT NULL, account BLOB,
  channel TEXT, source TEXT, campaign TEXT, role TEXT, search TEXT NOT NULL, facts BLOB NOT NULL,
  stage TEXT, stage_at INTEGER, owner BLOB, open INTEGER NOT NULL DEFAULT 0, silent_since INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS listed_{g}_account ON listed_{g}(account, score) WHERE account IS NOT NULL;
CREATE INDEX IF NOT EXISTS listed_{g}_score ON listed_{g}(score);
CREATE INDEX IF NOT EXISTS listed_{g}_created ON listed_{g}(created_at);
CREATE INDEX IF NOT EXISTS listed_{g}_last ON listed_{g}(last_at, score, created_at, account, channel, source, campaign, role,
  stage, stage_at, owner);
CREATE INDEX IF NOT EXISTS listed_{g}_owner ON listed_{g}(owner, open) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS listed_{g}_silent ON listed_{g}(silent_since) WHERE silent_since IS NOT NULL;
CREATE INDEX IF NOT EXISTS listed_{g}_silent_owner ON listed_{g}(owner, silent_since) WHERE silent_since IS NOT NULL;
CREATE INDEX IF NOT EXISTS listed_{g}_amount ON listed_{g}(stage, facts->>'$.\"amount\"') WHERE facts->>'$.\"amount\"' IS NOT NULL;
CREATE INDEX IF NOT EXISTS listed_{g}_waiting ON listed_{g}(id) WHERE open = 1 AND owner IS NULL;
CREATE TABLE IF NOT EXISTS keys_{g}(key TEXT PRIMARY KEY, lead BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suggestions_{g}(
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, lead BLOB NOT NULL, open INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS suggestions_{g}_open ON suggestions_{g}(at) WHERE open = 1;
CREATE TABLE IF NOT EXISTS imports_{g}(id BLOB PRIMARY KEY, at INTEGER NOT NULL, undoing INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS imported_{g}(import BLOB NOT NULL, lead BLOB NOT NULL, PRIMARY KEY(import, lead)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS personas_{g}(id BLOB PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS conversations_{g}(
  id BLOB NOT NULL PRIMARY KEY, lead BLOB NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS conversations_{g}_lead ON conversations_{g}(lead, at);
CREATE TABLE IF NOT EXISTS entries_{g}(
  lead BLOB NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(lead, at, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS accounts_{g}(
  id BLOB PRIMARY KEY, parent BLOB, import BLOB, name TEXT NOT NULL, key TEXT NOT NULL, search TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS accounts_{g}_name ON accounts_{g}(name);
CREATE INDEX IF NOT EXISTS accounts_{g}_key ON accounts_{g}(key);
CREATE INDEX IF NOT EXISTS accounts_{g}_parent ON accounts_{g}(parent) WHERE parent IS NOT NULL;
CREATE INDEX IF NOT EXISTS accounts_{g}_import ON accounts_{g}(import) WHERE import IS NOT NULL;
CREATE TABLE IF NOT EXISTS account_domains_{g}(domain TEXT PRIMARY KEY, account BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS account_domains_{g}_account ON account_domains_{g}(account);
CREATE TABLE IF NOT EXISTS account_visitors_{g}(account BLOB NOT NULL, visitor INTEGER NOT NULL, PRIMARY KEY(account, visitor)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alike_{g}(words TEXT NOT NULL, lead BLOB NOT NULL, PRIMARY KEY(words, lead)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS alike_{g}_lead ON alike_{g}(lead);
CREATE TABLE IF NOT EXISTS due_leads_{g}(day INTEGER NOT NULL, lead BLOB NOT NULL, PRIMARY KEY(day, lead)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS due_visitors_{g}(day INTEGER NOT NULL, some INTEGER NOT NULL, PRIMARY KEY(day, some)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clocks_{g}(
  lead BLOB NOT NULL, kind TEXT NOT NULL, due_at INTEGER NOT NULL, breached INTEGER NOT NULL, body TEXT NOT NULL,
  owner BLOB, PRIMARY KEY(lead, kind)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS clocks_{g}_due ON clocks_{g}(breached, due_at);
CREATE INDEX IF NOT EXISTS clocks_{g}_owner ON clocks_{g}(owner, breached, due_at) WHERE owner IS NOT NULL;
CREATE TABLE IF NOT EXISTS origins_{g}(
  id INTEGER PRIMARY KEY, channel TEXT NOT NULL, source TEXT NOT NULL, campaign TEXT NOT NULL, UNIQUE(channel, source, campaign));
CREATE TABLE IF NOT EXISTS visits_{g}(
  start INTEGER NOT NULL, visitor INTEGER NOT NULL, origin INTEGER NOT NULL, first INTEGER NOT NULL,
  PRIMARY KEY(start, visitor)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS progress_{g}(
  lead BLOB PRIMARY KEY, mql INTEGER, sql INTEGER, opportunity INTEGER, won INTEGER, lost INTEGER, recycled INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers_{g}(
  kind TEXT NOT NULL, since INTEGER NOT NULL, lead BLOB NOT NULL, whose BLOB, in_time INTEGER NOT NULL, minutes INTEGER,
  body TEXT NOT NULL, PRIMARY KEY(kind, since, lead)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_{g}_lead ON answers_{g}(lead);
CREATE TABLE IF NOT EXISTS tasks_{g}(
  id BLOB NOT NULL PRIMARY KEY, lead BLOB NOT NULL, assignee BLOB, open INTEGER NOT NULL, due_at INTEGER NOT NULL,
  body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS tasks_{g}_lead ON tasks_{g}(lead, open, due_at);
CREATE INDEX IF NOT EXISTS tasks_{g}_due ON tasks_{g}(open, due_at, id);
CREATE INDEX IF NOT EXISTS tasks_{g}_assignee ON tasks_{g}(assignee, open, due_at, id);
CREATE TABLE IF NOT EXISTS segments_{g}(id TEXT PRIMARY KEY, since INTEGER NOT NULL, public INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS members_{g}(
  segment TEXT NOT NULL, lead BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(segment, lead)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_{g}_lead ON members_{g}(lead);
CREATE TABLE IF NOT EXISTS due_{g}(lead BLOB PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS due_{g}_day ON due_{g}(day);
CREATE TABLE IF NOT EXISTS warmed_{g}(account BLOB PRIMARY KEY, score INTEGER NOT NULL, lead BLOB NOT NULL) WITHOUT ROWID;";

const NAMES: &[&str] = &[
    "settings",
    "shapes",
    "visitors",
    "seen",
    "unlisted",
    "activity",
    "touches",
    "reached",
    "kept",
    "suspected",
    "bindings",
    "leads",
    "listed",
    "keys",
    "suggestions",
    "imports",
    "imported",
    "personas",
    "conversations",
    "entries",
    "accounts",
    "account_domains",
    "account_visitors",
    "alike",
    "due_leads",
    "due_visitors",
    "clocks",
    "tasks",
    "origins",
    "visits",
    "progress",
    "answers",
    "segments",
    "members",
    "due",
    "warmed",
];

/// One generation of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tables {
    generation: u32,
}

impl Tables {
    /// The live generation; made when there is none yet.
    pub(crate) fn live(db: &Database) -> Result<Tables, StoreError> {
        let generation = match meta::get(db, GENERATION)? {
            Some(generation) => generation,
            None => {
                meta::put(db, GENERATION, &1_u32)?;
                meta::put(db, BUILT_BY, &VERSION)?;
                1
            }
        };
        let tables = Tables { generation };
        tables.create(db)?;
        Ok(tables)
    }

    /// Whether the live generation was built by an older version of the product.
    pub(crate) fn is_outdated(db: &Database) -> Result<bool, StoreError> {
        Ok(meta::get::<u32>(db, BUILT_BY)? != Some(VERSION))
    }

    /// The generation after this one: empty.
    pub(crate) fn make_next(self, db: &Database) -> Result<Tables, StoreError> {
        let next = self.next();
        next.discard(db)?;
        next.create(db)?;
        Ok(next)
    }

    /// The generation after this one.
    pub(crate) fn next(self) -> Tables {
        Tables {
            generation: self.generation.saturating_add(1),
        }
    }

    /// Makes this generation the live one, and drops the one before.
    pub(crate) fn swap_in(self, db: &Database, before: Tables) -> Result<(), StoreError> {
        meta::put(db, GENERATION, &self.generation)?;
        meta::put(db, BUILT_BY, &VERSION)?;
        before.discard(db)
    }

    /// A statement on this generation: `{g}` in it stands for the generation's number.
    pub(crate) fn sql(self, statement: &str) -> String {
        statement.replace("{g}", &self.generation.to_string())
    }

    fn create(self, db: &Database) -> Result<(), StoreError> {
        db.run(&self.sql(SCHEMA))
    }

    fn discard(self, db: &Database) -> Result<(), StoreError> {
        for name in NAMES {
            db.run(&self.sql(&format!("DROP TABLE IF EXISTS {name}_{{g}}")))?;
        }
        Ok(())
    }
}
