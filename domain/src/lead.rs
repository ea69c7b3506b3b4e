//! A lead: a person in the base, and what people see of one in a list.
//!
//! Not here: several that are one person (that is [`crate::family`]), and how one is worked ([`crate::pursuit`]).

use crate::account::{AccountName, BuyingRole};
use crate::channel::Channel;
use crate::contact::{Key, Strength};
use crate::day::Day;
use crate::draft::Origin;
use crate::grade::{Grade, Standing};
use crate::id::{AccountId, EventId, ImportId, LeadId, Ms, PersonaId, TaskId, UserId, VisitorId};
use crate::profile::{FieldId, Value};
use crate::pursuit::Pursuit;
use crate::segment::ByHand;
use crate::suggestion::Suggestion;
use crate::task::Noted;
use crate::touch::TouchAt;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is known of a person, by field. Values are as they were typed, trimmed; the amount is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The person's name.
    Name,
    /// The company's name.
    Company,
    /// A telephone number.
    Phone,
    /// The job title.
    Title,
    /// The company's size, as the form's choice says it.
    Size,
    /// The company's industry.
    Industry,
    /// What the person wrote.
    Message,
    /// The department.
    Department,
    /// The country.
    Country,
    /// The province or state.
    Region,
    /// The city.
    City,
    /// The company's website.
    Website,
    /// The WeChat name that people give each other; not a key, since nothing proves it.
    Wechat,
    /// What there is to win: a number, in the workspace's currency.
    Amount,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 14] = [
        Field::Name,
        Field::Company,
        Field::Phone,
        Field::Title,
        Field::Size,
        Field::Industry,
        Field::Message,
        Field::Department,
        Field::Country,
        Field::Region,
        Field::City,
        Field::Website,
        Field::Wechat,
        Field::Amount,
    ];

    /// The field's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Company => "company",
            Field::Phone => "phone",
            Field::Title => "title",
            Field::Size => "size",
            Field::Industry => "industry",
            Field::Message => "message",
            Field::Department => "department",
            Field::Country => "country",
            Field::Region => "region",
            Field::City => "city",
            Field::Website => "website",
            Field::Wechat => "wechat",
            Field::Amount => "amount",
        }
    }
}

/// A person, as the projections hold one. Two that were merged stay two of these: who is shown is the one that the
/// others were merged into, with what they all have ([`crate::family`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Who.
    pub id: LeadId,
    /// What the person is found by.
    #[serde(with = "pairs")]
    pub keys: BTreeMap<Key, Held>,
    /// When the base first learned of the person.
    pub created_at: Ms,
    /// What was ever put into each field, in order of (time, number).
    pub fills: BTreeMap<FieldId, Vec<Fill>>,
    /// The tags, each with the import that put it on, when one did.
    pub tags: BTreeMap<String, Option<ImportId>>,
    /// Where the person comes from, where no visit tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Who put the person down, and when first: a member or another system, and each import.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub puts: Vec<(Ms, By)>,
    /// Into whom it was merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<LeadId>,
    /// The import by which it was, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_by: Option<ImportId>,
    /// Who was merged into it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub absorbed: BTreeSet<LeadId>,
    /// What was suggested about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub suggestions: BTreeMap<Uuid, Suggestion>,
    /// How many conversations were written to it.
    #[serde(default, skip_serializing_if = "is_none")]
    pub conversations: u32,
    /// When somebody of the company last spoke to it, or did something with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacted_at: Option<Ms>,
    /// What is to be done with it, by the tasks' ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tasks: BTreeMap<TaskId, Noted>,
    /// Of which company it was said to be, in order of (time, number).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memberships: Vec<Membership>,
    /// What the person is to the decision to buy, and the number of the fact that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<(u64, Option<BuyingRole>)>,
    /// How it is worked.
    #[serde(default, skip_serializing_if = "Pursuit::is_empty")]
    pub pursuit: Pursuit,
    /// What people decided about it and segments, by the segment's id, each with the number of the fact.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_hand: BTreeMap<String, (u64, Option<ByHand>)>,
    /// The segments that it is in, by their ids, each with since when.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub segments: BTreeMap<String, Ms>,
    /// The tags that segments put on, each with the segment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ruled: BTreeMap<String, String>,
    /// How well the person fits, and who it is like.
    #[serde(default, skip_serializing_if = "Standing::is_nothing")]
    pub standing: Standing,
    /// The browsers that were ever identified as this person.
    pub visitors: BTreeSet<VisitorId>,
    /// 0–100.
    pub score: i32,
    /// The rulebook version that the score was computed by.
    pub rules: u32,
    /// The first day on which the score is another one though nothing happens; none when that never comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// The earliest touch of the person's own history.
    pub first_touch: Option<TouchAt>,
    /// The latest touch.
    pub last_touch: Option<TouchAt>,
    /// The latest event that weighs, else when the person was created.
    pub last_at: Ms,
    /// The journal's number of the last fact that changed it.
    pub seq: u64,
}

