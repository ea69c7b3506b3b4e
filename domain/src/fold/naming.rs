//! Whom an event names: what it claims, and what of that holds.
//!
//! What a visitor types is a claim. It opens a lead, or attaches the browser to the lead that has the e-mail address, else
//! the telephone number; it fills what is empty, merges nothing and overwrites nothing. What it says beyond that becomes a
//! suggestion.

use super::alike;
use super::memory::PERSON_BYTES;
use super::verdicts::may_weigh;
use super::world::{World, Written};
use crate::contact::Key;
use crate::family::Family;
use crate::id::{EventId, LeadId, Ms, VisitorId};
use crate::identity::Claim;
use crate::journal::{Actor, Body, Fact, SuggestionMade, Tracked, VisitorIdentified};
use crate::lead::{By, Field, Fill, Lead, Membership};
use crate::profile::{FieldId, Value};
use crate::suggestion::{Suggested, Why};
use crate::visitor::{Binding, Visitor};

/// Forms by which one browser may name someone; more are kept and name nobody.
const VISITOR_BINDINGS_MAX: usize = 50;
/// Browsers of one lead; a form on one more is kept and names nobody. An address that so many type is nobody's.
const LEAD_VISITORS_MAX: usize = 200;

/// What an event decides about who its visitor is.
#[derive(Default)]
pub(super) struct Named {
    identified: Option<VisitorIdentified>,
    suggested: Vec<SuggestionMade>,
}

impl World {
    /// Whom an event names when it comes. Programs name nobody.
    pub(super) fn identify(&self, tracked: &Tracked, at: Ms) -> Named {
        let event = &tracked.event;
        let known = self.visitors.get(&event.visitor);
        if !may_weigh(known, tracked.stamp.bot.is_some()) {
            return Named::default();
        }
        let claim = event.content.claim();
        let named = claim.map(|claim| self.name(event.visitor, event.id, claim, at));
        named.unwrap_or_default()
    }

    /// Writes what an event decides.
    pub(super) fn write_named(&mut self, written: &mut Written, at: Ms, named: Named) {
        if let Some(mut identified) = named.identified {
            let company = identified.filled.get(&Field::Company).cloned();
            let (lead, because) = (identified.lead, identified.because.0);
            identified.account = self.place(
                written,
                at,
                lead,
                (&identified.keys, company),
                (because, None),
            );
            let renamed = identified
                .filled
                .keys()
                .any(|field| alike::names(&FieldId::Standard(*field)));
            let body = Body::VisitorIdentified(identified);
            self.write(written, at, Actor::System, body);
            if renamed {
                self.suggest_alike(written, at, lead);
            }
        }
        for made in named.suggested {
            self.suggest(written, at, made);
        }
    }

    /// Whom a claim names.
    pub(super) fn name(&self, visitor: VisitorId, event: EventId, claim: Claim, at: Ms) -> Named {
        let keys = claim.keys();
        let known = keys.first().and_then(|key| self.lead_of(key));
        let family = known.and_then(|lead| self.family(lead.id));
        let often = self
            .visitors
            .get(&visitor)
            .is_some_and(|v| v.bindings.len() >= VISITOR_BINDINGS_MAX);
        let everywhere = family.as_ref().is_some_and(|family| {
            let visitors = family.visitors();
            visitors.len() >= LEAD_VISITORS_MAX && !visitors.contains(&visitor)
        });
        if often || everywhere {
            return Named::default();
        }
        let lead = known.map_or(LeadId::from(event), |lead| lead.id);
        let (own, suggested) = self.claimed(lead, event, family.as_ref(), keys);
        let is_empty = |field: &FieldId| {
            let family = family.as_ref();
            family.is_none_or(|family| family.field(field).is_none())
        };
        let filled = claim.fields.into_iter();
        let identified = VisitorIdentified {
            visitor,
            lead,
            opened: known.is_none(),
            keys: own,
            from: at,
            because: event,
            filled: filled
                .filter(|(field, _)| is_empty(&FieldId::Standard(*field)))
                .collect(),
            account: None,
        };
        Named {
            identified: Some(identified),
            suggested,
        }
    }

    /// Which of the claimed keys are this lead's, and what the others suggest. A lead gets a key of a kind that it has
    /// none of, where nobody else has it.
    fn claimed(
        &self,
        lead: LeadId,
        event: EventId,
        family: Option<&Family<'_>>,
        keys: Vec<Key>,
    ) -> (Vec<Key>, Vec<SuggestionMade>) {
        let (mut own, mut suggested) = (Vec::new(), Vec::new());
        let why = || Why::ClaimedTogether(event);
        for key in keys {
            let holder = self.lead_of(&key).map(|holder| holder.id);
            let has_one = family.is_some_and(|family| {
                let own = family.keys();
                own.iter().any(|(own, _)| own.kind() == key.kind())
            });
            match holder {
                Some(holder) if holder == lead => own.push(key),
                Some(holder) if family.is_some_and(|family| family.holds(holder)) => {}
                Some(holder) => suggested.push(SuggestionMade {
                    what: Suggested::same_person(self.root(lead), self.root(holder)),
                    why: why(),
                }),
                None if !has_one => own.push(key),
                None => suggested.push(SuggestionMade {
                    what: Suggested::OwnKey(self.root(lead), key),
                    why: why(),
                }),
            }
        }
        (own, suggested)
    }

    pub(super) fn apply_identified(&mut self, fact: &Fact, identified: &VisitorIdentified) {
        let (id, from, because) = (identified.lead, identified.from, identified.because);
        let by = By::Claim(because);
        let lead = self
            .leads
            .entry(id)
            .or_insert_with(|| Lead::new(id, from, fact.seq));
        if from < lead.created_at {
            lead.created_at = from;
            self.changes.rooted.insert(id);
        }
        lead.visitors.insert(identified.visitor);
        for key in &identified.keys {
            lead.give(key.clone(), fact.seq, by);
            self.keys.insert(key.clone(), id);
            self.changes.keys.insert(key.clone());
        }
        for (field, value) in &identified.filled {
            let fill = Fill {
                at: from,
                seq: fact.seq,
                value: Some(Value::Text(value.clone())),
                by,
            };
            lead.fill(FieldId::Standard(*field), fill);
            self.changes.named.insert(id);
        }
        if let Some(account) = identified.account {
            lead.place(Membership {
                at: from,
                seq: fact.seq,
                account: Some(account),
                by,
            });
            self.changes.rooted.insert(id);
        }
        let binding = Binding {
            from,
            event: because,
            lead: id,
        };
        let visitor = self
            .visitors
            .entry(identified.visitor)
            .or_insert_with(|| Visitor::new(identified.visitor));
        visitor.seq = fact.seq;
        // What the new lead gets, whoever had it until now loses.
        let before = visitor.owner(binding.from, binding.event);
        if visitor.bindings.insert(binding) {
            self.changes.bindings.push((identified.visitor, binding));
        }
        self.bytes = self.bytes.saturating_add(PERSON_BYTES);
        self.changes.visitors.insert(identified.visitor);
        self.touch_leads(before.into_iter().chain([id]), fact.seq);
    }
}
