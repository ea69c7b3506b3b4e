//! A made-up company that sells to companies, and half a year of its marketing and sales: visits of some three thousand browsers,
//! some four hundred people of sixty firms, good campaigns and bad ones, and what sales made of them.
//!
//! The rules of the workspace decide in it what they decide anywhere; made up is only what visitors and members do. The same
//! seed, end and members give the same facts. Not here: the cast ([`super::cast`]), and where the facts go.

use super::cast::{self, Firm, Way};
use super::{device, fields_of, on_a_form, pick, view};
use crate::api::{
    AnswerLead, CompleteTask, DraftDefinition, MoveLead, NameHeads, NoteStep, Role,
    SaveConversation, SaveLadder, SaveRouting, SaveSegment, SignDefinition, Site,
};
use crate::conversation::{Direction, Kind as Talk, Outcome};
use crate::day::Zone;
use crate::definition::{self, Side};
use crate::event::{Content, Engagement, TrackedEvent};
use crate::fold::{self, Due, EditError, Input, World};
use crate::id::{
    ConversationId, EventId, LeadId, Ms, SAMPLE_WORKSPACE, SiteKey, TaskId, UserId, VisitorId,
};
use crate::journal::{Actor, Body, Fact, SiteSaved, Tracked, WorkspaceOpened};
use crate::practice::Roster;
use crate::routing::{self, Routing, Team};
use crate::rulebook::{self, Name};
use crate::segment::{Condition, Range, Segment};
use crate::stage::{self, Rung, Verdict};
use crate::task::{Kind, Next, State};
use fastrand::Rng;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use uuid::Uuid;

/// How long its history is.
const DAYS: i32 = 182;
/// Browsers that come.
const VISITORS: usize = 3_000;
/// Firms that look at it.
const FIRMS: usize = 60;
const MINUTE_MS: Ms = 60_000;
const HOUR_MS: Ms = 60 * MINUTE_MS;
const DAY_MS: Ms = 24 * HOUR_MS;
/// Visits by week day, the first a Monday, in percent of an ordinary day.
const WEEK: [u32; 7] = [100, 112, 115, 110, 92, 28, 24];
/// Visits by month, in percent: it grows, and there is a month of holidays.
const MONTHS: [u32; 7] = [78, 88, 60, 104, 116, 128, 130];
/// After how many minutes somebody answers who has a new lead; mostly within half an hour.
const ANSWERS: &[i64] = &[4, 7, 9, 12, 14, 17, 19, 22, 25, 27, 29, 35, 48, 95, 260];
/// Why sales did not take one, the more frequent more often.
const REJECTED: &[&str] = &[
    "no-need",
    "no-need",
    "not-reached",
    "not-target",
    "wrong-contact",
];
const LOST: &[&str] = &["rival", "rival", "price", "cancelled", "product"];
const RECYCLED: &[&str] = &["not-now", "no-budget", "early"];

/// Who works in it: the members of the workspace.
#[derive(Clone, Debug)]
pub struct Mates {
    /// All of them.
    pub roster: Roster,
    /// Who signs for marketing, and who for sales.
    pub heads: (UserId, UserId),
}

