//! What a list says of a lead in one column, and what the column is called.

use super::change_text::{field_name, member, segment_name, stage_name, tag_name};
use super::timeline_change::Naming;
use super::{Badge, ChannelChip, ScoreBar, WhenText};
use crate::format;
use crate::text::{Words, words};
use domain::id::Ms;
use domain::lead::{Field, LeadRow};
use domain::list::Column;
use domain::profile::{FieldId, Kind, Schema, show};
use leptos::prelude::*;

/// The columns that a list of leads can have in every workspace, in the order in which they are offered.
pub(crate) const COLUMNS: [Column; 17] = [
    Column::Stage,
    Column::Owner,
    Column::Score,
    Column::Cell,
    Column::Channel,
    Column::Source,
    Column::Campaign,
    Column::Account,
    Column::Field(FieldId::Standard(Field::Title)),
    Column::Role,
    Column::Email,
    Column::Phone,
    Column::Tags,
    Column::Segment,
    Column::StageAt,
    Column::LastAt,
    Column::CreatedAt,
];

/// Standard fields that are columns too, after the others. The message is as long as people write it.
const FIELDS: [Field; 10] = [
    Field::Amount,
    Field::Company,
    Field::Department,
    Field::Industry,
    Field::Size,
    Field::Country,
    Field::Region,
    Field::City,
    Field::Website,
    Field::Wechat,
];

/// The columns that a list of leads can have beside the person where fields are as this schema says.
pub(crate) fn columns_in(schema: &Schema) -> Vec<Column> {
    let own = schema.fields.iter();
    let own = own.filter(|field| !field.retired && field.kind != Kind::Text { long: true });
    let own = own.map(|field| FieldId::Custom(field.id.clone()));
    let fields = FIELDS.into_iter().map(FieldId::Standard).chain(own);
    let fields = fields.map(Column::Field);
    COLUMNS.into_iter().chain(fields).collect()
}

/// What a column is called.
pub(crate) fn column_name(t: Words, naming: Naming, column: &Column) -> String {
    match ((t.get().lists.column)(column), column) {
        (Some(name), _) => name.to_owned(),
        (None, Column::Field(field)) => field_name(t, naming, field),
        (None, other) => other.to_string(),
    }
}

/// The class of a column, which says how wide it is.
pub(super) const fn class_of(column: &Column) -> &'static str {
    match column {
        Column::Channel => "lead-table-channel",
        Column::Score => "lead-table-score",
        Column::LastAt | Column::StageAt => "lead-table-when",
        Column::CreatedAt => "lead-table-when lead-table-created",
        Column::Grade | Column::Cell => "lead-table-mark",
        Column::Stage | Column::Owner | Column::Role => "lead-table-word",
        _ => "lead-table-text",
    }
}

/// The name of a column's cells, for the tests.
pub(super) fn test_of(column: &Column) -> String {
    match column {
        Column::LastAt => "lead-last".to_owned(),
        other => format!("lead-{other}"),
    }
}

