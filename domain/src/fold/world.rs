//! The projections at hand, and how a fact changes them.

use super::changes::{Changes, StoredActivity};
use super::memory::{ACTIVITY_BYTES, PERSON_BYTES, touch_bytes, visitor_bytes};
use super::own::{Own, learn};
use super::reached::Came;
use super::settings::Settings;
use super::shapes::Shapes;
use super::verdicts::may_weigh;
use crate::id::{EventId, LeadId, Ms, VisitorId};
use crate::identity::{Claim, Email};
use crate::journal::{Actor, Body, Fact, FirstTouchMoved, Tracked, VisitorIdentified};
use crate::lead::{Field, Lead};
use crate::score::{Activity, Scorer};
use crate::session::{self, Session};
use crate::touch::TouchAt;
use crate::visitor::{Binding, Visitor};
use crate::wire::Kind;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Something that came: not yet a fact, because it has no number.
#[derive(Clone, Debug)]
pub struct Input {
    /// When what it tells of happened.
    pub occurred_at: Ms,
    /// Who caused it.
    pub actor: Actor,
    /// What it tells.
    pub body: Body,
}

/// The part of the projections that is at hand. Whoever fills it sees to this: with a visitor come all
/// leads it was identified as, with a lead come all its visitors, each with all its touches and activities.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Settings and rulebook.
    pub settings: Settings,
    /// The dictionary of shapes, whole.
    pub shapes: Shapes,
    pub(super) visitors: HashMap<VisitorId, Visitor>,
    pub(super) leads: HashMap<LeadId, Lead>,
    pub(super) emails: HashMap<Email, LeadId>,
    scorer: Option<Scorer>,
    pub(super) changes: Changes,
    pub(super) bytes: usize,
}

/// Events of one browser that weigh; more are kept and weigh nothing. A person reads a few hundred pages.
const VISITOR_ACTIVITIES_MAX: usize = 20_000;
/// Forms by which one browser may name someone; more are kept and name nobody.
const VISITOR_BINDINGS_MAX: usize = 50;
/// Browsers of one lead; a form on one more is kept and names nobody. An address that so many type is nobody's.
const LEAD_VISITORS_MAX: usize = 200;

/// Facts on their way.
pub(super) struct Written {
    facts: Vec<Fact>,
    seq: u64,
    now: Ms,
}

impl World {
    /// A world with the settings and the dictionary, and nobody in it yet.
    pub fn new(settings: Settings, shapes: Shapes) -> World {
        World {
            settings,
            shapes,
            ..World::default()
        }
    }

    /// Puts a stored visitor at hand.
    pub fn put_visitor(&mut self, visitor: Visitor) {
        self.bytes = self.bytes.saturating_add(visitor_bytes(&visitor));
        self.visitors.insert(visitor.id, visitor);
    }

    /// Puts a stored lead at hand.
    pub fn put_lead(&mut self, lead: Lead) {
        self.bytes = self.bytes.saturating_add(PERSON_BYTES);
        self.emails.insert(lead.email.clone(), lead.id);
        self.leads.insert(lead.id, lead);
    }

    /// A visitor at hand.
    pub fn visitor(&self, id: VisitorId) -> Option<&Visitor> {
        self.visitors.get(&id)
    }

    /// A lead at hand.
    pub fn lead(&self, id: LeadId) -> Option<&Lead> {
        self.leads.get(&id)
    }

    /// The lead at hand that has this address.
    pub fn lead_of(&self, email: &Email) -> Option<&Lead> {
        self.emails.get(email).and_then(|id| self.leads.get(id))
    }

    /// Every visitor at hand.
    pub fn visitors(&self) -> impl Iterator<Item = &Visitor> {
        self.visitors.values()
    }

    /// Every lead at hand.
    pub fn leads(&self) -> impl Iterator<Item = &Lead> {
        self.leads.values()
    }

