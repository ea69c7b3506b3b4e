//! A family: the records of one person, the one that is shown first, then those that were merged into it.
//!
//! Merging moves nothing: each record keeps what is its own, so that an undone merge leaves each as it was, with what
//! was written to it meanwhile. What the person has is read over all of them: in each field the newest value that is not
//! empty, every tag and key, the oldest beginning. Not here: who is merged ([`crate::fold`]).

use crate::account::{AccountName, BuyingRole};
use crate::contact::{Key, Strength};
use crate::draft::Origin;
use crate::id::{AccountId, EventId, LeadId, Ms, VisitorId};
use crate::lead::{Field, Fill, LINE_CHARS_MAX, Lead, LeadRow};
use crate::profile::{FieldId, Value};
use crate::segment::ByHand;
use crate::suggestion::{Settled, Suggestion};
use crate::task::Noted;
use crate::visitor::Visitor;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// So many records may be one person.
pub const RECORDS_MAX: usize = 100;

/// The records of one person.
#[derive(Clone, Debug)]
pub struct Family<'a> {
    root: &'a Lead,
    merged: Vec<&'a Lead>,
}

impl<'a> Family<'a> {
    /// The record that is shown, and those that were merged into it.
    pub fn new(root: &'a Lead, merged: Vec<&'a Lead>) -> Family<'a> {
        Family { root, merged }
    }

    /// The record that is shown.
    pub fn root(&self) -> &'a Lead {
        self.root
    }

    /// Every record.
    pub fn records(&self) -> impl Iterator<Item = &'a Lead> {
        std::iter::once(self.root).chain(self.merged.iter().copied())
    }

    /// Whether the record is one of them.
    pub fn holds(&self, id: LeadId) -> bool {
        self.records().any(|lead| lead.id == id)
    }

    /// Whether an event of this browser is the person's.
    pub fn owns(&self, visitor: &Visitor, at: Ms, event: EventId) -> bool {
        let owner = visitor.owner(at, event);
        owner.is_some_and(|owner| self.holds(owner))
    }

    /// What a field holds: the newest value that is not empty.
    pub fn field(&self, field: &FieldId) -> Option<&'a Fill> {
        let filled = self.records().filter_map(|lead| lead.filled(field));
        filled.max_by_key(|fill| (fill.at, fill.seq))
    }

    /// The text in a standard field.
    pub fn text(&self, field: Field) -> Option<&'a str> {
        match self.field(&FieldId::Standard(field))?.value.as_ref()? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Every field that is not empty.
    pub fn fields(&self) -> BTreeMap<FieldId, &'a Fill> {
        let all: BTreeSet<&FieldId> = self.records().flat_map(|lead| lead.fills.keys()).collect();
        let filled = all.into_iter();
        filled
            .filter_map(|field| Some((field.clone(), self.field(field)?)))
            .collect()
    }

    /// Every key, those that are proven first, and the older first.
    pub fn keys(&self) -> Vec<(&'a Key, Strength)> {
        let mut keys: Vec<_> = self.records().flat_map(|lead| &lead.keys).collect();
        keys.sort_by_key(|(key, held)| (std::cmp::Reverse(held.strength(key)), held.seq));
        let keys = keys.into_iter();
        keys.map(|(key, held)| (key, held.strength(key))).collect()
    }

    /// The main e-mail address.
    pub fn email(&self) -> Option<&'a str> {
        self.keys().into_iter().find_map(|(key, _)| match key {
            Key::Email(email) => Some(email.as_str()),
            _ => None,
        })
    }

    /// The main telephone number.
    pub fn phone(&self) -> Option<&'a str> {
        self.keys().into_iter().find_map(|(key, _)| match key {
            Key::Phone(phone) => Some(phone.as_str()),
            _ => None,
        })
    }

    /// The tags of all, and those that segments put on.
    pub fn tags(&self) -> BTreeSet<&'a str> {
        let tags = self.records().flat_map(|lead| lead.tags.keys());
        let tags = tags.chain(self.root.ruled.keys());
        tags.map(String::as_str).collect()
    }

    /// By segment: what people decided last about the person, with the number of the fact.
    pub fn by_hand(&self) -> BTreeMap<String, (u64, ByHand)> {
        let mut last: BTreeMap<&str, (u64, Option<ByHand>)> = BTreeMap::new();
        for (segment, decided) in self.records().flat_map(|lead| &lead.by_hand) {
            let known = last.entry(segment).or_insert(*decided);
            if known.0 < decided.0 {
                *known = *decided;
            }
        }
        let last = last.into_iter();
        last.filter_map(|(segment, (seq, by_hand))| Some((segment.to_owned(), (seq, by_hand?))))
            .collect()
    }

    /// The browsers of all.
    pub fn visitors(&self) -> BTreeSet<VisitorId> {
        let visitors = self.records().flat_map(|lead| &lead.visitors);
        visitors.copied().collect()
    }

    /// What is to be done with the person.
    pub fn tasks(&self) -> impl Iterator<Item = &'a Noted> {
        self.records().flat_map(|lead| lead.tasks.values())
    }

    /// Since when nobody spoke to a person who is to be worked, is somebody's, and for whom nothing is set; of one who is that
    /// somebody's for a shorter time, since then. None of anybody else.
    pub fn silent_since(&self) -> Option<Ms> {
        let pursuit = &self.root.pursuit;
        let owner = pursuit.owner.filter(|_| pursuit.is_open())?;
        let contacts = self.records().filter_map(|lead| lead.contacted_at);
        let waits = self.tasks().next().is_none();
        waits.then(|| contacts.max().unwrap_or(owner.at).max(owner.at))
    }

    /// When the base first learned of the person.
    pub fn created_at(&self) -> Ms {
        let created = self.records().map(|lead| lead.created_at);
        created.min().unwrap_or(self.root.created_at)
    }

    /// Where the person comes from, where no visit tells: the oldest.
    pub fn origin(&self) -> Option<&'a Origin> {
        let with = self.records().filter(|lead| lead.origin.is_some());
        let oldest = with.min_by_key(|lead| (lead.created_at, lead.id))?;
        oldest.origin.as_ref()
    }

    /// Whether it was ever said of which company the person is, or that it is of none.
    pub fn is_placed(&self) -> bool {
        self.records().any(|lead| !lead.memberships.is_empty())
    }

    /// The company that the person is of: what was said last.
    pub fn account(&self) -> Option<AccountId> {
        let said = self.records().filter_map(|lead| lead.memberships.last());
        said.max_by_key(|said| (said.at, said.seq))?.account
    }

    /// What the person is to the decision to buy: what was said last.
    pub fn role(&self) -> Option<BuyingRole> {
        let said = self.records().filter_map(|lead| lead.role);
        said.max_by_key(|(seq, _)| *seq)?.1
    }

    /// What is still to be settled about the person.
    pub fn suggestions(&self) -> BTreeMap<Uuid, &'a Suggestion> {
        let all = self.records().flat_map(|lead| &lead.suggestions);
        let open = all.filter(|(_, suggestion)| suggestion.state == Settled::Open);
        open.map(|(id, suggestion)| (*id, suggestion)).collect()
    }

    /// What people call the person: the name, else how one is reached.
    pub fn label(&self) -> &'a str {
        let name = self.text(Field::Name);
        name.or_else(|| self.email())
            .or_else(|| self.phone())
            .or_else(|| Some(self.keys().first()?.0.value()))
            .unwrap_or_default()
    }

    /// What there is to win, in thousandths.
    pub fn amount(&self) -> Option<i64> {
        match self
            .field(&FieldId::Standard(Field::Amount))?
            .value
            .as_ref()?
        {
            Value::Number(amount) => Some(*amount),
            _ => None,
        }
    }

    /// The person as a list shows it; the company's name is for who reads it, since it may change.
    pub fn row(&self) -> LeadRow {
        let root = self.root;
        let first = root.first_touch.as_ref().map(|at| &at.touch);
        let text = |field| self.text(field).map(str::to_owned);
        let origin = self.origin().map(|origin| origin.source.clone());
        LeadRow {
            id: root.id,
            email: self.email().map(str::to_owned),
            phone: self.phone().map(str::to_owned),
            name: text(Field::Name),
            company: text(Field::Company),
            title: text(Field::Title),
            account: self.account().map(|id| AccountName {
                id,
                name: String::new(),
            }),
            role: self.role(),
            score: root.score,
            channel: first.map(|touch| touch.channel),
            source: first
                .map(|touch| touch.source.clone())
                .or(origin)
                .unwrap_or_default(),
            campaign: first.and_then(|touch| touch.campaign.clone()),
            tags: self.tags().into_iter().map(str::to_owned).collect(),
            stage: root.pursuit.stands().map(|(stage, _)| stage.to_owned()),
            stage_at: root.pursuit.stands().map(|(_, at)| at),
            owner: root.pursuit.owner.map(|owner| owner.user),
            amount: self.amount(),
            fields: self.listed_fields(),
            grade: root.standing.grade,
            cell: root.standing.cell.map(|cell| cell.to_string()),
            excluded: root.standing.excluded.clone(),
            personas: root.standing.personas.clone(),
            segments: root.segments.keys().cloned().collect(),
            created_at: self.created_at(),
            last_at: root.last_at,
            seq: root.seq,
        }
    }

    /// What stands in fields that a row does not name, each as long as a line of a list is.
    fn listed_fields(&self) -> BTreeMap<FieldId, Value> {
        const NAMED: [Field; 6] = [
            Field::Name,
            Field::Company,
            Field::Phone,
            Field::Title,
            Field::Message,
            Field::Amount,
        ];
        let fields = self.fields().into_iter();
        let fields = fields.filter(|(field, _)| match field {
            FieldId::Standard(field) => !NAMED.contains(field),
            FieldId::Custom(_) => true,
        });
        let cut = |value: &Value| match value {
            Value::Text(text) if text.len() > LINE_CHARS_MAX => {
                Value::Text(text.chars().take(LINE_CHARS_MAX).collect())
            }
            value => value.clone(),
        };
        fields
            .filter_map(|(field, fill)| Some((field, cut(fill.value.as_ref()?))))
            .collect()
    }

    /// What a search looks through, in lower case.
    pub fn search_text(&self) -> String {
        let keys = self.keys();
        let keys = keys.iter().filter_map(|(key, _)| match key {
            Key::Email(email) => Some(email.as_str()),
            Key::Phone(phone) => Some(phone.as_str()),
            _ => None,
        });
        let known = [Field::Name, Field::Company];
        let known = known.into_iter().filter_map(|field| self.text(field));
        let parts: Vec<&str> = keys.chain(known).collect();
        parts.join("\n").to_lowercase()
    }
}
