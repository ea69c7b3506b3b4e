//! The journal: facts, each an input that came or a decision that was taken.
//!
//! The journal is the truth and all else is built from it. A fact is written once and applied for
//! ever, so what is stored here has a version, a decoder for every version there ever was, and a
//! snapshot in the tests. Not here: what a fact changes (that is [`crate::fold`]).

mod body;
mod code;

#[cfg(test)]
mod tests;

pub use body::{
    AccountAssigned, AwaySaved, CalendarSaved, ClockStarted, ClockTurned, LadderSaved,
    LeadAssigned, MovesApplied, RosterTold, RoutingSaved, StageMoved, StepNoted,
};
pub use body::{
    AccountOpened, AccountSaved, ConversationRemoved, ConversationSaved, DefinitionDrafted,
    DefinitionInForce, DefinitionSigned, FirstTouchMoved, HeadsNamed, IdentificationWithdrawn,
    ImportOpened, ImportTakenBack, ImportUndone, KeyEventReached, LeadPut, LeadsMerged,
    MergeUndone, PersonaRemoved, PersonaSaved, RulebookPublished, SchemaSaved, SiteSaved,
    SuggestionDismissed, SuggestionMade, Tracked, VerdictChanged, VisitorIdentified,
    VisitorOfCompany, WorkspaceOpened,
};
pub use body::{Because, MemberChosen, SegmentRemoved, SegmentSaved, SegmentsMoved, TaskSaved};
pub use body::{BulkBegun, BulkDone, BulkUndone, ViewRemoved, ViewSaved};
pub use code::Undecodable;

use crate::erasure::{Erased, PersonErased};
use crate::id::{AccountId, BulkId, ImportId, LeadId, Ms, UserId, VisitorId};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// When it was written.
    pub at: Ms,
    /// When what it tells of happened.
    pub occurred_at: Ms,
    /// Who caused it.
    pub actor: Actor,
    /// What it tells.
    pub body: Body,
}

/// Who caused a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A rule of the product.
    System,
    /// Whoever uses that browser.
    Visitor(VisitorId),
    /// A member of the workspace.
    User(UserId),
}

/// Whom or what a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The workspace and its settings.
    Workspace,
    /// The rulebook.
    Rulebook,
    /// A browser.
    Visitor(VisitorId),
    /// A person.
    Lead(LeadId),
    /// Some people.
    Leads(Vec<LeadId>),
    /// A file that was imported.
    Import(ImportId),
    /// A company.
    Account(AccountId),
    /// Every bulk.
    Bulks,
    /// One bulk.
    Bulk(BulkId),
}

