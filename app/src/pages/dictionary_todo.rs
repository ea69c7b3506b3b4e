//! What of the dictionary wants a decision: events that nobody uses, and rules that wait in vain.

use super::dictionary_entry::{rule_for, use_text};
use crate::components::{EmptyState, Glyph, Icon};
use crate::format;
use crate::text::words;
use domain::channel::Channel;
use domain::dictionary::{Dictionary, Entry, Status, Waiting};
use domain::wire::Kind;
use leptos::prelude::*;

/// What wants a decision; where nothing has come at all, what to do first.
#[component]
pub(super) fn TodoPanel(dictionary: Dictionary) -> impl IntoView {
    let t = words();
    let entries = dictionary.entries;
    if entries.iter().all(|entry| entry.count == 0) {
        return view! {
            <div class="panel dictionary-empty">
                <EmptyState title=Signal::derive(move || t.get().dictionary.nothing_yet.to_owned()) text=Signal::derive(move || t.get().dictionary.nothing_yet_text.to_owned())>
                    <a class="button is-main" href="/settings">{move || t.get().track_own_site}</a>
                </EmptyState>
            </div>
        }
        .into_any();
    }
    // Custom events are named one by one where they have names.
    let by_name = entries
        .iter()
        .any(|entry| entry.name.is_some() && entry.count > 0);
    let is_listed = |entry: &Entry| by_name && entry.kind == Kind::Custom && entry.name.is_none();
    let unused = entries.into_iter();
    let unused = unused.filter(|entry| entry.status == Status::Unused && !is_listed(entry));
    let unused: Vec<Entry> = unused.collect();
    let waiting = dictionary.waiting;
    if unused.is_empty() && waiting.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="panel dictionary-todo" data-test="dictionary-todo">
            <header><h2><Icon glyph=Glyph::Warning />{move || t.get().dictionary.todo}</h2></header>
            {(!unused.is_empty()).then(|| view! {
                <div>
                    <p>{move || t.get().dictionary.todo_unused}</p>
                    <ul>{unused.into_iter().map(|entry| view! { <UnusedLine entry /> }).collect_view()}</ul>
                </div>
            })}
            {(!waiting.is_empty()).then(|| view! {
                <div>
                    <p>{move || t.get().dictionary.todo_waiting}</p>
                    <ul>{waiting.into_iter().map(|waiting| view! { <WaitingLine waiting /> }).collect_view()}</ul>
                    <p class="dictionary-todo-ways">
                        <a class="button is-small" href="/rules">{move || t.get().dictionary.change_rules}</a>
                        <a class="button is-small" href="/settings">{move || t.get().dictionary.check_tag}</a>
                    </p>
                </div>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn UnusedLine(entry: Entry) -> impl IntoView {
    let t = words();
    let (kind, count) = (entry.kind, entry.count);
    let rule = rule_for(kind, entry.name.as_deref());
    let code = entry.name.unwrap_or_else(|| kind.name().to_owned());
    let name = code.clone();
    view! {
        <li data-test="todo-unused" data-name=name>
            <span><b>{move || (t.get().kind)(kind)}</b>" "<code>{code}</code></span>
            <span class="muted">{move || (t.get().dictionary.times)(format::number(t.lang(), count))}</span>
            <a class="button is-small" href=rule data-test="make-rule">{move || t.get().dictionary.make_rule}</a>
        </li>
    }
}

#[component]
fn WaitingLine(waiting: Waiting) -> impl IntoView {
    let t = words();
    let Waiting { by, when } = waiting;
    let kind = when.kind;
    let channel = when.channel;
    let written: Vec<String> = when.path.into_iter().chain(when.name).collect();
    let asked = move || {
        let by = channel.map(|channel: Channel| (t.get().channel)(channel));
        let kind = (t.get().kind)(kind);
        std::iter::once(kind)
            .chain(by)
            .collect::<Vec<_>>()
            .join(" · ")
    };
    view! {
        <li data-test="todo-waiting">
            <span><b>{move || use_text(t.get(), t.lang(), &by)}</b></span>
            <span class="muted">{asked}{written.into_iter().map(|text| view! { " · "<code>{text}</code> }).collect_view()}</span>
        </li>
    }
}