    /// Takes inputs in: decides what they decide, and applies all of it. The facts are numbered from
    /// `next_seq`; `now` is when they are written. Repeats must have been left out.
    pub fn take(&mut self, inputs: Vec<Input>, now: Ms, next_seq: u64) -> Vec<Fact> {
        let mut written = Written {
            facts: Vec::with_capacity(inputs.len()),
            seq: next_seq,
            now,
        };
        let mut came = Came::new();
        for input in inputs {
            let at = input.occurred_at;
            let decision = match &input.body {
                Body::Tracked(tracked) => self.identify(tracked, at),
                _ => None,
            };
            if let Body::Tracked(tracked) = &input.body {
                let event = &tracked.event;
                let of_visitor = came.entry(event.visitor).or_default();
                of_visitor.insert((at, event.id));
            }
            let judged = match &input.body {
                Body::VerdictChanged(changed) => Some(changed.visitor),
                _ => None,
            };
            self.write(&mut written, at, input.actor, input.body);
            if let Some(identified) = decision {
                let body = Body::VisitorIdentified(identified);
                self.write(&mut written, at, Actor::System, body);
            }
            if let Some(visitor) = judged {
                self.follow_verdict(&mut written, visitor);
            }
        }
        for moved in self.settle() {
            let body = Body::FirstTouchMoved(moved);
            self.write(&mut written, now, Actor::System, body);
        }
        self.note_key_events(&mut written, &came);
        written.facts
    }

    /// Makes a fact and applies it.
    pub(super) fn write(
        &mut self,
        written: &mut Written,
        occurred_at: Ms,
        actor: Actor,
        body: Body,
    ) {
        let fact = Fact {
            seq: written.seq,
            at: written.now,
            occurred_at,
            actor,
            body,
        };
        self.apply(&fact);
        written.facts.push(fact);
        written.seq = written.seq.saturating_add(1);
    }

