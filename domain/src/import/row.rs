//! One row: what it puts down, and what is wrong with it, cell by cell.

use super::column::Target;
use super::known::{Known, Shape, reason};
use super::limit::{CELL_BYTES_MAX, ROW_TAGS_MAX, SHOWN_BYTES_MAX, TAG_BYTES_MAX, WORD_BYTES_MAX};
use super::plan::{Column, Plan};
use crate::contact::Key;
use crate::draft::{Consent, Draft, Origin};
use crate::id::Ms;
use crate::identity::{Email, whole_name};
use crate::lead::Field;
use crate::profile::{FieldId, Value, folded, parts, read_date};
use crate::touch::cut;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What came of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The row of the file, from 0.
    pub row: u32,
    /// What it puts down; what is wrong is not in it.
    pub draft: Draft,
    /// Why it cannot be taken in.
    pub problems: Vec<Problem>,
    /// What is worth a look.
    pub warnings: Vec<Problem>,
    /// Tags that the base does not have: their names by the ids that the draft has for them.
    pub new_tags: BTreeMap<String, String>,
}

/// What is wrong with a cell, or with the row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The row of the file, from 0.
    pub row: u32,
    /// The column, from 0; none when it is the row.
    pub column: Option<u32>,
    /// What.
    pub code: Reason,
    /// The cell, cut.
    pub value: String,
}

/// Why a cell or a row does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing to find the person by: no address, number or id.
    NoKey,
    /// No e-mail address.
    BadEmail,
    /// No telephone number.
    BadPhone,
    /// A telephone number of more than one country.
    AmbiguousPhone,
    /// A number that a spreadsheet has rounded: `1.38E+10`.
    RoundedNumber,
    /// A date that may be two.
    AmbiguousDate,
    /// A date that no calendar has.
    ImpossibleDate,
    /// No date.
    BadDate,
    /// No number, or one out of its bounds.
    BadNumber,
    /// Neither yes nor no.
    BadBool,
    /// None of the options.
    UnknownChoice,
    /// No amount of money.
    BadAmount,
    /// No id.
    BadId,
    /// Longer than may be.
    TooLong,
    /// More tags than a row may have.
    TooManyTags,
    /// The error of a formula: `#N/A`.
    FormulaError,
    /// Letters that the file's encoding has no sign for.
    Garbled,
    /// A field that the workspace does not have.
    UnknownField,
}

/// Checks a row; `None` of one in which nothing stands.
pub fn check<'a>(
    plan: &Plan,
    known: &Known,
    row: u32,
    cell: &dyn Fn(usize) -> &'a str,
) -> Option<Outcome> {
    let mut taking = Taking {
        plan,
        known,
        outcome: Outcome {
            row,
            draft: Draft {
                origin: plan.origin.clone(),
                tags: plan.tags.iter().cloned().collect(),
                ..Draft::default()
            },
            problems: Vec::new(),
            warnings: Vec::new(),
            new_tags: BTreeMap::new(),
        },
        given: None,
        family: None,
        consent: None,
        consent_at: None,
    };
    let mut is_blank = true;
    for (at, column) in plan.columns.iter().enumerate() {
        let text = cell(at).trim();
        is_blank &= text.is_empty();
        if !text.is_empty() && column.target != Target::Ignore {
            taking.take(at, column, text);
        }
    }
    (!is_blank).then(|| taking.end())
}

/// A row on its way into a draft.
struct Taking<'a> {
    plan: &'a Plan,
    known: &'a Known,
    outcome: Outcome,
    given: Option<&'a str>,
    family: Option<&'a str>,
    consent: Option<&'a str>,
    consent_at: Option<Ms>,
}

impl<'a> Taking<'a> {
    fn take(&mut self, at: usize, column: &Column, text: &'a str) {
        if text.len() > CELL_BYTES_MAX {
            return self.refuse(at, Reason::TooLong, text);
        }
        if is_formula_error(text) {
            return self.refuse(at, Reason::FormulaError, text);
        }
        if text.contains(char::REPLACEMENT_CHARACTER) {
            let warning = self.problem(Some(at), Reason::Garbled, text);
            self.outcome.warnings.push(warning);
        }
        if let Err(reason) = self.put(column, text) {
            self.refuse(at, reason, text);
        }
    }

