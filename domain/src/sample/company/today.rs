//! How a made-up company stands on its last day: what is to be done today and what should have been, so that the day has something
//! to ask of everybody.

use super::{Company, DAY_MS, HOUR_MS};
use crate::api::SaveTask;
use crate::day::Zone;
use crate::id::{LeadId, Ms, TaskId};
use crate::journal::Fact;
use crate::stage::Rung;
use crate::task::Kind;

/// So many tasks are set at most.
const TASKS: usize = 14;
/// When a task is due, in days from today and hours of that day; every third is overdue.
const DUE: &[(Ms, Ms)] = &[(0, 16), (0, 18), (-1, 15), (0, 20), (0, 22), (-3, 10)];
/// What is to be done.
const ERRANDS: &[(Kind, &str)] = &[
    (Kind::Mail, "发送报价单"),
    (Kind::Call, "回访试用情况"),
    (Kind::Call, "确认演示时间"),
    (Kind::Mail, "寄送同行业案例"),
    (Kind::Meeting, "和财务过一遍付款方式"),
];

impl Company {
    /// Sets what is to be done today, and what should have been done.
    pub(super) fn today(&mut self) -> Vec<Fact> {
        let worked = self.world.leads().filter(|lead| {
            let rung = lead.pursuit.rung;
            let open = matches!(rung, Some(Rung::Sql | Rung::Opportunity));
            open && lead.merged_into.is_none() && lead.pursuit.owner.is_some()
        });
        let mut leads: Vec<LeadId> = worked.map(|lead| lead.id).collect();
        self.rng.shuffle(&mut leads);
        leads.truncate(TASKS);
        let zone = Zone::SHANGHAI;
        let begins = zone.begins(zone.day(self.now));
        let mut facts = Vec::new();
        for (place, lead) in leads.into_iter().enumerate() {
            let due = place.checked_rem(DUE.len()).and_then(|at| DUE.get(at));
            let (days, hours) = due.copied().unwrap_or_default();
            let after = days
                .saturating_mul(DAY_MS)
                .saturating_add(hours.saturating_mul(HOUR_MS));
            let what = self.rng.usize(0..ERRANDS.len());
            let (kind, text) = ERRANDS.get(what).copied().unwrap_or((Kind::Other, ""));
            let user = self.owner(lead);
            let save = SaveTask {
                key: self.id(),
                id: TaskId(self.id()),
                lead,
                expected_seq: 0,
                kind,
                text: text.to_owned(),
                due_at: begins.saturating_add(after),
                assignee: Some(user),
            };
            let body = self.world.save_task(&save, &self.by(user), self.now);
            facts.extend(self.edit(user, body));
        }
        facts
    }
}
