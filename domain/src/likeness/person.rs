//! A person's name as it is compared: its parts, and every way they may be spelt in Latin letters.
//!
//! Not here: names that are romanised otherwise than by pinyin (Cantonese, Wade–Giles), short forms (Bob), and typing
//! errors: of those a suggestion would be wrong more often than right.

use super::{NameWhy, syllable};
use crate::plain;
use crate::touch::cut;

/// Of a name, so many bytes are looked at.
const BYTES_MAX: usize = 256;
/// A name is spelt in at most this many ways; a Chinese one of three characters has seldom more than four.
pub(super) const SPELLINGS_MAX: usize = 12;
/// Names of more parts than these are compared in the order they are written.
const PARTS_MAX: usize = 4;

/// What people put before or after a name.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam", "herr", "frau", "jr", "sr", "ii",
    "iii", "phd", "mba", "md",
];
/// The same in Chinese, after the name.
const HAN_TITLES: &[&str] = &[
    "先生",
    "女士",
    "小姐",
    "总经理",
    "副总经理",
    "副总",
    "经理",
    "总监",
    "主任",
    "老师",
    "教授",
    "博士",
    "工程师",
    "董事长",
    "总",
    "工",
];
/// What is written where there is no name.
const NOBODYS: &[&str] = &[
    "test",
    "testing",
    "none",
    "na",
    "null",
    "unknown",
    "anonymous",
    "user",
    "admin",
    "guest",
    "测试",
    "匿名",
    "未知",
    "无名",
    "用户",
];

/// A name, taken apart.
pub(super) struct PersonName {
    /// The Chinese characters, when it is a Chinese name.
    han: Vec<char>,
    /// The parts in Latin letters (or any other script without readings) of every spelling.
    spellings: Vec<Vec<String>>,
}

impl PersonName {
    /// Takes a name apart. `None` when it is too short to tell people apart.
    pub(super) fn parse(text: &str) -> Option<PersonName> {
        let folded = plain::folded(cut(plain::trimmed(text), BYTES_MAX));
        let folded = without_brackets(&folded);
        let mut han: Vec<char> = folded.chars().filter(|c| plain::is_han(*c)).collect();
        strip_titles(&mut han);
        let parts = latin_parts(&folded);
        let whole: String = han
            .iter()
            .chain(parts.concat().chars().collect::<Vec<_>>().iter())
            .collect();
        if NOBODYS.contains(&whole.as_str()) {
            return None;
        }
        // `Jack 李伟` goes by 李伟; `Wei 李` is one name in two scripts.
        let name = match han.len() {
            0 => PersonName {
                han,
                spellings: vec![parts],
            },
            1 if parts.is_empty() => return None,
            1 => {
                let surnames = syllable::surname(&han).1;
                let with = |reading: &str| [vec![reading.to_owned()], parts.clone()].concat();
                let spellings = surnames
                    .into_iter()
                    .flat_map(variants)
                    .map(|read| with(&read))
                    .take(SPELLINGS_MAX)
                    .collect();
                PersonName {
                    han: Vec::new(),
                    spellings,
                }
            }
            _ => {
                let spellings = han_spellings(&han);
                PersonName { han, spellings }
            }
        };
        let long =
            |parts: &Vec<String>| parts.iter().map(|part| part.chars().count()).sum::<usize>() >= 3;
        (name.han.len() > 1 || name.spellings.iter().any(long)).then_some(name)
    }

    /// Every way it may be spelt, each in parts.
    pub(super) fn spellings(&self) -> &[Vec<String>] {
        &self.spellings
    }

    /// What it has in common with another. Of two Chinese names the characters count, not how they sound: 王伟 is not
    /// 王薇.
    pub(super) fn like(&self, other: &PersonName) -> Option<NameWhy> {
        match (self.han.is_empty(), other.han.is_empty()) {
            (false, false) => (self.han == other.han).then_some(NameWhy::Same),
            (true, true) => self.spelt_like(other),
            _ => self.spelt_like(other).map(|_| NameWhy::Pinyin),
        }
    }

    fn spelt_like(&self, other: &PersonName) -> Option<NameWhy> {
        let pairs = self
            .spellings
            .iter()
            .flat_map(|one| other.spellings.iter().map(move |two| (one, two)));
        pairs.filter_map(|(one, two)| parts_like(one, two)).min()
    }
}

