//! Segments: the check of an edit, who is asked whether one is in them, and what follows.
//!
//! All segments are at hand, for there are few. Whoever changed is asked in the same commit ([`World::take`]); whoever may
//! enter or leave though nothing happens is asked when the day comes, and everyone when a segment changed ([`World::sift`]).
//! Who entered and who left is a fact, and a replay asks nobody. Stages and routing may ask for segments too
//! ([`super::advance`]). Not here: what a condition means ([`crate::segment`]).

use super::edits::{invalid, refuse};
use super::own::Own;
use super::settings::EditError;
use super::standing::{Mails, history};
use super::world::{World, Written};
use crate::api::{ChooseMember, RemoveSegment, SaveSegment};
use crate::day::Day;
use crate::family::Family;
use crate::id::{AccountId, LeadId, Ms, VisitorId};
use crate::journal::{
    Actor, Because, Body, Fact, MemberChosen, SegmentRemoved, SegmentSaved, SegmentsMoved,
};
use crate::profile::{Described, FieldId, Value};
use crate::rulebook::{Invalid, Name};
use crate::score::ShapeId;
use crate::segment::{
    ByHand, Condition, Evaluator, Judgement, Person, Segment, Terms, check, limit, moved,
};
use std::collections::{BTreeMap, BTreeSet};

/// A tag that a segment puts on may be asked for by another, and so on: so often a person is asked anew.
const TAG_ROUNDS_MAX: usize = limit::SEGMENTS_MAX;
/// So many times ahead it is said in which public segments a browser is.
const PUBLIC_SPANS_MAX: usize = 8;

/// A segment, and the number of the fact by which there is one of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The segment.
    pub segment: Segment,
    /// The fact that first saved it: what was decided by hand before is about another.
    pub since: u64,
}

/// A person with the tags that segments put on.
pub(super) struct Tagged<'a> {
    pub(super) family: &'a Family<'a>,
    pub(super) ruled: &'a BTreeMap<String, String>,
}

impl Described for Tagged<'_> {
    fn value(&self, field: &FieldId) -> Option<&Value> {
        self.family.value(field)
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        let tags = Described::tags(self.family);
        tags.chain(self.ruled.keys().map(String::as_str))
    }
}

/// What is asked about a person.
pub(super) struct Known<'a> {
    pub(super) family: Family<'a>,
    pub(super) own: Own,
    pub(super) activities: Vec<(Ms, ShapeId)>,
    pub(super) score: i32,
    account: Option<(AccountId, i32)>,
    by_hand: BTreeMap<String, ByHand>,
    mails: Mails<'a>,
}

impl<'a> Known<'a> {
    /// The person, without the tags that segments put on.
    pub(super) fn person(&self) -> Person<'_, Family<'a>> {
        let root = self.family.root();
        let touch = self.own.first.as_ref().map(|at| &at.touch);
        Person {
            described: &self.family,
            activities: &self.activities,
            created_at: self.family.created_at(),
            score: self.score,
            // Whose score changes by time is asked when it does.
            score_changes: None,
            grade: root.standing.grade,
            stage: root.pursuit.stands(),
            account: self.account,
            touch: touch.map(|touch| (touch.channel, touch.source.as_str())),
            mail_hosts: &self.mails.hosts,
            has_work_mail: self.mails.work,
            by_hand: &self.by_hand,
        }
    }
}

/// What somebody is in, and which tags come of it.
pub(super) struct Found<'e> {
    segments: BTreeMap<&'e str, Judgement>,
    pub(super) ruled: BTreeMap<String, String>,
}

/// A browser of which nothing but what it did is looked at.
struct Nobody;

impl Described for Nobody {
    fn value(&self, _: &FieldId) -> Option<&Value> {
        None
    }

    fn tags(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}

impl World {
    /// Puts a stored segment at hand.
    pub fn put_segment(&mut self, kept: Kept) {
        self.ask_anew();
        self.segments.insert(kept.segment.id.clone(), kept);
    }

    /// Segments are others: whatever asks for them is made ready anew.
    fn ask_anew(&mut self) {
        self.evaluator = None;
        self.usher = None;
        self.warmth.ask_anew();
    }

