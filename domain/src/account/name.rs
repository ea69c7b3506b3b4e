//! A company's name as it is compared: without its form of law, in one width, one case and without accents.
//!
//! Two keys. The name itself, which is the company's unless two companies share it; and the name without its place, which
//! is weaker: 北京云格科技 and 云格科技 may be one company, and 上海云格科技 another. Not here: how the name is read aloud
//! ([`crate::likeness`]), and other names of the same company, which only people know.

mod words;

use crate::plain;
use crate::touch::cut;
use words::{
    BEFORE_BRANCH, BRANCHES, HAN_FORMS, HAN_FORMS_BEFORE, HAN_WIDE_PLACES, LATIN_BEFORE,
    LATIN_FORMS, LATIN_LINKS, LATIN_PLACES, LATIN_WIDE_PLACES, NOBODYS, PLACE_ENDS, TRADES,
    han_places,
};

/// Of a name, so many bytes are looked at.
pub const BYTES_MAX: usize = 512;

/// A name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyName {
    key: String,
    bare: String,
    place: Option<String>,
}

/// A run of Han characters, or a word of another script.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    is_han: bool,
    in_brackets: bool,
}

impl Word {
    fn new(text: &str, is_han: bool, depth: usize) -> Word {
        Word {
            text: text.to_owned(),
            is_han,
            in_brackets: depth > 0,
        }
    }

    /// Whether both are of one script and on one side of the brackets.
    fn is_like(&self, other: &Word) -> bool {
        (self.is_han, self.in_brackets) == (other.is_han, other.in_brackets)
    }
}

impl CompanyName {
    /// Takes a name apart. `None` when there is neither a letter nor a digit in it.
    pub fn parse(text: &str) -> Option<CompanyName> {
        let words = split(&plain::folded(cut(plain::trimmed(text), BYTES_MAX)));
        let (aside, mut main): (Vec<Word>, Vec<Word>) =
            words.into_iter().partition(|word| word.in_brackets);
        let mut aside: Vec<Word> = aside.into_iter().filter(|word| !is_form(word)).collect();
        if main.is_empty() {
            main = std::mem::take(&mut aside);
        }
        strip_branch(&mut main);
        strip_forms(&mut main);
        let key = joined(main.iter().chain(&aside));
        if key.is_empty() {
            return Self::unforced(text);
        }
        let (bare, place) = without_place(main, aside);
        let enough = bare.chars().count() >= 2 && !is_trade(&bare);
        let (bare, place) = match enough {
            true => (bare, place),
            false => (key.clone(), None),
        };
        Some(CompanyName { key, bare, place })
    }

    /// A name that is nothing but forms in brackets stays as it is.
    fn unforced(text: &str) -> Option<CompanyName> {
        let key = joined(&split(&plain::folded(cut(plain::trimmed(text), BYTES_MAX))));
        (!key.is_empty()).then(|| CompanyName {
            bare: key.clone(),
            key,
            place: None,
        })
    }

    /// The name: never empty.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The name without its place: never empty, and the same as [`CompanyName::key`] where nothing would be left that
    /// names a company.
    pub fn bare(&self) -> &str {
        &self.bare
    }

    /// The place that [`CompanyName::bare`] is without.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// Whether it names a company, and is not what people write when they have none.
    pub fn names_one(&self) -> bool {
        let enough = self.key.chars().count() >= 2;
        enough
            && !NOBODYS.contains(&self.key.as_str())
            && !self.key.bytes().all(|b| b.is_ascii_digit())
    }
}

