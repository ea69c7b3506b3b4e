//! From rows into a [`World`]: whoever is asked for, and with them everyone they are tied to.

use super::accounts;
use super::described;
use super::judged;
use super::pursuits;
use super::sifted;
use super::tables::Tables;
use super::tasks;
use super::warmed;
use crate::clock;
use crate::error::StoreError;
use crate::store::sql::Database;
use domain::account::domain::of_email;
use domain::account::{Choice, Domain};
use domain::agent::BotReason;
use domain::contact::Key;
use domain::day::Day;
use domain::fold::{self, Due, Naming, Settings, Shapes, World};
use domain::id::{
    AccountId, ConversationId, EventId, ImportId, LeadId, Ms, PersonaId, TaskId, VisitorId,
};
use domain::identity::Claim;
use domain::journal::{Body, Fact, Tracked};
use domain::lead::{Field, Lead};
use domain::profile::{FieldId, Value};
use domain::score::{Activity, Shape, ShapeId};
use domain::verdict::{Aside, Verdict};
use domain::visitor::Visitor;
use std::collections::{BTreeSet, HashMap};

/// Whom facts or inputs are about, and so whom a world must have at hand for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    pub(crate) visitors: BTreeSet<VisitorId>,
    pub(crate) leads: BTreeSet<LeadId>,
    pub(crate) keys: BTreeSet<Key>,
    pub(crate) imports: BTreeSet<ImportId>,
    pub(crate) conversations: BTreeSet<ConversationId>,
    pub(crate) tasks: BTreeSet<TaskId>,
    /// Visitors about whom a person decides: all of their history must be at hand.
    pub(crate) judged: BTreeSet<VisitorId>,
    pub(crate) accounts: BTreeSet<AccountId>,
    /// Companies of which those above and below must be at hand.
    pub(crate) trees: BTreeSet<AccountId>,
    pub(crate) domains: BTreeSet<Domain>,
    /// Who may get a name or a company: those who are alike must be at hand.
    pub(crate) named: Vec<Naming>,
}

impl Keys {
    /// Adds whom this is about.
    fn add(&mut self, body: &Body) {
        match body {
            Body::Tracked(tracked) => self.add_tracked(tracked),
            Body::VisitorIdentified(identified) => {
                self.visitors.insert(identified.visitor);
                self.leads.insert(identified.lead);
                self.keys.extend(identified.keys.iter().cloned());
                self.accounts.extend(identified.account);
            }
            Body::FirstTouchMoved(moved) => {
                self.leads.insert(moved.lead);
            }
            Body::VerdictChanged(changed) => self.add_judged(changed.visitor),
            Body::KeyEventReached(reached) => {
                self.visitors.insert(reached.visitor);
            }
            Body::IdentificationWithdrawn(withdrawn) => {
                self.visitors.insert(withdrawn.visitor);
                self.leads.insert(withdrawn.lead);
            }
            Body::LeadPut(put) => {
                self.leads.insert(put.lead);
                self.keys.extend(put.keys.iter().cloned());
                self.keys.extend(put.dropped.iter().cloned());
                self.imports.extend(put.import);
                self.accounts.extend(put.account.and_then(Choice::chosen));
            }
            Body::ImportOpened(opened) => {
                self.imports.insert(ImportId(opened.key));
            }
            Body::ImportUndone(undone) => {
                self.imports.insert(undone.import);
            }
            Body::ImportTakenBack(taken) => {
                self.imports.insert(taken.import);
                self.leads.extend(&taken.leads);
                self.accounts.extend(&taken.accounts);
            }
            Body::PersonErased(erased) => {
                self.leads.extend(&erased.leads);
                self.leads.extend(&erased.others);
            }
            Body::Erased(erased) => self.imports.extend(erased.import),
            Body::LeadsMerged(merged) => self.leads.extend([merged.survivor, merged.merged]),
            Body::MergeUndone(undone) => self.leads.extend([undone.survivor, undone.merged]),
            Body::SuggestionMade(made) => self.leads.extend(made.what.leads()),
            Body::SuggestionDismissed(dismissed) => self.leads.extend(dismissed.what.leads()),
            Body::ConversationSaved(saved) => {
                self.conversations.insert(saved.conversation.id);
                self.leads.insert(saved.conversation.lead);
            }
            Body::ConversationRemoved(removed) => {
                self.conversations.insert(removed.id);
                self.leads.insert(removed.lead);
            }
            Body::WorkspaceOpened(_)
            | Body::SiteSaved(_)
            | Body::RulebookPublished(_)
            | Body::SchemaSaved(_)
            | Body::PersonaSaved(_)
            | Body::PersonaRemoved(_) => {}
            Body::HeadsNamed(_)
            | Body::DefinitionDrafted(_)
            | Body::DefinitionSigned(_)
            | Body::DefinitionInForce(_) => {}
            Body::AccountOpened(opened) => {
                self.accounts.insert(opened.id);
            }
            Body::AccountSaved(saved) => {
                self.accounts.insert(saved.id);
            }
            Body::VisitorOfCompany(of) => {
                self.visitors.insert(of.visitor);
                self.accounts.insert(of.account);
            }
            Body::LadderSaved(_)
            | Body::CalendarSaved(_)
            | Body::RoutingSaved(_)
            | Body::AwaySaved(_)
            | Body::RosterTold(_) => {}
            Body::MovesApplied(applied) => self.leads.extend(&applied.leads),
            Body::AccountAssigned(assigned) => {
                self.accounts.insert(assigned.id);
            }
            Body::StageMoved(_)
            | Body::StepNoted(_)
            | Body::LeadAssigned(_)
            | Body::ClockStarted(_)
            | Body::ClockTurned(_) => self.leads.extend(worked(body)),
            Body::SegmentSaved(_) | Body::SegmentRemoved(_) => {}
            Body::ViewSaved(_) | Body::ViewRemoved(_) => {}
            // What they did with each is told by facts of their own.
            Body::BulkBegun(_) | Body::BulkDone(_) | Body::BulkUndone(_) => {}
            Body::MemberChosen(chosen) => {
                self.leads.insert(chosen.lead);
            }
            Body::SegmentsMoved(moved) => {
                self.leads.insert(moved.lead);
            }
            Body::TaskSaved(saved) => {
                self.leads.insert(saved.task.lead);
            }
        }
    }