    /// Every segment, in the order of their ids.
    pub fn segments(&self) -> impl Iterator<Item = &Kept> {
        self.segments.values()
    }

    /// A segment.
    pub fn segment(&self, id: &str) -> Option<&Segment> {
        self.segments.get(id).map(|kept| &kept.segment)
    }

    /// Checks a segment; the body of the fact that saves it. The companies that it names must be at hand.
    pub fn save_segment(&self, save: &SaveSegment, by: &str) -> Result<Body, EditError> {
        let known = self.segment(&save.id);
        if known.is_none() && save.expected_version > 0 {
            return Err(EditError::NotFound);
        }
        if save.expected_version != known.map_or(0, |known| known.version) {
            return Err(EditError::Conflict);
        }
        let segment = Segment {
            id: save.id.clone(),
            version: save.expected_version.saturating_add(1),
            ..save.segment.clone()
        };
        let mut of_browsers = self.settings.rulebook.segments.iter();
        if segment.public && of_browsers.any(|other| other.id == segment.id) {
            return Err(invalid("segment.id", "taken"));
        }
        refuse(self.wrong_with(&segment))?;
        Ok(Body::SegmentSaved(Box::new(SegmentSaved {
            key: save.key,
            segment,
            by: by.to_owned(),
        })))
    }

    /// Checks a condition that nobody saved. The companies that it names must be at hand.
    pub fn check_asked(&self, who: &Condition) -> Result<(), EditError> {
        let name = || "?".to_owned();
        let asked = Segment {
            id: "preview".to_owned(),
            version: 0,
            name: Name {
                zh: name(),
                en: name(),
            },
            who: who.clone(),
            public: false,
            tag: None,
        };
        let wrong = self.wrong_with(&asked).into_iter();
        let of_it = wrong.filter_map(|wrong| {
            let field = wrong.field.strip_prefix("segment.")?;
            field.starts_with("who").then(|| Invalid {
                field: field.to_owned(),
                code: wrong.code,
            })
        });
        refuse(of_it)
    }

    /// What is wrong with a segment beside those that are saved.
    fn wrong_with(&self, segment: &Segment) -> Vec<Invalid> {
        let others = self.segments.values().map(|kept| &kept.segment);
        let others = others.filter(|other| other.id != segment.id);
        let mut all: Vec<Segment> = others.cloned().collect();
        all.push(segment.clone());
        let named = |id: &AccountId| self.accounts.contains_key(id);
        let accounts = segment.who.accounts().into_iter().filter(named).collect();
        let (stages, ids) = (
            self.stages(),
            all.iter().map(|one| one.id.clone()).collect(),
        );
        let terms = Terms {
            schema: &self.settings.schema,
            stages: &stages,
            segments: &ids,
            forms: None,
            accounts: Some(&accounts),
        };
        let at = format!("segments[{}]", all.len().saturating_sub(1));
        let found = check(&terms, &all).into_iter();
        let found = found.filter_map(|wrong| {
            if wrong.field == "segments" {
                return Some(wrong);
            }
            let part = wrong.field.strip_prefix(&at)?;
            Some(Invalid {
                field: format!("segment{part}"),
                code: wrong.code,
            })
        });
        found.collect()
    }

    /// The stages that a condition may name.
    fn stages(&self) -> BTreeSet<String> {
        let ladder = &self.settings.practice.ladder;
        ladder.stages.iter().map(|stage| stage.id.clone()).collect()
    }

    /// Checks that a segment may be taken away; the body of the fact that does it.
    pub fn remove_segment(&self, call: &RemoveSegment, by: &str) -> Result<Body, EditError> {
        self.segment(&call.id).ok_or(EditError::NotFound)?;
        let others = self.segments.values().map(|kept| &kept.segment);
        let others = others.filter(|other| other.id != call.id);
        let mut asking = others
            .map(|other| &other.who)
            .chain(self.settings.conditions());
        if asking.any(|who| who.segments().contains(call.id.as_str())) {
            return Err(invalid("id", "in_use"));
        }
        Ok(Body::SegmentRemoved(SegmentRemoved {
            key: call.key,
            id: call.id.clone(),
            by: by.to_owned(),
        }))
    }

