//! One segment: whom it means, put together while it is counted; and who is in it.

use super::failure::FailureNotice;
use super::segment_conflict::Contested;
use super::segment_members::Members;
use super::segment_preview::PreviewPanel;
use crate::api::Failure;
use crate::components::{
    Button, Choices, ConditionEditor, Dialog, EmptyState, Field, Glyph, Icon, Look, Menu, Notice,
    Skeleton, Toggle, Tone, name_in,
};
use crate::state::base::Base;
use crate::state::segment_desk::{SegmentDesk, id_of};
use crate::state::terms::TermsState;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{Role, Segments};
use domain::segment::Segment;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};

/// The path of one that is not saved yet.
const NEW: &str = "new";

/// What the editor offers.
pub(super) fn choices_of(terms: TermsState) -> Choices {
    let t = words();
    let named = move |all: Vec<(String, domain::rulebook::Name)>| {
        let named = all.into_iter();
        named
            .map(|(id, name)| (id, name_in(t.lang(), &name)))
            .collect::<Vec<_>>()
    };
    Choices {
        schema: terms.schema.into(),
        stages: Signal::derive(move || named(terms.stages.get())),
        segments: Signal::derive(move || {
            let all = terms.segments.get().into_iter();
            named(all.map(|segment| (segment.id, segment.name)).collect())
        }),
        companies: Signal::derive(move || terms.companies.get().into_iter().collect()),
        seek_company: Callback::new(move |text: String| terms.seek_company(&text)),
        wrong: Callback::new(|_| None),
    }
}

/// One segment, by the id in the path, or a new one.
#[component]
pub(super) fn SegmentPage() -> impl IntoView {
    let base = expect_context::<Base>();
    let terms = TermsState::read(base.session);
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let found = RwSignal::new(None::<Result<Option<Segment>, Failure>>);
    let read = move |id: String| {
        found.set(None);
        spawn_local(async move {
            let reply = base.session.call(&Segments {}).await;
            let one = |list: domain::api::SegmentList| {
                let mut all = list.segments.into_iter().map(|row| row.segment);
                all.find(|segment| segment.id == id)
            };
            let _ = found.try_set(Some(reply.map(one)));
        });
    };
    Effect::new(move |_| {
        let id = id.get();
        if id != NEW {
            read(id);
        }
    });
    move || {
        if id.get() == NEW {
            return view! { <Desk segment=None terms /> }.into_any();
        }
        match found.get() {
            None => view! { <Skeleton lines=8 /> }.into_any(),
            Some(Err(failure)) => {
                view! { <FailureNotice failure again=move |()| read(id.get_untracked()) /> }
                    .into_any()
            }
            Some(Ok(None)) => view! { <NoSegment /> }.into_any(),
            Some(Ok(segment)) => view! { <Desk segment terms /> }.into_any(),
        }
    }
}

#[component]
fn NoSegment() -> impl IntoView {
    let t = words();
    view! {
        <EmptyState title=t.line(|t| t.segments.no_such) text=t.line(|t| t.segments.no_such_text)>
            <a class="button" href="/segments">{move || t.get().segments.to_segments}</a>
        </EmptyState>
    }
}

#[component]
fn Desk(segment: Option<Segment>, terms: TermsState) -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let is_new = segment.is_none();
    if let Some(segment) = &segment {
        terms.name_companies(segment.who.accounts());
    }
    let desk = SegmentDesk::open(segment, terms, base.session);
    let wrong = Callback::new(move |id: u32| {
        let condition = desk
            .form
            .with(|form| form.who.line(id).map(|line| line.read()))?;
        let code = match condition {
            None => Some("empty"),
            Some(condition) => terms.ready.get().then(|| terms.wrong(&condition)).flatten(),
        };
        code.map(|code| (t.get().segments.why)(code).to_owned())
    });
    let choices = Choices {
        wrong,
        ..choices_of(terms)
    };
    let may = Signal::derive(move || base.session.may(Role::Marketer));
    let name = Memo::new(move |_| {
        let known = desk
            .saved
            .with(|saved| saved.as_ref().map(|saved| name_in(t.lang(), &saved.name)));
        known.unwrap_or_else(|| t.get().segments.new.to_owned())
    });
    Effect::new(move |_| document().set_title(&format!("{} · {}", name.get(), t.get().product)));
    let who = Signal::derive(move || desk.form.with(|form| form.who.clone()));
    view! {
        <nav class="crumbs"><a href="/segments" data-test="back"><Icon glyph=Glyph::Back />{move || t.get().segments.title}</a></nav>
        <Head desk name may is_new />
        {move || (!may.get()).then(|| view! { <Notice tone=Tone::Calm text=t.line(|t| t.segments.read_only) /> })}
        {move || desk.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(t.get(), &failure)) /> })}
        <div class="segment" data-test="segment">
            <section class="panel segment-facts"><Facts desk may is_new choices /></section>
            <section class="panel segment-who">
                <h2>{move || t.get().segments.who}</h2>
                <ConditionEditor form=who change=move |who| desk.form.update(|form| form.who = who) choices editable=may />
            </section>
            <PreviewPanel desk />
        </div>
        {move || desk.saved.with(|saved| saved.as_ref().map(|saved| saved.id.clone())).map(|id| view! { <Members id session=base.session /> })}
        <Contested desk choices />
    }
}

/// A failure in a sentence.
fn said(text: &'static crate::text::Text, failure: &Failure) -> String {
    match failure {
        Failure::Field(error) => (text.segments.why)(&error.code).to_owned(),
        other => super::failure::sentence(text, other),
    }
}