    /// Adds whom an event is about, and whom it may name.
    pub(crate) fn add_tracked(&mut self, tracked: &Tracked) {
        self.visitors.insert(tracked.event.visitor);
        self.domains.extend(fold::company_domain(tracked));
        if let Some(claim) = tracked.event.content.claim() {
            self.add_claim(&claim);
        }
    }

    /// Adds whom a claim may name, and whom that may be.
    fn add_claim(&mut self, claim: &Claim) {
        let keys = claim.keys();
        self.add_work(&keys);
        self.keys.extend(keys.iter().cloned());
        self.add_named(Naming {
            keys,
            lead: None,
            name: claim.fields.get(&Field::Name).cloned(),
            company: claim.fields.get(&Field::Company).cloned(),
        });
    }

    /// Adds the companies whose addresses are among these keys.
    fn add_work(&mut self, keys: &[Key]) {
        let domains = keys.iter().filter_map(|key| match key {
            Key::Email(email) => of_email(email).ok(),
            _ => None,
        });
        self.domains.extend(domains);
    }

    fn add_named(&mut self, naming: Naming) {
        if naming.says_something() {
            self.named.push(naming);
        }
    }

    /// Adds whom someone may be who is put down with these keys and fields.
    pub(crate) fn add_person<'a>(
        &mut self,
        lead: Option<LeadId>,
        keys: impl IntoIterator<Item = Key>,
        fields: impl Fn(&FieldId) -> Option<&'a Value>,
    ) {
        let keys: Vec<Key> = keys.into_iter().collect();
        let text = |field| match fields(&FieldId::Standard(field)) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let (name, company) = (text(Field::Name), text(Field::Company));
        self.add_work(&keys);
        self.keys.extend(keys.iter().cloned());
        self.add_named(Naming {
            keys,
            lead,
            name,
            company,
        });
    }

    /// Adds a visitor about whom a person decides.
    pub(crate) fn add_judged(&mut self, visitor: VisitorId) {
        self.visitors.insert(visitor);
        self.judged.insert(visitor);
    }

    /// Whose score may change.
    pub(crate) fn due(due: &Due) -> Keys {
        Keys {
            visitors: due.visitors.iter().copied().collect(),
            leads: due.leads.iter().copied().collect(),
            ..Keys::default()
        }
    }

    /// Whom these facts are about.
    pub(crate) fn of(facts: &[Fact]) -> Keys {
        let mut keys = Keys::default();
        for fact in facts {
            keys.add(&fact.body);
        }
        keys
    }
}

