//! An edit that a member makes: its check against what holds, and what it answers. Not here: committing it.

use super::desk::DeskEdit;
use super::people;
use crate::clock;
use crate::error::Failure;
use crate::projection::load::Keys;
use domain::account::domain::of_site;
use domain::account::{Account, Choice};
use domain::api::{
    AccountCard, AdmitTags, ChooseMember, DraftDefinition, ErasePerson, ErrorCode, Gone, Member,
    MergeLeads, NameHeads, OpenImport, PutLead, RemoveConversation, RemovePersona, RemoveSegment,
    RemoveView, Removed, RemovedSegment, SaveAccount, SaveConversation, SaveLead, SavePersona,
    SaveRulebook, SaveSchema, SaveSegment, SaveSite, SaveVerdict, SaveView, SignDefinition,
    UndoImport, UndoMerge,
};
use domain::fold::{self, EditError, Putting, World};
use domain::id::{ConversationId, ImportId, LeadId, ViewId};
use domain::journal::{Body, VerdictChanged};
use domain::suggestion::Suggestion;
use domain::view::View;
use domain::visitor::Visitor;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a member changes.
#[derive(Debug)]
pub(super) enum Edit {
    /// The rulebook is published.
    Publish(SaveRulebook),
    /// A site is changed, or added.
    SaveSite(SaveSite),
    /// Whether a browser is a program's is decided.
    Judge(SaveVerdict),
    /// A person is put down.
    Put(PutLead),
    /// What is known of a person is changed.
    SaveLead(SaveLead),
    /// Two are one person.
    Merge(MergeLeads),
    /// They are not.
    Unmerge(UndoMerge),
    /// A suggestion is wrong: the idempotency key, and which.
    Dismiss(Uuid, Suggestion),
    /// A file is to be imported.
    OpenImport(OpenImport),
    /// It was not to be.
    UndoImport(UndoImport),
    /// Fields and tags are changed.
    SaveSchema(SaveSchema),
    /// Tags are taken in.
    AdmitTags(AdmitTags),
    /// A persona is changed, or added.
    SavePersona(Box<SavePersona>),
    /// A persona is taken away.
    RemovePersona(RemovePersona),
    /// A conversation is written down, or changed.
    SaveConversation(SaveConversation),
    /// A conversation is taken away.
    RemoveConversation(RemoveConversation),
    /// A company is put down, or changed.
    SaveAccount(SaveAccount),
    /// A version of the definition is put down.
    DraftDefinition(Box<DraftDefinition>),
    /// A head signs it.
    SignDefinition(SignDefinition),
    /// Who the heads are is said.
    NameHeads(NameHeads),
    /// A segment is changed, or added.
    SaveSegment(Box<SaveSegment>),
    /// A segment is taken away.
    RemoveSegment(RemoveSegment),
    /// Somebody is put into a segment by hand, or taken out.
    ChooseMember(ChooseMember),
    /// A view is changed, or added.
    SaveView(SaveView),
    /// A view is taken away.
    RemoveView(RemoveView),
    /// A person is to be erased; with whom suggestions name beside.
    Erase(ErasePerson, BTreeSet<LeadId>),
    /// How leads are worked is changed.
    Desk(DeskEdit),
}