    fn put(&mut self, column: &Column, text: &'a str) -> Result<(), Reason> {
        let origin = &mut self.outcome.draft.origin;
        match &column.target {
            Target::Ignore => {}
            Target::Email => return self.emails(text),
            Target::Phone => return self.phones(column, text),
            Target::External => {
                let key = Key::external(&self.plan.system, key_text(text)?);
                self.key(key.ok_or(Reason::BadId)?);
            }
            Target::OpenId => {
                let parts = key_text(text)?.split_once('/');
                let key = parts.and_then(|(app, id)| Key::open_id(app, id));
                self.key(key.ok_or(Reason::BadId)?);
            }
            Target::UnionId => {
                let key = Key::union_id(key_text(text)?);
                self.key(key.ok_or(Reason::BadId)?);
            }
            Target::GivenName => self.given = Some(text),
            Target::FamilyName => self.family = Some(text),
            Target::Field(id) => return self.field(id, column, text),
            Target::Tags => return self.tags(text),
            Target::Source => origin.source = word(text)?.to_owned(),
            Target::Vendor => origin.vendor = Some(word(text)?.to_owned()),
            Target::Cost => origin.cost_minor = Some(minor(text).ok_or(Reason::BadAmount)?),
            Target::Consent => self.consent = Some(text),
            Target::ConsentAt => {
                let day = read_date(text, column.dates).map_err(reason)?;
                self.consent_at = Some(self.midnight(day));
            }
        }
        Ok(())
    }

    fn emails(&mut self, text: &str) -> Result<(), Reason> {
        for part in keys(text) {
            let email = Email::parse(part).ok_or(Reason::BadEmail)?;
            self.key(Key::Email(email));
        }
        Ok(())
    }

    fn phones(&mut self, column: &Column, text: &str) -> Result<(), Reason> {
        if is_rounded(text) {
            return Err(Reason::RoundedNumber);
        }
        let country = column.country.as_ref().unwrap_or(&self.plan.country);
        for part in keys(text) {
            let phone = self.known.phone(part, country)?;
            self.key(Key::Phone(phone));
        }
        Ok(())
    }

    fn key(&mut self, key: Key) {
        let keys = &mut self.outcome.draft.keys;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }

    fn field(&mut self, id: &FieldId, column: &Column, text: &str) -> Result<(), Reason> {
        let field = self.known.field(id);
        let shape = match (field, id) {
            (Some(field), _) => field.shape,
            (None, FieldId::Standard(Field::Amount)) => Shape::Number,
            (None, FieldId::Standard(_)) => Shape::Text,
            (None, FieldId::Custom(_)) => return Err(Reason::UnknownField),
        };
        let option = |text: &str| match column.options.get(&folded(text)) {
            Some(option) => Ok(option.clone()),
            None => {
                let own = field.and_then(|field| field.option(text));
                own.map(|id| Some(id.to_owned()))
                    .ok_or(Reason::UnknownChoice)
            }
        };
        let value = match shape {
            Shape::Choice => option(text)?.map(Value::Choice),
            Shape::Choices => {
                let options: Result<Vec<_>, Reason> = parts(text).map(option).collect();
                let options: BTreeSet<String> = options?.into_iter().flatten().collect();
                (!options.is_empty()).then_some(Value::Choices(options))
            }
            Shape::Text | Shape::Number | Shape::Date | Shape::Bool => {
                self.known.value(id, text, column.dates)?
            }
        };
        if let Some(value) = value {
            self.outcome.draft.fields.insert(id.clone(), value);
        }
        Ok(())
    }

    fn tags(&mut self, text: &str) -> Result<(), Reason> {
        for name in parts(text) {
            if name.len() > TAG_BYTES_MAX {
                return Err(Reason::TooLong);
            }
            if self.outcome.draft.tags.len() >= ROW_TAGS_MAX {
                return Err(Reason::TooManyTags);
            }
            let id = match self.known.tags.get(&folded(name)) {
                Some(id) => id.clone(),
                None => {
                    let id = tag_id(name);
                    let names = &mut self.outcome.new_tags;
                    names.entry(id.clone()).or_insert_with(|| name.to_owned());
                    id
                }
            };
            self.outcome.draft.tags.insert(id);
        }
        Ok(())
    }

    /// The first instant of a day in the workspace.
    fn midnight(&self, day: i32) -> Ms {
        let east = i64::from(self.known.zone.0).saturating_mul(60_000);
        i64::from(day)
            .saturating_mul(24 * 60 * 60 * 1_000)
            .saturating_sub(east)
    }

