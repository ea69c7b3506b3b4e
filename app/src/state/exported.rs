//! What a file of people has: its columns, and a cell for each.
//!
//! What an import takes in stands under the names by which it knows it, so that a file that was written reads back as it
//! was; what it does not take in stands behind that. Not here: asking for the people, and writing the file.

use crate::heavy::protocol::Cell;
use crate::text::{self, Text};
use domain::api::{Lang, LeadRecord, VisitorRow};
use domain::contact::Key;
use domain::day::Zone;
use domain::id::Ms;
use domain::lead::Field;
use domain::profile::{FieldId, Schema, Value, show};

/// Between the addresses of one person.
const BETWEEN: &str = "; ";
/// Thousandths in a hundredth.
const THOUSANDTHS: i64 = 10;

/// How files are written: in which language, by which fields and tags.
#[derive(Clone, Debug)]
pub(crate) struct Writing {
    /// The language of the names.
    pub(crate) lang: Lang,
    /// The workspace's fields and tags.
    pub(crate) schema: Schema,
    /// The workspace's clock.
    pub(crate) zone: Zone,
}

impl Writing {
    fn text(&self) -> &'static Text {
        text::of(self.lang)
    }

    /// The names of the columns of people.
    pub(crate) fn people_head(&self) -> Vec<String> {
        let t = self.text();
        let mut names = vec![t.email.to_owned()];
        names.extend(Field::ALL.map(|field| (t.field)(field).to_owned()));
        for field in self.schema.fields.iter().filter(|field| !field.retired) {
            names.push(match self.lang {
                Lang::Zh => field.name.zh.clone(),
                Lang::En => field.name.en.clone(),
            });
        }
        let last = [
            t.tags,
            t.source,
            t.vendor,
            t.cost,
            t.consent,
            t.consent_at,
            t.open_id,
            t.union_id,
            t.score,
            t.channel_first,
            t.campaign,
            t.account,
            t.created,
            t.last_activity,
        ];
        names.extend(last.map(str::to_owned));
        names
    }

    /// A person's cells.
    pub(crate) fn person(&self, record: &LeadRecord) -> Vec<Cell> {
        let (t, row) = (self.text(), &record.row);
        let mut cells = vec![self.keys(record, |key| matches!(key, Key::Email(_)))];
        for field in Field::ALL {
            cells.push(match field {
                Field::Phone => self.keys(record, |key| matches!(key, Key::Phone(_))),
                field => self.field(record, &FieldId::Standard(field)),
            });
        }
        for field in self.schema.fields.iter().filter(|field| !field.retired) {
            cells.push(self.field(record, &FieldId::Custom(field.id.clone())));
        }
        let origin = record.origin.as_ref();
        let consent = origin.and_then(|origin| origin.consent.as_ref());
        let cost = origin.and_then(|origin| origin.cost_minor);
        let vendor = origin.and_then(|origin| origin.vendor.as_deref());
        let account = row.account.as_ref().map(|account| account.name.as_str());
        cells.extend([
            self.tags(record),
            line(&row.source),
            line(vendor.unwrap_or_default()),
            cost.map_or(Cell::Empty, |cost| {
                Cell::Number(cost.saturating_mul(THOUSANDTHS))
            }),
            line(consent.map_or("", |consent| consent.ground.as_str())),
            consent.map_or(Cell::Empty, |consent| self.day(consent.at)),
            self.keys(record, |key| matches!(key, Key::OpenId(_))),
            self.keys(record, |key| matches!(key, Key::UnionId(_))),
            whole(row.score.into()),
            line(row.channel.map_or("", |channel| (t.channel)(channel))),
            line(row.campaign.as_deref().unwrap_or_default()),
            line(account.unwrap_or_default()),
            self.day(row.created_at),
            self.day(row.last_at),
        ]);
        cells
    }

    /// The names of the columns of anonymous visitors.
    pub(crate) fn visitors_head(&self) -> Vec<String> {
        let t = self.text();
        let names = [
            t.visitor,
            t.score,
            t.page_views,
            t.sessions,
            t.channel_first,
            t.source,
            t.campaign,
            t.last_device,
            t.first_seen,
            t.last_activity,
        ];
        names.map(str::to_owned).to_vec()
    }

    /// A visitor's cells.
    pub(crate) fn visitor(&self, row: &VisitorRow) -> Vec<Cell> {
        let t = self.text();
        vec![
            Cell::Text(row.id.to_string()),
            whole(row.score.into()),
            whole(row.views.into()),
            whole(row.sessions.into()),
            line(row.channel.map_or("", |channel| (t.channel)(channel))),
            line(&row.source),
            line(row.campaign.as_deref().unwrap_or_default()),
            line(
                &row.device
                    .map(|device| (t.device)(device))
                    .unwrap_or_default(),
            ),
            self.day(row.first_at),
            self.day(row.last_at),
        ]
    }

    fn keys(&self, record: &LeadRecord, is_asked: impl Fn(&Key) -> bool) -> Cell {
        let keys = record.keys.iter().filter(|key| is_asked(key));
        let keys: Vec<&str> = keys.map(Key::value).collect();
        line(&keys.join(BETWEEN))
    }

    fn field(&self, record: &LeadRecord, field: &FieldId) -> Cell {
        match record.fields.get(field) {
            None => Cell::Empty,
            Some(Value::Text(text)) => line(text),
            Some(Value::Number(number)) => Cell::Number(*number),
            Some(Value::Date(day)) => Cell::Date(*day),
            Some(Value::Bool(yes)) => Cell::Bool(*yes),
            Some(value) => line(&show(&self.schema, field, value, self.lang)),
        }
    }

    /// The tags by their names; one whose name another has too by its id.
    fn tags(&self, record: &LeadRecord) -> Cell {
        let tags = record.row.tags.iter();
        let tags = tags.map(|id| {
            let tag = self.schema.tag(id).map(|(_, tag)| tag);
            let name = tag.map(|tag| match self.lang {
                Lang::Zh => tag.name.zh.as_str(),
                Lang::En => tag.name.en.as_str(),
            });
            let own = |name: &&str| {
                let named = self.schema.tag_named(name);
                named.is_some_and(|(_, named)| named.id == *id)
            };
            name.filter(own).unwrap_or(id)
        });
        let tags: Vec<&str> = tags.collect();
        line(&tags.join(BETWEEN))
    }

    fn day(&self, at: Ms) -> Cell {
        Cell::Date(self.zone.day(at).0)
    }
}

fn line(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

/// A whole number.
fn whole(number: i64) -> Cell {
    Cell::Number(number.saturating_mul(1_000))
}

#[cfg(test)]
mod tests;
