//! The one evaluator: all that is asked about somebody, answered in one walk over that person's history, each answer with
//! the first day on which time alone may change it.

use super::check::circles;
use super::{ByHand, Condition, Dates, Mail, Moment, Segment};
use crate::channel::Channel;
use crate::day::{Day, Zone};
use crate::grade::Grade;
use crate::host::endings;
use crate::id::{AccountId, Ms};
use crate::persona::{Answer, FitRule, Subject, Test};
use crate::profile::{Described, FieldId, Schema, Value};
use crate::rulebook::When;
use crate::score::{Lookup, Pattern, Shape, ShapeId};
use std::collections::BTreeMap;

/// All that can be asked about somebody.
#[derive(Clone, Debug)]
pub struct Person<'a, D> {
    /// Fields and tags.
    pub described: &'a D,
    /// (time, shape) of the events that weigh, in order of time.
    pub activities: &'a [(Ms, ShapeId)],
    /// When the base first learned of the person.
    pub created_at: Ms,
    /// The score.
    pub score: i32,
    /// When the score changes next by time alone.
    pub score_changes: Option<Day>,
    /// The grade, where one can be given.
    pub grade: Option<Grade>,
    /// The stage and since when, where one was entered.
    pub stage: Option<(&'a str, Ms)>,
    /// The company and its score.
    pub account: Option<(AccountId, i32)>,
    /// The channel and the source of the first touch.
    pub touch: Option<(Channel, &'a str)>,
    /// The hosts of the e-mail addresses.
    pub mail_hosts: &'a [&'a str],
    /// Whether one of them is a company's own.
    pub has_work_mail: bool,
    /// By segment: what people decided by hand.
    pub by_hand: &'a BTreeMap<String, ByHand>,
}

impl<'a, D> Person<'a, D> {
    /// The same person, described otherwise.
    pub fn with<E>(&self, described: &'a E) -> Person<'a, E> {
        Person {
            described,
            activities: self.activities,
            created_at: self.created_at,
            score: self.score,
            score_changes: self.score_changes,
            grade: self.grade,
            stage: self.stage,
            account: self.account,
            touch: self.touch,
            mail_hosts: self.mail_hosts,
            has_work_mail: self.has_work_mail,
            by_hand: self.by_hand,
        }
    }
}

/// What the evaluator answers: whether it is so, and the first day on which that may be otherwise though nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Whether it is so.
    pub holds: bool,
    /// From which day on it is to be asked anew; none when time changes nothing.
    pub next_change_day: Option<Day>,
}

impl Judgement {
    const fn now(holds: bool) -> Judgement {
        Judgement {
            holds,
            next_change_day: None,
        }
    }

    fn until(holds: bool, day: Option<Day>) -> Judgement {
        Judgement {
            holds,
            next_change_day: day,
        }
    }
}

/// A condition that was put to an evaluator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked(usize);

/// Conditions made ready to be asked of many people.
#[derive(Clone, Debug, Default)]
pub struct Evaluator {
    asked: Vec<Node>,
    segments: BTreeMap<String, usize>,
    patterns: Vec<(When, Pattern)>,
    lookup: Lookup,
    zone: Zone,
}

#[derive(Clone, Debug)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Fits(FitRule),
    FieldDate(FieldId, Dates),
    Did {
        pattern: usize,
        at_least: usize,
        days: Option<i32>,
    },
    Silent(i32),
    Segment(String),
    Plain(Condition),
}

/// What is known of one person while it is asked about.
struct Asking<'a, D> {
    person: &'a Person<'a, D>,
    today: Day,
    last: Option<Day>,
    /// By pattern: the days of the events that match, in order.
    days: Vec<Vec<Day>>,
    /// By what was asked: the answer, once known.
    answers: Vec<Option<Judgement>>,
}

impl Evaluator {
    /// Makes segments ready. What [`super::check()`] refuses is answered as it reads, without panic: in
    /// segments that ask for each other in a circle nobody is, but by hand.
    pub fn new(schema: &Schema, zone: Zone, segments: &[Segment]) -> Evaluator {
        let mut evaluator = Evaluator {
            zone,
            ..Evaluator::default()
        };
        let circles = circles(segments);
        for segment in segments {
            let nobody = Condition::Any(Vec::new());
            let straight = !circles.contains(segment.id.as_str());
            let who = if straight { &segment.who } else { &nobody };
            let asked = evaluator.ask(schema, who);
            evaluator.segments.insert(segment.id.clone(), asked.0);
        }
        evaluator
    }

    /// Puts one more condition to it.
    pub fn ask(&mut self, schema: &Schema, condition: &Condition) -> Asked {
        let node = self.node(schema, condition);
        self.asked.push(node);
        Asked(self.asked.len().saturating_sub(1))
    }