    /// Checks that somebody may be put into a segment by hand, or taken out; the body of the fact that does it.
    pub fn choose_member(&self, call: &ChooseMember, by: &str) -> Result<Body, EditError> {
        self.segment(&call.id).ok_or(EditError::NotFound)?;
        let family = self.family(call.lead).ok_or(EditError::NotFound)?;
        Ok(Body::MemberChosen(MemberChosen {
            key: call.key,
            segment: call.id.clone(),
            lead: family.root().id,
            by_hand: call.by_hand,
            by: by.to_owned(),
        }))
    }

    /// What people decided about a person and the segments that there are.
    pub fn by_hand_of(&self, family: &Family<'_>) -> BTreeMap<String, ByHand> {
        let all = family.by_hand().into_iter();
        let all = all.filter(|(id, (seq, _))| {
            let kept = self.segments.get(id);
            kept.is_some_and(|kept| kept.since <= *seq)
        });
        all.map(|(id, (_, by_hand))| (id, by_hand)).collect()
    }

    /// Asks these, who changed, and decides who enters and who leaves: because of what was told of them just now, else because
    /// of the day.
    pub(super) fn note_segments(&mut self, written: &mut Written, changed: &BTreeSet<LeadId>) {
        let is_none = self.segments.is_empty();
        let began = written.so_far().first().map(|fact| fact.seq);
        let now = written.now();
        let today = self.settings.zone.day(now);
        let because = |id: LeadId| {
            let lead = self.leads.get(&id)?;
            // Without segments whoever is in none and was in none is not asked.
            let is_asked = !is_none || !lead.segments.is_empty() || !lead.ruled.is_empty();
            let is_told = began.is_some_and(|began| lead.seq >= began);
            let because = if is_told {
                Because::Fact(lead.seq)
            } else {
                Because::Day(today)
            };
            is_asked.then_some((id, because))
        };
        let asked: Vec<_> = changed.iter().copied().filter_map(because).collect();
        if !asked.is_empty() {
            self.ask(written, &asked, now);
        }
    }

    /// Asks these whether they are in other segments than before, each because of something, and moves whoever is to where
    /// that lets in; the facts that come of it, numbered from `next_seq`. All of them must be at hand: whoever is not is nobody
    /// any more.
    pub fn sift(&mut self, leads: &[(LeadId, Because)], (now, next_seq): (Ms, u64)) -> Vec<Fact> {
        let mut written = Written::from(now, next_seq);
        let mut moved = self.ask(&mut written, leads, now);
        // Stages may ask for the company's score themselves, and for what a day makes true.
        let (asked, others): (Vec<_>, Vec<_>) = leads
            .iter()
            .partition(|(_, because)| matches!(because, Because::Account(_) | Because::Day(_)));
        moved.extend(asked.iter().map(|(id, _)| *id));
        let others: BTreeSet<LeadId> = others.iter().map(|(id, _)| *id).collect();
        self.await_entries(&others, now);
        self.follow(&mut written, moved);
        written.facts()
    }

    /// Notes that somebody is to be asked on a day, unless sooner already.
    pub(super) fn note_due(&mut self, id: LeadId, day: Day) {
        let due = self.changes.sifted.entry(id).or_default();
        *due = Some(due.map_or(day, |sooner| sooner.min(day)));
    }

    /// Asks these; who entered a segment, or left one.
    fn ask(
        &mut self,
        written: &mut Written,
        leads: &[(LeadId, Because)],
        now: Ms,
    ) -> BTreeSet<LeadId> {
        let today = self.settings.zone.day(now);
        let mut evaluator = self.ready();
        let mut moving = BTreeSet::new();
        for (id, because) in leads {
            let (due, body) = self.asked(&mut evaluator, *id, *because, today);
            self.changes.sifted.entry(*id).or_default();
            if let Some(day) = due {
                self.note_due(*id, day);
            }
            if let Some(moved) = body {
                moving.insert(*id);
                let body = Body::SegmentsMoved(Box::new(moved));
                self.write(written, now, Actor::System, body);
            }
        }
        self.evaluator = Some(evaluator);
        moving
    }

    /// The evaluator of all segments.
    fn ready(&mut self) -> Evaluator {
        self.warm_up();
        self.evaluator.take().unwrap_or_else(|| {
            let segments = self.segments.values().map(|kept| kept.segment.clone());
            let segments: Vec<Segment> = segments.collect();
            Evaluator::new(&self.settings.schema, self.settings.zone, &segments)
        })
    }

