//! What becomes of each column: proposed by names and values, changed by a person, and what the person is asked.

use super::column::{Sureness, Target, by_name};
use super::head::Head;
use super::known::{Known, KnownField, Shape};
use super::survey::{Seen, Survey};
use crate::contact::Key;
use crate::draft::{Door, Origin};
use crate::id::{Ms, is_slug};
use crate::profile::{DateOrder, folded};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a file is taken in. It goes to the person and back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// When the import was begun: since when a consent holds that has no date.
    pub at: Ms,
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// The first row of people.
    pub first: u32,
    /// What the system is called whose ids the file has, as [`Key::external`] takes it.
    #[serde(default)]
    pub system: String,
    /// The country (ISO 3166) of telephone numbers that name none, where their column does not say another.
    pub country: String,
    /// The source, vendor, cost and consent of rows that do not name their own.
    pub origin: Origin,
    /// Tags, by id, that every row gets.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// How a column is taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// What its cells become.
    pub target: Target,
    /// How sure that is.
    pub sure: Sureness,
    /// Of dates that may be read in two ways: which.
    #[serde(default)]
    pub dates: Option<DateOrder>,
    /// The country of telephone numbers that name none.
    #[serde(default)]
    pub country: Option<String>,
    /// Texts, folded, and the option that each means; none to leave the field empty.
    #[serde(default)]
    pub options: BTreeMap<String, Option<String>>,
}

/// Something a person should say of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Which column, from 0.
    pub column: u32,
    /// What.
    #[serde(flatten)]
    pub kind: QuestionKind,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum QuestionKind {
    /// A column before it has the same name: one of the two must be ignored.
    Twice {
        /// That column.
        other: u32,
    },
    /// A column before it fills the same field: one of the two must be ignored.
    SameTarget {
        /// That column.
        other: u32,
    },
    /// Is it the day or the month that stands first?
    DateOrder {
        /// Dates that only the day first makes sense of.
        day_first: u32,
        /// Those that only the month first does.
        month_first: u32,
        /// Those that may be either.
        either: u32,
    },
    /// Which country are the numbers of that name none?
    Country {
        /// How many of the sample name none and are not China's.
        bare: u32,
    },
    /// Which options do these texts mean?
    Options {
        /// The texts that no option is called, with their counts.
        texts: BTreeMap<String, u32>,
    },
    /// What is the system called whose ids these are?
    System,
    /// Nothing is known of the column: ignore it, or have a field for it that holds this.
    Unmatched {
        /// What a field of the workspace would hold.
        shape: Shape,
    },
}

impl Plan {
    /// Whether rows can be taken in by it: no two columns are in each other's way, and ids are of a system.
    pub fn is_ready(&self) -> bool {
        let mut columns = self.columns.iter().enumerate();
        columns.all(|(at, column)| {
            let before = self.columns.get(..at).unwrap_or_default();
            same_as(column, before).is_none() && self.system_of(column).is_none()
        })
    }

    /// The place among the people, from 1, of a row of the file, from 0: what the base knows the row by.
    pub fn place(&self, row: u32) -> u32 {
        row.saturating_sub(self.first).saturating_add(1)
    }

    fn system_of(&self, column: &Column) -> Option<QuestionKind> {
        let unnamed = !is_slug(&self.system, Key::SYSTEM_BYTES_MAX);
        (column.target == Target::External && unnamed).then_some(QuestionKind::System)
    }
}

impl QuestionKind {
    /// Whether no row can be taken in before it is answered.
    pub fn must(&self) -> bool {
        matches!(
            self,
            QuestionKind::Twice { .. } | QuestionKind::SameTarget { .. } | QuestionKind::System
        )
    }
}

/// The country of telephone numbers unless another is said.
const COUNTRY: &str = "CN";

/// Proposes a plan for what was seen.
pub fn propose(at: Ms, head: &Head, survey: &Survey, known: &Known) -> Plan {
    let empty = Seen::default();
    let mut columns: Vec<Column> = Vec::with_capacity(head.names.len());
    for (at, name) in head.names.iter().enumerate() {
        let seen = survey.columns.get(at).unwrap_or(&empty);
        let (target, sure) = by_name(name, known)
            .or_else(|| by_values(seen))
            .unwrap_or((Target::Ignore, Sureness::None));
        columns.push(Column {
            name: name.clone(),
            target,
            sure,
            dates: seen.order(),
            country: None,
            options: BTreeMap::new(),
        });
    }
    keep_surest(&mut columns);
    Plan {
        at,
        columns,
        first: head.first,
        system: String::new(),
        country: COUNTRY.to_owned(),
        origin: Origin {
            door: Door::Import,
            ..Origin::default()
        },
        tags: Vec::new(),
    }
}