    fn node(&mut self, schema: &Schema, condition: &Condition) -> Node {
        match condition {
            Condition::All(parts) => Node::All(self.nodes(schema, parts)),
            Condition::Any(parts) => Node::Any(self.nodes(schema, parts)),
            Condition::Not(part) => Node::Not(Box::new(self.node(schema, part))),
            Condition::Field { field, is } => {
                let about = Subject::Field(field.clone());
                Node::Fits(FitRule::asking(schema, about, is.clone()))
            }
            Condition::Tags(tags) => {
                let is = Test::OneOf(tags.clone());
                Node::Fits(FitRule::asking(schema, Subject::Tags, is))
            }
            Condition::FieldDate { field, is } => Node::FieldDate(field.clone(), *is),
            Condition::Did(did) => Node::Did {
                pattern: self.pattern(&did.when),
                at_least: usize::try_from(did.at_least).unwrap_or(usize::MAX),
                days: did.days.map(i32::from),
            },
            Condition::Silent { days } => Node::Silent(i32::from(*days)),
            Condition::Segment(id) => Node::Segment(id.clone()),
            plain => Node::Plain(plain.clone()),
        }
    }

    fn nodes(&mut self, schema: &Schema, parts: &[Condition]) -> Vec<Node> {
        let nodes = parts.iter().map(|part| self.node(schema, part));
        nodes.collect()
    }

    fn pattern(&mut self, when: &When) -> usize {
        let known = self.patterns.iter().position(|(known, _)| known == when);
        known.unwrap_or_else(|| {
            self.patterns.push((when.clone(), Pattern::new(when)));
            self.lookup = Lookup::default();
            self.patterns.len().saturating_sub(1)
        })
    }

    /// Makes a shape known. Activities of a shape that was never made known count for nothing. Everything is put to the
    /// evaluator before.
    pub fn learn(&mut self, id: ShapeId, shape: &Shape) {
        let patterns = &self.patterns;
        self.lookup
            .learn(id, patterns.iter().map(|(_, pattern)| pattern), shape);
    }

    /// Whether a shape was made known.
    pub fn knows(&self, id: ShapeId) -> bool {
        self.lookup.knows(id)
    }

