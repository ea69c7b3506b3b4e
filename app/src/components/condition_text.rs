//! A condition in words: a line for a list, and for two versions side by side.

use super::condition_editor::Choices;
use super::explanation::name_in;
use crate::state::condition_form::{Ask, ConditionForm, Group, How, Join, Line, Part};
use crate::text::{Text, Words};
use domain::channel::Channel;
use domain::profile::FieldId;
use domain::segment::Condition;
use leptos::prelude::*;

/// A condition in words.
pub(crate) fn condition_text(t: Words, choices: Choices, who: &Condition) -> String {
    let form = ConditionForm::of(who);
    group_text(t, choices, form.root(), true)
}

fn group_text(t: Words, choices: Choices, group: &Group, outer: bool) -> String {
    let text = t.get().segments;
    let parts = group.parts.iter().map(|part| match part {
        Part::Line(line) => line_text(t, choices, line),
        Part::Group(group) => group_text(t, choices, group, false),
    });
    let parts: Vec<String> = parts.collect();
    let (glue, not) = match group.join {
        Join::All => (text.and, false),
        Join::Any => (text.or, false),
        Join::NotAll => (text.and, true),
        Join::None => (text.or, true),
    };
    if parts.is_empty() {
        let all = matches!(group.join, Join::All | Join::None);
        return if all { text.everybody } else { text.nobody }.to_owned();
    }
    let said = parts.join(glue);
    match (not, outer || parts.len() < 2) {
        (true, _) => (text.not)(&said),
        (false, true) => said,
        (false, false) => format!("({said})"),
    }
}

fn line_text(t: Words, choices: Choices, line: &Line) -> String {
    let text = t.get();
    let said = match line.ask {
        Ask::Did => happened(text, line),
        Ask::Silent => (text.segments.silent)(&line.days),
        Ask::HasAccount => (text.segments.ask)(Ask::HasAccount).to_owned(),
        _ => format!("{} {}", subject(t, choices, line), answer(t, choices, line)),
    };
    if line.not {
        (text.segments.not)(&said)
    } else {
        said
    }
}

fn happened(text: &'static Text, line: &Line) -> String {
    let when = &line.when;
    let channel = when
        .channel
        .map(|channel| (text.channel)(channel).to_owned());
    let seconds = when.seconds.map(|seconds| (text.segments.seconds)(seconds));
    let more = [
        when.path.clone(),
        when.name.clone(),
        when.asset.clone(),
        channel,
        seconds,
    ];
    let parts =
        std::iter::once((text.kind)(when.kind).to_owned()).chain(more.into_iter().flatten());
    let what = parts.collect::<Vec<_>>().join(" ");
    (text.segments.happened)(&what, &line.times, &line.days)
}

fn subject(t: Words, choices: Choices, line: &Line) -> String {
    let text = t.get();
    if line.ask != Ask::Field {
        return (text.segments.ask)(line.ask).to_owned();
    }
    match line.field.parse() {
        Ok(FieldId::Standard(field)) => (text.field)(field).to_owned(),
        Ok(FieldId::Custom(id)) => choices.schema.with(|schema| {
            let known = schema.definition(&id);
            known.map_or_else(|| id.clone(), |field| name_in(t.lang(), &field.name))
        }),
        Err(_) => line.field.clone(),
    }
}

fn answer(t: Words, choices: Choices, line: &Line) -> String {
    let text = t.get();
    match line.how {
        How::Range | How::Between | How::FromToday => range(text, line),
        How::Yes | How::No | How::Known | How::Work => (text.segments.how)(line.how).to_owned(),
        How::OneOf | How::Contains | How::Domains => match line.ask {
            Ask::Score | Ask::AccountScore => range(text, line),
            _ => {
                let names = line.values.iter().map(|id| name_of(t, choices, line, id));
                names.collect::<Vec<_>>().join(" / ")
            }
        },
    }
}

fn range(text: &'static Text, line: &Line) -> String {
    (text.segments.between)(&line.min, &line.max)
}

fn name_of(t: Words, choices: Choices, line: &Line, id: &str) -> String {
    let offered = |options: Signal<Vec<super::Offer>>| {
        options.with(|options| {
            let known = options.iter().find(|(known, _)| known == id);
            known.map(|(_, name)| name.clone())
        })
    };
    let found = match line.ask {
        Ask::Stage => offered(choices.stages),
        Ask::Segment => offered(choices.segments),
        Ask::Account => offered(choices.companies),
        Ask::Channel => Channel::from_name(id).map(|channel| (t.get().channel)(channel).to_owned()),
        Ask::Tags => choices.schema.with(|schema| {
            let tag = schema.tag(id);
            tag.map(|(_, tag)| name_in(t.lang(), &tag.name))
        }),
        _ => None,
    };
    found.unwrap_or_else(|| id.to_owned())
}
