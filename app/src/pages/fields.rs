//! Fields and tags: what can be known of a lead beside what everyone has, edited as one and saved as one.

use super::failure::{FailureNotice, sentence};
use super::fields_kind::FieldLine;
use super::fields_tags::TagsPanel;
use super::settings::SectionHead;
use crate::api::Failure;
use crate::components::{Button, Dialog, Glyph, Look, Notice, Skeleton, Tone};
use crate::state::ids::{self, Attempt};
use crate::state::schema_form::{unnamed, wrong_at};
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::{FieldsText, words};
use domain::api::{ErrorCode, ReadSchema, Role, SaveSchema};
use domain::profile::{Definition, Kind, Schema, check};
use domain::rulebook::Name;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The schema that is edited.
#[derive(Clone, Copy)]
pub(super) struct FieldsDesk {
    session: Session,
    toasts: Toasts,
    /// As it is saved.
    pub(super) saved: RwSignal<Schema>,
    /// As it is on the screen.
    pub(super) form: RwSignal<Schema>,
    /// Which field or group is open, by its id.
    pub(super) open: RwSignal<Option<String>>,
    /// Whether what is wrong is told: not before somebody tried to save.
    strict: RwSignal<bool>,
    theirs: RwSignal<Option<Schema>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    attempt: Attempt<Schema>,
}

impl FieldsDesk {
    fn new(session: Session, toasts: Toasts) -> FieldsDesk {
        FieldsDesk {
            session,
            toasts,
            saved: RwSignal::new(Schema::default()),
            form: RwSignal::new(Schema::default()),
            open: RwSignal::new(None),
            strict: RwSignal::new(false),
            theirs: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            attempt: Attempt::new(),
        }
    }

    fn show(self, schema: Schema) {
        self.form.set(schema.clone());
        self.saved.set(schema);
        self.strict.set(false);
        self.open.set(None);
    }

    /// Whether something is not saved yet.
    fn is_changed(self) -> bool {
        self.form
            .with(|form| self.saved.with(|saved| form != saved))
    }

    /// Whether the member may change it.
    pub(super) fn may(self) -> bool {
        self.session.may(Role::Marketer)
    }

    /// Changes what is on the screen.
    pub(super) fn edit(self, change: impl FnOnce(&mut Schema)) {
        self.form.update(change);
    }

    /// Why what stands at a place is wrong, in words.
    pub(super) fn wrong(self, path: &str, text: &'static FieldsText) -> Option<&'static str> {
        if !self.strict.get() {
            return None;
        }
        let code = self
            .saved
            .with(|saved| self.form.with(|form| wrong_at(saved, form, path)));
        code.map(|code| why(code, text))
    }

    fn wrong_count(self) -> usize {
        self.saved
            .with(|saved| self.form.with(|form| check(saved, form).len()))
    }

    fn add_field(self) {
        let id = fresh("f");
        self.edit(|form| {
            form.fields.push(Definition {
                id: id.clone(),
                name: unnamed(),
                kind: Kind::Text { long: false },
                retired: false,
            });
        });
        self.open.set(Some(id));
    }

    fn save(self) {
        self.strict.set(true);
        if self.busy.get_untracked() || untrack(|| self.wrong_count()) > 0 {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        let schema = self.form.get_untracked();
        let call = SaveSchema {
            key: self.attempt.key(&schema),
            expected_version: self.saved.with_untracked(|saved| saved.version),
            schema,
        };
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(schema) => {
                    self.attempt.forget();
                    self.show(schema);
                    self.toasts.done(|t| t.fields.saved.to_owned());
                }
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    self.attempt.forget();
                    let current = error.current.and_then(|c| serde_json::from_value(c).ok());
                    let _ = self.theirs.try_set(current);
                }
                Err(failure) => {
                    let _ = self.failure.try_set(Some(failure));
                }
            }
        });
    }
}

/// A new stable name, of which people see nothing.
pub(super) fn fresh(kind: &str) -> String {
    let id = ids::fresh().simple().to_string();
    format!("{kind}-{}", id.get(20..).unwrap_or(&id))
}

fn why(code: &str, text: &'static FieldsText) -> &'static str {
    match code {
        "empty" => text.empty,
        "too_long" => text.too_long,
        "duplicate" => text.duplicate,
        "out_of_range" => text.out_of_range,
        "separator" => text.separator,
        "kind_changed" => text.kind_changed,
        "removed" => text.removed,
        "too_many" => text.too_many,
        _ => text.other,
    }
}

/// Fields and tags.
#[component]
pub(super) fn FieldsPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let desk = FieldsDesk::new(session, expect_context::<Toasts>());
    let state = RwSignal::new(None::<Result<(), Failure>>);
    let read = move || {
        state.set(None);
        spawn_local(async move {
            let reply = session.call(&ReadSchema {}).await;
            let read = reply.map(|schema| desk.show(schema));
            let _ = state.try_set(Some(read));
        });
    };
    read();
    view! {
        <SectionHead title=|t| t.own.fields note=|t| t.fields.note />
        {move || match state.get() {
            None => view! { <Skeleton lines=6 /> }.into_any(),
            Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
            Some(Ok(())) => view! { <Schema desk /> }.into_any(),
        }}
    }
}