impl Edit {
    /// The idempotency key.
    pub(super) fn key(&self) -> Uuid {
        match self {
            Edit::Publish(save) => save.key,
            Edit::SaveSite(save) => save.key,
            Edit::Judge(save) => save.key,
            Edit::Put(put) => put.key,
            Edit::SaveLead(save) => save.key,
            Edit::Merge(merge) => merge.key,
            Edit::Unmerge(undo) => undo.key,
            Edit::Dismiss(key, _) => *key,
            Edit::OpenImport(open) => open.key,
            Edit::UndoImport(undo) => undo.key,
            Edit::SaveSchema(save) => save.key,
            Edit::AdmitTags(admit) => admit.key,
            Edit::SavePersona(save) => save.key,
            Edit::RemovePersona(remove) => remove.key,
            Edit::SaveConversation(save) => save.key,
            Edit::RemoveConversation(remove) => remove.key,
            Edit::SaveAccount(save) => save.key,
            Edit::DraftDefinition(draft) => draft.key,
            Edit::SignDefinition(sign) => sign.key,
            Edit::NameHeads(name) => name.key,
            Edit::SaveSegment(save) => save.key,
            Edit::RemoveSegment(remove) => remove.key,
            Edit::ChooseMember(choose) => choose.key,
            Edit::SaveView(save) => save.key,
            Edit::RemoveView(remove) => remove.key,
            Edit::Erase(erase, ..) => erase.key,
            Edit::Desk(edit) => edit.key(),
        }
    }

    /// Whom it is about.
    pub(super) fn keys(&self) -> Keys {
        let mut keys = Keys::default();
        match self {
            Edit::Publish(_)
            | Edit::SaveSite(_)
            | Edit::SaveSchema(_)
            | Edit::AdmitTags(_)
            | Edit::SavePersona(_)
            | Edit::RemovePersona(_)
            | Edit::SaveView(_)
            | Edit::RemoveView(_)
            | Edit::RemoveSegment(_) => {}
            Edit::DraftDefinition(_) | Edit::SignDefinition(_) | Edit::NameHeads(_) => {}
            Edit::SaveSegment(save) => keys.accounts.extend(save.segment.who.accounts()),
            Edit::ChooseMember(choose) => {
                keys.leads.insert(choose.lead);
            }
            Edit::Judge(save) => keys.add_judged(save.visitor),
            Edit::Put(put) => {
                keys.leads.insert(LeadId(put.key));
                let own = put.draft.keys.iter().cloned();
                keys.add_person(None, own, |field| put.draft.fields.get(field));
            }
            Edit::SaveLead(save) => {
                keys.leads.insert(save.id);
                keys.keys.extend(save.dropped.iter().cloned());
                keys.accounts.extend(save.account.and_then(Choice::chosen));
                let own = save.keys.iter().cloned();
                keys.add_person(Some(save.id), own, |field| save.set.get(field)?.as_ref());
            }
            Edit::Merge(merge) => keys.leads.extend([merge.id, merge.other]),
            Edit::Unmerge(undo) => {
                keys.leads.insert(undo.id);
            }
            Edit::Dismiss(_, suggestion) => keys.leads.extend(suggestion.what.leads()),
            Edit::OpenImport(open) => {
                keys.imports.insert(ImportId(open.key));
            }
            Edit::UndoImport(undo) => {
                keys.imports.insert(undo.id);
            }
            Edit::SaveConversation(save) => {
                keys.conversations.insert(save.id);
                keys.leads.insert(save.lead);
            }
            Edit::RemoveConversation(remove) => {
                keys.conversations.insert(remove.id);
            }
            Edit::SaveAccount(save) => {
                keys.trees.insert(save.id);
                keys.trees.extend(save.parent);
                let domains = save.domains.iter().take(Account::DOMAINS_MAX);
                let domains = domains.filter_map(|text| of_site(text).ok());
                keys.domains.extend(domains);
            }
            Edit::Erase(erase, others) => {
                keys.leads.insert(erase.id);
                keys.leads.extend(others);
            }
            Edit::Desk(edit) => keys = edit.keys(),
        }
        keys
    }

