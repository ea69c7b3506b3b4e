//! The projections at hand, and how a fact changes them.

use super::advance::Usher;
use super::changes::{Changes, StoredActivity};
use super::memory::{ACTIVITY_BYTES, lead_bytes, touch_bytes, visitor_bytes};
use super::naming::Named;
use super::reached::Came;
use super::segments::Kept;
use super::settings::Settings;
use super::shapes::Shapes;
use super::standing::Judge;
use super::verdicts::may_weigh;
use super::warmth::Warmth;
use crate::account::{Account, Domain};
use crate::contact::Key;
use crate::conversation;
use crate::day::Day;
use crate::id::{AccountId, ConversationId, ImportId, LeadId, Ms, PersonaId, TaskId, VisitorId};
use crate::intake::Import;
use crate::journal::{Actor, Body, Fact, Tracked};
use crate::lead::Lead;
use crate::persona::Persona;
use crate::practice::Loads;
use crate::score::{Activity, Scorer};
use crate::segment::Evaluator;
use crate::task::Noted;
use crate::touch::TouchAt;
use crate::visitor::Visitor;
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

/// Whose score may be another one by a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Browsers.
    pub visitors: Vec<VisitorId>,
    /// People.
    pub leads: Vec<LeadId>,
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
    pub(super) keys: HashMap<Key, LeadId>,
    pub(super) imports: HashMap<ImportId, Import>,
    pub(super) personas: BTreeMap<PersonaId, Persona>,
    pub(super) conversations: HashMap<ConversationId, conversation::Noted>,
    pub(super) tasks: HashMap<TaskId, Noted>,
    pub(super) accounts: HashMap<AccountId, Account>,
    pub(super) domains: HashMap<Domain, AccountId>,
    pub(super) companies: HashMap<String, BTreeSet<AccountId>>,
    pub(super) missing: BTreeSet<AccountId>,
    pub(super) alike: HashMap<String, BTreeSet<LeadId>>,
    pub(super) scorer: Option<Scorer>,
    pub(super) judge: Option<Judge>,
    pub(super) usher: Option<Usher>,
    pub(super) loads: Loads,
    pub(super) segments: BTreeMap<String, Kept>,
    pub(super) evaluator: Option<Evaluator>,
    pub(super) warmth: Warmth,
    pub(super) day: Option<Day>,
    pub(super) changes: Changes,
    pub(super) bytes: usize,
}

/// Events of one browser that weigh; more are kept and weigh nothing. A person reads a few hundred pages.
const VISITOR_ACTIVITIES_MAX: usize = 20_000;
/// Facts on their way.
pub(super) struct Written {
    facts: Vec<Fact>,
    seq: u64,
    now: Ms,
}

impl Written {
    /// Nothing yet: facts are written at that time and numbered from there.
    pub(super) fn from(now: Ms, next_seq: u64) -> Written {
        Written {
            facts: Vec::new(),
            seq: next_seq,
            now,
        }
    }

    /// When they are written.
    pub(super) fn now(&self) -> Ms {
        self.now
    }

    /// The number of the next fact.
    pub(super) fn next_seq(&self) -> u64 {
        self.seq
    }

    /// The facts so far.
    pub(super) fn so_far(&self) -> &[Fact] {
        &self.facts
    }

    /// The facts.
    pub(super) fn facts(self) -> Vec<Fact> {
        self.facts
    }
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
        self.bytes = self.bytes.saturating_add(lead_bytes(&lead));
        for key in lead.keys.keys() {
            self.keys.insert(key.clone(), lead.id);
        }
        self.miss_accounts(&lead);
        let open = lead.tasks.iter();
        self.tasks
            .extend(open.map(|(id, noted)| (*id, noted.clone())));
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