/// The record that a fact about how leads are worked is about.
fn worked(body: &Body) -> Option<LeadId> {
    match body {
        Body::StageMoved(moved) => Some(moved.lead),
        Body::StepNoted(noted) => Some(noted.lead),
        Body::LeadAssigned(assigned) => Some(assigned.lead),
        Body::ClockStarted(started) => Some(started.lead),
        Body::ClockTurned(turned) => Some(turned.lead),
        _ => None,
    }
}

/// The settings; a workspace that is not open yet has the default ones.
pub(crate) fn settings(db: &Database, tables: Tables) -> Result<Settings, StoreError> {
    let settings: Option<(String,)> = db.read_one(
        &tables.sql("SELECT body FROM settings_{g} WHERE name = 'settings'"),
        (),
    )?;
    let settings = settings
        .map(|(body,)| serde_json::from_str(&body))
        .transpose()?;
    Ok(settings.unwrap_or_default())
}

/// A world with the settings, the personas, the segments and the dictionary of shapes, and nobody in it yet. It scores as
/// of today.
pub(crate) fn empty_world(db: &Database, tables: Tables) -> Result<World, StoreError> {
    let settings = settings(db, tables)?;
    let shapes: Vec<(String,)> =
        db.read(&tables.sql("SELECT shape FROM shapes_{g} ORDER BY id"), ())?;
    let shapes: Result<Vec<Shape>, _> = shapes
        .iter()
        .map(|(shape,)| serde_json::from_str(shape))
        .collect();
    let mut world = World::new(settings, Shapes::new(shapes?));
    world.set_now(clock::now());
    described::bring_personas(db, tables, &mut world)?;
    pursuits::bring_loads(db, tables, &mut world)?;
    sifted::bring_segments(db, tables, &mut world)?;
    Ok(world)
}

/// Brings everyone to hand whom the keys name and who is not there yet, and everyone they are tied to.
pub(crate) fn bring(
    db: &Database,
    tables: Tables,
    world: &mut World,
    keys: &Keys,
) -> Result<(), StoreError> {
    let mut asides = judged::read(db, tables, &keys.judged)?;
    let claims = asides.values().flat_map(|aside| aside.kept.values());
    let claims = claims.filter_map(|kept| kept.claim.as_ref());
    let mut claimed = Keys::default();
    claims.for_each(|claim| claimed.add_claim(claim));
    let unknown = keys.keys.iter().chain(&claimed.keys);
    let unknown: Vec<String> = unknown
        .filter(|key| world.lead_of(key).is_none())
        .map(ToString::to_string)
        .collect();
    let mut leads: BTreeSet<LeadId> = keys.leads.clone();
    if !unknown.is_empty() {
        let statement =
            "SELECT lower(hex(lead)) FROM keys_{g} WHERE key IN (SELECT value FROM json_each(?))";
        let found: Vec<(LeadId,)> = db.read_over(&tables.sql(statement), &unknown)?;
        leads.extend(found.into_iter().map(|(id,)| id));
    }
    bring_imports(db, tables, world, &keys.imports)?;
    leads.extend(described::bring_conversations(
        db,
        tables,
        world,
        &keys.conversations,
    )?);
    leads.extend(tasks::bring(db, tables, world, &keys.tasks)?);
    let mut beside = bring_tied(db, tables, world, keys.visitors.clone(), leads)?;
    let named = keys.named.iter().chain(&claimed.named);
    let alike = accounts::alike(db, tables, world, named)?;
    if !alike.is_empty() {
        beside.extend(bring_tied(db, tables, world, BTreeSet::new(), alike)?);
    }
    accounts::bring(db, tables, world, keys)?;
    accounts::bring(db, tables, world, &claimed)?;
    if world.asks_warmth() {
        let known = keys.keys.iter().chain(&claimed.keys);
        let known = known.filter_map(|key| Some(world.lead_of(key)?.id));
        beside.extend(known);
        let of_domains = keys.domains.iter().chain(&claimed.domains);
        let of_domains = of_domains.filter_map(|domain| world.account_of(domain));
        let accounts = of_domains.chain(keys.accounts.iter().copied()).collect();
        warmed::bring(db, tables, world, beside, accounts)?;
    }
    for id in &keys.judged {
        world.put_aside(*id, asides.remove(id).unwrap_or_default());
    }
    Ok(())
}