/// Whether parts are the same, or the same in another order or written together.
fn parts_like(one: &[String], other: &[String]) -> Option<NameWhy> {
    if one == other {
        return Some(NameWhy::Same);
    }
    let others = orders(other);
    let any = orders(one).iter().any(|order| others.contains(order));
    any.then_some(NameWhy::Order)
}

/// The parts written together, in every order.
fn orders(parts: &[String]) -> Vec<String> {
    if parts.len() > PARTS_MAX {
        return vec![parts.concat()];
    }
    let mut found = vec![(String::new(), parts.to_vec())];
    for _ in parts {
        found = found
            .into_iter()
            .flat_map(|(start, left)| {
                (0..left.len())
                    .filter_map(move |at| {
                        let mut rest = left.clone();
                        let part = (at < rest.len()).then(|| rest.remove(at))?;
                        Some((format!("{start}{part}"), rest))
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    found.into_iter().map(|(whole, _)| whole).collect()
}

/// The parts in Latin letters: without titles, and without the initial of a middle name.
fn latin_parts(folded: &str) -> Vec<String> {
    let text: String = folded
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ'))
        .collect();
    let words = text.split(|c: char| !c.is_alphabetic() || plain::is_han(c));
    let words: Vec<&str> = words
        .filter(|word| !word.is_empty() && !TITLES.contains(word))
        .collect();
    let last = words.len().saturating_sub(1);
    let middle = |(at, word): &(usize, &&str)| {
        words.len() < 3 || *at == 0 || *at == last || word.chars().count() > 1
    };
    words
        .iter()
        .enumerate()
        .filter(middle)
        .map(|(_, word)| (*word).to_owned())
        .collect()
}

/// Without what stands in brackets: a nickname, a department, a note.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth = depth.saturating_add(1),
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.trim().is_empty() {
        text.to_owned()
    } else {
        out
    }
}

/// Takes a title off a Chinese name. Of 李先生 the surname alone is left, which is no name.
fn strip_titles(han: &mut Vec<char>) {
    for title in HAN_TITLES {
        let title: Vec<char> = title.chars().collect();
        let left = han.len().saturating_sub(title.len());
        // A title of one character may be the last one of a name of three: 王建工.
        let may_be_name = title.len() == 1 && left == 2;
        if left > 0 && !may_be_name && han.ends_with(&title) {
            han.truncate(left);
            return;
        }
    }
}

/// How a Chinese name may be spelt: its surname, and the other characters as one part.
fn han_spellings(han: &[char]) -> Vec<Vec<String>> {
    let (length, mut surnames) = syllable::surname(han);
    // A character that nobody reads stands for itself.
    let own: String = han.iter().take(length).collect();
    if surnames.is_empty() {
        surnames.push(&own);
    }
    let surnames = surnames
        .into_iter()
        .flat_map(variants)
        .map(|read| vec![read, String::new()]);
    let mut found: Vec<Vec<String>> = surnames.take(SPELLINGS_MAX).collect();
    for c in han.iter().skip(length) {
        let read: Vec<String> = syllable::readings(*c).flat_map(variants).collect();
        let read = if read.is_empty() {
            vec![c.to_string()]
        } else {
            read
        };
        // The most frequent readings of all characters come first, so what is cut off is the rarest.
        let longer = read.iter().flat_map(|read| {
            found.iter().map(move |parts| {
                let mut parts = parts.clone();
                if let Some(given) = parts.last_mut() {
                    given.push_str(read);
                }
                parts
            })
        });
        found = longer.take(SPELLINGS_MAX).collect();
    }
    found
        .into_iter()
        .map(|parts| parts.into_iter().filter(|part| !part.is_empty()).collect())
        .collect()
}

/// How a syllable is written: `ü` is `v` on keyboards, `u` where accents go, and `yu` in passports.
fn variants(reading: &str) -> Vec<String> {
    match reading {
        "lv" => vec!["lv".into(), "lu".into(), "lyu".into()],
        "nv" => vec!["nv".into(), "nu".into(), "nyu".into()],
        _ => vec![reading.to_owned()],
    }
}
