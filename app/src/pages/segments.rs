//! The segments: what each says, and how many people are in it.

use super::failure::FailureNotice;
use super::segment::choices_of;
use crate::components::{
    Badge, Choices, EmptyState, Glyph, Icon, Meter, Skeleton, Table, condition_text, name_in,
};
use crate::format;
use crate::state::base::Base;
use crate::state::segments::SegmentsState;
use crate::state::terms::TermsState;
use crate::text::words;
use domain::api::{Role, SegmentRow};
use leptos::prelude::*;

/// The segments.
#[component]
pub(super) fn SegmentsPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let segments = SegmentsState::new(base.session);
    segments.load();
    let choices = choices_of(TermsState::read(base.session));
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().segments.title, t.get().product))
    });
    let count = move || {
        segments.list.with(|list| {
            let list = list.as_ref()?;
            Some(format::number(t.lang(), list.segments.len() as u64))
        })
    };
    let sift = Memo::new(move |_| {
        segments
            .list
            .with(|list| list.as_ref().and_then(|list| list.sift))
    });
    let sift_text = move || {
        let sift = sift.get();
        let number = |count| format::number(t.lang(), count);
        sift.map(|sift| (t.get().segments.sifting)(&number(sift.done), &number(sift.total)))
            .unwrap_or_default()
    };
    let rows = Memo::new(move |_| {
        segments
            .list
            .with(|list| list.as_ref().map(|list| list.segments.clone()))
    });
    let may = move || base.session.may(Role::Marketer);
    let new = move || {
        may().then(|| view! {
            <a class="button is-main" href="/segments/new" data-key="n" aria-keyshortcuts="n" data-test="segment-new"><Icon glyph=Glyph::Plus />{move || t.get().segments.new}<kbd aria-hidden="true">"n"</kbd></a>
        })
    };
    let body = move || {
        match rows.get() {
        None if segments.failure.with(Option::is_some) => ().into_any(),
        None => view! { <Skeleton lines=6 /> }.into_any(),
        Some(rows) if rows.is_empty() => view! {
            <EmptyState title=t.line(|t| t.segments.none_yet) text=t.line(|t| t.segments.none_yet_text)>{new()}</EmptyState>
        }
        .into_any(),
        Some(rows) => view! { <List rows choices /> }.into_any(),
    }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().segments.title}<span class="count">{count}</span></h1>
            <div class="page-tools"><a class="button" href="/personas" data-test="to-personas">{move || t.get().personas.title}</a>{new}</div>
            <p class="page-note">{move || t.get().segments.note}</p>
        </div>
        {move || segments.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| segments.load() /> })}
        {move || sift.with(Option::is_some).then(|| view! {
            <div class="segments-sift" role="status">
                <Meter done=Signal::derive(move || sift.get().map_or(0, |sift| sift.done)) total=Signal::derive(move || sift.get().map_or(1, |sift| sift.total)) text=Signal::derive(sift_text) />
            </div>
        })}
        <div class="live-list">{body}</div>
    }
}

#[component]
fn List(rows: Vec<SegmentRow>, choices: Choices) -> impl IntoView {
    let t = words();
    let head = move || {
        view! {
            <th scope="col">{move || t.get().segments.name}</th>
            <th scope="col" class="segment-table-who">{move || t.get().segments.who}</th>
            <th scope="col" class="segment-table-tag">{move || t.get().segments.tag}</th>
            <th scope="col" class="segment-table-people">{move || t.get().segments.people}</th>
        }
    };
    let line = move |row: SegmentRow| {
        let SegmentRow { segment, people } = row;
        let (name, who, public) = (segment.name.clone(), segment.who.clone(), segment.public);
        let tag = segment.tag.clone();
        let said = Memo::new(move |_| condition_text(t, choices, &who));
        let tag = move || {
            let tag = tag.as_deref()?;
            choices.schema.with(|schema| {
                let known = schema.tag(tag).map(|(_, tag)| name_in(t.lang(), &tag.name));
                Some(known.unwrap_or_else(|| tag.to_owned()))
            })
        };
        view! {
            <tr class="row" data-test="segment-row" data-id=segment.id.clone()>
                <td class="segment-table-name">
                    <a class="row-link" data-step="" href=format!("/segments/{}", segment.id)>{move || name_in(t.lang(), &name)}</a>
                    <span class="row-sub"><code>{segment.id.clone()}</code>{public.then(|| view! { <Badge text=t.line(|t| t.segments.public_badge) /> })}</span>
                </td>
                <td class="segment-table-who" title=said><span>{said}</span></td>
                <td class="segment-table-tag">{move || tag().map(|tag| view! { <Badge text=Signal::stored(tag) /> })}</td>
                <td class="segment-table-people" data-test="segment-people" data-label=move || t.get().segments.people>{move || format::number(t.lang(), people)}</td>
            </tr>
        }
    };
    view! { <Table class="segment-table" head>{rows.into_iter().map(line).collect_view()}</Table> }
}