    /// When somebody is to be asked again, and what moved.
    fn asked(
        &self,
        evaluator: &mut Evaluator,
        id: LeadId,
        because: Because,
        today: Day,
    ) -> (Option<Day>, Option<SegmentsMoved>) {
        let known = self.known(evaluator, id);
        let Some(known) = known.filter(|known| known.family.root().id == id) else {
            return (None, None);
        };
        let (root, person) = (known.family.root(), known.person());
        let Found { segments, ruled } = self.tried(evaluator, &person, &root.ruled, today);
        let changes = segments
            .values()
            .filter_map(|answer| answer.next_change_day);
        let due = changes.min();
        let before: BTreeSet<String> = root.segments.keys().cloned().collect();
        let (entered, left) = moved(&before, &segments);
        let version = |id: String| {
            let version = self.segment(&id).map_or(0, |segment| segment.version);
            (id, version)
        };
        let tagged = ruled
            .iter()
            .filter(|(tag, by)| root.ruled.get(*tag) != Some(*by));
        let tagged: BTreeMap<_, _> = tagged.map(|(tag, by)| (tag.clone(), by.clone())).collect();
        let untagged = root.ruled.keys().filter(|tag| !ruled.contains_key(*tag));
        let moved = SegmentsMoved {
            lead: id,
            entered: entered.into_iter().map(version).collect(),
            left: left.into_iter().collect(),
            tagged,
            untagged: untagged.cloned().collect(),
            because,
        };
        let is_nothing = moved.entered.is_empty()
            && moved.left.is_empty()
            && moved.tagged.is_empty()
            && moved.untagged.is_empty();
        (due, (!is_nothing).then_some(moved))
    }

    /// What is asked about a person, its shapes made known.
    pub(super) fn known(&self, evaluator: &mut Evaluator, id: LeadId) -> Option<Known<'_>> {
        let family = self.family(id)?;
        let own = Own::of(&family, &self.visitors);
        Some(Known {
            activities: history(evaluator, &self.shapes, &own.activities),
            score: family.root().score,
            account: family.account().map(|id| (id, self.account_score(id))),
            by_hand: self.by_hand_of(&family),
            mails: Mails::of(&family),
            own,
            family,
        })
    }

