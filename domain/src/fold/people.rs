//! What members, files and other systems put down of people; merging, its undoing, and suggestions.
//!
//! What they say is proof: it overwrites, and it merges two people whose keys complement each other. Where each of the two
//! has a key of the same kind, it only suggests that they are one. A merge is an edge between two records and undoing takes
//! it away: what was written meanwhile stays with whom it was written to.

use super::alike;
use super::memory::lead_bytes;
use super::world::{World, Written};
use crate::contact::Key;
use crate::family::{Family, RECORDS_MAX};
use crate::id::{EventId, LeadId, Ms};
use crate::journal::{
    Actor, Body, Fact, LeadPut, LeadsMerged, MergeUndone, SuggestionDismissed, SuggestionMade,
};
use crate::lead::{By, Field, Fill, Lead, Membership};
use crate::profile::FieldId;
use crate::suggestion::{SUGGESTIONS_MAX, Settled, Suggested, Suggestion, Why};
use std::collections::BTreeSet;

impl World {
    /// Who is shown for this record: itself, or the one that it was merged into.
    pub fn root(&self, id: LeadId) -> LeadId {
        let mut root = id;
        for _ in 0..RECORDS_MAX {
            match self.leads.get(&root).and_then(|lead| lead.merged_into) {
                // Into somebody who was erased since, nobody is merged.
                Some(into) if self.leads.contains_key(&into) => root = into,
                _ => break,
            }
        }
        root
    }