/// What a fact tells. The first ones are inputs, the others decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Input: the workspace was opened.
    WorkspaceOpened(WorkspaceOpened),
    /// Input: a site was added or its settings changed.
    SiteSaved(SiteSaved),
    /// Input: a person published a rulebook.
    RulebookPublished(RulebookPublished),
    /// Input: a visitor's browser sent an event; with what was decided when it came.
    Tracked(Box<Tracked>),
    /// Decision: an event names the person who uses the browser.
    VisitorIdentified(VisitorIdentified),
    /// Decision: a late event is earlier than what was held to be the lead's first touch.
    FirstTouchMoved(FirstTouchMoved),
    /// Input: a person decided whether a browser is a program's.
    VerdictChanged(VerdictChanged),
    /// Decision: an event that a browser was identified by weighs no longer.
    IdentificationWithdrawn(IdentificationWithdrawn),
    /// Decision: a browser did something often enough within some days.
    KeyEventReached(KeyEventReached),
    /// Input: a member, a file or another system put a person down, or changed what is known of one.
    LeadPut(Box<LeadPut>),
    /// Input or decision: two are one person.
    LeadsMerged(LeadsMerged),
    /// Input: they are two after all.
    MergeUndone(MergeUndone),
    /// Decision: something may be so that only a person can tell.
    SuggestionMade(SuggestionMade),
    /// Input: it is not so.
    SuggestionDismissed(SuggestionDismissed),
    /// Input: a member begins to import a file.
    ImportOpened(ImportOpened),
    /// Input: a member undoes an import.
    ImportUndone(ImportUndone),
    /// Decision: of these people, what the import wrote is taken back, and companies that nobody is of any more.
    ImportTakenBack(ImportTakenBack),
    /// Input: a member changed the fields and tags that there are.
    SchemaSaved(Box<SchemaSaved>),
    /// Input: a member described a kind of customer.
    PersonaSaved(Box<PersonaSaved>),
    /// Input: a member took one away.
    PersonaRemoved(PersonaRemoved),
    /// Input: a member wrote a conversation down, or changed what stands there.
    ConversationSaved(Box<ConversationSaved>),
    /// Input: a member took one away.
    ConversationRemoved(ConversationRemoved),
    /// Decision: someone has a work address of a company that the base had not known.
    AccountOpened(AccountOpened),
    /// Input: a member put a company down, or changed what is known of one.
    AccountSaved(AccountSaved),
    /// Decision: a browser comes from a company, whoever uses it.
    VisitorOfCompany(VisitorOfCompany),
    /// Input: the owner named who signs the definition of a good lead.
    HeadsNamed(HeadsNamed),
    /// Input: a member put a version of the definition down.
    DefinitionDrafted(Box<DefinitionDrafted>),
    /// Input: a head signed it.
    DefinitionSigned(DefinitionSigned),
    /// Decision: a version that both signed holds from now on.
    DefinitionInForce(DefinitionInForce),
    /// Input: a person asked to be forgotten.
    PersonErased(Box<PersonErased>),
    /// What is left of a fact that was such a person's. The one body that a fact gets after it was written.
    Erased(Box<Erased>),
    /// Input: a member changed the stages.
    LadderSaved(Box<LadderSaved>),
    /// Decision, or input: a person came into a stage.
    StageMoved(Box<StageMoved>),
    /// Input: a member says that a step was done, or was not.
    StepNoted(StepNoted),
    /// Input: a member changed when the company works.
    CalendarSaved(Box<CalendarSaved>),
    /// Input: a member changed who gets which leads.
    RoutingSaved(Box<RoutingSaved>),
    /// Input: a member is away at some times.
    AwaySaved(AwaySaved),
    /// Input: a member lets those go on whom the rules would move and did not, since nothing happened to them.
    MovesApplied(MovesApplied),
    /// Input: who is there, where that is not who was.
    RosterTold(RosterTold),
    /// Input: a member says whose a company is.
    AccountAssigned(AccountAssigned),
    /// Decision, or input: a person is somebody's to work, or nobody's.
    LeadAssigned(Box<LeadAssigned>),
    /// Decision: something is promised about a person by a time.
    ClockStarted(ClockStarted),
    /// Decision: what was promised was done, or was not in time.
    ClockTurned(ClockTurned),
    /// Input: a member said whom a segment means.
    SegmentSaved(Box<SegmentSaved>),
    /// Input: a member took a segment away.
    SegmentRemoved(SegmentRemoved),
    /// Input: a member put somebody into a segment, or took one out, whatever its condition says.
    MemberChosen(MemberChosen),
    /// Decision: somebody is in other segments than before.
    SegmentsMoved(Box<SegmentsMoved>),
    /// Input, or decision: something is to be done with a person, was done, or is not to be done any more.
    TaskSaved(Box<TaskSaved>),
    /// Input: a member keeps a list under a name.
    ViewSaved(Box<ViewSaved>),
    /// Input: a member took such a list away.
    ViewRemoved(ViewRemoved),
    /// Input: a member begins to do one deed with many people.
    BulkBegun(Box<BulkBegun>),
    /// Input: the deed was done with some of them.
    BulkDone(Box<BulkDone>),
    /// Input: it was taken back of some of them.
    BulkUndone(Box<BulkUndone>),
}