    fn end(mut self) -> Outcome {
        if let Some(name) = whole_name(self.given, self.family) {
            let fields = &mut self.outcome.draft.fields;
            fields
                .entry(FieldId::Standard(Field::Name))
                .or_insert(Value::Text(name));
        }
        self.put_consent();
        if self.outcome.draft.keys.is_empty() {
            // A key that does not read is told already.
            let told = self.outcome.problems.iter().any(|problem| {
                let column = problem
                    .column
                    .and_then(|at| self.plan.columns.get(at as usize));
                column.is_some_and(|column| is_key(&column.target))
            });
            if !told {
                let problem = self.problem(None, Reason::NoKey, "");
                self.outcome.problems.push(problem);
            }
        }
        self.outcome
    }

    /// A row's own consent takes the place of the whole file's; a "no" leaves none.
    fn put_consent(&mut self) {
        let Origin { consent, .. } = &mut self.outcome.draft.origin;
        let before = consent.as_ref().map(|consent| consent.at);
        let at = self.consent_at.or(before).unwrap_or(self.plan.at);
        match self.consent {
            Some(text) if NO.contains(&folded(text).as_str()) => *consent = None,
            Some(text) => {
                let ground = cut(text, WORD_BYTES_MAX).to_owned();
                *consent = Some(Consent { ground, at });
            }
            None => {
                if let Some(consent) = consent {
                    consent.at = at;
                }
            }
        }
    }

    fn refuse(&mut self, at: usize, code: Reason, text: &str) {
        let problem = self.problem(Some(at), code, text);
        self.outcome.problems.push(problem);
    }

    fn problem(&self, column: Option<usize>, code: Reason, text: &str) -> Problem {
        Problem {
            row: self.outcome.row,
            column: column.and_then(|at| u32::try_from(at).ok()),
            code,
            value: cut(text, SHOWN_BYTES_MAX).to_owned(),
        }
    }
}

/// What says that there is no consent.
const NO: &[&str] = &[
    "否",
    "无",
    "没有",
    "不同意",
    "未同意",
    "no",
    "n",
    "false",
    "0",
    "none",
];

fn is_key(target: &Target) -> bool {
    matches!(
        target,
        Target::Email | Target::Phone | Target::External | Target::OpenId | Target::UnionId
    )
}

/// The id that a tag gets which the base does not have: the same for the same name.
pub fn tag_id(name: &str) -> String {
    let id = Uuid::new_v5(&Uuid::nil(), format!("tag/{}", folded(name)).as_bytes());
    let mut text = id.simple().to_string();
    text.truncate(16);
    format!("t{text}")
}

/// Several keys in one cell, which a stroke parts too.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    parts(text)
        .flat_map(|part| part.split('/').map(str::trim))
        .filter(|part| !part.is_empty())
}

fn word(text: &str) -> Result<&str, Reason> {
    let fits = text.len() <= WORD_BYTES_MAX;
    fits.then_some(text).ok_or(Reason::TooLong)
}

/// An id as it was given out, and not as a spreadsheet rounded it.
fn key_text(text: &str) -> Result<&str, Reason> {
    let is_whole = !is_rounded(text);
    is_whole.then_some(text).ok_or(Reason::RoundedNumber)
}

/// An amount in the smallest unit: `12.5` and `¥1,200.00`.
fn minor(text: &str) -> Option<i64> {
    let text = folded(text);
    let text = text
        .trim_start_matches(['¥', '￥', '$', '€', '£', ' '])
        .trim_end_matches(['元', ' ']);
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.replace(',', "");
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || part.len() > 2 || !plain(&whole) || !plain(part) {
        return None;
    }
    let cents: i64 = format!("{part:0<2}").parse().ok()?;
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(cents)
}

/// Whether a spreadsheet has written a long number short: its last digits are gone.
fn is_rounded(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str, more: &[char]| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || more.contains(&c))
    };
    digits(number, &['.']) && digits(exponent, &['+']) && exponent.starts_with('+')
}

/// Whether the cell is what a formula that failed shows.
fn is_formula_error(text: &str) -> bool {
    const ERRORS: &[&str] = &[
        "#N/A",
        "#NAME?",
        "#VALUE!",
        "#REF!",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    ];
    ERRORS.contains(&text)
}

#[cfg(test)]
pub(super) mod tests;
