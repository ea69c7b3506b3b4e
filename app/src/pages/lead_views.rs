//! The views of the list of leads, a tab each, and what is done with them.

use super::failure::sentence;
use crate::api::Failure;
use crate::components::{
    Button, Dialog, Field, Look, Menu, Naming, Notice, Toggle, Tone, VersionsDialog, Versus,
    column_name,
};
use crate::format;
use crate::state::base::Base;
use crate::state::leads::{LeadsState, usual_columns};
use crate::state::toasts::Toasts;
use crate::state::views::ViewsState;
use crate::text::{Text, words};
use domain::id::ViewId;
use domain::view::View;
use leptos::prelude::*;

/// What a dialog is about.
#[derive(Clone, PartialEq)]
enum Named {
    /// A new view of what is shown.
    New,
    /// Another name of this one.
    Renamed(View),
}

/// What is at hand.
#[derive(Clone, Copy)]
struct Held {
    views: ViewsState,
    leads: LeadsState,
    base: Base,
    toasts: Toasts,
    naming: RwSignal<Option<Named>>,
}

/// The tabs of the views, and what is done with them.
#[component]
pub(super) fn LeadViews(base: Base, views: ViewsState, terms: Naming) -> impl IntoView {
    let t = words();
    let held = Held {
        views,
        leads: base.leads,
        base,
        toasts: expect_context::<Toasts>(),
        naming: RwSignal::new(None),
    };
    let tabs = Memo::new(move |_| {
        let all = views.list.get().unwrap_or_default();
        all.into_iter()
            .map(|view| (view.id, view.name, view.shared))
            .collect::<Vec<_>>()
    });
    let all = View::default();
    let is_all = move || held.leads.view.with(Option::is_none);
    let show_all = move |_| {
        held.leads.open(&all);
        held.leads.view.set(None);
    };
    let changed = Memo::new(move |_| views.is_changed());
    let may_save = Memo::new(move |_| {
        let member = base.session.member();
        let chosen = views.chosen();
        member
            .zip(chosen)
            .is_some_and(|(member, view)| view.is_changed_by(member.id, member.role))
    });
    let saved = move |view: View| {
        held.leads.view.set(Some(view.id));
        held.toasts.done(move |t| (t.lists.view_saved)(&view.name));
    };
    let save = move |()| {
        if let Some(known) = untrack(|| views.chosen()) {
            let shown = untrack(|| held.leads.as_view(known.name.clone(), known.shared));
            let (id, version) = (known.id, known.version);
            views.save(
                View {
                    id,
                    version,
                    ..shown
                },
                saved,
            );
        }
    };
    view! {
        <div class="lead-views" data-test="views">
            <nav class="tabs lead-views-tabs" aria-label=move || t.get().lists.views>
                <button type="button" class="tab" aria-current=move || is_all().then_some("true") on:click=show_all data-test="view-all">{move || t.get().lists.all_leads}</button>
                <For each=move || tabs.get() key=Clone::clone let:tab><ViewTab held id=tab.0 name=tab.1 shared=tab.2 /></For>
            </nav>
            <div class="lead-views-tools">
                {move || (changed.get() && may_save.get()).then(|| view! {
                    <Button label=t.line(|t| t.lists.save_view) name="view-save" small=true look=Look::Main disabled=views.busy press=save />
                })}
                {move || (changed.get() && !may_save.get()).then(|| view! {
                    <Button label=t.line(|t| t.lists.save_as) name="view-save-as" small=true press=move |()| held.naming.set(Some(Named::New)) />
                })}
                <ViewMenu held may_save />
            </div>
        </div>
        {move || held.naming.get().map(|named| view! { <NameDialog held named /> })}
        {move || views.contest.get().map(|(theirs, mine)| {
            let rows = Signal::derive(move || differences(t.get(), t, terms, &theirs, &mine));
            view! { <VersionsDialog rows take_theirs=move |()| views.take_theirs() keep_mine=move |()| views.keep_mine(saved) close=move |()| views.contest.set(None) /> }
        })}
    }
}

#[component]
fn ViewTab(held: Held, id: ViewId, name: String, shared: bool) -> impl IntoView {
    let t = words();
    let is_chosen = move || held.leads.view.get() == Some(id);
    let count = move || {
        let count = held.views.counts.with(|counts| counts.get(&id).copied());
        count.map(|count| format::number(t.lang(), count))
    };
    let open = move |_| {
        if let Some(view) = untrack(|| held.views.get(id)) {
            held.leads.open(&view);
        }
    };
    let hint = move || match shared {
        true => t.get().lists.shared.to_owned(),
        false => t.get().lists.unshare.to_owned(),
    };
    view! {
        <button type="button" class="tab lead-view" class:is-shared=shared title=hint aria-current=move || is_chosen().then_some("true") on:click=open data-test="view" data-id=id.to_string()>
            {name}<span class="count" data-test="view-count">{count}</span>
        </button>
    }
}

