//! Who and what a sample company has to do with: the firms that look at it, their people, and the ways by which they come.
//!
//! All of it is made up. Not here: what anyone does, and when ([`super::company`]).

use super::pick;
use fastrand::Rng;

/// A firm that may buy.
#[derive(Clone, Debug)]
pub(super) struct Firm {
    /// Its name.
    pub(super) name: String,
    /// Its domain.
    pub(super) domain: String,
    /// Its industry.
    pub(super) industry: &'static str,
    /// How many work there.
    pub(super) people: u32,
    /// Of a hundred leads that were accepted, how many come to an opportunity.
    pub(super) fits: u8,
}

/// A way by which visits come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// What stands behind the landing page's path.
    pub(super) query: &'static str,
    /// The page before it.
    pub(super) referrer: &'static str,
    /// How many of a thousand visitors it brings.
    pub(super) share: u32,
    /// Of a hundred of them, how many leave their name.
    pub(super) names: u8,
    /// How much better or worse its people are than others, in percent.
    pub(super) worth: i32,
    /// From which week on, and until before which, it runs.
    pub(super) weeks: (i32, i32),
}

const ALWAYS: (i32, i32) = (0, 100);

/// The ways: paid search that is dear and shallow beside small ones that are good, a trade fair in one month, a series of
/// live classes in another.
pub(super) const WAYS: &[Way] = &[
    Way {
        query: "?utm_source=baidu&utm_medium=cpc&utm_campaign=brand&bd_vid=s1",
        referrer: "https://www.baidu.com/",
        share: 120,
        names: 20,
        worth: 20,
        weeks: ALWAYS,
    },
    Way {
        query: "?utm_source=baidu&utm_medium=cpc&utm_campaign=generic_erp&bd_vid=s2",
        referrer: "https://www.baidu.com/",
        share: 210,
        names: 5,
        worth: -45,
        weeks: ALWAYS,
    },
    Way {
        query: "",
        referrer: "https://www.baidu.com/link",
        share: 150,
        names: 10,
        worth: 0,
        weeks: ALWAYS,
    },
    Way {
        query: "",
        referrer: "https://www.google.com/",
        share: 60,
        names: 12,
        worth: 10,
        weeks: ALWAYS,
    },
    Way {
        query: "?utm_source=wechat&utm_medium=social&utm_campaign=official_account",
        referrer: "",
        share: 130,
        names: 12,
        worth: 5,
        weeks: ALWAYS,
    },
    Way {
        query: "?utm_source=zhihu&utm_medium=social&utm_campaign=answers",
        referrer: "https://www.zhihu.com/question/1",
        share: 70,
        names: 14,
        worth: 15,
        weeks: (6, 100),
    },
    Way {
        query: "?utm_source=newsletter&utm_medium=email&utm_campaign=monthly",
        referrer: "",
        share: 60,
        names: 24,
        worth: 25,
        weeks: ALWAYS,
    },
    Way {
        query: "?utm_source=fair&utm_medium=qr&utm_campaign=smart_factory_fair",
        referrer: "",
        share: 50,
        names: 55,
        worth: -10,
        weeks: (9, 12),
    },
    Way {
        query: "?utm_source=live&utm_medium=event&utm_campaign=open_class",
        referrer: "",
        share: 50,
        names: 38,
        worth: 30,
        weeks: (15, 22),
    },
    Way {
        query: "",
        referrer: "https://chatgpt.com/",
        share: 25,
        names: 22,
        worth: 30,
        weeks: (10, 100),
    },
    Way {
        query: "?utm_source=partner_yunqi&utm_medium=partner&utm_campaign=referral",
        referrer: "",
        share: 25,
        names: 45,
        worth: 50,
        weeks: (4, 100),
    },
    Way {
        query: "",
        referrer: "",
        share: 130,
        names: 11,
        worth: 10,
        weeks: ALWAYS,
    },
];