    /// The lead at hand that has this key.
    pub fn lead_of(&self, key: &Key) -> Option<&Lead> {
        self.keys.get(key).and_then(|id| self.leads.get(id))
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
        let mut written = Written::from(now, next_seq);
        let mut came = Came::new();
        for input in inputs {
            let at = input.occurred_at;
            let named = match &input.body {
                Body::Tracked(tracked) => self.identify(tracked, at),
                _ => Named::default(),
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
            let of_company = match &input.body {
                Body::Tracked(tracked) => self.of_company(tracked),
                _ => None,
            };
            match input.body {
                Body::LeadPut(put) => self.put_down(&mut written, at, input.actor, put),
                Body::StageMoved(moved) => self.write_move(&mut written, input.actor, moved),
                Body::LeadAssigned(to) => self.write_assigned(&mut written, input.actor, to),
                Body::ConversationSaved(saved) => {
                    self.write_conversation(&mut written, at, input.actor, saved);
                }
                Body::TaskSaved(saved) => self.write_task(&mut written, input.actor, saved),
                body => self.write(&mut written, at, input.actor, body),
            }
            self.write_named(&mut written, at, named);
            if let Some(of_company) = of_company {
                self.write_of_company(&mut written, at, of_company);
            }
            if let Some(visitor) = judged {
                self.follow_verdict(&mut written, visitor);
            }
        }
        self.conclude(&mut written, &came);
        written.facts()
    }

    /// Scores and touches after what was applied, and what they decide.
    fn conclude(&mut self, written: &mut Written, came: &Came) {
        let now = written.now;
        for moved in self.settle() {
            let body = Body::FirstTouchMoved(moved);
            self.write(written, now, Actor::System, body);
        }
        self.note_key_events(written, came);
        self.define(written);
        self.follow_changes(written);
    }

    /// Takes in that a day has come: whoever of these has another score by it is scored, and what that decides is decided as
    /// if something had happened. Who was scored, and the facts, as of [`World::take`].
    pub fn fade(&mut self, of: &Due, now: Ms, next_seq: u64) -> (Due, Vec<Fact>) {
        let mut written = Written::from(now, next_seq);
        let due = self.mark_due(of);
        self.conclude(&mut written, &Came::new());
        (due, written.facts())
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

    /// Scores as of a day from now on. Without one, as of everybody's own last event: what time alone changes is left out.
    pub fn set_day(&mut self, day: Option<Day>) {
        self.day = day;
    }

    /// The day as of which it scores.
    pub fn day(&self) -> Option<Day> {
        self.day
    }

    /// Takes the day on which something falls as the one as of which it scores.
    pub fn set_now(&mut self, now: Ms) {
        self.day = Some(self.settings.zone.day(now));
    }

    /// Scores those of these anew whose score changes by the day that was set. It decides nothing: a replay calls it.
    pub fn rescore_due(&mut self, of: &Due) {
        self.mark_due(of);
        self.settle();
    }

    fn mark_due(&mut self, of: &Due) -> Due {
        let day = self.day;
        let is_due = |due: Option<Day>| due.is_some_and(|due| day.is_some_and(|day| due <= day));
        let visitors = of.visitors.iter().copied();
        let visitors = visitors.filter(|id| self.visitor(*id).is_some_and(|v| is_due(v.due)));
        let leads = of.leads.iter().copied();
        let leads = leads.filter(|id| self.lead(*id).is_some_and(|lead| is_due(lead.due)));
        let due = Due {
            visitors: visitors.collect(),
            leads: leads.collect(),
        };
        self.changes.visitors.extend(&due.visitors);
        self.changes.leads.extend(&due.leads);
        due
    }

    /// Scores everyone at hand by the current rulebook who was scored by an older one, or stands where an older grading or
    /// other personas put them.
    pub fn rescore(&mut self) {
        let everyone = Due {
            visitors: self.visitors.keys().copied().collect(),
            leads: self.leads.keys().copied().collect(),
        };
        self.rescore_of(&everyone);
    }

    /// The same, of these alone.
    pub fn rescore_of(&mut self, of: &Due) {
        let (version, judged_seq) = (self.settings.version, self.settings.judged_seq);
        let visitors = of.visitors.iter().copied();
        let visitors = visitors.filter(|id| self.visitor(*id).is_some_and(|v| v.rules != version));
        let leads = of.leads.iter().copied();
        let is_old = |lead: &Lead| lead.rules != version || lead.standing.by != judged_seq;
        let leads = leads.filter(|id| self.lead(*id).is_some_and(is_old));
        let (visitors, leads): (Vec<_>, Vec<_>) = (visitors.collect(), leads.collect());
        self.changes.visitors.extend(visitors);
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
        self.note_warmth();
        self.alike.clear();
        std::mem::take(&mut self.changes)
    }

    /// Applies one fact. Scores and touches of leads are brought up to date by `settle`.
    fn apply(&mut self, fact: &Fact) {
        let told = self.told(fact);
        self.apply_body(fact);
        if let Some(told) = told {
            self.note(told);
        }
    }

    fn apply_body(&mut self, fact: &Fact) {
        match &fact.body {
            Body::WorkspaceOpened(opened) => {
                self.settings.company.clone_from(&opened.company);
                self.settings.zone = opened.zone;
                self.evaluator = None;
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
            Body::LeadPut(put) => self.apply_put(fact, put),
            Body::LeadsMerged(merged) => self.apply_merged(fact, merged),
            Body::MergeUndone(undone) => self.apply_undone(fact, undone),
            Body::SuggestionMade(made) => self.apply_suggested(fact, made),
            Body::SuggestionDismissed(dismissed) => self.apply_dismissed(fact, dismissed),
            Body::ImportOpened(opened) => self.apply_import(fact, opened),
            Body::ImportUndone(undone) => self.apply_import_undone(fact, undone),
            Body::ImportTakenBack(taken) => self.apply_taken_back(fact, taken),
            Body::SchemaSaved(saved) => self.apply_schema(fact, saved),
            Body::PersonaSaved(saved) => self.apply_persona(fact, saved),
            Body::PersonaRemoved(removed) => self.apply_persona_removed(fact, removed),
            Body::ConversationSaved(saved) => self.apply_conversation(fact, saved),
            Body::ConversationRemoved(removed) => self.apply_conversation_removed(fact, removed),
            Body::AccountOpened(opened) => self.apply_account_opened(fact, opened),
            Body::AccountSaved(saved) => self.apply_account_saved(fact, saved),
            Body::VisitorOfCompany(of) => self.apply_of_company(fact, of),
            Body::PersonErased(erased) => self.apply_person_erased(fact, erased),
            Body::Erased(erased) => self.apply_erased(fact, erased),
            Body::HeadsNamed(named) => self.apply_heads(named),
            Body::DefinitionDrafted(drafted) => self.apply_drafted(drafted),
            Body::DefinitionSigned(signed) => self.apply_signed(fact, signed),
            Body::DefinitionInForce(holds) => self.apply_in_force(holds),
            Body::StageMoved(moved) => self.apply_stage(fact, moved),
            Body::StepNoted(noted) => self.apply_step(fact, noted),
            Body::LeadAssigned(assigned) => self.apply_assigned(fact, assigned),
            Body::ClockStarted(started) => self.apply_clock(fact, started),
            Body::ClockTurned(turned) => self.apply_turn(fact, turned),
            Body::AccountAssigned(assigned) => self.apply_account_owner(fact, assigned),
            Body::LadderSaved(_)
            | Body::CalendarSaved(_)
            | Body::RoutingSaved(_)
            | Body::AwaySaved(_)
            | Body::MovesApplied(_)
            | Body::RosterTold(_) => self.apply_practice(&fact.body),
            Body::SegmentSaved(saved) => self.apply_segment(fact, saved),
            Body::SegmentRemoved(removed) => self.apply_segment_removed(removed),
            Body::MemberChosen(chosen) => self.apply_chosen(fact, chosen),
            Body::SegmentsMoved(moved) => self.apply_moved(fact, moved),
            Body::TaskSaved(saved) => self.apply_task(fact, saved),
            Body::ViewSaved(saved) => self.apply_view(saved),
            Body::ViewRemoved(removed) => self.apply_view_removed(removed),
            // What they did with each is told by facts of their own.
            Body::BulkBegun(_) | Body::BulkDone(_) | Body::BulkUndone(_) => {}
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
        self.settings.draw_line();
        self.settings.published_at = fact.at;
        self.settings.published_by = by;
        self.settings.published_seq = fact.seq;
        self.scorer = None;
        self.judge = None;
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
}