#[component]
fn Schema(desk: FieldsDesk) -> impl IntoView {
    let t = words();
    let may = untrack(|| desk.may());
    let ids = Memo::new(move |_| {
        desk.form.with(|form| {
            let ids = form.fields.iter().map(|field| field.id.clone());
            ids.collect::<Vec<String>>()
        })
    });
    let to_mend = move || {
        let count = if desk.strict.get() {
            desk.wrong_count()
        } else {
            0
        };
        (count > 0).then(|| (t.get().fields.to_mend)(count))
    };
    view! {
        <div class="settings fields" data-test="fields">
            <section class="panel">
                <header>
                    <h2>{move || t.get().fields.fields}</h2>
                    {may.then(|| view! { <Button label=t.line(|t| t.fields.add) name="add-field" small=true glyph=Glyph::Plus press=move |()| desk.add_field() /> })}
                </header>
                <p class="muted">{move || t.get().fields.fields_note}</p>
                {move || ids.with(Vec::is_empty).then(|| view! { <p class="muted">{t.get().fields.none}</p> })}
                <ul class="field-list"><For each=move || ids.get() key=String::clone let:id><FieldLine desk id /></For></ul>
            </section>
            <TagsPanel desk />
            {(!may).then(|| view! { <p class="muted">{move || t.get().fields.read_only}</p> })}
            {move || desk.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            {move || desk.is_changed().then(|| view! {
                <div class="settings-foot" data-test="fields-foot">
                    <span class:is-bad=move || to_mend().is_some() role="status">{move || to_mend().unwrap_or_else(|| t.get().fields.changed.to_owned())}</span>
                    <Button label=t.line(|t| t.fields.discard) name="fields-discard" look=Look::Quiet press=move |()| desk.show(desk.saved.get_untracked()) />
                    <Button label=t.line(|t| t.fields.save) name="fields-save" look=Look::Main disabled=desk.busy press=move |()| desk.save() />
                </div>
            })}
            <Contested desk />
        </div>
    }
}

/// A name in both languages.
#[component]
pub(super) fn NameFields(
    /// As it stands.
    #[prop(into)]
    name: Signal<Name>,
    /// It is another.
    #[prop(into)]
    change: Callback<Name>,
    /// Why it is wrong.
    #[prop(into)]
    wrong: Signal<Option<&'static str>>,
) -> impl IntoView {
    let t = words();
    let typed = move |zh: bool, text: String| {
        let mut name = name.get_untracked();
        if zh {
            name.zh = text;
        } else {
            name.en = text;
        }
        change.run(name);
    };
    view! {
        <div class="name-fields" class:is-wrong=move || wrong.get().is_some()>
            <label class="field"><span class="field-label">{move || t.get().fields.name_zh}</span>
                <input class="input" data-test="name-zh" prop:value=move || name.with(|name| name.zh.clone()) on:input:target=move |event| typed(true, event.target().value()) /></label>
            <label class="field"><span class="field-label">{move || t.get().fields.name_en}</span>
                <input class="input" data-test="name-en" prop:value=move || name.with(|name| name.en.clone()) on:input:target=move |event| typed(false, event.target().value()) /></label>
            <span class="field-note" aria-live="polite">{wrong}</span>
        </div>
    }
}

/// Both versions, and the choice, while there are two.
#[component]
fn Contested(desk: FieldsDesk) -> impl IntoView {
    let t = words();
    let lines = move |theirs: &Schema, mine: &Schema| {
        let text = t.get().fields;
        let named = |schema: &Schema| -> Vec<String> {
            let fields = schema.fields.iter();
            let fields = fields.map(|field| {
                format!(
                    "{} · {} · {}",
                    field.name.zh,
                    field.name.en,
                    (text.kind_name)(&field.kind)
                )
            });
            let groups = schema.tag_groups.iter();
            let groups = groups.map(|group| {
                format!(
                    "{}: {} · {} ({})",
                    text.group,
                    group.name.zh,
                    group.name.en,
                    (text.tag_count)(group.tags.len())
                )
            });
            fields.chain(groups).collect()
        };
        let (theirs, mine) = (named(theirs), named(mine));
        let only = |own: &[String], other: &[String]| {
            let own = own.iter().filter(|line| !other.contains(line));
            own.cloned().collect::<Vec<_>>().join("; ")
        };
        view! { <tr><td>{only(&theirs, &mine)}</td><td>{only(&mine, &theirs)}</td></tr> }
    };
    let counts = move |schema: &Schema| {
        let tags = schema.tags().count();
        (t.get().fields.counts)(schema.fields.len(), schema.tag_groups.len(), tags)
    };
    move || {
        desk.theirs.get().map(|theirs| {
            let (taken, version) = (theirs.clone(), theirs.version);
            let take = move |()| {
                desk.theirs.set(None);
                desk.show(taken.clone());
            };
            let keep = move |()| {
                desk.theirs.set(None);
                desk.saved.update(|saved| saved.version = version);
                desk.save();
            };
            let (shown, counted) = (theirs.clone(), theirs);
            view! {
                <Dialog title=t.line(|t| t.fields.conflict) name="fields-conflict" close=move |()| desk.theirs.set(None)>
                    <p>{move || t.get().fields.conflict_text}</p>
                    <div class="difference-table">
                        <table>
                            <thead><tr><th scope="col">{move || t.get().fields.theirs}</th><th scope="col">{move || t.get().fields.mine}</th></tr></thead>
                            <tbody>
                                <tr><td>{move || counts(&counted)}</td><td>{move || desk.form.with_untracked(counts)}</td></tr>
                                {move || desk.form.with_untracked(|mine| lines(&shown, mine))}
                            </tbody>
                        </table>
                    </div>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.fields.take_theirs) name="fields-theirs" press=take />
                        <Button label=t.line(|t| t.fields.keep_mine) name="fields-mine" look=Look::Main press=keep />
                    </div>
                </Dialog>
            }
        })
    }
}