/// What is done with the view that is chosen.
#[component]
fn ViewMenu(held: Held, may_save: Memo<bool>) -> impl IntoView {
    let t = words();
    let Held { views, toasts, .. } = held;
    let may_share = move || {
        let member = held.base.session.member();
        member.is_some_and(|member| View::is_shared_by(member.role))
    };
    let items = Signal::derive(move || {
        let text = t.get().lists;
        let mut items = vec![("as", text.save_as)];
        if let Some(view) = views.chosen().filter(|_| may_save.get()) {
            items.push(("rename", text.rename));
            if view.shared {
                items.push(("unshare", text.unshare));
            } else if may_share() {
                items.push(("share", text.share));
            }
            items.push(("remove", text.remove_view));
        }
        let named = items.into_iter();
        named
            .map(|(id, label)| (id.to_owned(), label.to_owned()))
            .collect()
    });
    let told = move |failure: Failure| toasts.failed(move |text| said(text, &failure));
    let remove = move |view: View| {
        views.remove(view.id, move |reply| {
            if let Err(failure) = reply {
                return told(failure);
            }
            let name = view.name.clone();
            toasts.undoable(
                move |t| (t.lists.view_removed)(&name),
                move || {
                    let again = View {
                        version: 0,
                        ..view.clone()
                    };
                    views.save(again, move |view| held.leads.open(&view));
                },
            );
        });
    };
    let choose = move |what: String| {
        let chosen = untrack(|| views.chosen());
        match (what.as_str(), chosen) {
            ("as", _) => held.naming.set(Some(Named::New)),
            ("rename", Some(view)) => held.naming.set(Some(Named::Renamed(view))),
            ("share" | "unshare", Some(view)) => {
                let shared = !view.shared;
                views.save(View { shared, ..view }, move |view| {
                    toasts.done(move |t| (t.lists.view_saved)(&view.name));
                });
            }
            ("remove", Some(view)) => remove(view),
            _ => {}
        }
    };
    view! { <Menu label=t.line(|t| t.lists.view_more) name="view-menu" items choose /> }
}

#[component]
fn NameDialog(held: Held, named: Named) -> impl IntoView {
    let t = words();
    let Held { views, leads, .. } = held;
    let is_new = named == Named::New;
    let known = match &named {
        Named::New => None,
        Named::Renamed(view) => Some(view.clone()),
    };
    let name = RwSignal::new(
        known
            .as_ref()
            .map(|view| view.name.clone())
            .unwrap_or_default(),
    );
    let shared = RwSignal::new(false);
    let may_share = Signal::derive(move || {
        let member = held.base.session.member();
        member.is_some_and(|member| View::is_shared_by(member.role))
    });
    views.failure.set(None);
    let close = move |()| held.naming.set(None);
    let save = move || {
        let name = name.get_untracked().trim().to_owned();
        let view = match &known {
            Some(view) => View {
                name,
                ..view.clone()
            },
            None => untrack(|| leads.as_view(name, shared.get())),
        };
        views.save(view, move |view| {
            if is_new {
                leads.view.set(Some(view.id));
            }
            held.naming.set(None);
            held.toasts.done(move |t| (t.lists.view_saved)(&view.name));
        });
    };
    let title = Signal::derive(move || match is_new {
        true => t.get().lists.new_view.to_owned(),
        false => t.get().lists.rename.to_owned(),
    });
    let empty =
        Signal::derive(move || name.with(|name| name.trim().is_empty()) || views.busy.get());
    view! {
        <Dialog title name="view-name" close>
            <form on:submit=move |event| { event.prevent_default(); save() }>
                <Field label=Signal::derive(move || t.get().lists.view_name) name="view-name-input" value=name hint=Signal::derive(move || Some(t.get().lists.view_name_hint)) />
                {move || (is_new && may_share.get()).then(|| view! {
                    <Toggle label=Signal::derive(move || t.get().lists.shared) note=Signal::derive(move || t.get().lists.shared_note) name="view-shared" on=shared choose=move |on| shared.set(on) />
                })}
                {move || views.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(t.get(), &failure)) /> })}
                <div class="dialog-actions">
                    <Button label=t.line(|t| t.frame.cancel) name="view-name-cancel" look=Look::Quiet press=close />
                    <button type="submit" class="button is-main" disabled=empty data-test="view-name-save">{move || t.get().frame.save}</button>
                </div>
            </form>
        </Dialog>
    }
}

/// Where two versions of a view differ.
fn differences(
    text: &'static Text,
    t: crate::text::Words,
    terms: Naming,
    theirs: &View,
    mine: &View,
) -> Vec<Versus> {
    let columns = |view: &View| {
        let columns = match view.columns.as_slice() {
            [] => usual_columns(),
            some => some.to_vec(),
        };
        let names = columns.iter().map(|column| column_name(t, terms, column));
        names.collect::<Vec<_>>().join(" · ")
    };
    let order = |view: &View| column_name(t, terms, &view.order);
    let sharing = |view: &View| match view.shared {
        true => text.lists.shared,
        false => text.lists.unshare,
    };
    let filters = |view: &View| {
        let count = view
            .filter
            .as_deref()
            .map_or(0, |filter| crate::state::leads::read_filter(filter).len());
        let search = view.search.clone().unwrap_or_default();
        format!("{} {search}", (text.lists.filters)(count))
    };
    let pair = |label: &str, read: &dyn Fn(&View) -> String| {
        let both = (label.to_owned(), read(theirs), read(mine));
        (both.1 != both.2).then_some(both)
    };
    let pairs = [
        pair(text.lists.view_name, &|view| view.name.clone()),
        pair(text.lists.shared, &|view| sharing(view).to_owned()),
        pair(text.order, &order),
        pair(text.lists.columns, &columns),
        pair(text.lists.filter_title, &filters),
    ];
    pairs.into_iter().flatten().collect()
}

/// Why a view was not saved.
fn said(text: &'static Text, failure: &Failure) -> String {
    match failure {
        Failure::Field(error) => {
            let own = (text.lists.why)(&error.code);
            own.map_or_else(|| sentence(text, failure), str::to_owned)
        }
        other => sentence(text, other),
    }
}
