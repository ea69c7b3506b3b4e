//! Chinese.

use super::{DefinitionText, span};
use crate::state::definition_form::Number;
use domain::definition::Side;

pub(in crate::text) static TEXT: DefinitionText = DefinitionText {
    title: "线索定义",
    note: "市场和销售共同约定：什么样的人算合格线索，双方各自承诺什么。两位负责人签署后生效。",
    begin: "起草新版本",
    edit: "修改草稿",
    none_holds: "还没有生效的定义",
    none_holds_text: "目前以评分规则的 MQL 线为准，时限采用默认值。起草一份定义，由市场和销售的负责人签署后生效。",
    in_force: "当前生效",
    draft: "等待签署的草稿",
    changes: "与当前生效的版本相比",
    whole: "查看全文",
    past: "签署过的版本",
    any_grade: "任何等级均可",
    grades: "等级",
    criteria: "其他条件",
    promises: "双方的承诺",
    reassign: "超时未接受则转给他人",
    reassign_note: "销售没有按时接受或退回时，按分配规则交给下一个人。",
    yes: "是",
    no: "否",
    in_words: "文字说明",
    no_longer: "不再包括",
    also: "新增",
    no_head: "尚未指定负责人",
    sign: "签署这个版本",
    signed_now: "已签署。",
    heads: "由谁签署",
    name_heads: "指定负责人",
    owner_names: "由所有者指定。",
    nobody_yet: "尚未指定",
    heads_named: "已指定签署人。",
    next_draft: "新草稿",
    put_down_now: "提交草稿",
    put_down: "草稿已提交，等待双方签署。",
    voids: "提交后成为新的版本，之前对草稿的签署随之作废。",
    in_chinese: "中文说明",
    in_english: "英文说明",
    from_day: "生效日期",
    from_hint: "留空则签署完毕立即生效",
    from_past: "早于今天，签署完毕立即生效",
    number: |number| match number {
        Number::Score => "最低评分（MQL 线）",
        Number::Weekly => "市场每周承诺",
        Number::Capacity => "销售每周可承接",
        Number::Assign => "分配时限",
        Number::Accept => "接受时限",
        Number::Respond => "首次联系时限",
        Number::Attempts => "放弃前至少联系",
        Number::Forgotten => "多久无人跟进算遗忘",
    },
    value: |number, value| match number {
        Number::Score => format!("{value} 分"),
        Number::Weekly | Number::Capacity => format!("{value} 条"),
        Number::Attempts => format!("{value} 次"),
        Number::Forgotten => format!("{value} 天"),
        Number::Assign | Number::Accept | Number::Respond => {
            format!("{}（工作时间）", span(value, ["天", "小时", "分钟"], " "))
        }
    },
    hint: |number, value| match number {
        Number::Assign | Number::Accept | Number::Respond => Some(match value {
            0..60 => "工作时间，分钟".to_owned(),
            _ => format!("工作时间 {}", span(value, ["天", "小时", "分钟"], " ")),
        }),
        Number::Forgotten => Some("天".to_owned()),
        Number::Attempts => Some("次".to_owned()),
        Number::Weekly | Number::Capacity => Some("条".to_owned()),
        Number::Score => None,
    },
    side: |side| match side {
        Side::Marketing => "市场负责人",
        Side::Sales => "销售负责人",
    },
    holds_since: |when| format!("自 {when} 起生效"),
    to_hold_from: |when| format!("不早于 {when} 生效"),
    waits_for: |name| format!("等待 {name} 签署"),
};