fn bring_imports(
    db: &Database,
    tables: Tables,
    world: &mut World,
    imports: &BTreeSet<ImportId>,
) -> Result<(), StoreError> {
    let unknown = imports.iter().filter(|id| world.import(**id).is_none());
    let unknown: Vec<String> = unknown.map(ToHex::to_hex).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let statement =
        "SELECT body FROM imports_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?))";
    let found: Vec<(String,)> = db.read_over(&tables.sql(statement), &unknown)?;
    for (body,) in found {
        world.put_import(serde_json::from_str(&body)?);
    }
    Ok(())
}

/// Brings these to hand and everyone they are tied to; the people among them.
fn bring_tied(
    db: &Database,
    tables: Tables,
    world: &mut World,
    mut visitors: BTreeSet<VisitorId>,
    mut leads: BTreeSet<LeadId>,
) -> Result<BTreeSet<LeadId>, StoreError> {
    let mut asked: BTreeSet<VisitorId> = BTreeSet::new();
    let mut asked_leads: BTreeSet<LeadId> = BTreeSet::new();
    loop {
        leads.extend(
            visitors
                .iter()
                .filter_map(|id| world.visitor(*id))
                .flat_map(Visitor::leads),
        );
        let missing: Vec<LeadId> = leads
            .iter()
            .filter(|id| world.lead(**id).is_none() && asked_leads.insert(**id))
            .copied()
            .collect();
        let found = load_leads(db, tables, &missing)?;
        // Whoever is at hand already may have changed since its row was written.
        let found: Vec<Lead> = found
            .into_iter()
            .filter(|lead| world.lead(lead.id).is_none())
            .collect();
        let mut tied: BTreeSet<VisitorId> = found
            .iter()
            .flat_map(|lead| lead.visitors.iter().copied())
            .collect();
        for lead in found {
            world.put_lead(lead);
        }
        tied.extend(visitors.iter().copied());
        let missing: Vec<VisitorId> = tied
            .into_iter()
            .filter(|id| world.visitor(*id).is_none() && asked.insert(*id))
            .collect();
        if missing.is_empty() {
            let tied_leads = visitors
                .iter()
                .filter_map(|id| world.visitor(*id))
                .flat_map(Visitor::leads);
            leads.extend(tied_leads);
            if leads
                .iter()
                .all(|id| world.lead(*id).is_some() || asked_leads.contains(id))
            {
                return Ok(leads);
            }
        }
        for visitor in load_visitors(db, tables, &missing)? {
            world.put_visitor(visitor);
        }
        visitors.retain(|id| world.visitor(*id).is_some());
    }
}

/// The fact that each event of a browser that weighs was written by.
pub(crate) fn activity_seqs(
    db: &Database,
    tables: Tables,
    visitor: VisitorId,
) -> Result<HashMap<EventId, u64>, StoreError> {
    let statement = "SELECT lower(hex(a.event)), a.seq FROM visitors_{g} v JOIN activity_{g} a ON a.visitor = v.n
         WHERE v.id = unhex(?) AND a.weighs = 1";
    let rows: Vec<(EventId, u64)> = db.read(&tables.sql(statement), (&visitor.to_hex(),))?;
    Ok(rows.into_iter().collect())
}

pub(super) fn hexes<T: ToHex>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToHex::to_hex).collect()
}

/// An id as SQLite's `unhex` reads it.
pub(super) trait ToHex {
    fn to_hex(&self) -> String;
}

impl ToHex for VisitorId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

impl ToHex for LeadId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

impl ToHex for ImportId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

impl ToHex for PersonaId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

impl ToHex for ConversationId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

impl ToHex for TaskId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

impl ToHex for AccountId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

impl ToHex for EventId {
    fn to_hex(&self) -> String {
        self.0.simple().to_string()
    }
}

/// These leads, and all the records of each that they are of.
fn load_leads(db: &Database, tables: Tables, ids: &[LeadId]) -> Result<Vec<Lead>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let statement = "WITH roots(root) AS
           (SELECT DISTINCT root FROM leads_{g} WHERE id IN (SELECT unhex(value) FROM json_each(?)))
         SELECT l.body FROM roots r JOIN leads_{g} l ON l.id = r.root
         UNION ALL
         SELECT l.body FROM roots r JOIN leads_{g} l ON l.root = r.root AND l.root <> l.id";
    let rows: Vec<(String,)> = db.read_over(&tables.sql(statement), &hexes(ids))?;
    rows.iter()
        .map(|(body,)| Ok(serde_json::from_str(body)?))
        .collect()
}