/// How a key came to be a person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The number of the fact that first gave it.
    pub seq: u64,
    /// Who gave it: with the last of them it goes.
    pub by: Vec<By>,
}

impl Held {
    /// How well that key is known to be the person's. A WeChat id nobody types: it comes of WeChat.
    pub fn strength(&self, key: &Key) -> Strength {
        let is_typed = |by: &By| matches!(by, By::Claim(_));
        let is_of_wechat = matches!(key, Key::OpenId(_) | Key::UnionId(_));
        if is_of_wechat || !self.by.iter().all(is_typed) {
            Strength::Proven
        } else {
            Strength::Claimed
        }
    }
}

/// So many givers of a key are kept.
const GIVERS_MAX: usize = 20;

/// What was put into a field, or that it was emptied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// When.
    pub at: Ms,
    /// By which fact.
    pub seq: u64,
    /// What; nothing when it was emptied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// By whom.
    pub by: By,
}

/// Of which company a person is, or that it is of none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// When that was said.
    pub at: Ms,
    /// By which fact.
    pub seq: u64,
    /// Which; nothing when a member says that it is of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// By whom.
    pub by: By,
}

/// Who put something down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A visitor: what the event claims.
    Claim(EventId),
    /// A row of a file.
    Import(ImportId),
    /// A member of the workspace, or another system that has a token.
    Edit,
}

/// So many of those who put a person down are kept.
const PUTS_MAX: usize = 50;
/// Of one field, at most so many values are kept; the oldest but the first go.
pub const FILLS_MAX: usize = 50;

impl Lead {
    /// Notes that somebody of the company spoke to it, or did something with it.
    pub fn contact(&mut self, at: Ms) {
        self.contacted_at = self.contacted_at.max(Some(at));
    }

    /// Somebody the base knows nothing of.
    pub fn new(id: LeadId, at: Ms, seq: u64) -> Lead {
        Lead {
            id,
            keys: BTreeMap::new(),
            created_at: at,
            fills: BTreeMap::new(),
            tags: BTreeMap::new(),
            origin: None,
            puts: Vec::new(),
            merged_into: None,
            merged_by: None,
            absorbed: BTreeSet::new(),
            suggestions: BTreeMap::new(),
            conversations: 0,
            contacted_at: None,
            tasks: BTreeMap::new(),
            memberships: Vec::new(),
            role: None,
            pursuit: Pursuit::default(),
            by_hand: BTreeMap::new(),
            segments: BTreeMap::new(),
            ruled: BTreeMap::new(),
            standing: Standing::default(),
            visitors: BTreeSet::new(),
            score: 0,
            rules: 0,
            due: None,
            first_touch: None,
            last_touch: None,
            last_at: at,
            seq,
        }
    }

    /// Puts something into a field, or empties it.
    pub fn fill(&mut self, field: FieldId, fill: Fill) {
        let fills = self.fills.entry(field).or_default();
        let place = fills.partition_point(|other| (other.at, other.seq) <= (fill.at, fill.seq));
        fills.insert(place, fill);
        if fills.len() > FILLS_MAX {
            fills.remove(1);
        }
    }

    /// Notes of which company it is, or that it is of none.
    pub fn place(&mut self, membership: Membership) {
        let before = |other: &Membership| (other.at, other.seq) <= (membership.at, membership.seq);
        let place = self.memberships.partition_point(before);
        self.memberships.insert(place, membership);
        if self.memberships.len() > FILLS_MAX {
            self.memberships.remove(1);
        }
    }