    /// In which segments somebody is on a day, each with its answer, by the segments' ids.
    pub fn segments<'e, D: Described>(
        &'e self,
        person: &Person<'_, D>,
        today: Day,
    ) -> BTreeMap<&'e str, Judgement> {
        let mut asking = self.asking(person, today);
        let ids = self.segments.keys();
        ids.map(|id| (id.as_str(), self.of_segment(id, &mut asking)))
            .collect()
    }

    /// Whether somebody is in one segment; nobody is in one that is not there.
    pub fn is_in<D: Described>(&self, id: &str, person: &Person<'_, D>, today: Day) -> Judgement {
        self.of_segment(id, &mut self.asking(person, today))
    }

    /// The answers to these, in their order.
    pub fn judge<D: Described>(
        &self,
        asked: &[Asked],
        person: &Person<'_, D>,
        today: Day,
    ) -> Vec<Judgement> {
        let mut asking = self.asking(person, today);
        let answers = asked.iter().map(|asked| match self.asked.get(asked.0) {
            Some(node) => self.answer(node, &mut asking),
            None => Judgement::now(false),
        });
        answers.collect()
    }

    fn asking<'a, D>(&self, person: &'a Person<'a, D>, today: Day) -> Asking<'a, D> {
        let mut days = vec![Vec::new(); self.patterns.len()];
        for (at, shape) in person.activities {
            let day = self.zone.day(*at);
            for place in self.lookup.get(*shape) {
                if let Some(days) = days.get_mut(*place) {
                    days.push(day);
                }
            }
        }
        Asking {
            person,
            today,
            last: person.activities.last().map(|(at, _)| self.zone.day(*at)),
            days,
            answers: vec![None; self.asked.len()],
        }
    }

    fn of_segment<D: Described>(&self, id: &str, asking: &mut Asking<'_, D>) -> Judgement {
        match asking.person.by_hand.get(id) {
            Some(ByHand::Added) => return Judgement::now(self.segments.contains_key(id)),
            Some(ByHand::Removed) => return Judgement::now(false),
            None => {}
        }
        let asked = self.segments.get(id).copied();
        let found = asked.and_then(|place| Some((place, self.asked.get(place)?)));
        let Some((place, node)) = found else {
            return Judgement::now(false);
        };
        if let Some(Some(known)) = asking.answers.get(place) {
            return *known;
        }
        let found = self.answer(node, asking);
        if let Some(answer) = asking.answers.get_mut(place) {
            *answer = Some(found);
        }
        found
    }

    fn answer<D: Described>(&self, node: &Node, asking: &mut Asking<'_, D>) -> Judgement {
        match node {
            Node::All(parts) => self.together(parts, asking, true),
            Node::Any(parts) => self.together(parts, asking, false),
            Node::Not(part) => {
                let found = self.answer(part, asking);
                Judgement::until(!found.holds, found.next_change_day)
            }
            Node::Fits(rule) => {
                Judgement::now(rule.matches(asking.person.described) == Answer::Yes)
            }
            Node::FieldDate(field, dates) => match asking.person.described.value(field) {
                Some(Value::Date(day)) => on(*dates, Some(Day(*day)), asking.today),
                _ => Judgement::now(false),
            },
            Node::Did {
                pattern,
                at_least,
                days,
            } => {
                let found = asking.days.get(*pattern);
                did(
                    found.map_or(&[], Vec::as_slice),
                    *at_least,
                    *days,
                    asking.today,
                )
            }
            Node::Silent(days) => {
                let created = self.zone.day(asking.person.created_at);
                let until = asking.last.unwrap_or(created).plus(*days);
                let holds = until <= asking.today;
                Judgement::until(holds, (!holds).then_some(until))
            }
            Node::Segment(id) => self.of_segment(id, asking),
            Node::Plain(condition) => self.plain(condition, asking),
        }
    }

    /// Whether all hold, or one of them. The answer may change with any of them.
    fn together<D: Described>(
        &self,
        parts: &[Node],
        asking: &mut Asking<'_, D>,
        all: bool,
    ) -> Judgement {
        let mut found = Judgement::now(all);
        for part in parts {
            let one = self.answer(part, asking);
            found.holds = if all {
                found.holds && one.holds
            } else {
                found.holds || one.holds
            };
            found.next_change_day = earlier(found.next_change_day, one.next_change_day);
        }
        found
    }

    /// What the person itself answers, without its history and its fields.
    fn plain<D>(&self, condition: &Condition, asking: &Asking<'_, D>) -> Judgement {
        let person = asking.person;
        let stage = person.stage.map(|(id, _)| id);
        let account = person.account.map(|(id, _)| id);
        let account_score = person.account.map(|(_, score)| score);
        let touch = person.touch;
        Judgement::now(match condition {
            Condition::Score(range) => {
                return Judgement::until(range.holds(person.score), person.score_changes);
            }
            Condition::Moment { of, is } => {
                let at = match of {
                    Moment::Created => Some(self.zone.day(person.created_at)),
                    Moment::LastSeen => asking.last,
                    Moment::StageEntered => person.stage.map(|(_, at)| self.zone.day(at)),
                };
                return on(*is, at, asking.today);
            }
            Condition::Grade(grades) => person.grade.is_some_and(|grade| grades.contains(&grade)),
            Condition::Stage(ids) => stage.is_some_and(|stage| ids.contains(stage)),
            Condition::Account(ids) => account.is_some_and(|account| ids.contains(&account)),
            Condition::HasAccount => account.is_some(),
            Condition::AccountScore(range) => account_score.is_some_and(|score| range.holds(score)),
            Condition::Channel(channels) => {
                touch.is_some_and(|(channel, _)| channels.contains(&channel))
            }
            Condition::Source(sources) => touch.is_some_and(|(_, source)| sources.contains(source)),
            Condition::Mail(Mail::Known) => !person.mail_hosts.is_empty(),
            Condition::Mail(Mail::Work) => person.has_work_mail,
            Condition::Mail(Mail::Domains(domains)) => {
                let mut ends = person.mail_hosts.iter().flat_map(|host| endings(host));
                ends.any(|end| domains.contains(end))
            }
            // The others have a node of their own.
            Condition::All(_)
            | Condition::Any(_)
            | Condition::Not(_)
            | Condition::Field { .. }
            | Condition::Tags(_)
            | Condition::FieldDate { .. }
            | Condition::Did(_)
            | Condition::Silent { .. }
            | Condition::Segment(_) => false,
        })
    }
}

fn earlier(one: Option<Day>, other: Option<Day>) -> Option<Day> {
    one.into_iter().chain(other).min()
}

/// Whether enough of these days are among the last so many. Time alone only takes from them.
fn did(days: &[Day], at_least: usize, within: Option<i32>, today: Day) -> Judgement {
    let Some(within) = within else {
        return Judgement::now(days.len() >= at_least);
    };
    let deciding = days.len().checked_sub(at_least.max(1));
    let deciding = deciding.and_then(|place| days.get(place));
    let until = deciding.map(|day| day.plus(within));
    let holds = until.is_some_and(|until| today < until);
    Judgement::until(holds, until.filter(|_| holds))
}

/// Whether a day lies between two. A day that is not known lies nowhere.
fn on(dates: Dates, day: Option<Day>, today: Day) -> Judgement {
    let Some(day) = day else {
        return Judgement::now(false);
    };
    match dates {
        Dates::Between { min, max } => {
            let after = min.is_none_or(|min| min <= day.0);
            Judgement::now(after && max.is_none_or(|max| day.0 <= max))
        }
        Dates::FromToday { min, max } => {
            // From that day on the day is not too late, and after that one it is too early.
            let begins = max.map(|max| Day(day.0.saturating_sub(max)));
            let ends = min.map(|min| Day(day.0.saturating_sub(min)).plus(1));
            let begun = begins.is_none_or(|begins| begins <= today);
            let over = ends.is_some_and(|ends| ends <= today);
            let next = match (begun, over) {
                (_, true) => None,
                (true, false) => ends,
                (false, false) => begins,
            };
            Judgement::until(begun && !over, next)
        }
    }
}

#[cfg(test)]
mod tests;
