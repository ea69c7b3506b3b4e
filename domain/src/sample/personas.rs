//! The kinds of customers that a made-up company knows: four, each with what was heard of it and where.
//!
//! All of it is made up. Not here: who is of which kind, which follows from the descriptions ([`crate::persona`]).

use crate::id::PersonaId;
use crate::lead::Field;
use crate::persona::{Colour, Entry, Evidence, EvidenceKind, Group, Persona, Subject};
use crate::profile::FieldId;
use crate::rulebook::Name;
use uuid::Uuid;

/// What is known of one of them: a label, a text, and the field of a person that it speaks of.
type Known = (Group, &'static str, &'static str, Option<Field>);

/// One of them, in short.
struct Sketch {
    name: (&'static str, &'static str),
    summary: &'static str,
    colour: Colour,
    known: &'static [Known],
    /// What it rests on: how, what, from whom, and how many days ago.
    heard: &'static [(EvidenceKind, &'static str, &'static str, i32)],
}

const SKETCHES: &[Sketch] = &[
    Sketch {
        name: ("制造企业的信息部经理", "IT manager of a manufacturer"),
        summary: "负责选型和对接，要先说服生产部门，再向副总经理要预算。最怕上线后没人用。",
        colour: Colour::Blue,
        known: &[
            (Group::Company, "行业", "制造", Some(Field::Industry)),
            (Group::Company, "规模", "100-500人", Some(Field::Size)),
            (Group::Company, "职位", "信息；IT", Some(Field::Title)),
            (
                Group::Behaviour,
                "怎么选",
                "先看同行案例，再要演示环境自己试两周",
                None,
            ),
            (
                Group::Budget,
                "预算",
                "每年 30 到 80 万，超过 20 万要副总经理签字",
                None,
            ),
            (
                Group::Channels,
                "在哪里看到",
                "百度搜索、知乎、同行微信群",
                None,
            ),
            (
                Group::Contents,
                "爱看什么",
                "对接清单、实施周期、失败案例复盘",
                None,
            ),
            (
                Group::Pains,
                "痛点",
                "ERP 和车间数据对不上，每月手工核对三天",
                None,
            ),
        ],
        heard: &[
            (
                EvidenceKind::Interview,
                "选型时第一个问题总是“和现有 ERP 怎么接”",
                "访谈 12 位信息部经理",
                40,
            ),
            (
                EvidenceKind::History,
                "赢单里六成由信息部门最先留下联系方式",
                "本工作区近半年的线索",
                12,
            ),
        ],
    },
    Sketch {
        name: ("零售企业的运营总监", "Head of operations in retail"),
        summary: "看重门店数据当天能看到。决定快，但换供应商也快。",
        colour: Colour::Green,
        known: &[
            (Group::Company, "行业", "零售", Some(Field::Industry)),
            (Group::Company, "职位", "运营总监；运营", Some(Field::Title)),
            (
                Group::Behaviour,
                "怎么选",
                "一周内要看到演示，三周内要有结论",
                None,
            ),
            (Group::Budget, "预算", "按门店数计费更容易通过", None),
            (Group::Channels, "在哪里看到", "公众号文章、直播课", None),
            (Group::Pains, "痛点", "促销当天看不到库存，缺货靠电话", None),
        ],
        heard: &[(
            EvidenceKind::Internal,
            "直播课来的运营总监，约演示的比例最高",
            "销售周会",
            25,
        )],
    },
    Sketch {
        name: ("拍板的副总经理", "The deputy general manager who decides"),
        summary: "很少自己填表，通常在演示阶段才出现。只问三件事：多少钱、多久见效、谁用过。",
        colour: Colour::Violet,
        known: &[
            (
                Group::Company,
                "职位",
                "副总经理；总经理",
                Some(Field::Title),
            ),
            (Group::Company, "规模", "200人以上", Some(Field::Size)),
            (
                Group::Behaviour,
                "怎么决定",
                "看投资回报的一页纸，找同行打听",
                None,
            ),
            (
                Group::Contents,
                "爱看什么",
                "同规模企业的上线前后对比",
                None,
            ),
            (Group::Pains, "痛点", "花了钱却说不清省了多少", None),
        ],
        heard: &[
            (
                EvidenceKind::Survey,
                "八成希望第一次见面就看到同行的数字",
                "36 份问卷",
                90,
            ),
            (
                EvidenceKind::Interview,
                "“别给我看功能，给我看结果”",
                "客户回访三次",
                33,
            ),
        ],
    },
    Sketch {
        name: ("比价的采购经理", "The purchasing manager who compares"),
        summary: "带着三家名单来，关心付款方式和违约条款。不解决痛点，但能拖慢一切。",
        colour: Colour::Amber,
        known: &[
            (Group::Company, "职位", "采购", Some(Field::Title)),
            (
                Group::Behaviour,
                "怎么选",
                "要求统一格式的报价明细，至少三家",
                None,
            ),
            (Group::Budget, "付款", "三三四分期，尾款押半年", None),
            (Group::Pains, "痛点", "报价口径不一，没法向上解释", None),
        ],
        heard: &[],
    },
];

/// The kinds of customers that it knows, as of a day.
pub(super) fn personas(today: i32) -> Vec<Persona> {
    SKETCHES
        .iter()
        .map(|sketch| persona(sketch, today))
        .collect()
}

fn persona(sketch: &Sketch, today: i32) -> Persona {
    let (zh, en) = sketch.name;
    let mut persona = Persona {
        id: PersonaId(Uuid::nil()),
        version: 0,
        name: Name {
            zh: zh.to_owned(),
            en: en.to_owned(),
        },
        summary: sketch.summary.to_owned(),
        colour: sketch.colour,
        groups: Default::default(),
        evidence: Vec::new(),
        fit: Vec::new(),
    };
    for (group, label, text, field) in sketch.known {
        persona.groups.entry(*group).or_default().push(Entry {
            label: (*label).to_owned(),
            text: (*text).to_owned(),
            about: field.map(|field| Subject::Field(FieldId::Standard(field))),
        });
    }
    for (kind, text, source, days) in sketch.heard {
        persona.evidence.push(Evidence {
            kind: *kind,
            text: (*text).to_owned(),
            source: (*source).to_owned(),
            date: today.saturating_sub(*days),
            link: None,
            groups: [Group::Behaviour].into(),
        });
    }
    persona
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::persona::check;
    use crate::profile::Schema;

    #[test]
    fn each_of_them_may_be_saved() {
        for persona in personas(20_000) {
            assert_eq!(
                check(&Schema::default(), &persona),
                [],
                "{}",
                persona.name.en
            );
        }
    }
}