/// What is still to come.
#[derive(Clone, Debug)]
enum Act {
    /// A browser does something.
    Visit(Box<(VisitorId, String, Content)>),
    /// Whoever has a lead says yes or no to it.
    Answer(LeadId),
    /// It is called, for the how many-th time.
    Call(LeadId, u8),
    /// A step of its stage is done.
    Step(LeadId, &'static str),
    /// It goes into a stage of that rung.
    Move(LeadId, Rung, Option<&'static str>),
    /// A clock may have run out.
    Clock(LeadId),
    /// A day begins.
    Day,
}

/// The company on its way: an iterator over the facts, a few at a time.
pub struct Company {
    world: World,
    rng: Rng,
    mates: Mates,
    now: Ms,
    until: Ms,
    next_seq: u64,
    /// What is to come, the earliest first; of one time, what was planned first.
    agenda: BinaryHeap<Reverse<(Ms, u64)>>,
    acts: BTreeMap<u64, Act>,
    planned: u64,
    worth: BTreeMap<VisitorId, i32>,
    opened: bool,
}

impl Company {
    /// The company that has its last day then.
    pub fn new(seed: u64, until: Ms, mates: Mates) -> Company {
        let zone = Zone::SHANGHAI;
        let begins = zone.begins(zone.day(until).plus(DAYS.saturating_neg()));
        Company {
            world: World::default(),
            rng: Rng::with_seed(seed),
            mates,
            now: begins,
            until,
            next_seq: 1,
            agenda: BinaryHeap::new(),
            acts: BTreeMap::new(),
            planned: 0,
            worth: BTreeMap::new(),
            opened: false,
        }
    }

    fn plan(&mut self, at: Ms, act: Act) {
        if at <= self.until {
            self.planned = self.planned.saturating_add(1);
            self.agenda.push(Reverse((at, self.planned)));
            self.acts.insert(self.planned, act);
        }
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u128(self.rng.u128(1..))
    }

    /// Takes in what somebody did now.
    fn take(&mut self, actor: Actor, body: Body) -> Vec<Fact> {
        let input = Input {
            occurred_at: self.now,
            actor,
            body,
        };
        self.world.set_now(self.now);
        let facts = self.world.take(vec![input], self.now, self.next_seq);
        self.told(facts)
    }

    /// Takes in what a member did, where the rules allow it.
    fn edit(&mut self, user: UserId, body: Result<Body, EditError>) -> Vec<Fact> {
        body.map_or_else(|_| Vec::new(), |body| self.take(Actor::User(user), body))
    }

    fn told(&mut self, facts: Vec<Fact>) -> Vec<Fact> {
        self.world.take_changes();
        if let Some(last) = facts.last() {
            self.next_seq = last.seq.saturating_add(1);
        }
        for fact in &facts {
            match &fact.body {
                Body::StageMoved(moved) if self.rung_of(moved.lead) == Some(Rung::Mql) => {
                    self.qualified(moved.lead)
                }
                Body::ClockStarted(started) => {
                    self.plan(
                        started.clock.due_at.saturating_add(1),
                        Act::Clock(started.lead),
                    );
                }
                _ => {}
            }
        }
        facts
    }

    fn rung_of(&self, lead: LeadId) -> Option<Rung> {
        self.world.lead(lead)?.pursuit.rung
    }

    /// Somebody has a new lead.
    fn qualified(&mut self, lead: LeadId) {
        // Now and then it is forgotten for some days.
        let minutes = match self.hit(75) {
            true => pick(&mut self.rng, ANSWERS),
            false => self.rng.i64(3_000..16_000),
        };
        self.plan(worked(self.now, minutes), Act::Answer(lead));
    }

    fn by(&self, user: UserId) -> String {
        let mate = self.mates.roster.get(&user);
        mate.map(|mate| mate.email.clone()).unwrap_or_default()
    }

    /// Opens the workspace, and says how leads are worked in it.
    fn open(&mut self) -> Vec<Fact> {
        let site = Site {
            key: site_key(),
            origins: vec!["https://sample.example".to_owned()],
            consent_required: false,
            version: Site::first_version(),
        };
        let opened = WorkspaceOpened {
            key: self.id(),
            company: "示例公司 Sample".to_owned(),
            zone: Zone::SHANGHAI,
            rulebook: rulebook::starter(),
        };
        let mut facts = self.take(Actor::System, Body::WorkspaceOpened(opened));
        facts.extend(self.take(
            Actor::System,
            Body::SiteSaved(SiteSaved { key: None, site }),
        ));
        if let Some(body) = self.world.tell_roster(self.mates.roster.clone()) {
            facts.extend(self.take(Actor::System, body));
        }
        facts.extend(self.agree());
        facts.extend(self.share());
        facts.extend(self.segments());
        self.visitors();
        for day in 1..=DAYS {
            let begins = Zone::SHANGHAI.begins(Zone::SHANGHAI.day(self.now).plus(day));
            self.plan(begins, Act::Day);
        }
        facts
    }

    /// The ladder is saved, and both heads sign what a good lead is.
    fn agree(&mut self) -> Vec<Fact> {
        let (marketing, sales) = self.mates.heads;
        let by = self.by(marketing);
        let ladder = SaveLadder {
            key: self.id(),
            expected_version: 0,
            ladder: stage::starter(),
        };
        let body = self.world.save_ladder(&ladder, &by);
        let mut facts = self.edit(marketing, body);
        let heads = NameHeads {
            key: self.id(),
            marketing,
            sales,
        };
        facts.extend(self.edit(marketing, fold::name_heads(&heads, &by)));
        let draft = DraftDefinition {
            key: self.id(),
            expected_version: 0,
            definition: definition::starter(),
            from: None,
        };
        let body = fold::draft_definition(&self.world, &draft, &by, self.now);
        facts.extend(self.edit(marketing, body));
        for (side, user) in [(Side::Marketing, marketing), (Side::Sales, sales)] {
            let sign = SignDefinition {
                key: self.id(),
                expected_version: 1,
                side,
            };
            let name = self.mates.roster.get(&user).map(|mate| mate.name.clone());
            let signer = (user, name.as_deref().unwrap_or_default());
            let body = fold::sign_definition(&self.world.settings, &sign, signer, self.now);
            facts.extend(self.edit(user, body));
        }
        facts
    }

    /// Who may call gets leads in turn.
    fn share(&mut self) -> Vec<Fact> {
        let callers = self
            .mates
            .roster
            .iter()
            .filter(|(_, mate)| matches!(mate.role, Role::Sdr | Role::Sales));
        let mut users: Vec<UserId> = callers.map(|(id, _)| *id).collect();
        if users.is_empty() {
            users = self.mates.roster.keys().copied().collect();
        }
        let members = users.into_iter().map(|user| routing::Member {
            user,
            share: 1,
            open_max: None,
            away: Vec::new(),
        });
        let team = Team {
            id: "sales".to_owned(),
            name: name("销售一组", "Sales"),
            method: routing::Method::RoundRobin,
            members: members.collect(),
        };
        let routing = Routing {
            account_owner_first: true,
            others: Some(team.id.clone()),
            teams: vec![team],
            ..Routing::default()
        };
        let save = SaveRouting {
            key: self.id(),
            expected_version: 0,
            routing,
        };
        let (marketing, _) = self.mates.heads;
        let body = self.world.save_routing(&save, &self.by(marketing));
        self.edit(marketing, body)
    }

    fn segments(&mut self) -> Vec<Fact> {
        let warm = Condition::All(vec![
            Condition::Score(Range {
                min: Some(30),
                max: Some(59),
            }),
            Condition::Stage(BTreeSet::from(["lead".to_owned(), "recycled".to_owned()])),
        ]);
        let silent = Condition::All(vec![Condition::Silent { days: 45 }, Condition::HasAccount]);
        let all = [
            ("warm", name("快要合格", "Nearly qualified"), warm, None),
            (
                "gone-quiet",
                name("安静了的企业联系人", "Business contacts gone quiet"),
                silent,
                None,
            ),
        ];
        let (marketing, _) = self.mates.heads;
        let mut facts = Vec::new();
        for (id, name, who, tag) in all {
            let segment = Segment {
                id: id.to_owned(),
                version: 0,
                name,
                who,
                public: false,
                tag,
            };
            let save = SaveSegment {
                key: self.id(),
                id: id.to_owned(),
                expected_version: 0,
                segment,
            };
            let body = self.world.save_segment(&save, &self.by(marketing));
            facts.extend(self.edit(marketing, body));
        }
        facts
    }

    /// Plans what every browser does.
    fn visitors(&mut self) {
        let firms = cast::firms(&mut self.rng, FIRMS);
        let begins = self.now;
        let zone = Zone::SHANGHAI;
        let monday = |day: i32| {
            usize::try_from((zone.day(begins).plus(day).0.saturating_add(3)).rem_euclid(7))
                .unwrap_or(0)
        };
        let weight = |day: i32| {
            let month = usize::try_from(day.div_euclid(30)).unwrap_or(0);
            let week = WEEK.get(monday(day)).copied().unwrap_or(100);
            week.saturating_mul(MONTHS.get(month).copied().unwrap_or(100))
        };
        let days: Vec<u32> = (0..DAYS).map(weight).collect();
        let all: u32 = days.iter().sum();
        for _ in 0..VISITORS {
            let mut left = self.rng.u32(0..all.max(1));
            let mut day: i32 = 0;
            for (at, weight) in (0..).zip(&days) {
                day = at;
                if left < *weight {
                    break;
                }
                left = left.saturating_sub(*weight);
            }
            let hour: i64 = pick(
                &mut self.rng,
                &[
                    8, 9, 9, 10, 10, 10, 11, 11, 13, 14, 14, 15, 15, 16, 16, 17, 19, 20, 21, 22,
                ],
            );
            let at = begins
                .saturating_add(i64::from(day).saturating_mul(DAY_MS))
                .saturating_add(hour.saturating_mul(HOUR_MS))
                .saturating_add(self.rng.i64(0..HOUR_MS));
            self.visitor(at, day.div_euclid(7), &firms);
        }
    }

    /// Plans what one browser does from its first visit on.
    fn visitor(&mut self, first: Ms, week: i32, firms: &[Firm]) {
        let visitor = VisitorId(self.id());
        let way = cast::way(&mut self.rng, week);
        let names = self.rng.u8(..100) < way.names;
        let firm = self.rng.usize(0..firms.len().max(1));
        // A few firms send many: those that buy talk about it.
        let firm = if self.rng.bool() {
            firm.div_euclid(3)
        } else {
            firm
        };
        let Some(firm) = firms.get(firm) else {
            return;
        };
        let job_seeker = !names && self.rng.u8(..100) < 6;
        let fit = i32::from(firm.fits).saturating_add(way.worth);
        self.worth.insert(visitor, fit);
        let visits = if names {
            self.rng.usize(2..7)
        } else {
            pick(&mut self.rng, &[1, 1, 1, 1, 1, 2, 2, 3])
        };
        let person = names.then(|| self.person(firm));
        let tells_at = self.rng.usize(0..visits.max(1)).min(2);
        let mut at = first;
        for visit in 0..visits {
            at = self.visit(visitor, at, (visit, &way, job_seeker));
            if let Some(fields) = person.as_ref().filter(|_| visit == tells_at) {
                at = self.form(visitor, at, fields);
            }
            let keen = person.is_some() && visit <= tells_at.saturating_add(2);
            let days = if keen {
                self.rng.i64(1..6)
            } else {
                self.rng.i64(4..30)
            };
            at = at
                .saturating_add(days.saturating_mul(DAY_MS))
                .saturating_add(self.rng.i64(0..3 * HOUR_MS));
        }
    }

    /// Plans a visit; when it ends.
    fn visit(
        &mut self,
        visitor: VisitorId,
        mut at: Ms,
        (number, way, job_seeker): (usize, &Way, bool),
    ) -> Ms {
        let (query, referrer) = if number == 0 {
            (way.query, way.referrer)
        } else {
            pick(
                &mut self.rng,
                &[
                    ("", ""),
                    ("", "https://www.baidu.com/link"),
                    (way.query, way.referrer),
                ],
            )
        };
        let landing = format!("https://sample.example/demo/{query}");
        self.plan_visit(visitor, at, landing, view(referrer, "首页"));
        let pages: &[&str] = if job_seeker {
            &["/demo/careers/"]
        } else {
            &[
                "/demo/product/",
                "/demo/product/",
                "/demo/pricing/",
                "/demo/case/",
                "/demo/case/",
            ]
        };
        for _ in 0..self.rng.usize(0..4) {
            at = at.saturating_add(self.rng.i64(8_000..150_000));
            let page = pick(&mut self.rng, pages);
            let url = format!("https://sample.example{page}");
            self.plan_visit(
                visitor,
                at,
                url.clone(),
                view("https://sample.example/demo/", page),
            );
            let seconds = self.rng.u32(4..160);
            let scroll = self.rng.u8(10..=100);
            at = at.saturating_add(i64::from(seconds).saturating_mul(1_000));
            self.plan_visit(
                visitor,
                at,
                url,
                Content::Engagement(Engagement { seconds, scroll }),
            );
        }
        at
    }

    fn plan_visit(&mut self, visitor: VisitorId, at: Ms, url: String, content: Content) {
        self.plan(at, Act::Visit(Box::new((visitor, url, content))));
    }

    /// What somebody of a firm types.
    fn person(&mut self, firm: &Firm) -> BTreeMap<String, String> {
        let (name, latin) = cast::person(&mut self.rng);
        let number = self.rng.u32(1..90);
        let mut fields = fields_of(
            &name,
            &format!("{latin}{number}@{}", firm.domain),
            &firm.name,
        );
        let phone = self.rng.u32(10_000_000..99_999_999);
        let more = [
            ("title", cast::title(&mut self.rng).to_owned(), 70),
            ("size", firm.people.to_string(), 60),
            ("industry", firm.industry.to_owned(), 60),
            ("phone", format!("139{phone}"), 65),
        ];
        for (field, value, often) in more {
            if self.rng.u8(..100) < often {
                fields.insert(field.to_owned(), value);
            }
        }
        fields
    }

    /// Plans that a form is sent; when that is done.
    fn form(&mut self, visitor: VisitorId, mut at: Ms, fields: &BTreeMap<String, String>) -> Ms {
        let form = pick(
            &mut self.rng,
            &[
                "trial",
                "trial",
                "contact",
                "demo",
                "whitepaper",
                "whitepaper",
            ],
        );
        let url = format!("https://sample.example/demo/{form}/");
        for content in on_a_form(form.to_owned(), fields.clone()) {
            at = at.saturating_add(self.rng.i64(2_000..50_000));
            self.plan_visit(visitor, at, url.clone(), content);
        }
        at
    }

    fn do_next(&mut self, act: Act) -> Vec<Fact> {
        match act {
            Act::Visit(visit) => {
                let (visitor, url, content) = *visit;
                let event = TrackedEvent {
                    id: EventId(self.id()),
                    visitor,
                    site: site_key(),
                    session: None,
                    url,
                    content,
                };
                let stamp = event.stamp(None, &device(visitor), &["sample.example".to_owned()]);
                self.take(
                    Actor::Visitor(visitor),
                    Body::Tracked(Box::new(Tracked { event, stamp })),
                )
            }
            Act::Answer(lead) => self.answer(lead),
            Act::Call(lead, number) => self.call(lead, number),
            Act::Step(lead, step) => self.step(lead, step),
            Act::Move(lead, rung, reason) => self.go(lead, rung, reason),
            Act::Clock(lead) => {
                self.world.set_now(self.now);
                let facts = self.world.expire(&[lead], (self.now, self.next_seq));
                self.told(facts)
            }
            Act::Day => self.day(),
        }
    }

    /// A day begins: scores that it changes are scored anew.
    fn day(&mut self) -> Vec<Fact> {
        self.world.set_now(self.now);
        let today = Zone::SHANGHAI.day(self.now);
        let due = self
            .world
            .leads()
            .filter(|lead| lead.due.is_some_and(|day| day <= today));
        let due = Due {
            visitors: Vec::new(),
            leads: due.map(|lead| lead.id).collect(),
        };
        let (_, facts) = self.world.fade(&due, self.now, self.next_seq);
        self.told(facts)
    }

    /// Whoever has a lead, else the head of sales.
    fn owner(&self, lead: LeadId) -> UserId {
        let owner = self.world.lead(lead).and_then(|lead| lead.pursuit.owner);
        owner.map_or(self.mates.heads.1, |owner| owner.user)
    }

    /// How good a lead is: of a hundred like it, so many come to an opportunity.
    fn fit(&self, lead: LeadId) -> i32 {
        let known = self.world.lead(lead);
        let visitors = known.into_iter().flat_map(|lead| &lead.visitors);
        let worth = visitors.filter_map(|visitor| self.worth.get(visitor)).max();
        worth.copied().unwrap_or(30).clamp(5, 90)
    }

    fn hit(&mut self, percent: i32) -> bool {
        self.rng.i32(0..100) < percent
    }

    fn answer(&mut self, lead: LeadId) -> Vec<Fact> {
        let Some(seq) = self.seq(lead, Rung::Mql) else {
            return Vec::new();
        };
        let fit = self.fit(lead);
        let taken = self.hit(fit.saturating_add(45));
        let verdict = if taken {
            Verdict::Accepted
        } else {
            Verdict::Rejected(pick(&mut self.rng, REJECTED).to_owned())
        };
        let call = AnswerLead {
            key: self.id(),
            id: lead,
            expected_seq: seq,
            verdict,
            note: String::new(),
        };
        let user = self.owner(lead);
        let body = self
            .world
            .answer_lead(&call, (user, &self.by(user)), self.now);
        let facts = self.edit(user, body);
        if taken && !facts.is_empty() {
            let minutes = self.rng.i64(3..40);
            self.plan(worked(self.now, minutes), Act::Call(lead, 1));
        }
        facts
    }

    /// The version of how it is worked, while it stands on that rung.
    fn seq(&self, lead: LeadId, rung: Rung) -> Option<u64> {
        let lead = self.world.lead(lead)?;
        let stands = lead.merged_into.is_none() && lead.pursuit.rung == Some(rung);
        stands.then_some(lead.pursuit.seq)
    }

    /// A call, and what is done after it.
    fn call(&mut self, lead: LeadId, number: u8) -> Vec<Fact> {
        if self.seq(lead, Rung::Sql).is_none() && self.seq(lead, Rung::Opportunity).is_none() {
            return Vec::new();
        }
        let reached = self.hit(62);
        let text = if reached {
            pick(
                &mut self.rng,
                &[
                    "介绍了方案，对方在比较两家供应商",
                    "约了下周演示",
                    "确认了预算和上线时间",
                    "需要总经理批准",
                    "关心与现有 ERP 的对接",
                ],
            )
        } else {
            ""
        };
        let outcome = if reached {
            Outcome::Connected
        } else {
            Outcome::NoAnswer
        };
        let days = self.rng.i64(1..5);
        let next = worked(self.now, days.saturating_mul(24 * 60));
        let facts = self.spoke(lead, (text, outcome), next);
        let fit = self.fit(lead);
        let is_sql = self.seq(lead, Rung::Sql).is_some();
        match (reached, number) {
            (true, _) if is_sql && self.hit(fit.saturating_add(15)) => self.opportunity(lead, next),
            // So often it is to be tried before it is given back.
            (_, 6..) if is_sql => {
                let reason = pick(&mut self.rng, RECYCLED);
                self.plan(next, Act::Move(lead, Rung::Recycled, Some(reason)));
            }
            (_, ..6) => self.plan(next, Act::Call(lead, number.saturating_add(1))),
            _ => {}
        }
        facts
    }

    /// Writes a call down: as what came of the tasks that are open, else by itself.
    fn spoke(&mut self, lead: LeadId, (text, outcome): (&str, Outcome), next: Ms) -> Vec<Fact> {
        let user = self.owner(lead);
        let by = self.by(user);
        let known = self.world.lead(lead).map(|lead| &lead.tasks);
        let open = known.into_iter().flat_map(|tasks| tasks.values());
        let open = open.filter(|noted| noted.task.state == State::Open);
        let open: Vec<(TaskId, u64, Kind)> = open
            .map(|noted| (noted.task.id, noted.seq, noted.task.kind))
            .collect();
        let mut facts = Vec::new();
        for (place, (id, expected_seq, kind)) in open.iter().enumerate() {
            let again = (place == 0 && self.seq(lead, Rung::Sql).is_some()).then(|| Next {
                kind: Kind::Call,
                text: String::new(),
                due_at: next,
            });
            let call = CompleteTask {
                key: self.id(),
                id: *id,
                expected_seq: *expected_seq,
                outcome: Some(outcome).filter(|_| *kind == Kind::Call),
                note: text.to_owned(),
                next: again,
            };
            let body = self.world.complete_task(&call, &by, self.now);
            facts.extend(self.edit(user, body));
        }
        if open.is_empty() {
            let reached = outcome == Outcome::Connected;
            let save = SaveConversation {
                key: self.id(),
                id: ConversationId(self.id()),
                lead,
                expected_seq: 0,
                kind: Talk::Call,
                at: self.now,
                direction: Some(Direction::Out),
                text: text.to_owned(),
                outcome: Some(outcome),
                seconds: reached.then(|| self.rng.u32(60..1_500)),
            };
            let body = self.world.save_conversation(&save, &by, self.now);
            facts.extend(self.edit(user, body));
        }
        facts
    }

    /// Plans how an opportunity goes.
    fn opportunity(&mut self, lead: LeadId, at: Ms) {
        self.plan(at.saturating_sub(HOUR_MS), Act::Step(lead, "need"));
        self.plan(at, Act::Move(lead, Rung::Opportunity, None));
        let mut then = at;
        for step in ["plan", "progress", "rivals", "demo", "tender"] {
            let days = self.rng.i64(2..11);
            then = worked(then, days.saturating_mul(24 * 60));
            self.plan(then, Act::Step(lead, step));
            if self.hit(70) {
                self.plan(then.saturating_add(HOUR_MS), Act::Call(lead, 9));
            }
        }
        let days = self.rng.i64(3..20);
        let end = worked(then, days.saturating_mul(24 * 60));
        let fit = self.fit(lead);
        if self.hit(fit) {
            self.plan(end, Act::Move(lead, Rung::Won, None));
        } else {
            let reason = pick(&mut self.rng, LOST);
            self.plan(end, Act::Move(lead, Rung::Lost, Some(reason)));
        }
    }

    fn step(&mut self, lead: LeadId, step: &str) -> Vec<Fact> {
        let Some(seq) = self.world.lead(lead).map(|lead| lead.pursuit.seq) else {
            return Vec::new();
        };
        let dated = matches!(step, "demo" | "tender").then(|| Zone::SHANGHAI.day(self.now).0);
        let call = NoteStep {
            key: self.id(),
            id: lead,
            expected_seq: seq,
            step: step.to_owned(),
            done: true,
            date: dated,
        };
        let user = self.owner(lead);
        let body = self
            .world
            .note_step(&call, (user, &self.by(user)), self.now);
        self.edit(user, body)
    }

    fn go(&mut self, lead: LeadId, rung: Rung, reason: Option<&str>) -> Vec<Fact> {
        let ladder = &self.world.settings.practice.ladder;
        let to = ladder
            .stages
            .iter()
            .find(|stage| stage.rung == rung)
            .map(|stage| stage.id.clone());
        let (Some(to), Some(seq)) = (to, self.world.lead(lead).map(|lead| lead.pursuit.seq)) else {
            return Vec::new();
        };
        let call = MoveLead {
            key: self.id(),
            id: lead,
            expected_seq: seq,
            to,
            reason: reason.map(str::to_owned),
            note: String::new(),
        };
        let user = self.owner(lead);
        let body = self
            .world
            .move_lead(&call, (user, &self.by(user)), self.now);
        self.edit(user, body)
    }
}

impl Iterator for Company {
    type Item = Vec<Fact>;

    fn next(&mut self) -> Option<Vec<Fact>> {
        if !self.opened {
            self.opened = true;
            return Some(self.open());
        }
        let Reverse((at, place)) = self.agenda.pop()?;
        self.now = at.max(self.now);
        let act = self.acts.remove(&place)?;
        Some(self.do_next(act))
    }
}

/// Its website: none of another workspace's.
fn site_key() -> SiteKey {
    SiteKey(format!("{SAMPLE_WORKSPACE}.demo"))
}

fn name(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

/// So many minutes later, and then when somebody is at work: a weekday from nine to six.
fn worked(from: Ms, minutes: i64) -> Ms {
    let zone = Zone::SHANGHAI;
    let mut at = from.saturating_add(minutes.saturating_mul(MINUTE_MS));
    for _ in 0..8 {
        let day = zone.day(at);
        let since = at.saturating_sub(zone.begins(day));
        let weekend = matches!(day.0.saturating_add(3).rem_euclid(7), 5 | 6);
        if !weekend && (9 * HOUR_MS..18 * HOUR_MS).contains(&since) {
            return at;
        }
        let nine = zone
            .begins(day)
            .saturating_add(9 * HOUR_MS)
            .saturating_add(minutes.rem_euclid(45).saturating_mul(MINUTE_MS));
        at = if !weekend && since < 9 * HOUR_MS {
            nine
        } else {
            nine.saturating_add(DAY_MS)
        };
    }
    at
}

#[cfg(test)]
mod tests;