impl Body {
    /// Whom or what it is about.
    pub fn subject(&self) -> Subject {
        match self {
            Body::WorkspaceOpened(_) | Body::SiteSaved(_) => Subject::Workspace,
            Body::RulebookPublished(_) => Subject::Rulebook,
            Body::Tracked(tracked) => Subject::Visitor(tracked.event.visitor),
            Body::VisitorIdentified(identified) => Subject::Lead(identified.lead),
            Body::FirstTouchMoved(moved) => Subject::Lead(moved.lead),
            Body::VerdictChanged(changed) => Subject::Visitor(changed.visitor),
            Body::IdentificationWithdrawn(withdrawn) => Subject::Lead(withdrawn.lead),
            Body::KeyEventReached(reached) => Subject::Visitor(reached.visitor),
            Body::LeadPut(put) => Subject::Lead(put.lead),
            Body::LeadsMerged(merged) => Subject::Leads(vec![merged.survivor, merged.merged]),
            Body::MergeUndone(undone) => Subject::Leads(vec![undone.survivor, undone.merged]),
            Body::SuggestionMade(made) => Subject::Leads(made.what.leads()),
            Body::SuggestionDismissed(dismissed) => Subject::Leads(dismissed.what.leads()),
            Body::ImportOpened(opened) => Subject::Import(ImportId(opened.key)),
            Body::ImportUndone(undone) => Subject::Import(undone.import),
            Body::ImportTakenBack(taken) if taken.leads.is_empty() => Subject::Import(taken.import),
            Body::ImportTakenBack(taken) => Subject::Leads(taken.leads.clone()),
            Body::SchemaSaved(_) | Body::PersonaSaved(_) | Body::PersonaRemoved(_) => {
                Subject::Workspace
            }
            Body::ConversationSaved(saved) => Subject::Lead(saved.conversation.lead),
            Body::ConversationRemoved(removed) => Subject::Lead(removed.lead),
            Body::AccountOpened(opened) => Subject::Account(opened.id),
            Body::AccountSaved(saved) => Subject::Account(saved.id),
            Body::VisitorOfCompany(of) => Subject::Visitor(of.visitor),
            Body::PersonErased(erased) => Subject::Leads(erased.leads.clone()),
            Body::Erased(_) => Subject::Workspace,
            Body::HeadsNamed(_)
            | Body::DefinitionDrafted(_)
            | Body::DefinitionSigned(_)
            | Body::DefinitionInForce(_) => Subject::Workspace,
            Body::LadderSaved(_)
            | Body::CalendarSaved(_)
            | Body::RoutingSaved(_)
            | Body::AwaySaved(_)
            | Body::MovesApplied(_)
            | Body::RosterTold(_) => Subject::Workspace,
            Body::AccountAssigned(assigned) => Subject::Account(assigned.id),
            Body::StageMoved(moved) => Subject::Lead(moved.lead),
            Body::StepNoted(noted) => Subject::Lead(noted.lead),
            Body::LeadAssigned(assigned) => Subject::Lead(assigned.lead),
            Body::ClockStarted(started) => Subject::Lead(started.lead),
            Body::ClockTurned(turned) => Subject::Lead(turned.lead),
            Body::SegmentSaved(_) | Body::SegmentRemoved(_) => Subject::Workspace,
            Body::MemberChosen(chosen) => Subject::Lead(chosen.lead),
            Body::SegmentsMoved(moved) => Subject::Lead(moved.lead),
            Body::TaskSaved(saved) => Subject::Lead(saved.task.lead),
            Body::ViewSaved(_) | Body::ViewRemoved(_) => Subject::Workspace,
            Body::BulkBegun(_) => Subject::Bulks,
            Body::BulkDone(done) => Subject::Bulk(done.bulk),
            Body::BulkUndone(undone) => Subject::Bulk(undone.bulk),
        }
    }