const STEMS: &[(&str, &str)] = &[
    ("启衡", "qiheng"),
    ("北桥", "beiqiao"),
    ("川禾", "chuanhe"),
    ("明筑", "mingzhu"),
    ("远帆", "yuanfan"),
    ("拓原", "tuoyuan"),
    ("青野", "qingye"),
    ("云格", "yunge"),
    ("海澄", "haicheng"),
    ("瑞铭", "ruiming"),
    ("恒拓", "hengtuo"),
    ("嘉木", "jiamu"),
    ("九方", "jiufang"),
    ("星湾", "xingwan"),
    ("华屹", "huayi"),
    ("诺川", "nuochuan"),
    ("安序", "anxu"),
    ("博朗图", "bolangtu"),
    ("同砚", "tongyan"),
    ("维岸", "weian"),
];
const KINDS: &[(&str, &str, &str)] = &[
    ("机械", "mach", "制造业"),
    ("电子", "elec", "制造业"),
    ("零售", "retail", "零售"),
    ("软件", "soft", "软件和信息服务"),
    ("物流", "logis", "物流运输"),
    ("医疗器械", "med", "医疗健康"),
];
const FORMS: &[&str] = &["有限公司", "科技有限公司", "股份有限公司", "集团有限公司"];
const SURNAMES: &[(&str, &str)] = &[
    ("李", "li"),
    ("王", "wang"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("赵", "zhao"),
    ("黄", "huang"),
    ("周", "zhou"),
    ("吴", "wu"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("马", "ma"),
    ("朱", "zhu"),
    ("胡", "hu"),
    ("林", "lin"),
];
const GIVEN: &[(&str, &str)] = &[
    ("伟", "wei"),
    ("芳", "fang"),
    ("敏", "min"),
    ("静", "jing"),
    ("磊", "lei"),
    ("洋", "yang"),
    ("艳", "yan"),
    ("勇", "yong"),
    ("杰", "jie"),
    ("娟", "juan"),
    ("思远", "siyuan"),
    ("雨桐", "yutong"),
    ("子涵", "zihan"),
    ("俊熙", "junxi"),
    ("晓彤", "xiaotong"),
    ("志强", "zhiqiang"),
];
/// Titles, the more common more often.
const TITLES: &[&str] = &[
    "信息部经理",
    "信息部经理",
    "采购经理",
    "运营总监",
    "运营总监",
    "生产总监",
    "财务经理",
    "副总经理",
    "总经理",
    "IT 主管",
    "市场经理",
    "工程师",
    "工程师",
    "专员",
];

/// So many firms, no two of one name.
pub(super) fn firms(rng: &mut Rng, number: usize) -> Vec<Firm> {
    let mut all = Vec::with_capacity(number);
    for (stem, latin) in STEMS {
        for (kind, short, industry) in KINDS {
            let form = pick(rng, FORMS);
            all.push(Firm {
                name: format!("{stem}{kind}{form}"),
                domain: format!("{latin}-{short}-sample.com"),
                industry,
                people: pick(rng, &[35, 80, 80, 160, 160, 260, 420, 900, 2_600]),
                fits: rng.u8(20..60),
            });
        }
    }
    rng.shuffle(&mut all);
    all.truncate(number);
    all
}

/// A person's name, and its Latin form for an address.
pub(super) fn person(rng: &mut Rng) -> (String, String) {
    let ((surname, latin), (given, latin_given)) = (pick(rng, SURNAMES), pick(rng, GIVEN));
    (
        format!("{surname}{given}"),
        format!("{latin_given}.{latin}"),
    )
}

/// What a person is called at work.
pub(super) fn title(rng: &mut Rng) -> &'static str {
    pick(rng, TITLES)
}

/// A way that runs in that week.
pub(super) fn way(rng: &mut Rng, week: i32) -> Way {
    let runs = |way: &&Way| (way.weeks.0..way.weeks.1).contains(&week);
    let running: u32 = WAYS.iter().filter(runs).map(|way| way.share).sum();
    let mut left = rng.u32(0..running.max(1));
    for way in WAYS.iter().filter(runs) {
        if left < way.share {
            return *way;
        }
        left = left.saturating_sub(way.share);
    }
    WAYS.last().copied().unwrap_or(FALLBACK)
}

/// What no list is without.
const FALLBACK: Way = Way {
    query: "",
    referrer: "",
    share: 1,
    names: 10,
    worth: 0,
    weeks: ALWAYS,
};