    /// What a person is in. Where segments ask for tags that others put on, the person is asked until none comes or goes.
    pub(super) fn tried<'e>(
        &self,
        evaluator: &'e Evaluator,
        person: &Person<'_, Family<'_>>,
        ruled: &BTreeMap<String, String>,
        today: Day,
    ) -> Found<'e> {
        let mut ruled = ruled.clone();
        let mut rounds = 0;
        loop {
            let described = Tagged {
                family: person.described,
                ruled: &ruled,
            };
            let segments = evaluator.segments(&person.with(&described), today);
            let put_on = self.tags_of(&segments);
            rounds = usize::saturating_add(rounds, 1);
            let is_settled = put_on.keys().eq(ruled.keys());
            ruled = put_on;
            if is_settled || rounds >= TAG_ROUNDS_MAX {
                return Found { segments, ruled };
            }
        }
    }

    /// The tags that these segments put on, each with the first that does.
    fn tags_of(&self, segments: &BTreeMap<&str, Judgement>) -> BTreeMap<String, String> {
        let mut tags = BTreeMap::new();
        for (id, _) in segments.iter().filter(|(_, answer)| answer.holds) {
            if let Some(tag) = self.segment(id).and_then(|segment| segment.tag.clone()) {
                tags.entry(tag).or_insert_with(|| String::from(*id));
            }
        }
        tags
    }

    /// How many of these people a condition means that nobody saved.
    pub fn count_asked(
        &mut self,
        who: &Condition,
        leads: impl IntoIterator<Item = LeadId>,
        now: Ms,
    ) -> u32 {
        let today = self.settings.zone.day(now);
        let mut evaluator = self.ready();
        let asked = evaluator.ask(&self.settings.schema, who);
        let mut count = 0_u32;
        for id in leads {
            let Some(known) = self.known(&mut evaluator, id) else {
                continue;
            };
            let described = Tagged {
                family: &known.family,
                ruled: &known.family.root().ruled,
            };
            let person = known.person();
            let person = person.with(&described);
            let answers = evaluator.judge(&[asked], &person, today);
            let holds = answers.iter().all(|answer| answer.holds);
            count = count.saturating_add(u32::from(holds));
        }
        count
    }

    /// In which public segments a browser is by what it did itself, whoever it belongs to: from each time on. Of somebody
    /// who uses several browsers nothing is told by one of them.
    pub fn public_segments_of(&mut self, id: VisitorId, now: Ms) -> Vec<(Ms, Vec<String>)> {
        let mut spans = Vec::new();
        let public = self.segments.values().map(|kept| &kept.segment);
        let public: Vec<String> = public
            .filter(|segment| segment.public)
            .map(|segment| segment.id.clone())
            .collect();
        if public.is_empty() {
            return spans;
        }
        let mut evaluator = self.ready();
        if let Some(visitor) = self.visitors.get(&id) {
            let activities = history(&mut evaluator, &self.shapes, &visitor.activities);
            let (none, zone) = (BTreeMap::new(), self.settings.zone);
            let touch = visitor.touches.first().map(|at| &at.touch);
            let person = Person {
                described: &Nobody,
                activities: &activities,
                created_at: visitor.first_at,
                score: visitor.score,
                score_changes: None,
                grade: None,
                stage: None,
                account: None,
                touch: touch.map(|touch| (touch.channel, touch.source.as_str())),
                mail_hosts: &[],
                has_work_mail: false,
                by_hand: &none,
            };
            let mut next = Some((now, zone.day(now)));
            while let Some((from, day)) = next {
                let mut answers = evaluator.segments(&person, day);
                answers.retain(|id, _| public.iter().any(|one| one == id));
                let days = answers.values().filter_map(|answer| answer.next_change_day);
                let soonest = days.min();
                answers.retain(|_, answer| answer.holds);
                spans.push((from, answers.into_keys().map(String::from).collect()));
                next = soonest
                    .filter(|soonest| *soonest > day && spans.len() < PUBLIC_SPANS_MAX)
                    .map(|day| (zone.begins(day), day));
            }
        }
        self.evaluator = Some(evaluator);
        spans
    }

    pub(super) fn apply_segment(&mut self, fact: &Fact, saved: &SegmentSaved) {
        let id = &saved.segment.id;
        let since = self.segments.get(id).map_or(fact.seq, |kept| kept.since);
        self.changes_segment(id, saved.segment.public);
        self.put_segment(Kept {
            segment: saved.segment.clone(),
            since,
        });
    }

    pub(super) fn apply_segment_removed(&mut self, removed: &SegmentRemoved) {
        self.ask_anew();
        self.changes_segment(&removed.id, false);
        self.segments.remove(&removed.id);
    }

    fn changes_segment(&mut self, id: &str, public: bool) {
        let was_public = self.segment(id).is_some_and(|segment| segment.public);
        self.changes.public = self.changes.public || public || was_public;
        self.changes.segments.insert(id.to_owned());
    }

    pub(super) fn apply_chosen(&mut self, fact: &Fact, chosen: &MemberChosen) {
        if let Some(lead) = self.leads.get_mut(&chosen.lead) {
            let decided = (fact.seq, chosen.by_hand);
            lead.by_hand.insert(chosen.segment.clone(), decided);
        }
        self.touch_leads([chosen.lead], fact.seq);
    }

    pub(super) fn apply_moved(&mut self, fact: &Fact, moved: &SegmentsMoved) {
        if let Some(lead) = self.leads.get_mut(&moved.lead) {
            for id in moved.entered.keys() {
                lead.segments.insert(id.clone(), fact.occurred_at);
            }
            for id in &moved.left {
                lead.segments.remove(id);
            }
            for (tag, by) in &moved.tagged {
                lead.ruled.insert(tag.clone(), by.clone());
            }
            for tag in &moved.untagged {
                lead.ruled.remove(tag);
            }
            self.changes.members.insert(moved.lead);
        }
        self.touch_leads([moved.lead], fact.seq);
    }
}

#[cfg(test)]
mod tests;
