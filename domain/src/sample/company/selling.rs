//! What the members of a made-up company do with its leads: they answer, call, meet, write down what there is to win, and win or lose.

use super::super::pick;
use super::work_time::worked;
use super::{Act, Company, HOUR_MS};
use crate::api::{
    AnswerLead, CancelTask, CompleteTask, MoveLead, NoteStep, SaveConversation, SaveLead,
};
use crate::conversation::{Direction, Kind as Talk, Outcome};
use crate::day::Zone;
use crate::id::{ConversationId, LeadId, Ms, TaskId};
use crate::journal::Fact;
use crate::lead::Field;
use crate::profile::{FieldId, Value};
use crate::stage::{Rung, Verdict};
use crate::task::{Kind, Next, State};
use std::collections::{BTreeMap, BTreeSet};

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
/// What there is to win, in whole units of the currency.
const AMOUNTS: &[i64] = &[
    38_000, 60_000, 60_000, 86_000, 120_000, 120_000, 150_000, 180_000, 260_000, 320_000, 480_000,
    760_000, 1_200_000,
];
/// What was said where they met.
const MEETINGS: &[&str] = &[
    "演示了排产和看板，生产总监关心与现有 MES 的对接",
    "现场演示，信息部和财务部都参加了，要求补一份报价明细",
    "线上演示四十分钟，对方希望先在一个车间试点",
    "和副总经理过了一遍方案，约定下周给正式报价",
    "演示顺利，对方在等集团的预算批复",
];
/// What somebody wants to remember.
const NOTES: &[&str] = &[
    "决策人是副总经理，信息部只负责评估",
    "竞争对手报价低两成，但不含实施",
    "年底前要上线，合同最晚下月底签",
    "对方习惯用微信沟通，电话常常打不通",
];

impl Company {
    /// Somebody has a new lead.
    pub(super) fn qualified(&mut self, lead: LeadId) {
        let known = self.world.lead(lead);
        let mut visitors = known.into_iter().flat_map(|lead| &lead.visitors);
        if visitors.any(|visitor| self.fresh.contains(visitor)) {
            return;
        }
        // Now and then it is forgotten for some days.
        let minutes = match self.hit(75) {
            true => pick(&mut self.rng, ANSWERS),
            false => self.rng.i64(3_000..16_000),
        };
        self.plan(worked(self.now, minutes), Act::Answer(lead));
    }

    pub(super) fn answer(&mut self, lead: LeadId) -> Vec<Fact> {
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
    pub(super) fn call(&mut self, lead: LeadId, number: u8) -> Vec<Fact> {
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
        let open = self.open_tasks(lead);
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

    /// What is still to be done with a lead.
    fn open_tasks(&self, lead: LeadId) -> Vec<(TaskId, u64, Kind)> {
        let known = self.world.lead(lead).map(|lead| &lead.tasks);
        let open = known.into_iter().flat_map(|tasks| tasks.values());
        let open = open.filter(|noted| noted.task.state == State::Open);
        open.map(|noted| (noted.task.id, noted.seq, noted.task.kind))
            .collect()
    }

    /// Takes away what was still to be done with a lead that is at its end.
    fn drop_tasks(&mut self, lead: LeadId) -> Vec<Fact> {
        let user = self.owner(lead);
        let by = self.by(user);
        let mut facts = Vec::new();
        for (id, expected_seq, _) in self.open_tasks(lead) {
            let call = CancelTask {
                key: self.id(),
                id,
                expected_seq,
                note: String::new(),
            };
            let body = self.world.cancel_task(&call, &by, self.now);
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

    pub(super) fn step(&mut self, lead: LeadId, step: &str) -> Vec<Fact> {
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
        let mut facts = self.edit(user, body);
        if facts.is_empty() {
            return facts;
        }
        if step == "demo" {
            facts.extend(self.met(lead));
        }
        if self.rung_of(lead) == Some(Rung::Opportunity) && !self.open_tasks(lead).is_empty() {
            let said = ("按约定跟进，进展顺利", Outcome::Connected);
            facts.extend(self.spoke(lead, said, self.now));
        }
        facts
    }

    /// Writes down that they met, and what somebody wants to remember of it.
    fn met(&mut self, lead: LeadId) -> Vec<Fact> {
        let met = pick(&mut self.rng, MEETINGS);
        let seconds = self.rng.u32(1_800..5_400);
        let (kind, held) = (Talk::Meeting, Some(Outcome::Held));
        let mut facts = self.noted(lead, (kind, met), held, Some(seconds));
        if self.hit(60) {
            let note = pick(&mut self.rng, NOTES);
            facts.extend(self.noted(lead, (Talk::Note, note), None, None));
        }
        facts
    }

    fn noted(
        &mut self,
        lead: LeadId,
        (kind, text): (Talk, &str),
        outcome: Option<Outcome>,
        seconds: Option<u32>,
    ) -> Vec<Fact> {
        let user = self.owner(lead);
        let save = SaveConversation {
            key: self.id(),
            id: ConversationId(self.id()),
            lead,
            expected_seq: 0,
            kind,
            at: self.now,
            direction: (kind != Talk::Note).then_some(Direction::Out),
            text: text.to_owned(),
            outcome,
            seconds,
        };
        let by = self.by(user);
        let body = self.world.save_conversation(&save, &by, self.now);
        self.edit(user, body)
    }

    /// Says what there is to win.
    fn value(&mut self, lead: LeadId) -> Vec<Fact> {
        let Some(expected_seq) = self.world.family(lead).map(|family| family.root().seq) else {
            return Vec::new();
        };
        let amount = pick(&mut self.rng, AMOUNTS).saturating_mul(1_000);
        let field = FieldId::Standard(Field::Amount);
        let save = SaveLead {
            key: self.id(),
            id: lead,
            expected_seq,
            set: BTreeMap::from([(field, Some(Value::Number(amount)))]),
            tagged: BTreeSet::new(),
            untagged: BTreeSet::new(),
            keys: Vec::new(),
            dropped: Vec::new(),
            account: None,
            role: None,
        };
        let user = self.owner(lead);
        let body = self.world.edit(&save, &self.by(user));
        self.edit(user, body)
    }

    pub(super) fn go(&mut self, lead: LeadId, rung: Rung, reason: Option<&str>) -> Vec<Fact> {
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
        let mut facts = self.edit(user, body);
        match rung {
            _ if facts.is_empty() => {}
            Rung::Opportunity => facts.extend(self.value(lead)),
            Rung::Won | Rung::Lost | Rung::Recycled => facts.extend(self.drop_tasks(lead)),
            _ => {}
        }
        facts
    }
}