    /// The body of the fact that it becomes, or why it is not taken.
    pub(super) fn check(&self, world: &World, member: &Member) -> Result<Body, Failure> {
        let (settings, by) = (&world.settings, member.email.as_str());
        let checked = match self {
            Edit::Publish(save) => fold::publish(world, save, by),
            Edit::SaveSite(save) => fold::save_site(settings, &member.workspace, save),
            Edit::Judge(save) => {
                world.visitor(save.visitor).ok_or_else(no_visitor)?;
                Ok(Body::VerdictChanged(VerdictChanged {
                    key: save.key,
                    visitor: save.visitor,
                    verdict: save.verdict,
                    by: member.email.clone(),
                }))
            }
            Edit::Put(put) => world.put(&Putting::of(put, by)),
            Edit::SaveLead(save) => world.edit(save, by),
            Edit::Merge(merge) => world.merge(merge, by),
            Edit::Unmerge(undo) => world.unmerge(undo, by),
            Edit::Dismiss(key, suggestion) => Ok(fold::dismiss(*key, &suggestion.what, by)),
            Edit::OpenImport(open) => fold::open_import(open, by),
            Edit::UndoImport(undo) => world.undo_import(undo, by),
            Edit::SaveSchema(save) => fold::save_schema(settings, save, by),
            Edit::AdmitTags(admit) => fold::admit_tags(settings, admit, by),
            Edit::SavePersona(save) => world.save_persona(save, by),
            Edit::RemovePersona(remove) => world.remove_persona(remove, by),
            Edit::SaveConversation(save) => {
                may_change(world, save.id, member)?;
                world.save_conversation(save, by, clock::now())
            }
            Edit::RemoveConversation(remove) => {
                may_change(world, remove.id, member)?;
                world.remove_conversation(remove, by)
            }
            Edit::SaveAccount(save) => world.save_account(save, by),
            Edit::DraftDefinition(draft) => fold::draft_definition(world, draft, by, clock::now()),
            Edit::SignDefinition(sign) => {
                let signer = (member.id, member.name.as_str());
                fold::sign_definition(settings, sign, signer, clock::now())
            }
            Edit::NameHeads(name) => fold::name_heads(name, by),
            Edit::SaveSegment(save) => world.save_segment(save, by),
            Edit::RemoveSegment(remove) => world.remove_segment(remove, by),
            Edit::ChooseMember(choose) => world.choose_member(choose, by),
            Edit::SaveView(save) => {
                may_keep(world, save.id, save.view.shared, member)?;
                settings.save_view(save, (member.id, by))
            }
            Edit::RemoveView(remove) => {
                may_keep(world, remove.id, false, member)?;
                settings.remove_view(remove, by)
            }
            Edit::Erase(erase, ..) => world.erase(erase, by),
            Edit::Desk(edit) => edit.check(world, member)?,
        };
        match checked {
            Ok(body) => Ok(body),
            Err(EditError::Invalid(invalid)) => Err(Failure::of(invalid)),
            Err(EditError::NotFound) => Err(nothing_there()),
            Err(EditError::Conflict) => Err(Failure {
                current: Some(self.current(world)?),
                ..Failure::new(ErrorCode::Conflict, "someone else saved first")
            }),
        }
    }

    /// What it answers, once it is committed.
    pub(super) fn answer(&self, world: &World) -> Result<serde_json::Value, Failure> {
        let current = self.current(world)?;
        if current.is_null() {
            // What was saved is there, unless the key was that of something else.
            return Err(Failure::invalid("key", "used"));
        }
        Ok(current)
    }

