//! What was done with many leads at once, and taking it back.

use super::failure::{FailureNotice, sentence};
use crate::api::Failure;
use crate::components::{
    Button, EmptyState, Glyph, Icon, Naming, Skeleton, Table, WhenText, deed_text,
};
use crate::format;
use crate::state::base::Base;
use crate::state::bulk::undo;
use crate::state::clock::Clock;
use crate::state::lead_terms::LeadTerms;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::Bulks;
use domain::bulk::Bulk;
use domain::id::BulkId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What was done with many.
#[component]
pub(super) fn BulksPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let toasts = expect_context::<Toasts>();
    let now = expect_context::<Clock>().signal();
    let terms = LeadTerms::read(base.session);
    let naming = Naming {
        ladder: terms.ladder.into(),
        members: terms.members.into(),
        schema: terms.schema.into(),
        segments: terms.segments.into(),
    };
    let found = RwSignal::new(None::<Result<Vec<Bulk>, Failure>>);
    let busy = RwSignal::new(None::<BulkId>);
    let read = move || {
        spawn_local(async move {
            let reply = base.session.call(&Bulks {}).await;
            let _ = found.try_set(Some(reply));
        });
    };
    read();
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            t.get().lists.history_title,
            t.get().product
        ))
    });
    let take_back = move |id: BulkId| {
        let note = t.get().lists.by_mistake.to_owned();
        let lang = t.lang();
        busy.set(Some(id));
        spawn_local(async move {
            match undo(base.session, id, note).await {
                Ok(outcome) => toasts
                    .done(move |text| (text.lists.undone)(&format::number(lang, outcome.changed))),
                Err(failure) => toasts.failed(move |text| sentence(text, &failure)),
            }
            let _ = busy.try_set(None);
            read();
        });
    };
    let body = move || {
        match found.get() {
        None => view! { <Skeleton lines=6 /> }.into_any(),
        Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
        Some(Ok(all)) if all.is_empty() => view! {
            <EmptyState title=t.line(|t| t.lists.history_none) text=t.line(|t| t.lists.history_none_text)>
                <a class="button" href="/leads">{move || t.get().to_leads}</a>
            </EmptyState>
        }
        .into_any(),
        Some(Ok(all)) => {
            let head = move || view! {
                <th scope="col">{move || t.get().lists.what}</th>
                <th scope="col" class="bulk-table-who">{move || t.get().lists.who}</th>
                <th scope="col" class="lead-table-when">{move || t.get().lists.when}</th>
                <th scope="col" class="bulk-table-count">{move || t.get().lists.changed_count}</th>
                <th scope="col" class="bulk-table-count">{move || t.get().lists.undone_count}</th>
                <th scope="col" class="bulk-table-deed"><span class="visually-hidden">{move || t.get().lists.undo_bulk}</span></th>
            };
            let line = move |bulk: Bulk| {
                let Bulk { id, deed, at, by, done, undone, mine } = bulk;
                let number = move |count| format::number(t.lang(), count);
                let open = mine && undone < done;
                view! {
                    <tr class="row" data-test="bulk-row">
                        <td class="bulk-table-what" data-step="" tabindex="-1">{move || deed_text(t, naming, &deed)}</td>
                        <td class="bulk-table-who" title=by.clone()>{by.clone()}</td>
                        <td class="lead-table-when"><WhenText at=Signal::stored(at) now /></td>
                        <td class="bulk-table-count" data-test="bulk-done" data-label=move || t.get().lists.changed_count>{move || number(done)}</td>
                        <td class="bulk-table-count" data-test="bulk-undone" data-label=move || t.get().lists.undone_count>{move || number(undone)}</td>
                        <td class="bulk-table-deed">{move || match (open, busy.get() == Some(id)) {
                            (_, true) => view! { <span class="muted">{t.get().lists.taking_back}</span> }.into_any(),
                            (true, false) => view! { <Button label=t.line(|t| t.lists.undo_bulk) name="bulk-undo" small=true disabled=Signal::derive(move || busy.with(Option::is_some)) press=move |()| take_back(id) /> }.into_any(),
                            (false, false) if undone >= done && done > 0 => view! { <span class="muted">{t.get().lists.taken_back}</span> }.into_any(),
                            (false, false) => ().into_any(),
                        }}</td>
                    </tr>
                }
            };
            view! { <Table class="bulk-table" head>{all.into_iter().map(line).collect_view()}</Table> }.into_any()
        }
    }
    };
    view! {
        <nav class="crumbs"><a href="/leads" data-test="back"><Icon glyph=Glyph::Back />{move || t.get().leads}</a></nav>
        <div class="page-head">
            <h1>{move || t.get().lists.history_title}</h1>
            <p class="page-note">{move || t.get().lists.history_note}</p>
        </div>
        <div class="live-list">{body}</div>
    }
}