/// What a list says of a lead in one column.
#[component]
pub(super) fn LeadCell(
    column: Column,
    #[prop(into)] lead: Signal<Option<LeadRow>>,
    #[prop(into)] mql_score: Signal<Option<i32>>,
    #[prop(into)] now: Signal<Ms>,
    naming: Naming,
    #[prop(into)] currency: Signal<String>,
) -> impl IntoView {
    let t = words();
    let time = move |read: fn(&LeadRow) -> Option<Ms>| {
        let at = Memo::new(move |_| lead.with(|lead| lead.as_ref().and_then(read)));
        move || match at.get() {
            Some(_) => {
                view! { <WhenText at=Signal::derive(move || at.get().unwrap_or_default()) now /> }
                    .into_any()
            }
            None => nothing(),
        }
    };
    let line = move |read: fn(&LeadRow) -> Option<String>| {
        let text = Memo::new(move |_| lead.with(|lead| lead.as_ref().and_then(read)));
        move || match text.get() {
            Some(text) => view! { <span title=text.clone()>{text.clone()}</span> }.into_any(),
            None => nothing(),
        }
    };
    match column {
        Column::Channel => {
            let chip = Memo::new(move |_| {
                lead.with(|row| {
                    row.as_ref()
                        .map(|row| (row.channel, row.source.clone(), row.campaign.clone()))
                })
            });
            (move || match chip.get() {
                Some((Some(channel), source, campaign)) => {
                    view! { <ChannelChip channel source campaign /> }.into_any()
                }
                _ => view! { <span class="muted">{t.get().unknown}</span> }.into_any(),
            })
            .into_any()
        }
        Column::Score => {
            let score = Signal::derive(move || {
                lead.with(|lead| lead.as_ref().map_or(0, |lead| lead.score))
            });
            view! { <ScoreBar score mql_score /> }.into_any()
        }
        Column::LastAt => time(|row| Some(row.last_at)).into_any(),
        Column::StageAt => time(|row| row.stage_at).into_any(),
        Column::CreatedAt => {
            let at = Signal::derive(move || {
                lead.with(|lead| lead.as_ref().map_or(0, |lead| lead.created_at))
            });
            view! { <WhenText at now as_day=true /> }.into_any()
        }
        Column::Source => {
            line(|row| Some(row.source.clone()).filter(|text| !text.is_empty())).into_any()
        }
        Column::Campaign => line(|row| row.campaign.clone()).into_any(),
        Column::Account => {
            line(|row| row.account.as_ref().map(|account| account.name.clone())).into_any()
        }
        Column::Email => line(|row| row.email.clone()).into_any(),
        Column::Phone => line(|row| row.phone.clone()).into_any(),
        Column::Grade => line(|row| row.grade.map(|grade| grade.name().to_owned())).into_any(),
        Column::Cell => line(|row| row.cell.clone()).into_any(),
        Column::Field(FieldId::Standard(Field::Title)) => line(|row| row.title.clone()).into_any(),
        Column::Field(FieldId::Standard(Field::Company)) => {
            line(|row| row.company.clone()).into_any()
        }
        Column::Field(FieldId::Standard(Field::Amount)) => {
            let amount = Memo::new(move |_| lead.with(|lead| lead.as_ref()?.amount));
            (move || match amount.get() {
                Some(amount) => {
                    let text = currency.with(|code| format::amount(t.lang(), code, amount));
                    view! { <span title=text.clone()>{text.clone()}</span> }.into_any()
                }
                None => nothing(),
            })
            .into_any()
        }
        named => view! { <NamedCell column=named lead naming /> }.into_any(),
    }
}

/// A cell whose words stand elsewhere: members, stages, tags, segments, and what is chosen in fields.
#[component]
fn NamedCell(column: Column, lead: Signal<Option<LeadRow>>, naming: Naming) -> impl IntoView {
    let t = words();
    let is_list = matches!(column, Column::Tags | Column::Segment);
    let words = Memo::new(move |_| {
        lead.with(|lead| {
            let lead = lead.as_ref();
            lead.map(|lead| said(t, naming, &column, lead))
                .unwrap_or_default()
        })
    });
    move || {
        let words = words.get();
        match (words.is_empty(), is_list) {
            (true, _) => nothing(),
            (false, true) => {
                let title = words.join(" · ");
                let badges = words
                    .into_iter()
                    .map(|word| view! { <Badge text=Signal::stored(word) /> });
                view! { <span class="lead-table-words" title=title>{badges.collect_view()}</span> }
                    .into_any()
            }
            (false, false) => {
                let text = words.join(" · ");
                view! { <span title=text.clone()>{text.clone()}</span> }.into_any()
            }
        }
    }
}

fn said(t: Words, naming: Naming, column: &Column, lead: &LeadRow) -> Vec<String> {
    match column {
        Column::Stage => {
            let stage = lead.stage.iter();
            stage.map(|id| stage_name(t, naming, id)).collect()
        }
        Column::Owner => {
            let owner = lead.owner.iter();
            owner.map(|id| member(t, naming, *id)).collect()
        }
        Column::Role => {
            let role = lead.role.iter();
            role.map(|role| (t.get().companies.role)(*role).to_owned())
                .collect()
        }
        Column::Tags => {
            let tags = lead.tags.iter();
            tags.map(|id| tag_name(t, naming, id)).collect()
        }
        Column::Segment => {
            let segments = lead.segments.iter();
            segments.map(|id| segment_name(t, naming, id)).collect()
        }
        Column::Field(field) => {
            let value = lead.fields.get(field).into_iter();
            naming.schema.with(|schema| {
                value
                    .map(|value| show(schema, field, value, t.lang()))
                    .collect()
            })
        }
        _ => Vec::new(),
    }
}

fn nothing() -> AnyView {
    view! { <span class="muted">"–"</span> }.into_any()
}