    /// What holds now of that which it changes.
    pub(super) fn current(&self, world: &World) -> Result<serde_json::Value, Failure> {
        let settings = &world.settings;
        let lead = |id: LeadId| {
            let detail = people::detail(world, id).ok_or_else(people::no_lead)?;
            Ok::<_, Failure>(serde_json::to_value(detail)?)
        };
        Ok(match self {
            Edit::Publish(_) => serde_json::to_value(settings.published())?,
            Edit::SaveSite(save) => serde_json::to_value(settings.sites.get(&save.site))?,
            Edit::Judge(save) => {
                let visitor = world.visitor(save.visitor).ok_or_else(no_visitor)?;
                serde_json::to_value(Visitor::row(visitor))?
            }
            Edit::Put(put) => lead(world.found(&put.draft).unwrap_or(LeadId(put.key)))?,
            Edit::SaveLead(save) => lead(save.id)?,
            Edit::Merge(merge) => lead(merge.id)?,
            Edit::Unmerge(undo) => lead(undo.id)?,
            Edit::OpenImport(open) => serde_json::to_value(world.import(ImportId(open.key)))?,
            Edit::UndoImport(undo) => serde_json::to_value(world.import(undo.id))?,
            Edit::SaveSchema(_) | Edit::AdmitTags(_) => serde_json::to_value(&settings.schema)?,
            Edit::SavePersona(save) => serde_json::to_value(world.persona(save.id))?,
            Edit::RemovePersona(remove) => {
                removed(world.persona(remove.id).is_none(), remove.id.0)?
            }
            Edit::SaveConversation(save) => serde_json::to_value(world.conversation(save.id))?,
            Edit::RemoveConversation(remove) => {
                removed(world.conversation(remove.id).is_none(), remove.id.0)?
            }
            Edit::SaveAccount(save) => {
                serde_json::to_value(world.account(save.id).map(AccountCard::from))?
            }
            Edit::DraftDefinition(_) | Edit::SignDefinition(_) | Edit::NameHeads(_) => {
                serde_json::to_value(settings.definition_state())?
            }
            Edit::SaveSegment(save) => serde_json::to_value(world.segment(&save.id))?,
            Edit::RemoveSegment(remove) => {
                let id = remove.id.clone();
                let is_gone = world.segment(&id).is_none();
                serde_json::to_value(is_gone.then_some(RemovedSegment { id }))?
            }
            Edit::SaveView(save) => serde_json::to_value(settings.views.get(&save.id))?,
            Edit::RemoveView(remove) => {
                removed(!settings.views.contains_key(&remove.id), remove.id.0)?
            }
            Edit::ChooseMember(choose) => lead(choose.lead)?,
            Edit::Erase(erase, ..) => {
                let gone = Gone {
                    id: erase.id,
                    pending: true,
                };
                serde_json::to_value(world.lead(erase.id).is_none().then_some(gone))?
            }
            Edit::Desk(edit) => edit.current(world)?,
            Edit::Dismiss(_, suggestion) => {
                let lead = world.lead(suggestion.what.lead());
                let lead = lead.ok_or_else(people::no_lead)?;
                serde_json::to_value(lead.suggestions.get(&suggestion.what.id()))?
            }
        })
    }
}

/// What is answered of something that was taken away; nothing while it is there.
fn removed(gone: bool, id: Uuid) -> Result<serde_json::Value, Failure> {
    Ok(serde_json::to_value(gone.then_some(Removed { id }))?)
}

/// Refuses to change a conversation that someone else wrote down.
fn may_change(world: &World, id: ConversationId, member: &Member) -> Result<(), Failure> {
    let known = world.conversation(id);
    let open = known.is_none_or(|known| known.conversation.is_open_to(&member.email, member.role));
    let closed = || Failure::new(ErrorCode::Forbidden, "someone else wrote this down");
    open.then_some(()).ok_or_else(closed)
}

/// Refuses to change a view that is somebody else's, or to show one to everyone.
fn may_keep(world: &World, id: ViewId, shared: bool, member: &Member) -> Result<(), Failure> {
    if let Some(known) = world.settings.views.get(&id) {
        if !known.is_seen_by(member.id) {
            return Err(nothing_there());
        }
        if !known.is_changed_by(member.id, member.role) {
            let why = "somebody else made this view";
            return Err(Failure::new(ErrorCode::Forbidden, why));
        }
    }
    if shared && !View::is_shared_by(member.role) {
        let why = "this role shares no views";
        return Err(Failure::new(ErrorCode::Forbidden, why));
    }
    Ok(())
}

pub(super) fn nothing_there() -> Failure {
    Failure::new(ErrorCode::NotFound, "nothing has this id")
}

fn no_visitor() -> Failure {
    Failure::new(ErrorCode::NotFound, "no visitor has this id")
}