#[component]
fn Head(desk: SegmentDesk, name: Memo<String>, may: Signal<bool>, is_new: bool) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let navigate = use_navigate();
    let removed = navigate.clone();
    let asks = RwSignal::new(false);
    let saved = Callback::new(move |saved: Segment| {
        let name = name_in(t.lang(), &saved.name);
        toasts.done(move |t| (t.frame.saved)(&name));
        if is_new {
            navigate(&format!("/segments/{}", saved.id), Default::default());
        }
    });
    let removed = Callback::new(move |()| {
        let name = name.get_untracked();
        toasts.done(move |t| (t.segments.is_removed)(&name));
        removed("/segments", Default::default());
    });
    let items =
        Signal::derive(move || vec![("remove".to_owned(), t.get().segments.remove.to_owned())]);
    let complete = Memo::new(move |_| {
        desk.form.with(|form| {
            form.read().is_some()
                && !form.id.trim().is_empty()
                && !form.zh.trim().is_empty()
                && !form.en.trim().is_empty()
        })
    });
    let changed = Memo::new(move |_| desk.is_changed());
    let state = move || {
        if changed.get() {
            t.get().segments.unsaved
        } else {
            t.get().segments.saved
        }
    };
    view! {
        <div class="page-head">
            <h1 data-test="segment-name">{name}</h1>
            <div class="page-tools">
                {move || may.get().then(|| view! {
                    <span class="muted segment-state" role="status">{state}</span>
                    {(!is_new).then(|| view! { <Menu label=t.line(|t| t.segments.more) name="segment-more" items choose=move |_| asks.set(true) /> })}
                    <Button label=t.line(|t| t.frame.save) name="segment-save" look=Look::Main disabled=Signal::derive(move || !complete.get() || !changed.get() || desk.busy.get())
                        press=move |()| desk.save(move |segment| saved.run(segment)) />
                })}
            </div>
        </div>
        {move || asks.get().then(|| view! {
            <Dialog title=t.line(|t| t.segments.remove_question) name="segment-remove" close=move |()| asks.set(false)>
                <p>{move || t.get().segments.remove_text}</p>
                <div class="dialog-actions">
                    <Button label=t.line(|t| t.frame.cancel) name="segment-keep" look=Look::Quiet press=move |()| asks.set(false) />
                    <Button label=t.line(|t| t.segments.remove) name="segment-remove-now" look=Look::Bad press=move |()| { asks.set(false); desk.remove(move || removed.run(())) } />
                </div>
            </Dialog>
        })}
    }
}

/// What it is called, and what goes with it.
#[component]
fn Facts(desk: SegmentDesk, may: Signal<bool>, is_new: bool, choices: Choices) -> impl IntoView {
    let t = words();
    let (zh, en, id) = desk.form.with_untracked(|form| {
        let own = |text: &str| RwSignal::new(text.to_owned());
        (own(&form.zh), own(&form.en), own(&form.id))
    });
    // A new one's short name follows its English one until it is typed.
    let own_id = RwSignal::new(false);
    Effect::new(move |_| {
        let (zh, en) = (zh.get(), en.get());
        let typed = id.get();
        let made = id_of(&en);
        if is_new && !own_id.get_untracked() && typed != made {
            id.set(made.clone());
        }
        let id = id.get_untracked();
        desk.form
            .update(|form| (form.zh, form.en, form.id) = (zh, en, id));
    });
    // What is taken from someone else is shown.
    Effect::new(move |_| {
        let names = desk.form.with(|form| (form.zh.clone(), form.en.clone()));
        for (shown, name) in [(zh, names.0), (en, names.1)] {
            if shown.get_untracked() != name {
                shown.set(name);
            }
        }
    });
    let options = move || {
        let lang = t.lang();
        choices.schema.with(|schema| {
            let tags = schema.tags().filter(|(group, tag)| !group.retired && !tag.retired);
            let tags = tags.map(|(_, tag)| (tag.id.clone(), name_in(lang, &tag.name)));
            let options = tags.map(|(id, name)| {
                let own = id.clone();
                view! { <option value=id selected=move || desk.form.with(|form| form.tag == own)>{name}</option> }
            });
            options.collect_view()
        })
    };
    let public = Signal::derive(move || desk.form.with(|form| form.public));
    let type_id = move |text: String| {
        own_id.set(true);
        id.set(text);
    };
    view! {
        <fieldset class="segment-fields" disabled=move || !may.get()>
            <Field label=Signal::derive(move || t.get().name_zh) name="segment-zh" value=zh />
            <Field label=Signal::derive(move || t.get().name_en) name="segment-en" value=en />
            <label class="field">
                <span class="field-label">{move || t.get().segments.id}</span>
                <input class="input" type="text" autocomplete="off" spellcheck="false" data-test="segment-id" disabled=!is_new prop:value=id
                    on:input:target=move |event| type_id(event.target().value()) />
                <span class="field-note">{move || is_new.then(|| t.get().segments.id_hint)}</span>
            </label>
            <label class="field">
                <span class="field-label">{move || t.get().segments.tag}</span>
                <select class="input" data-test="segment-tag" prop:value=move || desk.form.with(|form| form.tag.clone())
                    on:change:target=move |event| { let tag = event.target().value(); desk.form.update(|form| form.tag = tag) }>
                    <option value="">{move || t.get().segments.no_tag}</option>
                    {options}
                </select>
            </label>
            <Toggle label=Signal::derive(move || t.get().segments.public) note=Signal::derive(move || t.get().segments.public_note) name="segment-public" on=public
                choose=move |public| desk.form.update(|form| form.public = public) />
        </fieldset>
    }
}
