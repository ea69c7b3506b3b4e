//! Conversations: the check of an edit, and what it changes. One belongs to the record it was written to, whoever is shown
//! for that; and a record with one is not taken away when nothing else names it.

use super::edits::{invalid, refuse};
use super::settings::EditError;
use super::world::World;
use crate::api::{RemoveConversation, SaveConversation};
use crate::conversation::{self, Conversation, Noted, limit};
use crate::id::{ConversationId, LeadId, Ms};
use crate::journal::{Body, ConversationRemoved, ConversationSaved, Fact};

impl World {
    /// Puts a stored conversation at hand.
    pub fn put_conversation(&mut self, noted: Noted) {
        self.conversations.insert(noted.conversation.id, noted);
    }

    /// A conversation at hand.
    pub fn conversation(&self, id: ConversationId) -> Option<&Noted> {
        self.conversations.get(&id)
    }

    /// Checks a conversation; the body of the fact that writes it down. It and its person must be at hand.
    pub fn save_conversation(
        &self,
        save: &SaveConversation,
        by: &str,
        now: Ms,
    ) -> Result<Body, EditError> {
        let known = self.conversations.get(&save.id);
        if known.is_none() && save.expected_seq > 0 {
            return Err(EditError::NotFound);
        }
        if save.expected_seq != known.map_or(0, |known| known.seq) {
            return Err(EditError::Conflict);
        }
        let family = self.family(save.lead).ok_or(EditError::NotFound)?;
        let lead = match known {
            Some(known) => known.conversation.lead,
            None => family.root().id,
        };
        if !family.holds(lead) {
            return Err(invalid("lead", "another"));
        }
        let count = self.leads.get(&lead).map_or(0, |lead| lead.conversations);
        if known.is_none() && count >= limit::OF_ONE_MAX {
            return Err(invalid("lead", "too_many"));
        }
        let conversation = Conversation {
            id: save.id,
            lead,
            kind: save.kind,
            at: save.at,
            direction: save.direction,
            text: save.text.clone(),
            outcome: save.outcome,
            seconds: save.seconds,
            by: known.map_or(by, |known| &known.conversation.by).to_owned(),
        };
        let conversation = conversation.cleaned();
        refuse(conversation::check(&conversation, now))?;
        Ok(Body::ConversationSaved(Box::new(ConversationSaved {
            key: save.key,
            conversation,
            by: by.to_owned(),
        })))
    }

    /// Checks that a conversation may be taken away; the body of the fact that does it.
    pub fn remove_conversation(
        &self,
        call: &RemoveConversation,
        by: &str,
    ) -> Result<Body, EditError> {
        let known = self.conversations.get(&call.id);
        let known = known.ok_or(EditError::NotFound)?;
        Ok(Body::ConversationRemoved(ConversationRemoved {
            key: call.key,
            id: call.id,
            lead: known.conversation.lead,
            by: by.to_owned(),
        }))
    }

    pub(super) fn apply_conversation(&mut self, fact: &Fact, saved: &ConversationSaved) {
        let conversation = saved.conversation.clone();
        let (id, lead) = (conversation.id, conversation.lead);
        let noted = Noted {
            seq: fact.seq,
            conversation,
        };
        let attempt = noted.conversation.is_attempt();
        if let (true, Some(lead)) = (
            noted.conversation.is_spoken(),
            self.leads.get_mut(&noted.conversation.lead),
        ) {
            lead.contact(noted.conversation.at);
        }
        if self.conversations.insert(id, noted).is_none() {
            self.count(lead, |count| count.saturating_add(1));
            if attempt {
                self.count_attempt(lead);
            }
        }
        self.changes.conversations.insert(id);
        self.touch_leads([lead], fact.seq);
    }

    pub(super) fn apply_conversation_removed(
        &mut self,
        fact: &Fact,
        removed: &ConversationRemoved,
    ) {
        if self.conversations.remove(&removed.id).is_some() {
            self.count(removed.lead, |count| count.saturating_sub(1));
        }
        self.changes.conversations.insert(removed.id);
        self.touch_leads([removed.lead], fact.seq);
    }

    fn count(&mut self, lead: LeadId, change: impl FnOnce(u32) -> u32) {
        if let Some(lead) = self.leads.get_mut(&lead) {
            lead.conversations = change(lead.conversations);
        }
    }
}

#[cfg(test)]
mod tests;