fn by_values(seen: &Seen) -> Option<(Target, Sureness)> {
    let target = if seen.is_nearly_all(seen.mails) {
        Target::Email
    } else if seen.bare == 0 && seen.is_nearly_all(seen.phones) {
        Target::Phone
    } else {
        return None;
    };
    Some((target, Sureness::Guessed))
}

/// Of columns with different names for one field, the surest keeps it, of equals the first. Columns of one name keep
/// what they have: a person must choose.
fn keep_surest(columns: &mut [Column]) {
    let all: Vec<(Target, Sureness, String)> = columns
        .iter()
        .map(|column| (column.target.clone(), column.sure, folded(&column.name)))
        .collect();
    for (at, column) in columns.iter_mut().enumerate() {
        let name = folded(&column.name);
        let loses = all
            .iter()
            .enumerate()
            .any(|(other, (target, sure, theirs))| {
                *target == column.target
                    && *theirs != name
                    && (*sure > column.sure || (*sure == column.sure && other < at))
            });
        if loses && !column.target.is_shared() {
            column.target = Target::Ignore;
            column.sure = Sureness::None;
        }
    }
}

/// What a person should still say.
pub fn questions(plan: &Plan, survey: &Survey, known: &Known) -> Vec<Question> {
    let empty = Seen::default();
    let mut asked = Vec::new();
    for (at, column) in plan.columns.iter().enumerate() {
        let seen = survey.columns.get(at).unwrap_or(&empty);
        let before = plan.columns.get(..at).unwrap_or_default();
        let kinds = [
            same_as(column, before),
            plan.system_of(column),
            date_order(column, seen, known),
            country(column, seen),
            options(column, seen, known),
            unmatched(column, seen),
        ];
        let column = index(at);
        asked.extend(
            kinds
                .into_iter()
                .flatten()
                .map(|kind| Question { column, kind }),
        );
    }
    asked
}

fn same_as(column: &Column, before: &[Column]) -> Option<QuestionKind> {
    if column.target == Target::Ignore {
        return None;
    }
    let name = folded(&column.name);
    let mut used = before
        .iter()
        .enumerate()
        .filter(|(_, other)| other.target != Target::Ignore);
    let twice = |other: &Column| !name.is_empty() && folded(&other.name) == name;
    let same = |other: &Column| !column.target.is_shared() && other.target == column.target;
    used.find_map(|(at, other)| match () {
        () if twice(other) => Some(QuestionKind::Twice { other: index(at) }),
        () if same(other) => Some(QuestionKind::SameTarget { other: index(at) }),
        () => None,
    })
}

fn date_order(column: &Column, seen: &Seen, known: &Known) -> Option<QuestionKind> {
    let is_date = column.target == Target::ConsentAt
        || column
            .field(known)
            .is_some_and(|field| field.shape == Shape::Date);
    let unclear = seen.either > 0 || (seen.day_first > 0 && seen.month_first > 0);
    (is_date && column.dates.is_none() && unclear).then_some(QuestionKind::DateOrder {
        day_first: seen.day_first,
        month_first: seen.month_first,
        either: seen.either,
    })
}

fn country(column: &Column, seen: &Seen) -> Option<QuestionKind> {
    let unclear = column.target == Target::Phone && column.country.is_none() && seen.bare > 0;
    unclear.then_some(QuestionKind::Country { bare: seen.bare })
}

fn options(column: &Column, seen: &Seen, known: &Known) -> Option<QuestionKind> {
    let field = column.field(known)?;
    if field.shape != Shape::Choice {
        return None;
    }
    let is_open = |text: &str| !column.options.contains_key(text) && field.option(text).is_none();
    let texts: BTreeMap<String, u32> = seen
        .texts
        .iter()
        .filter(|(text, _)| is_open(text))
        .map(|(text, count)| (text.clone(), *count))
        .collect();
    (!texts.is_empty()).then_some(QuestionKind::Options { texts })
}

fn unmatched(column: &Column, seen: &Seen) -> Option<QuestionKind> {
    let open = column.target == Target::Ignore && column.sure == Sureness::None && seen.filled > 0;
    open.then(|| QuestionKind::Unmatched {
        shape: seen.shape(),
    })
}

