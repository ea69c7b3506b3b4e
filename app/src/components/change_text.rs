//! A change of a person in words: a heading, what it was before and is now, and what is to be said about it.

use super::explanation::name_in;
use super::timeline_change::Naming;
use crate::text::Words;
use domain::contact::Key;
use domain::entry::{Change, FieldChange};
use domain::id::UserId;
use domain::profile::{FieldId, show};
use domain::pursuit::Given;
use domain::rulebook::Name;
use domain::stage::{Cause, ReasonFor, Verdict};
use domain::task::{State, Task};
use leptos::prelude::*;

/// A change in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// What became otherwise.
    pub(super) title: String,
    /// Each thing with what it was and what it is.
    pub(super) rows: Vec<(String, Option<String>, Option<String>)>,
    /// What is to be said about it.
    pub(super) note: Option<String>,
}

impl Said {
    fn new(title: impl Into<String>) -> Said {
        Said {
            title: title.into(),
            ..Said::default()
        }
    }

    fn with(self, note: impl Into<String>) -> Said {
        let note = note.into();
        Said {
            note: Some(note).filter(|note| !note.is_empty()),
            ..self
        }
    }
}

/// A change in words.
pub(super) fn said(t: Words, naming: Naming, what: &Change) -> Said {
    let text = t.get().profile;
    match what {
        Change::Put { opened, import, .. } => {
            let title = match (opened, import) {
                (true, None) => text.opened,
                (true, Some(_)) => text.opened_by_import,
                (false, Some(_)) => text.imported,
                (false, None) => text.edited,
            };
            Said {
                rows: put_rows(t, naming, what),
                ..Said::new(title)
            }
        }
        Change::Named { keys, fields, .. } => {
            let mut rows = key_rows(t, keys, true);
            rows.extend(field_rows(t, naming, fields));
            Said {
                rows,
                ..Said::new(text.named)
            }
        }
        Change::Unnamed { .. } => Said::new(text.unnamed),
        Change::Merged { .. } => Said::new(text.merged),
        Change::Parted { .. } => Said::new(text.parted),
        Change::Dismissed { .. } => Said::new(text.dismissed),
        Change::TakenBack { .. } => Said::new(text.taken_back),
        Change::Judged { verdict, .. } => {
            Said::new(text.judged).with((t.get().refused.verdict)(*verdict))
        }
        Change::Moved { from, to, cause } => moved(t, naming, from.as_deref(), to, cause),
        Change::Stepped { step, done } => {
            let name = step_name(t, naming, step);
            let date = done.as_ref().and_then(|done| done.date);
            let date = date.map(domain::profile::show_date).unwrap_or_default();
            match done {
                Some(_) => Said::new((text.step_done)(&name)).with(date),
                None => Said::new((text.step_undone)(&name)),
            }
        }
        Change::Assigned { to, why } => {
            let title = match to {
                Some(to) => (text.assigned)(&member(t, naming, *to)),
                None => text.unassigned.to_owned(),
            };
            let note = match why {
                Given::Routed { on, .. } => (text.occasion)(*on).to_owned(),
                Given::Hand { note, .. } => note.clone(),
                Given::Merged { .. } => text.merged.to_owned(),
            };
            Said::new(title).with(note)
        }
        Change::Promised { kind, turn } => {
            Said::new((t.get().pursuit.promise)(*kind)).with((text.turn)(*turn))
        }
        Change::Tasked { task } => tasked(t, task),
        Change::Chosen { segment, by_hand } => {
            let name = segment_name(t, naming, segment);
            Said::new((text.chosen)(&name, *by_hand))
        }
        Change::Sifted { .. } => sifted(t, naming, what),
    }
}

fn put_rows(
    t: Words,
    naming: Naming,
    what: &Change,
) -> Vec<(String, Option<String>, Option<String>)> {
    let Change::Put {
        fields,
        tagged,
        untagged,
        keys,
        dropped,
        ..
    } = what
    else {
        return Vec::new();
    };
    let mut rows = key_rows(t, keys, true);
    rows.extend(key_rows(t, dropped, false));
    rows.extend(field_rows(t, naming, fields));
    let tag = |id: &String| tag_name(t, naming, id);
    let label = || t.get().tags.to_owned();
    rows.extend(tagged.iter().map(|id| (label(), None, Some(tag(id)))));
    rows.extend(untagged.iter().map(|id| (label(), Some(tag(id)), None)));
    rows
}

fn key_rows(t: Words, keys: &[Key], given: bool) -> Vec<(String, Option<String>, Option<String>)> {
    let row = |key: &Key| {
        let label = (t.get().profile.key_kind)(key.kind()).to_owned();
        let value = key.value().to_owned();
        match given {
            true => (label, None, Some(value)),
            false => (label, Some(value), None),
        }
    };
    keys.iter().map(row).collect()
}

fn field_rows(
    t: Words,
    naming: Naming,
    fields: &[FieldChange],
) -> Vec<(String, Option<String>, Option<String>)> {
    let row = |change: &FieldChange| {
        naming.schema.with(|schema| {
            let show = |value: &Option<_>| {
                value
                    .as_ref()
                    .map(|value| show(schema, &change.field, value, t.lang()))
            };
            (
                field_name(t, naming, &change.field),
                show(&change.from),
                show(&change.to),
            )
        })
    };
    fields.iter().map(row).collect()
}