/// Whoever it is, with what it was and did: key events, bindings and touches in one list, activities in another.
type VisitorColumns = (
    VisitorId,
    Ms,
    Ms,
    u32,
    i32,
    u32,
    u64,
    Verdict,
    u32,
    Option<BotReason>,
    u32,
    String,
    Option<AccountId>,
    Option<Day>,
    String,
    Option<String>,
);

fn load_visitors(
    db: &Database,
    tables: Tables,
    ids: &[VisitorId],
) -> Result<Vec<Visitor>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // One statement, since a crossing for each table costs as much as what it brings.
    let rows: Vec<VisitorColumns> = db.read_over(
        &tables.sql(
            "SELECT lower(hex(id)), first_at, last_at, views, score, rules, seq, verdict, suspected, reason, kept, device, company, due,
                json_array(
                  (SELECT json_group_array(json_object('at', at, 'event', lower(hex(event)), 'key', key))
                   FROM reached_{g} WHERE visitor = n),
                  (SELECT json_group_array(json_object('from', at, 'event', lower(hex(event)), 'lead', lower(hex(lead))))
                   FROM bindings_{g} WHERE visitor = n),
                  (SELECT json_group_array(json_insert(body, '$.at', at, '$.event', lower(hex(event))))
                   FROM (SELECT * FROM touches_{g} WHERE visitor = n AND weighs = 1 ORDER BY at, event))),
                (SELECT group_concat(at || ' ' || hex(event) || ' ' || shape) FROM activity_{g} WHERE visitor = n AND weighs = 1)
             FROM visitors_{g}
             WHERE id IN (SELECT unhex(value) FROM json_each(?))",
        ),
        &hexes(ids),
    )?;
    rows.into_iter().map(visitor).collect()
}
fn visitor(columns: VisitorColumns) -> Result<Visitor, StoreError> {
    let (id, first_at, last_at, views, score, rules, seq, ..) = columns;
    let (.., verdict, suspected, reason, kept, device, company, due, history, activities) = columns;
    let (reached, bindings, touches) = serde_json::from_str(&history)?;
    let activities: Result<_, StoreError> = match &activities {
        Some(listed) => listed.split(',').map(activity).collect(),
        None => Ok(BTreeSet::new()),
    };
    Ok(Visitor {
        id,
        first_at,
        last_at,
        views,
        score,
        rules,
        due,
        seq,
        device: serde_json::from_str(&device)?,
        bindings,
        touches,
        activities: activities?,
        reached,
        company,
        verdict,
        suspected,
        reason,
        kept,
        aside: Aside::default(),
    })
}

/// An activity of a list. Whoever comes back brings all of theirs, and a row each would cost several times as much; those
/// of a visitor, 20,000 at most, are a megabyte of text.
fn activity(text: &str) -> Result<Activity, StoreError> {
    let mut parts = text.split(' ');
    let mut next = || parts.next().unwrap_or_default();
    let (at, event, shape) = (next().parse(), next().parse(), next().parse());
    match (at, event, shape) {
        (Ok(at), Ok(event), Ok(shape)) => Ok(Activity {
            at,
            event: EventId(event),
            shape: ShapeId(shape),
        }),
        _ => Err(StoreError::Stored {
            what: "activity",
            why: text.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_activity_is_read_from_its_list() {
        let check = |text: &str, expect: Option<(Ms, u128, u32)>| {
            let read = activity(text).ok();
            let read = read.map(|a| (a.at, a.event.0.as_u128(), a.shape.0));
            assert_eq!(read, expect, "{text:?}");
        };
        let event = "0190000000007000800000000000ABCD";
        check(
            &format!("1790000000000 {event} 12"),
            Some((
                1_790_000_000_000,
                0x0190_0000_0000_7000_8000_0000_0000_abcd,
                12,
            )),
        );
        check(
            &format!("-5 {event} 0"),
            Some((-5, 0x0190_0000_0000_7000_8000_0000_0000_abcd, 0)),
        );
        for broken in [
            "",
            "1",
            "1 2 3",
            &format!("1 {event}"),
            &format!("x {event} 1"),
        ] {
            check(broken, None);
        }
    }
}