/// The words of a folded text. Dots and apostrophes join, everything else that is no letter or digit parts Latin words;
/// Chinese has no blanks that mean anything, and what stands in one pair of brackets is one word.
fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut depth, mut open, mut fresh) = (0_usize, false, true);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' | '【' | '〔' | '〈' | '《' | '「' | '『' => {
                (depth, fresh) = (depth.saturating_add(1), true);
            }
            ')' | ']' | '}' | '】' | '〕' | '〉' | '》' | '」' | '』' => {
                (depth, fresh) = (depth.saturating_sub(1), true);
            }
            '.' | '\'' | '’' | '‘' | '`' | '´' | 'ʼ' => continue,
            '&' => words.push(Word::new("and", false, depth)),
            _ => {}
        }
        let counts = c.is_alphanumeric() || matches!(c, '\u{3099}' | '\u{309a}');
        if counts {
            let word = Word::new(c.encode_utf8(&mut [0; 4]), plain::is_han(c), depth);
            let joins = (open || word.is_han || word.in_brackets) && !fresh;
            match words.last_mut().filter(|last| joins && last.is_like(&word)) {
                Some(last) => last.text.push(c),
                None => words.push(word),
            }
            fresh = false;
        }
        open = counts;
    }
    letters_joined(words)
}

/// Single letters that follow each other are one word: `S. A.` is `sa`, `A/S` is `as`.
fn letters_joined(words: Vec<Word>) -> Vec<Word> {
    let is_letter = |word: &Word| !word.is_han && word.text.len() == 1;
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    for word in words {
        let single = is_letter(&word);
        match out
            .last_mut()
            .filter(|last| open && single && last.in_brackets == word.in_brackets)
        {
            Some(last) => last.text.push_str(&word.text),
            None => out.push(word),
        }
        open = single;
    }
    out
}

fn joined<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    words.into_iter().map(|word| word.text.as_str()).collect()
}

/// Whether a word in brackets is a form: `(集团)`, `(Pty)`.
fn is_form(word: &Word) -> bool {
    let forms = if word.is_han { HAN_FORMS } else { LATIN_FORMS };
    forms.contains(&word.text.as_str())
}

/// Cuts off a branch that follows the company's whole name: `云格科技有限公司上海分公司`.
fn strip_branch(words: &mut [Word]) {
    let Some(last) = words.last_mut().filter(|word| word.is_han) else {
        return;
    };
    if !BRANCHES.iter().any(|branch| last.text.ends_with(branch)) {
        return;
    }
    let ends = BEFORE_BRANCH.iter().filter_map(|form| {
        let at = last.text.find(form)?;
        let end = at.saturating_add(form.len());
        (end < last.text.len()).then_some(end)
    });
    if let Some(end) = ends.min() {
        last.text.truncate(end);
    }
}

/// Takes forms off both ends for as long as something is left.
fn strip_forms(words: &mut Vec<Word>) {
    while strip_first_form(words) {}
    while strip_last_form(words) {}
}

/// Takes one form off the beginning; `false` when there is none, or nothing else.
fn strip_first_form(words: &mut Vec<Word>) -> bool {
    let alone = words.len() == 1;
    let Some(first) = words.first_mut() else {
        return false;
    };
    if !first.is_han {
        let found = !alone && LATIN_BEFORE.contains(&first.text.as_str());
        if found {
            words.remove(0);
        }
        return found;
    }
    let mut forms = HAN_FORMS_BEFORE.iter();
    let rest = forms.find_map(|form| first.text.strip_prefix(form));
    let Some(rest) = rest.filter(|rest| !rest.is_empty()).map(str::to_owned) else {
        return false;
    };
    first.text = rest;
    true
}

/// Takes one form off the end; `false` when there is none, or nothing else.
fn strip_last_form(words: &mut Vec<Word>) -> bool {
    let alone = words.len() == 1;
    let Some(last) = words.last_mut() else {
        return false;
    };
    if last.is_han {
        let rest = HAN_FORMS
            .iter()
            .filter_map(|form| last.text.strip_suffix(form))
            .find(|rest| !alone || !rest.is_empty() && !HAN_FORMS.contains(&last.text.as_str()));
        let Some(left) = rest.map(str::len) else {
            return false;
        };
        last.text.truncate(left);
        if last.text.is_empty() {
            words.pop();
        }
        return true;
    }
    if alone || !LATIN_FORMS.contains(&last.text.as_str()) {
        return false;
    }
    words.pop();
    while words.len() > 1
        && words
            .last()
            .is_some_and(|word| LATIN_LINKS.contains(&word.text.as_str()))
    {
        words.pop();
    }
    true
}