impl Column {
    /// The field that it fills, if it fills one.
    pub(super) fn field<'a>(&self, known: &'a Known) -> Option<&'a KnownField> {
        match &self.target {
            Target::Field(id) => known.field(id),
            _ => None,
        }
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{KnownOption, Sheet, find_head, survey};
    use crate::lead::Field;
    use crate::profile::FieldId;

    fn custom(id: &str, shape: Shape, options: &[&str]) -> KnownField {
        let option = |name: &&str| KnownOption {
            id: format!("o_{name}"),
            names: vec![name.to_string()],
        };
        KnownField {
            id: FieldId::Custom(id.into()),
            names: vec![id.into()],
            shape,
            options: options.iter().map(option).collect(),
        }
    }

    fn known() -> Known {
        Known {
            fields: vec![
                custom("signed", Shape::Date, &[]),
                custom("level", Shape::Choice, &["gold", "silver"]),
            ],
            ..Known::default()
        }
    }

    fn read(rows: &[&[&str]]) -> (Plan, Survey) {
        let mut sheet = Sheet::default();
        for row in rows {
            sheet.push(row.iter().copied()).unwrap();
        }
        let head = find_head(&sheet, &known());
        let survey = survey(&sheet, &head);
        (propose(0, &head, &survey, &known()), survey)
    }

    fn targets(plan: &Plan) -> Vec<(Target, Sureness)> {
        let columns = plan.columns.iter();
        columns.map(|c| (c.target.clone(), c.sure)).collect()
    }

    #[test]
    fn columns_are_matched_by_name_and_else_by_what_they_hold() {
        let (plan, survey) = read(&[
            &["姓名", "公司", "联络", "其他", "公司名称"],
            &["李伟", "云格", "a@b.cn", "13800138000", "云格科技"],
        ]);
        let field = |field| Target::Field(FieldId::Standard(field));
        assert_eq!(
            targets(&plan),
            [
                (field(Field::Name), Sureness::Exact),
                (field(Field::Company), Sureness::Exact),
                (Target::Email, Sureness::Guessed),
                (Target::Phone, Sureness::Guessed),
                (Target::Ignore, Sureness::None),
            ]
        );
        let asked = questions(&plan, &survey, &known());
        assert_eq!(
            asked,
            [Question {
                column: 4,
                kind: QuestionKind::Unmatched { shape: Shape::Text }
            }]
        );
    }

    #[test]
    fn a_column_named_twice_is_told_with_both_places_until_one_is_ignored() {
        let (mut plan, survey) = read(&[&["公司", "邮箱", " 公司 "], &["云格", "a@b.cn", "云格"]]);
        let twice = Question {
            column: 2,
            kind: QuestionKind::Twice { other: 0 },
        };
        assert!(twice.kind.must());
        assert_eq!(questions(&plan, &survey, &known()), [twice]);
        assert!(!plan.is_ready());
        plan.columns[0].target = Target::Ignore;
        plan.columns[0].sure = Sureness::Exact;
        assert_eq!(questions(&plan, &survey, &known()), []);
        assert!(plan.is_ready());
        plan.columns[1].target = plan.columns[2].target.clone();
        let same = QuestionKind::SameTarget { other: 1 };
        assert_eq!(questions(&plan, &survey, &known())[0].kind, same);
    }

    #[test]
    fn what_cannot_be_known_is_asked() {
        let (mut plan, survey) = read(&[
            &["email", "signed", "level", "tel"],
            &["a@b.cn", "04/03/2026", "Gold", "4155552671"],
            &["c@d.cn", "05/03/2026", "bronze", "+86 13800138000"],
        ]);
        let kinds = |plan: &Plan| -> Vec<QuestionKind> {
            let asked = questions(plan, &survey, &known());
            asked.into_iter().map(|q| q.kind).collect()
        };
        assert_eq!(
            kinds(&plan),
            [
                QuestionKind::DateOrder {
                    day_first: 0,
                    month_first: 0,
                    either: 2
                },
                QuestionKind::Options {
                    texts: [("bronze".to_owned(), 1)].into()
                },
                QuestionKind::Country { bare: 1 },
            ]
        );
        plan.columns[1].dates = Some(DateOrder::DayFirst);
        plan.columns[2].options = [("bronze".to_owned(), None)].into();
        plan.columns[3].country = Some("US".into());
        assert_eq!(kinds(&plan), []);
    }
}