    /// The id by which a repeat of the input is known; decisions have none.
    pub fn idempotency_id(&self) -> Option<Uuid> {
        match self {
            Body::WorkspaceOpened(opened) => Some(opened.key),
            Body::RulebookPublished(published) => Some(published.key),
            Body::Tracked(tracked) => Some(tracked.event.id.0),
            Body::SiteSaved(saved) => saved.key,
            Body::VerdictChanged(changed) => Some(changed.key),
            Body::LeadPut(put) => Some(put.key),
            Body::LeadsMerged(merged) => merged.key,
            Body::MergeUndone(undone) => Some(undone.key),
            Body::SuggestionDismissed(dismissed) => Some(dismissed.key),
            Body::ImportOpened(opened) => Some(opened.key),
            Body::ImportUndone(undone) => Some(undone.key),
            Body::SchemaSaved(saved) => Some(saved.key),
            Body::PersonaSaved(saved) => Some(saved.key),
            Body::PersonaRemoved(removed) => Some(removed.key),
            Body::ConversationSaved(saved) => Some(saved.key),
            Body::ConversationRemoved(removed) => Some(removed.key),
            Body::AccountSaved(saved) => Some(saved.key),
            Body::PersonErased(erased) => Some(erased.key),
            Body::Erased(erased) => erased.id,
            Body::HeadsNamed(named) => Some(named.key),
            Body::DefinitionDrafted(drafted) => Some(drafted.key),
            Body::DefinitionSigned(signed) => Some(signed.key),
            Body::DefinitionInForce(_) => None,
            Body::LadderSaved(saved) => Some(saved.key),
            Body::CalendarSaved(saved) => Some(saved.key),
            Body::RoutingSaved(saved) => Some(saved.key),
            Body::AwaySaved(saved) => Some(saved.key),
            Body::MovesApplied(applied) => Some(applied.key),
            Body::AccountAssigned(assigned) => Some(assigned.key),
            Body::StepNoted(noted) => Some(noted.key),
            Body::StageMoved(moved) => moved.key,
            Body::LeadAssigned(assigned) => assigned.key,
            Body::RosterTold(_) | Body::ClockStarted(_) | Body::ClockTurned(_) => None,
            Body::SegmentSaved(saved) => Some(saved.key),
            Body::SegmentRemoved(removed) => Some(removed.key),
            Body::MemberChosen(chosen) => Some(chosen.key),
            Body::SegmentsMoved(_) => None,
            Body::TaskSaved(saved) => saved.key,
            Body::ViewSaved(saved) => Some(saved.key),
            Body::ViewRemoved(removed) => Some(removed.key),
            Body::BulkBegun(begun) => Some(begun.id.0),
            Body::BulkDone(done) => Some(done.key),
            Body::BulkUndone(undone) => Some(undone.key),
            Body::AccountOpened(_)
            | Body::VisitorOfCompany(_)
            | Body::ImportTakenBack(_)
            | Body::VisitorIdentified(_)
            | Body::SuggestionMade(_)
            | Body::FirstTouchMoved(_)
            | Body::IdentificationWithdrawn(_)
            | Body::KeyEventReached(_) => None,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::System => f.write_str("system"),
            Actor::Visitor(id) => write!(f, "visitor:{id}"),
            Actor::User(id) => write!(f, "user:{id}"),
        }
    }
}

/// Not the name of anyone who can cause a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoActor;

impl FromStr for Actor {
    type Err = NoActor;

    fn from_str(text: &str) -> Result<Actor, NoActor> {
        match text.split_once(':') {
            None if text == "system" => Ok(Actor::System),
            Some(("visitor", id)) => id.parse().map(Actor::Visitor).map_err(|_| NoActor),
            Some(("user", id)) => id.parse().map(Actor::User).map_err(|_| NoActor),
            _ => Err(NoActor),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Workspace => f.write_str("workspace"),
            Subject::Rulebook => f.write_str("rulebook"),
            Subject::Visitor(id) => write!(f, "visitor:{id}"),
            Subject::Lead(id) => write!(f, "lead:{id}"),
            Subject::Leads(ids) => {
                for (place, id) in ids.iter().enumerate() {
                    let space = if place == 0 { "" } else { " " };
                    write!(f, "{space}lead:{id}")?;
                }
                Ok(())
            }
            Subject::Import(id) => write!(f, "import:{id}"),
            Subject::Account(id) => write!(f, "account:{id}"),
            Subject::Bulks => f.write_str("bulks"),
            Subject::Bulk(id) => write!(f, "bulk:{id}"),
        }
    }
}