/// What is left without places, and the last of those that were taken: in brackets, before the name or after it.
fn without_place(mut main: Vec<Word>, aside: Vec<Word>) -> (String, Option<String>) {
    let mut place = None;
    let (places, aside): (Vec<Word>, Vec<Word>) = aside
        .into_iter()
        .partition(|word| is_place(&word.text, word.is_han, true));
    if let Some(word) = places.last() {
        place = Some(plain_place(&word.text).to_owned());
    }
    if let Some(word) = main.first_mut() {
        while let Some((found, rest)) =
            place_before(word).map(|(found, rest)| (found.to_owned(), rest.to_owned()))
        {
            place = Some(found);
            word.text = rest;
        }
    }
    let whole = joined(&main);
    if let Some((found, rest)) = latin_places(&main) {
        place = Some(found);
        main = rest;
    } else if let Some(word) = main.last_mut().filter(|word| word.is_han) {
        let found = han_places()
            .chain(HAN_WIDE_PLACES.iter().copied())
            .find(|place| whole.len() > place.len() && plain_place(&word.text).ends_with(place));
        if let Some(found) = found {
            let left = plain_place(&word.text).len().saturating_sub(found.len());
            word.text.truncate(left);
            place = Some(found.to_owned());
        }
    }
    (joined(main.iter().chain(&aside)), place)
}

/// The place that a run of Han characters begins with, and what follows it.
fn place_before(word: &Word) -> Option<(&'static str, &str)> {
    han_places()
        .filter(|_| word.is_han)
        .filter_map(|place| Some((place, word.text.strip_prefix(place)?)))
        .map(|(place, rest)| {
            let ends = PLACE_ENDS.iter().find_map(|end| rest.strip_prefix(end));
            (place, ends.unwrap_or(rest))
        })
        .find(|(_, rest)| !rest.is_empty())
}

/// The place that Latin words begin or end with (one word or two), and the other words.
fn latin_places(words: &[Word]) -> Option<(String, Vec<Word>)> {
    [2, 1].into_iter().find_map(|count| {
        let left = words.len().checked_sub(count).filter(|left| *left > 0)?;
        let (head, tail) = words.split_at_checked(count)?;
        let (start, end) = words.split_at_checked(left)?;
        let is_latin = |part: &[Word]| part.iter().all(|word| !word.is_han);
        let (first, last) = (joined(head), joined(end));
        if is_latin(end) && is_place(&last, false, true) {
            return Some((last, start.to_vec()));
        }
        (is_latin(head) && is_place(&first, false, false)).then(|| (first, tail.to_vec()))
    })
}

/// Whether a word is a place; `wide` ones count too where they are no part of a name.
fn is_place(text: &str, is_han: bool, wide: bool) -> bool {
    let text = plain_place(text);
    let (known, wider) = match is_han {
        true => (han_places().any(|place| place == text), HAN_WIDE_PLACES),
        false => (LATIN_PLACES.contains(&text), LATIN_WIDE_PLACES),
    };
    known || wide && wider.contains(&text)
}

/// A place without `市` and the like.
fn plain_place(text: &str) -> &str {
    let rest = PLACE_ENDS.iter().find_map(|end| text.strip_suffix(end));
    rest.filter(|rest| rest.chars().count() >= 2)
        .unwrap_or(text)
}

/// Whether a text is made of trades alone.
fn is_trade(text: &str) -> bool {
    let mut rest = text;
    while let Some(after) = TRADES.iter().find_map(|trade| rest.strip_prefix(trade)) {
        rest = after;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests;