    /// What a field holds by this record alone: the last put into it.
    pub fn filled(&self, field: &FieldId) -> Option<&Fill> {
        let last = self.fills.get(field)?.last()?;
        last.value.is_some().then_some(last)
    }

    /// Takes back what these wrote: fields, keys and tags. The keys that are no longer its.
    pub fn take_back(&mut self, wrote: impl Fn(&By) -> bool) -> Vec<Key> {
        for fills in self.fills.values_mut() {
            fills.retain(|fill| !wrote(&fill.by));
        }
        self.fills.retain(|_, fills| !fills.is_empty());
        self.tags
            .retain(|_, import| !import.is_some_and(|import| wrote(&By::Import(import))));
        self.puts.retain(|(_, by)| !wrote(by));
        self.memberships.retain(|membership| !wrote(&membership.by));
        let mut lost = Vec::new();
        self.keys.retain(|key, held| {
            held.by.retain(|by| !wrote(by));
            if held.by.is_empty() {
                lost.push(key.clone());
            }
            !held.by.is_empty()
        });
        lost
    }

    /// Gives it a key, or one more reason for one that it has.
    pub fn give(&mut self, key: Key, seq: u64, by: By) {
        let held = self.keys.entry(key).or_insert_with(|| Held {
            seq,
            by: Vec::new(),
        });
        if held.by.contains(&by) {
            return;
        }
        // However often it was typed, there is room for whoever proves it.
        if held.by.len() >= GIVERS_MAX && !matches!(by, By::Claim(_)) {
            held.by.pop();
        }
        if held.by.len() < GIVERS_MAX {
            held.by.push(by);
        }
    }

    /// Notes that it was put down.
    pub fn put(&mut self, at: Ms, by: By) {
        if !self.puts.iter().any(|(_, other)| *other == by) && self.puts.len() < PUTS_MAX {
            self.puts.push((at, by));
        }
    }
}

fn is_none(count: &u32) -> bool {
    *count == 0
}

/// A map whose keys are no texts, as a list of pairs.
mod pairs {
    use super::{BTreeMap, Held, Key};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        keys: &BTreeMap<Key, Held>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        keys.iter().collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Key, Held>, D::Error> {
        let pairs = Vec::<(Key, Held)>::deserialize(deserializer)?;
        Ok(pairs.into_iter().collect())
    }
}

/// A lead as lists and live frames show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeadRow {
    /// Who.
    pub id: LeadId,
    /// The main e-mail address, when one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The main telephone number, in E.164, when one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The name, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The company, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The job title, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The company in the base that the person is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountName>,
    /// What the person is to the decision to buy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<BuyingRole>,
    /// 0–100.
    pub score: i32,
    /// The channel of the first touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The source of the first touch: `baidu`; empty when direct.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The campaign of the first touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// The tags, by their ids, those that segments put on too.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// The stage, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Since when it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_at: Option<Ms>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// What there is to win, in thousandths of the workspace's currency, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// What else stands in fields, long texts cut off after [`LINE_CHARS_MAX`] characters; not the message.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<FieldId, Value>,
    /// The grade, where one can be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The place in the matrix, `A1` … `D4`; none where the rulebook does not grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The grounds on which the person is left out, by their ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded: BTreeSet<String>,
    /// The personas that the person is of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub personas: BTreeSet<PersonaId>,
    /// The segments that the person is in, by their ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub segments: BTreeSet<String>,
    /// When the base first learned of the person.
    pub created_at: Ms,
    /// The latest event.
    pub last_at: Ms,
    /// The journal's number of the last change: a frame with a smaller one is older news.
    pub seq: u64,
}

/// How much of a text stands in a list, in characters.
pub const LINE_CHARS_MAX: usize = 120;

impl LeadRow {
    /// What people call the person: the name, else how one is reached.
    pub fn label(&self) -> &str {
        let known = [&self.name, &self.email, &self.phone];
        let known = known.into_iter().find_map(Option::as_deref);
        known.unwrap_or_default()
    }
}
