//! What a new workspace starts with.

use super::{Ladder, Owner, Reason, Rung, Stage, Step};
use crate::lead::Field;
use crate::persona::Test;
use crate::profile::FieldId;
use crate::rulebook::Name;
use crate::segment::{Condition, Mail};

/// The ladder of a company that sells to companies: with the steps that decide a purchase, and the reasons that are given
/// most often.
pub fn starter() -> Ladder {
    Ladder {
        version: 0,
        stages: stages(),
        recycle_reasons: vec![
            reason("not-now", "暂无计划", "No project now"),
            reason("no-budget", "暂无预算", "No budget yet"),
            reason(
                "no-answer",
                "多次联系未果",
                "No answer after several attempts",
            ),
            reason("early", "仍在了解", "Only looking around"),
            reason("silent", "长期无互动", "Silent for long"),
        ],
        lost_reasons: vec![
            reason("rival", "选择了竞争对手", "Chose a rival"),
            reason("price", "价格原因", "Price"),
            reason("product", "产品不满足", "The product does not do it"),
            reason("cancelled", "项目取消", "Project cancelled"),
            reason("own", "自行开发", "Built it themselves"),
        ],
        reject_reasons: vec![
            reason("not-reached", "联系不上", "Cannot be reached"),
            reason("wrong-contact", "联系方式有误", "Wrong contact data"),
            reason("no-need", "没有需求", "No need"),
            reason("not-target", "不是目标客户", "Not whom we sell to"),
            reason("duplicate", "重复线索", "Known already"),
        ],
    }
}

fn stages() -> Vec<Stage> {
    let known = Condition::Any(vec![
        Condition::Mail(Mail::Known),
        Condition::Field {
            field: FieldId::Standard(Field::Phone),
            is: Test::Known,
        },
    ]);
    let lead = Stage {
        entry: Some(known),
        ..stage("lead", "线索", "Lead", Rung::Lead, Owner::Marketing)
    };
    let sql = Stage {
        steps: vec![
            step("need", "确认需求", "Need confirmed", true, false),
            step(
                "job",
                "确认职位与角色",
                "Job and role confirmed",
                false,
                false,
            ),
        ],
        ..stage("sql", "销售认可线索（SQL）", "SQL", Rung::Sql, Owner::Sdr)
    };
    let opportunity = Stage {
        steps: vec![
            step("plan", "介绍方案", "Plan introduced", false, false),
            step(
                "progress",
                "询问项目进展",
                "Progress asked for",
                false,
                false,
            ),
            step("rivals", "了解竞争情况", "Rivals known", false, false),
            step("tender", "确认招标日期", "Tender date known", false, true),
            step("demo", "产品演示", "Demo given", false, true),
        ],
        ..stage(
            "opportunity",
            "商机",
            "Opportunity",
            Rung::Opportunity,
            Owner::Sales,
        )
    };
    vec![
        lead,
        stage("mql", "市场认可线索（MQL）", "MQL", Rung::Mql, Owner::Sdr),
        sql,
        opportunity,
        stage("won", "赢单", "Won", Rung::Won, Owner::Success),
        stage(
            "recycled",
            "退回培育",
            "Recycled",
            Rung::Recycled,
            Owner::Marketing,
        ),
        stage("lost", "输单", "Lost", Rung::Lost, Owner::Marketing),
    ]
}

fn stage(id: &str, zh: &str, en: &str, rung: Rung, owner: Owner) -> Stage {
    Stage {
        id: id.to_owned(),
        name: name(zh, en),
        rung,
        owner,
        entry: None,
        steps: Vec::new(),
        retired: false,
        moves_to: None,
    }
}

fn step(id: &str, zh: &str, en: &str, required: bool, dated: bool) -> Step {
    Step {
        id: id.to_owned(),
        name: name(zh, en),
        required,
        dated,
    }
}

fn reason(id: &str, zh: &str, en: &str) -> Reason {
    Reason {
        id: id.to_owned(),
        name: name(zh, en),
        retired: false,
        moves_to: None,
    }
}

fn name(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
