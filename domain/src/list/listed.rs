//! What a person is filtered and sorted by.

use super::column::Column;
use crate::family::Family;
use crate::id::{AccountId, LeadId, Ms, UserId};
use crate::lead::{Field, LeadRow};
use crate::profile::{FieldId, Value, folded};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A value as it is compared: text folded, yes and no 1 and 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// A whole number.
    Number(i64),
    /// Text that is not empty, or one word by its id.
    Text(String),
    /// Words by their ids; not none.
    Words(BTreeSet<String>),
}

/// A person, as lists are filtered and sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub id: LeadId,
    /// When the base learned of the person.
    pub created_at: Ms,
    /// The latest activity.
    pub last_at: Ms,
    /// The score.
    pub score: i32,
    /// The company in the base.
    pub account: Option<AccountId>,
    /// The channel of the first touch, by its name.
    pub channel: Option<&'static str>,
    /// The source of the first touch.
    pub source: Option<String>,
    /// The campaign of the first touch.
    pub campaign: Option<String>,
    /// What the person is to the decision to buy, by its name.
    pub role: Option<&'static str>,
    /// The stage, by its id.
    pub stage: Option<String>,
    /// Since when the person stands there.
    pub stage_at: Option<Ms>,
    /// The member whose lead it is.
    pub owner: Option<UserId>,
    /// Whether it is to be worked.
    pub open: bool,
    /// Since when nobody spoke to somebody who is to be worked and for whom nothing is set.
    pub silent_since: Option<Ms>,
    /// The segments that the person is in.
    pub segments: BTreeSet<String>,
    /// What a search looks through.
    pub search: String,
    /// What the other columns hold, by their names; nothing that is empty.
    pub facts: BTreeMap<String, Fact>,
}

impl Listed {
    /// The person that these records are.
    pub fn of(family: &Family<'_>) -> Listed {
        let fields = family.fields().into_iter();
        let fields = fields.filter_map(|(field, fill)| Some((field, fill.value.as_ref()?)));
        Listed {
            open: family.root().pursuit.is_open(),
            silent_since: family.silent_since(),
            ..Listed::new(&family.row(), fields, family.search_text())
        }
    }

    /// The person with this row and these fields.
    pub fn new<'a>(
        row: &LeadRow,
        fields: impl IntoIterator<Item = (FieldId, &'a Value)>,
        search: String,
    ) -> Listed {
        let mut facts = BTreeMap::new();
        let mut put = |column: Column, fact: Option<Fact>| {
            if let Some(fact) = fact {
                facts.insert(column.to_string(), fact);
            }
        };
        put(Column::Email, row.email.as_deref().and_then(text));
        put(Column::Phone, row.phone.as_deref().and_then(text));
        put(Column::Tags, words(&row.tags));
        let grade = row.grade.map(|grade| Fact::Text(grade.name().to_owned()));
        put(Column::Grade, grade);
        put(Column::Cell, row.cell.clone().map(Fact::Text));
        put(Column::Excluded, words(&row.excluded));
        let personas = row.personas.iter().map(ToString::to_string).collect();
        put(Column::Persona, words(&personas));
        for (field, value) in fields {
            if field != FieldId::Standard(Field::Phone) {
                put(Column::Field(field), fact_of(value));
            }
        }
        Listed {
            id: row.id,
            created_at: row.created_at,
            last_at: row.last_at,
            score: row.score,
            account: row.account.as_ref().map(|account| account.id),
            channel: row.channel.map(|channel| channel.name()),
            source: Some(folded(&row.source)).filter(|text| !text.is_empty()),
            campaign: row
                .campaign
                .as_deref()
                .map(folded)
                .filter(|text| !text.is_empty()),
            role: row.role.map(|role| role.name()),
            stage: row.stage.clone(),
            stage_at: row.stage_at,
            owner: row.owner,
            open: false,
            silent_since: None,
            segments: row.segments.clone(),
            search,
            facts,
        }
    }

    /// What a column holds of the person; none where nothing is known.
    pub fn fact(&self, column: &Column) -> Option<Fact> {
        let word = |word: &str| Fact::Text(word.to_owned());
        match column {
            Column::LastAt => Some(Fact::Number(self.last_at)),
            Column::Score => Some(Fact::Number(self.score.into())),
            Column::CreatedAt => Some(Fact::Number(self.created_at)),
            Column::Account => self.account.map(|id| Fact::Text(id.to_string())),
            Column::Channel => self.channel.map(word),
            Column::Source => self.source.as_deref().map(word),
            Column::Campaign => self.campaign.as_deref().map(word),
            Column::Role => self.role.map(word),
            Column::Stage => self.stage.as_deref().map(word),
            Column::StageAt => self.stage_at.map(Fact::Number),
            Column::Owner => self.owner.map(|id| Fact::Text(id.to_string())),
            Column::Segment => words(&self.segments),
            Column::Tags
            | Column::Grade
            | Column::Cell
            | Column::Excluded
            | Column::Persona
            | Column::Email
            | Column::Phone
            | Column::Field(_) => self.facts.get(&column.to_string()).cloned(),
        }
    }
}

fn text(text: &str) -> Option<Fact> {
    let text = folded(text);
    (!text.is_empty()).then_some(Fact::Text(text))
}

fn words(ids: &BTreeSet<String>) -> Option<Fact> {
    (!ids.is_empty()).then(|| Fact::Words(ids.clone()))
}

fn fact_of(value: &Value) -> Option<Fact> {
    match value {
        Value::Text(line) => text(line),
        Value::Number(number) => Some(Fact::Number(*number)),
        Value::Date(day) => Some(Fact::Number(i64::from(*day))),
        Value::Choice(id) => (!id.is_empty()).then(|| Fact::Text(id.clone())),
        Value::Choices(ids) => words(ids),
        Value::Bool(yes) => Some(Fact::Number(i64::from(*yes))),
    }
}
