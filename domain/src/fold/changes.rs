//! What facts have changed, for whoever writes it down.

use super::erasing::Found;
use crate::contact::Key;
use crate::day::Day;
use crate::entry::Entry;
use crate::id::{
    AccountId, ConversationId, EventId, ImportId, LeadId, Ms, PersonaId, TaskId, VisitorId,
};
use crate::key_event::Reached;
use crate::score::{Activity, Shape, ShapeId};
use crate::touch::TouchAt;
use crate::verdict::Kept;
use crate::visitor::Binding;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What has changed since the changes were last taken.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Visitors whose row changed.
    pub visitors: BTreeSet<VisitorId>,
    /// Leads whose row changed.
    pub leads: BTreeSet<LeadId>,
    /// Records whose beginning changed, or who is shown for them, or the company.
    pub rooted: BTreeSet<LeadId>,
    /// Keys that were given or taken.
    pub keys: BTreeSet<Key>,
    /// Suggestions that were made or settled.
    pub suggestions: BTreeSet<(LeadId, Uuid)>,
    /// Imports that came further.
    pub imports: BTreeSet<ImportId>,
    /// Whom an import put down.
    pub imported: BTreeSet<(ImportId, LeadId)>,
    /// Of whom an import was taken back.
    pub taken_back: BTreeSet<(ImportId, LeadId)>,
    /// Personas that were saved or taken away.
    pub personas: BTreeSet<PersonaId>,
    /// Conversations that were saved or taken away.
    pub conversations: BTreeSet<ConversationId>,
    /// Tasks that were set, done or cancelled.
    pub tasks: BTreeSet<TaskId>,
    /// New entries of the histories of records.
    pub entries: Vec<(LeadId, Entry)>,
    /// Companies that changed.
    pub accounts: BTreeSet<AccountId>,
    /// Browsers that were seen to come from a company.
    pub of_company: Vec<(VisitorId, AccountId)>,
    /// Records whose name or company changed: those who are alike are found by other keys now.
    pub named: BTreeSet<LeadId>,
    /// New activities.
    pub activities: Vec<StoredActivity>,
    /// New touches.
    pub touches: Vec<(VisitorId, TouchAt)>,
    /// Key events that were reached.
    pub reached: Vec<(VisitorId, Reached)>,
    /// New bindings.
    pub bindings: Vec<(VisitorId, Binding)>,
    /// New shapes.
    pub shapes: Vec<(ShapeId, Shape)>,
    /// New events that are kept for another verdict.
    pub kept: Vec<(VisitorId, Ms, EventId, Kept)>,
    /// Visitors about whom something was decided: all of their activities and touches are to be written anew.
    pub judged: BTreeSet<VisitorId>,
    /// Visitors who lost a binding: all of theirs are to be written anew.
    pub rebound: BTreeSet<VisitorId>,
    /// Leads that were taken away; one that is at hand has come back.
    pub gone: BTreeSet<LeadId>,
    /// Visitors that were erased; one that is at hand has come anew.
    pub erased: BTreeSet<VisitorId>,
    /// What was erased, each with the number of the fact that asked for it.
    pub found: Vec<(u64, Found)>,
    /// Records whose clocks or owner changed.
    pub pursued: BTreeSet<LeadId>,
    /// Whether it changed how many leads stand where, and with whom.
    pub loads: bool,
    /// Whether the settings changed.
    pub settings: bool,
    /// Whether a rulebook was published.
    pub rulebook: bool,
    /// Whether another definition of a good lead holds, and so perhaps another line.
    pub definition: bool,
    /// Whether grades and personas were made otherwise.
    pub judging: bool,
    /// Segments that were saved or taken away.
    pub segments: BTreeSet<String>,
    /// Whether one of them is public, or was.
    pub public: bool,
    /// Records that entered segments or left them.
    pub members: BTreeSet<LeadId>,
    /// Companies whose score means something else to who asks for it: their people are to be asked anew.
    pub warmed: BTreeSet<AccountId>,
    /// Who was asked which segments one is in, and on which day to ask again though nothing happens.
    pub sifted: BTreeMap<LeadId, Option<Day>>,
}

impl Changes {
    /// Forgets what a visitor changed: it is erased.
    pub(super) fn forget(&mut self, id: VisitorId) {
        self.visitors.remove(&id);
        self.judged.remove(&id);
        self.rebound.remove(&id);
        self.activities.retain(|new| new.visitor != id);
        self.touches.retain(|(visitor, _)| *visitor != id);
        self.reached.retain(|(visitor, _)| *visitor != id);
        self.bindings.retain(|(visitor, _)| *visitor != id);
        self.kept.retain(|(visitor, ..)| *visitor != id);
        self.of_company.retain(|(visitor, _)| *visitor != id);
        self.erased.insert(id);
    }
}

/// An event as the projections keep it: those of bots too, which weigh nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredActivity {
    /// By which browser.
    pub visitor: VisitorId,
    /// What a score needs of it.
    pub activity: Activity,
    /// The fact it comes from.
    pub seq: u64,
    /// Whether it counts.
    pub weighs: bool,
}