/// What a field is called.
pub(crate) fn field_name(t: Words, naming: Naming, field: &FieldId) -> String {
    match field {
        FieldId::Standard(field) => (t.get().field)(*field).to_owned(),
        FieldId::Custom(id) => naming.schema.with(|schema| {
            let known = schema.definition(id);
            known.map_or_else(|| id.clone(), |field| name_in(t.lang(), &field.name))
        }),
    }
}

/// What a tag is called.
pub(crate) fn tag_name(t: Words, naming: Naming, id: &str) -> String {
    naming.schema.with(|schema| {
        let known = schema.tag(id);
        known.map_or_else(|| id.to_owned(), |(_, tag)| name_in(t.lang(), &tag.name))
    })
}

pub(super) fn segment_name(t: Words, naming: Naming, id: &str) -> String {
    naming.segments.with(|all| {
        let known = all.get(id);
        known.map_or_else(|| id.to_owned(), |name| name_in(t.lang(), name))
    })
}

pub(super) fn member(t: Words, naming: Naming, id: UserId) -> String {
    let known = naming.members.with(|all| all.get(&id).cloned());
    known.unwrap_or_else(|| t.get().pursuit.somebody.to_owned())
}

fn in_ladder(
    t: Words,
    naming: Naming,
    id: &str,
    find: impl Fn(&domain::stage::Ladder) -> Option<Name>,
) -> String {
    let known = naming.ladder.with(|ladder| ladder.as_ref().and_then(&find));
    known.map_or_else(|| id.to_owned(), |name| name_in(t.lang(), &name))
}

pub(super) fn stage_name(t: Words, naming: Naming, id: &str) -> String {
    in_ladder(t, naming, id, |ladder| {
        ladder.stage(id).map(|stage| stage.name.clone())
    })
}

fn step_name(t: Words, naming: Naming, id: &str) -> String {
    in_ladder(t, naming, id, |ladder| {
        ladder.step(id).map(|step| step.name.clone())
    })
}

fn reason_name(t: Words, naming: Naming, id: &str) -> String {
    in_ladder(t, naming, id, |ladder| {
        let lists = ReasonFor::ALL.into_iter().map(|of| ladder.reasons(of));
        let mut all = lists.flatten();
        let found = all.find(|reason| reason.id == id);
        found.map(|reason| reason.name.clone())
    })
}

fn moved(t: Words, naming: Naming, from: Option<&str>, to: &str, cause: &Cause) -> Said {
    let text = t.get().profile;
    let to = stage_name(t, naming, to);
    let title = match from {
        Some(from) => (t.get().from_to)(stage_name(t, naming, from), to),
        None => to,
    };
    let reason = |id: &String| reason_name(t, naming, id);
    let joined = |parts: [Option<String>; 2]| {
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    };
    let note = match cause {
        Cause::Rule { score, cell, .. } => (text.by_rule_at)(*score, cell),
        Cause::Hand {
            reason: why, note, ..
        } => joined([why.as_ref().map(reason), Some(note.clone())]),
        Cause::Verdict { verdict, note, .. } => {
            let said = match verdict {
                Verdict::Accepted => text.accepted.to_owned(),
                Verdict::Rejected(why) => (text.rejected)(&reason(why)),
            };
            joined([Some(said), Some(note.clone())])
        }
        Cause::Merged { .. } => text.merged.to_owned(),
        Cause::Retired { .. } => text.stage_retired.to_owned(),
    };
    Said::new(title).with(note)
}

fn tasked(t: Words, task: &Task) -> Said {
    let (text, today) = (t.get().profile, t.get().today);
    let what = if task.text.is_empty() {
        (today.why)(&task.why).to_owned()
    } else {
        task.text.clone()
    };
    let what = format!("{} · {what}", (today.kind)(task.kind));
    match &task.state {
        State::Open => Said::new((text.task_set)(&what)),
        State::Done { outcome, note, .. } => {
            let outcome = outcome.map(|outcome| (today.outcome_name)(outcome).to_owned());
            let parts = outcome.into_iter().chain(Some(note.clone()));
            let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
            Said::new((text.task_done)(&what)).with(parts.join(" · "))
        }
        State::Cancelled { note, .. } => Said::new((text.task_cancelled)(&what)).with(note.clone()),
    }
}

fn sifted(t: Words, naming: Naming, what: &Change) -> Said {
    let text = t.get().profile;
    let Change::Sifted {
        entered,
        left,
        tagged,
        untagged,
    } = what
    else {
        return Said::default();
    };
    let segment = |id: &String| segment_name(t, naming, id);
    let tag = |id: &String| tag_name(t, naming, id);
    let (segments, tags) = (|| text.segment.to_owned(), || t.get().tags.to_owned());
    let rows = entered
        .iter()
        .map(|id| (segments(), None, Some(segment(id))));
    let rows = rows.chain(left.iter().map(|id| (segments(), Some(segment(id)), None)));
    let rows = rows.chain(tagged.iter().map(|id| (tags(), None, Some(tag(id)))));
    let rows = rows.chain(untagged.iter().map(|id| (tags(), Some(tag(id)), None)));
    Said {
        rows: rows.collect(),
        ..Said::new(text.sifted)
    }
}
