//! Whether two people in the base are likely one: by name and company, whatever the script, the case and the order.
//!
//! Two questions. [`keys`] says under which words an index holds someone, so that those who may be alike are found by a look-up;
//! [`alike`] decides on two of them, and says why. Whoever is alike shares a key. Not here: keys that prove who someone
//! is ([`crate::contact`]), and what becomes of a suggestion.

mod person;
mod syllable;

use crate::account::CompanyName;
use crate::plain;
use person::PersonName;
use serde::{Deserialize, Serialize};

/// An index holds someone under at most this many keys.
pub const KEYS_MAX: usize = person::SPELLINGS_MAX;
/// A key is at most this long, in bytes.
pub const KEY_BYTES_MAX: usize = 130;
/// Of the spelling of a name, and of a company, so many bytes stand in a key.
const PART_BYTES_MAX: usize = 64;

/// Why two people are likely one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Why {
    /// What their names have in common.
    pub name: NameWhy,
    /// What the names of their companies have in common.
    pub company: CompanyWhy,
}

/// What two names of people have in common, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NameWhy {
    /// They are the same, but for case, accents, width, titles and blanks.
    Same,
    /// They have the same parts in another order, or written together.
    Order,
    /// One is the other's pinyin.
    Pinyin,
}

/// What two names of companies have in common, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CompanyWhy {
    /// They are the same, but for case, width and form of law.
    Same,
    /// One has a place that the other does not have.
    Place,
    /// One is the other's pinyin, or its translation.
    Pinyin,
}

/// The keys under which an index holds someone; none when the name or the company says too little.
pub fn keys(name: &str, company: &str) -> Vec<String> {
    let company = CompanyName::parse(company).filter(CompanyName::names_one);
    company.map_or_else(Vec::new, |company| keys_at(name, &company))
}

/// The same, of a company's name that was read; none when the person's says too little.
pub fn keys_at(name: &str, company: &CompanyName) -> Vec<String> {
    let Some(name) = PersonName::parse(name) else {
        return Vec::new();
    };
    let company = sound(company.bare());
    let company = crate::touch::cut(&company, PART_BYTES_MAX);
    let mut keys: Vec<String> = name
        .spellings()
        .iter()
        .map(|spelling| {
            let mut letters: Vec<char> = spelling.concat().chars().collect();
            letters.sort_unstable();
            let letters: String = letters.into_iter().collect();
            format!("{} {company}", crate::touch::cut(&letters, PART_BYTES_MAX))
        })
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether two people, each a name and a company, are likely one; and why.
pub fn alike(one: (&str, &str), other: (&str, &str)) -> Option<Why> {
    let (name, company) = read(one.0, one.1)?;
    let (other_name, other_company) = read(other.0, other.1)?;
    Some(Why {
        company: companies(&company, &other_company)?,
        name: name.like(&other_name)?,
    })
}

fn read(name: &str, company: &str) -> Option<(PersonName, CompanyName)> {
    let company = CompanyName::parse(company).filter(CompanyName::names_one)?;
    Some((PersonName::parse(name)?, company))
}

/// What two companies' names have in common. With two places they are two companies, or two of one group.
fn companies(one: &CompanyName, other: &CompanyName) -> Option<CompanyWhy> {
    let apart = match (one.place(), other.place()) {
        (Some(one), Some(other)) => place_sound(one) != place_sound(other),
        _ => false,
    };
    let (key, bare) = (one.key() == other.key(), one.bare() == other.bare());
    match (apart, key, bare) {
        (true, ..) => None,
        (false, true, true) => Some(CompanyWhy::Same),
        (false, false, true) => Some(CompanyWhy::Place),
        (false, _, false) => {
            (sound(one.bare()) == sound(other.bare())).then_some(CompanyWhy::Pinyin)
        }
    }
}

/// What a company does, in Chinese and in the English that such companies write.
const TRADES: &[(&str, &str)] = &[
    ("信息技术", "informationtechnology"),
    ("网络科技", "networktechnology"),
    ("生物科技", "biotechnology"),
    ("科技", "technology"),
    ("技术", "technology"),
    ("软件", "software"),
    ("网络", "network"),
    ("信息", "information"),
    ("电子", "electronics"),
    ("国际", "international"),
    ("商贸", "trading"),
    ("贸易", "trading"),
    ("投资", "investment"),
    ("咨询", "consulting"),
    ("物流", "logistics"),
    ("制药", "pharmaceutical"),
    ("医药", "pharmaceutical"),
    ("医疗", "medical"),
    ("化工", "chemical"),
    ("汽车", "automobile"),
    ("机械", "machinery"),
    ("设备", "equipment"),
    ("智能", "intelligent"),
    ("教育", "education"),
    ("文化", "culture"),
    ("传媒", "media"),
    ("广告", "advertising"),
    ("能源", "energy"),
    ("电气", "electric"),
    ("工业", "industry"),
    ("实业", "industrial"),
    ("服务", "services"),
    ("系统", "systems"),
    ("银行", "bank"),
    ("大学", "university"),
];

/// English words that are written in several ways.
const VARIANTS: &[(&str, &str)] = &[
    ("technologies", "technology"),
    ("tech", "technology"),
    ("networks", "network"),
    ("electronic", "electronics"),
    ("service", "services"),
    ("system", "systems"),
    ("industries", "industry"),
];

/// A company's name in Latin letters: what it does in English, the rest as it is most often read.
fn sound(bare: &str) -> String {
    let mut out = String::with_capacity(bare.len());
    let mut rest = bare;
    while let Some(c) = rest.chars().next() {
        if let Some((han, english)) = TRADES.iter().find(|(han, _)| rest.starts_with(han)) {
            out.push_str(english);
            rest = rest.strip_prefix(han).unwrap_or_default();
            continue;
        }
        match syllable::readings(c).next().filter(|_| plain::is_han(c)) {
            Some(reading) => out.push_str(reading),
            None => out.push(c),
        }
        rest = rest.strip_prefix(c).unwrap_or_default();
    }
    let variant = VARIANTS
        .iter()
        .find_map(|(from, to)| Some((out.strip_suffix(from)?.len(), to)));
    if let Some((left, to)) = variant.filter(|(left, _)| *left > 0) {
        out.truncate(left);
        out.push_str(to);
    }
    out
}

/// A place in Latin letters; China's by their names in English.
fn place_sound(place: &str) -> String {
    match place {
        "中国" | "中国区" | "大陆" | "prc" => "china".to_owned(),
        "大中华区" => "greaterchina".to_owned(),
        "亚太" | "亚太区" | "apac" => "asiapacific".to_owned(),
        "亚洲" => "asia".to_owned(),
        "香港" | "hk" => "hongkong".to_owned(),
        "澳门" => "macau".to_owned(),
        "陕西" => "shaanxi".to_owned(),
        "哈尔滨" => "harbin".to_owned(),
        _ => place
            .chars()
            .flat_map(|c| match syllable::readings(c).next() {
                Some(reading) => reading.chars().collect::<Vec<char>>(),
                None => vec![c],
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