    /// The person that this record is of, with all of its records.
    pub fn family(&self, id: LeadId) -> Option<Family<'_>> {
        let root = self.leads.get(&self.root(id))?;
        let mut merged: Vec<&Lead> = Vec::new();
        let mut open = vec![root];
        while let Some(lead) = open.pop() {
            let absorbed = lead.absorbed.iter().filter_map(|id| self.leads.get(id));
            for lead in absorbed.take(RECORDS_MAX.saturating_sub(merged.len())) {
                merged.push(lead);
                open.push(lead);
            }
        }
        merged.sort_by_key(|lead| lead.id);
        Some(Family::new(root, merged))
    }

    /// Every person at hand.
    pub fn families(&self) -> impl Iterator<Item = Family<'_>> {
        let roots = self
            .leads
            .values()
            .filter(|lead| lead.merged_into.is_none());
        roots.filter_map(|lead| self.family(lead.id))
    }

    /// Puts someone down, by whichever door: decides of which company one is, and what follows.
    pub(super) fn put_down(
        &mut self,
        written: &mut Written,
        at: Ms,
        actor: Actor,
        mut put: Box<LeadPut>,
    ) {
        self.place_put(written, at, &mut put);
        self.join_put(written, at, &put);
        self.write(written, at, actor, Body::LeadPut(put.clone()));
        self.suggest_put(written, at, &put);
        if put.set.keys().any(alike::names) {
            self.suggest_alike(written, at, put.lead);
        }
    }

    /// Decides who is one with whom something is about to be put down of: before it is, so that the other's records take
    /// what it proves.
    fn join_put(&mut self, written: &mut Written, at: Ms, put: &LeadPut) {
        let new = put.keys.iter().filter(|key| self.lead_of(key).is_none());
        let new: BTreeSet<&str> = new.map(Key::kind).collect();
        for key in &put.keys {
            let Some((own, other)) = self.apart(put.lead, key) else {
                continue;
            };
            if self.complement(own, other, &new) {
                let (survivor, merged) = self.elder(own, other);
                let body = Body::LeadsMerged(LeadsMerged {
                    key: None,
                    survivor,
                    merged,
                    by: None,
                    because: Some(put.key),
                    import: put.import,
                });
                self.write(written, at, Actor::System, body);
            }
        }
    }

    /// Suggests that those are one whose keys were put down together and who are two still.
    fn suggest_put(&mut self, written: &mut Written, at: Ms, put: &LeadPut) {
        for key in &put.keys {
            if let Some((own, other)) = self.apart(put.lead, key) {
                let made = SuggestionMade {
                    what: Suggested::same_person(own, other),
                    why: Why::PutTogether(put.key),
                };
                self.suggest(written, at, made);
            }
        }
    }

    /// This person and the one who has that key, if they are two.
    fn apart(&self, id: LeadId, key: &Key) -> Option<(LeadId, LeadId)> {
        let (own, other) = (self.root(id), self.root(self.lead_of(key)?.id));
        (own != other).then_some((own, other))
    }

    /// Which of two people survives their merging, and which is merged: whom the base knows longer stays.
    pub fn elder(&self, one: LeadId, other: LeadId) -> (LeadId, LeadId) {
        let since = |id: LeadId| {
            let family = self.family(id);
            (family.map_or(Ms::MAX, |family| family.created_at()), id)
        };
        if since(one) <= since(other) {
            (one, other)
        } else {
            (other, one)
        }
    }

    /// Whether the two have no two keys of the same kind, the one getting new ones too, and few enough records.
    fn complement(&self, one: LeadId, other: LeadId, new: &BTreeSet<&str>) -> bool {
        let (Some(one), Some(other)) = (self.family(one), self.family(other)) else {
            return false;
        };
        let records = one
            .records()
            .count()
            .saturating_add(other.records().count());
        let kinds: BTreeSet<_> = one.keys().iter().map(|(key, _)| key.kind()).collect();
        let others = other.keys();
        let mut others = others.iter().map(|(key, _)| key.kind());
        records <= RECORDS_MAX && others.all(|kind| !kinds.contains(kind) && !new.contains(kind))
    }

    /// Makes a suggestion, unless it was made before or there are too many.
    pub(super) fn suggest(&mut self, written: &mut Written, at: Ms, made: SuggestionMade) {
        let id = made.what.id();
        let about = made.what.leads();
        let known = about.iter().filter_map(|lead| self.leads.get(lead));
        let full = known
            .clone()
            .any(|lead| lead.suggestions.len() >= SUGGESTIONS_MAX);
        let is_new = !known.clone().any(|lead| lead.suggestions.contains_key(&id));
        if is_new && !full && known.count() == about.len() {
            self.write(written, at, Actor::System, Body::SuggestionMade(made));
        }
    }

    pub(super) fn apply_put(&mut self, fact: &Fact, put: &LeadPut) {
        let (id, at) = (put.lead, fact.occurred_at);
        let by = put.import.map_or(By::Edit, By::Import);
        let before = self.leads.get(&id).map(lead_bytes);
        let mut lead = self
            .leads
            .remove(&id)
            .unwrap_or_else(|| Lead::new(id, at, fact.seq));
        lead.put(at, by);
        if at < lead.created_at {
            lead.created_at = at;
            self.changes.rooted.insert(id);
        }
        for key in &put.dropped {
            lead.keys.remove(key);
            self.keys.remove(key);
            self.changes.keys.insert(key.clone());
        }
        for key in &put.keys {
            let holder = *self.keys.entry(key.clone()).or_insert(id);
            if holder == id {
                lead.give(key.clone(), fact.seq, by);
                self.changes.keys.insert(key.clone());
            }
        }
        let claims = put.keys.iter().cloned();
        let claims: Vec<_> = claims.map(|key| Suggested::OwnKey(id, key)).collect();
        for (field, value) in &put.set {
            let fill = Fill {
                at,
                seq: fact.seq,
                value: value.clone(),
                by,
            };
            lead.fill(field.clone(), fill);
            self.changes.named.insert(id);
        }
        let member = place_by(&mut lead, fact, put);
        self.changes
            .rooted
            .extend(put.account.is_some().then_some(id));
        for tag in &put.tagged {
            lead.tags.entry(tag.clone()).or_insert(put.import);
        }
        for tag in &put.untagged {
            lead.tags.remove(tag);
        }
        if lead.origin.is_none() {
            lead.origin.clone_from(&put.origin);
        }
        if let Some(import) = put.import {
            self.changes.imported.insert((import, id));
            let known = self.imports.entry(import).or_default();
            known.done = known.done.saturating_add(1);
            known.opened = known.opened.saturating_add(u32::from(put.opened));
            known.seq = fact.seq;
            self.changes.imports.insert(import);
        }
        let grown = lead_bytes(&lead).saturating_sub(before.unwrap_or(0));
        self.bytes = self.bytes.saturating_add(grown);
        self.leads.insert(id, lead);
        for claim in claims.into_iter().chain(member) {
            self.settle_suggestion(claim, Settled::Taken);
        }
        self.touch_leads([id], fact.seq);
        self.vouch(fact, put, by);
    }

    /// Gives the person's other records what was put down of a key that they have.
    fn vouch(&mut self, fact: &Fact, put: &LeadPut, by: By) {
        let own = self.root(put.lead);
        for key in &put.keys {
            let Some(holder) = self.lead_of(key).map(|lead| lead.id) else {
                continue;
            };
            if holder == put.lead || self.root(holder) != own {
                continue;
            }
            if let Some(lead) = self.leads.get_mut(&holder) {
                lead.give(key.clone(), fact.seq, by);
            }
            let imported = put.import.map(|import| (import, holder));
            self.changes.imported.extend(imported);
            self.settle_suggestion(Suggested::OwnKey(holder, key.clone()), Settled::Taken);
            self.touch_leads([holder], fact.seq);
        }
    }

    pub(super) fn apply_merged(&mut self, fact: &Fact, merged: &LeadsMerged) {
        let (survivor, gone) = (merged.survivor, merged.merged);
        self.settle_suggestion(Suggested::same_person(survivor, gone), Settled::Taken);
        self.uncount(gone);
        if let Some(lead) = self.leads.get_mut(&gone) {
            lead.merged_into = Some(survivor);
            lead.merged_by = merged.import;
        }
        if let Some(lead) = self.leads.get_mut(&survivor) {
            lead.absorbed.insert(gone);
        }
        self.count_again(gone);
        self.changed_apart(fact, survivor, gone);
    }

    pub(super) fn apply_undone(&mut self, fact: &Fact, undone: &MergeUndone) {
        let (survivor, gone) = (undone.survivor, undone.merged);
        self.part(fact, survivor, gone);
        self.settle_suggestion(Suggested::same_person(survivor, gone), Settled::Dismissed);
    }

    /// Takes the edge between two records away.
    pub(super) fn part(&mut self, fact: &Fact, survivor: LeadId, gone: LeadId) {
        self.uncount(gone);
        if let Some(lead) = self.leads.get_mut(&gone) {
            lead.merged_into = None;
            lead.merged_by = None;
        }
        if let Some(lead) = self.leads.get_mut(&survivor) {
            lead.absorbed.remove(&gone);
        }
        self.count_again(gone);
        self.changed_apart(fact, survivor, gone);
    }

    /// Notes that two were joined or parted: neither's first touch is a late event's doing.
    fn changed_apart(&mut self, fact: &Fact, one: LeadId, other: LeadId) {
        let families = [one, other].map(|id| self.family(id));
        let records = families.iter().flatten().flat_map(Family::records);
        let records: Vec<LeadId> = records.map(|lead| lead.id).collect();
        self.touch_leads([one, other], fact.seq);
        self.changes.leads.extend(&records);
        self.changes.rooted.extend(&records);
        self.changes.named.extend(&records);
        for id in [one, other].map(|id| self.root(id)) {
            if let Some(lead) = self.leads.get_mut(&id) {
                lead.first_touch = None;
            }
        }
    }

    pub(super) fn apply_suggested(&mut self, fact: &Fact, made: &SuggestionMade) {
        let id = made.what.id();
        for about in made.what.leads() {
            if let Some(lead) = self.leads.get_mut(&about) {
                let suggestion = Suggestion {
                    at: fact.occurred_at,
                    what: made.what.clone(),
                    why: made.why.clone(),
                    state: Settled::Open,
                };
                lead.suggestions.insert(id, suggestion);
            }
            self.changes.suggestions.insert((about, id));
            self.touch_leads([about], fact.seq);
        }
    }

    pub(super) fn apply_dismissed(&mut self, fact: &Fact, dismissed: &SuggestionDismissed) {
        self.settle_suggestion(dismissed.what.clone(), Settled::Dismissed);
        self.touch_leads(dismissed.what.leads(), fact.seq);
    }

    fn settle_suggestion(&mut self, what: Suggested, state: Settled) {
        let id = what.id();
        for about in what.leads() {
            let lead = self.leads.get_mut(&about);
            if let Some(suggestion) = lead.and_then(|lead| lead.suggestions.get_mut(&id)) {
                suggestion.state = state;
                self.changes.suggestions.insert((about, id));
                self.changes.leads.insert(about);
            }
        }
    }

    /// Takes back what these wrote to a record, and its keys that nobody else gave.
    pub(super) fn take_back(&mut self, id: LeadId, wrote: impl Fn(&By) -> bool) {
        if let Some(lead) = self.leads.get_mut(&id) {
            for key in lead.take_back(wrote) {
                self.keys.remove(&key);
                self.changes.keys.insert(key);
            }
            self.changes.named.insert(id);
            self.changes.rooted.insert(id);
        }
    }

    /// Takes a record away that nothing names any more.
    pub(super) fn remove_lead(&mut self, id: LeadId) {
        self.forget_pursuit(id);
        self.forget_tasks(|of| of == id);
        if let Some(lead) = self.leads.remove(&id) {
            for key in lead.keys.into_keys() {
                self.keys.remove(&key);
                self.changes.keys.insert(key);
            }
            let open = lead.suggestions.into_keys();
            self.changes.suggestions.extend(open.map(|open| (id, open)));
            self.changes.gone.insert(id);
            self.changes.entries.retain(|(lead, _)| *lead != id);
            self.changes.named.insert(id);
        }
    }

    /// Whether something but this event names a record.
    pub(super) fn is_named_otherwise(&self, id: LeadId, but: Option<EventId>) -> bool {
        let Some(lead) = self.leads.get(&id) else {
            return false;
        };
        let visitors = lead.visitors.iter().filter_map(|id| self.visitors.get(id));
        let mut bindings = visitors.flat_map(|visitor| &visitor.bindings);
        let mut givers = lead.keys.values().flat_map(|held| &held.by);
        !lead.puts.is_empty()
            || givers.any(|by| !matches!(by, By::Claim(_)))
            || lead.conversations > 0
            || !lead.absorbed.is_empty()
            || lead.merged_into.is_some()
            || bindings.any(|binding| binding.lead == id && Some(binding.event) != but)
    }

    /// The standard fields that an event filled.
    pub(super) fn filled_by(&self, id: LeadId, event: EventId) -> Vec<Field> {
        let lead = self.leads.get(&id);
        let fills = lead.into_iter().flat_map(|lead| &lead.fills);
        let by_it = fills.filter(|(_, fills)| fills.iter().any(|fill| fill.by == By::Claim(event)));
        by_it
            .filter_map(|(field, _)| match field {
                FieldId::Standard(field) => Some(*field),
                FieldId::Custom(_) => None,
            })
            .collect()
    }

    /// Dates a record by what still names it.
    pub(super) fn date_anew(&mut self, id: LeadId) {
        let Some(lead) = self.leads.get(&id) else {
            return;
        };
        let visitors = lead.visitors.iter().filter_map(|id| self.visitors.get(id));
        let bindings = visitors.flat_map(|visitor| &visitor.bindings);
        let named = bindings.filter(|binding| binding.lead == id);
        let put = lead.puts.iter().map(|(at, _)| *at);
        let earliest = named.map(|binding| binding.from).chain(put).min();
        if let (Some(at), Some(lead)) = (earliest, self.leads.get_mut(&id)) {
            lead.created_at = at;
            self.changes.rooted.insert(id);
        }
        let root = self.root(id);
        self.changes.rooted.insert(root);
    }
}

/// Notes what a member or a decision says of a person's place in a company; what that settles.
fn place_by(lead: &mut Lead, fact: &Fact, put: &LeadPut) -> Option<Suggested> {
    if let Some(role) = put.role {
        lead.role = Some((fact.seq, role.chosen()));
    }
    let account = put.account?.chosen();
    lead.place(Membership {
        at: fact.occurred_at,
        seq: fact.seq,
        account,
        by: put.import.map_or(By::Edit, By::Import),
    });
    Some(Suggested::Member(lead.id, account?))
}

#[cfg(test)]
pub(super) mod tests;