    /// Applies facts as they were written. What `take` decided is among them and is not decided again.
    pub fn replay<'a>(&mut self, facts: impl IntoIterator<Item = &'a Fact>) {
        for fact in facts {
            self.apply(fact);
        }
        self.settle();
    }

    /// Scores everyone at hand by the current rulebook who was scored by an older one.
    pub fn rescore(&mut self) {
        let version = self.settings.version;
        let visitors = self
            .visitors
            .values()
            .filter(|v| v.rules != version)
            .map(|v| v.id);
        self.changes.visitors.extend(visitors);
        let leads = self
            .leads
            .values()
            .filter(|l| l.rules != version)
            .map(|l| l.id);
        self.changes.leads.extend(leads);
        self.settle();
    }

    /// Lets anonymous visitors go, those first that were longest away, until those at hand take at most `bytes_max`;
    /// whether they do. Whoever is tied to a lead stays, because with one come all.
    pub fn let_go(&mut self, bytes_max: usize) -> bool {
        let anonymous = self.visitors.values().filter(|v| v.bindings.is_empty());
        let mut by_age: Vec<(u64, VisitorId)> = anonymous.map(|v| (v.seq, v.id)).collect();
        by_age.sort_unstable();
        for (_, id) in by_age {
            if self.bytes <= bytes_max {
                break;
            }
            if let Some(gone) = self.visitors.remove(&id) {
                self.bytes = self.bytes.saturating_sub(visitor_bytes(&gone));
            }
        }
        self.bytes <= bytes_max
    }

    /// About how much memory those at hand take, in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// What has changed since the last call.
    pub fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }

    /// Whom an event names when it comes. Programs name nobody.
    fn identify(&self, tracked: &Tracked, at: Ms) -> Option<VisitorIdentified> {
        let event = &tracked.event;
        let known = self.visitors.get(&event.visitor);
        if !may_weigh(known, tracked.stamp.bot.is_some()) {
            return None;
        }
        self.name(event.visitor, event.id, event.content.claim()?, at)
    }

    /// Whom a claim names: it opens a lead or attaches the browser to the lead of that address, and fills what
    /// is empty.
    pub(super) fn name(
        &self,
        visitor: VisitorId,
        event: EventId,
        claim: Claim,
        at: Ms,
    ) -> Option<VisitorIdentified> {
        let known = self.lead_of(&claim.email);
        let often = self
            .visitors
            .get(&visitor)
            .is_some_and(|v| v.bindings.len() >= VISITOR_BINDINGS_MAX);
        let everywhere = known.is_some_and(|lead| {
            lead.visitors.len() >= LEAD_VISITORS_MAX && !lead.visitors.contains(&visitor)
        });
        if often || everywhere {
            return None;
        }
        let is_empty = |field: &Field| known.is_none_or(|lead| !lead.fields.contains_key(field));
        Some(VisitorIdentified {
            visitor,
            lead: known.map_or(LeadId::from(event), |lead| lead.id),
            opened: known.is_none(),
            email: claim.email,
            from: at,
            because: event,
            filled: claim
                .fields
                .into_iter()
                .filter(|(field, _)| is_empty(field))
                .collect(),
        })
    }

    /// Applies one fact. Scores and touches of leads are brought up to date by `settle`.
    fn apply(&mut self, fact: &Fact) {
        match &fact.body {
            Body::WorkspaceOpened(opened) => {
                self.settings.company.clone_from(&opened.company);
                self.settings.zone = opened.zone;
                self.set_rulebook(fact, 1, opened.rulebook.clone(), None);
            }
            Body::SiteSaved(saved) => {
                let site = saved.site.clone();
                self.settings.sites.insert(site.key.clone(), site);
                self.changes.settings = true;
            }
            Body::RulebookPublished(published) => {
                let by = Some(published.by.clone());
                self.set_rulebook(fact, published.version, published.rulebook.clone(), by);
            }
            Body::Tracked(tracked) => self.apply_tracked(fact, tracked),
            Body::VisitorIdentified(identified) => self.apply_identified(fact, identified),
            Body::FirstTouchMoved(moved) => {
                if let Some(lead) = self.leads.get_mut(&moved.lead) {
                    lead.seq = fact.seq;
                    self.changes.leads.insert(moved.lead);
                }
            }
            Body::VerdictChanged(changed) => self.apply_verdict(fact, changed),
            Body::IdentificationWithdrawn(withdrawn) => self.apply_withdrawn(fact, withdrawn),
            Body::KeyEventReached(reached) => self.apply_reached(fact, reached),
        }
    }

    fn set_rulebook(
        &mut self,
        fact: &Fact,
        version: u32,
        rulebook: crate::rulebook::Rulebook,
        by: Option<String>,
    ) {
        self.settings.version = version;
        self.settings.rulebook = rulebook;
        self.settings.published_at = fact.at;
        self.settings.published_by = by;
        self.settings.published_seq = fact.seq;
        self.scorer = None;
        self.changes.settings = true;
        self.changes.rulebook = true;
    }

    fn apply_tracked(&mut self, fact: &Fact, tracked: &Tracked) {
        let event = &tracked.event;
        let known = self.visitors.get(&event.visitor);
        let few = known.is_none_or(|visitor| visitor.activities.len() < VISITOR_ACTIVITIES_MAX);
        let weighs = may_weigh(known, tracked.stamp.bot.is_some()) && few;
        let shape = event.shape(&tracked.stamp);
        let kept = self.kept(fact.occurred_at, tracked, &shape);
        let shape = if weighs {
            shape
        } else {
            shape.without_details()
        };
        let shape = self.shapes.number(shape, &mut self.changes.shapes);
        let activity = Activity {
            at: fact.occurred_at,
            event: event.id,
            shape,
        };
        let visitor = self
            .visitors
            .entry(event.visitor)
            .or_insert_with(|| Visitor::new(event.visitor));
        visitor.first_at = visitor.first_at.min(fact.occurred_at);
        visitor.last_at = visitor.last_at.max(fact.occurred_at);
        visitor.seq = fact.seq;
        if let Some(reason) = tracked.stamp.bot {
            visitor.suspected = visitor.suspected.saturating_add(1);
            visitor.reason = Some(reason);
        }
        if let Some(kept) = kept {
            visitor.kept = visitor.kept.saturating_add(1);
            let key = (fact.occurred_at, event.id);
            visitor.aside.kept.insert(key, kept);
        }
        if weighs {
            visitor.activities.insert(activity);
            visitor.views = visitor
                .views
                .saturating_add(u32::from(event.kind() == Kind::PageView));
            if let Some(device) = tracked.stamp.device {
                visitor.see(fact.occurred_at, device);
            }
            if let Some(touch) = &tracked.stamp.touch {
                let touch = TouchAt {
                    at: fact.occurred_at,
                    event: event.id,
                    touch: touch.clone(),
                };
                self.bytes = self.bytes.saturating_add(touch_bytes(&touch));
                visitor.add_touch(touch.clone());
                self.changes.touches.push((event.visitor, touch));
            }
        }
        self.bytes = self.bytes.saturating_add(ACTIVITY_BYTES);
        let owner = visitor.owner(fact.occurred_at, event.id);
        self.changes.activities.push(StoredActivity {
            visitor: event.visitor,
            activity,
            seq: fact.seq,
            weighs,
        });
        self.changes.visitors.insert(event.visitor);
        self.touch_leads(owner, fact.seq);
    }

    fn apply_identified(&mut self, fact: &Fact, identified: &VisitorIdentified) {
        let lead = self.leads.entry(identified.lead).or_insert_with(|| Lead {
            id: identified.lead,
            email: identified.email.clone(),
            created_at: identified.from,
            fields: BTreeMap::new(),
            visitors: BTreeSet::new(),
            score: 0,
            rules: 0,
            first_touch: None,
            last_touch: None,
            last_at: identified.from,
            seq: fact.seq,
        });
        if identified.from < lead.created_at {
            lead.created_at = identified.from;
            self.changes.backdated.insert(identified.lead);
        }
        lead.visitors.insert(identified.visitor);
        for (field, value) in &identified.filled {
            lead.fields.entry(*field).or_insert_with(|| value.clone());
        }
        self.emails
            .insert(identified.email.clone(), identified.lead);
        let binding = Binding {
            from: identified.from,
            event: identified.because,
            lead: identified.lead,
            filled: identified.filled.keys().collect(),
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
        self.touch_leads(before.into_iter().chain([identified.lead]), fact.seq);
    }

    pub(super) fn touch_leads(&mut self, leads: impl IntoIterator<Item = LeadId>, seq: u64) {
        for id in leads {
            if let Some(lead) = self.leads.get_mut(&id) {
                lead.seq = seq;
                self.changes.leads.insert(id);
            }
        }
    }

    /// Brings the scores and touches of everyone who changed up to date; the first touches that moved.
    fn settle(&mut self) -> Vec<FirstTouchMoved> {
        let mut scorer = self
            .scorer
            .take()
            .unwrap_or_else(|| Scorer::new(&self.settings.rulebook, self.settings.zone));
        let (version, published_seq) = (self.settings.version, self.settings.published_seq);
        for id in &self.changes.visitors {
            if let Some(visitor) = self.visitors.get_mut(id) {
                learn(&mut scorer, &self.shapes, &visitor.activities);
                visitor.score = scorer.total(visitor.activities.iter().map(|a| (a.at, a.shape)));
                if visitor.rules != version {
                    visitor.rules = version;
                    visitor.seq = visitor.seq.max(published_seq);
                }
            }
        }
        let mut moved = Vec::new();
        for id in &self.changes.leads {
            let Some(lead) = self.leads.get(id) else {
                continue;
            };
            let own = Own::of(lead, &self.visitors);
            learn(&mut scorer, &self.shapes, &own.activities);
            let score = scorer.total(own.activities.iter().map(|a| (a.at, a.shape)));
            let Some(lead) = self.leads.get_mut(id) else {
                continue;
            };
            lead.score = score;
            if lead.rules != version {
                lead.rules = version;
                lead.seq = lead.seq.max(published_seq);
            }
            lead.last_at = own
                .activities
                .last()
                .map_or(lead.created_at, |a| a.at.max(lead.created_at));
            if let (Some(from), Some(to)) = (&lead.first_touch, &own.first)
                && from.event != to.event
            {
                moved.push(FirstTouchMoved {
                    lead: lead.id,
                    from: from.event,
                    to: to.event,
                });
            }
            lead.first_touch = own.first;
            lead.last_touch = own.last;
        }
        self.scorer = Some(scorer);
        moved
    }

    /// The activities that are a lead's own, in order.
    pub fn activities_of(&self, lead: &Lead) -> BTreeSet<Activity> {
        Own::of(lead, &self.visitors).activities
    }

    /// The touches that are a lead's own, in order.
    pub fn touches_of(&self, lead: &Lead) -> Vec<TouchAt> {
        let mut touches: Vec<TouchAt> = Own::touches(lead, &self.visitors).cloned().collect();
        touches.sort_by_key(|t| (t.at, t.event));
        touches
    }

    /// The sessions of a lead's own history, those of each browser together, oldest first.
    pub fn sessions_of(&self, lead: &Lead) -> Vec<Session> {
        let visitors = lead.visitors.iter().filter_map(|id| self.visitors.get(id));
        visitors
            .flat_map(|visitor| {
                let is_own = |at, event| visitor.owner(at, event) == Some(lead.id);
                session::of(visitor, &self.shapes, is_own)
            })
            .collect()
    }
}
