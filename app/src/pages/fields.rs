//! Fields and tags: what can be known of a lead beside what everyone has, edited as one and saved as one.

use super::failure::{FailureNotice, sentence};
use super::fields_kind::FieldLine;
use super::fields_tags::TagsPanel;
use super::settings::SectionHead;
use super::sheet_edits::SheetEdits;
use crate::components::{Button, Glyph, Notice, Skeleton, Tone, Versus};
use crate::state::ids;
use crate::state::schema_form::{unnamed, wrong_at};
use crate::state::session::Session;
use crate::state::sheet::Sheet;
use crate::state::toasts::Toasts;
use crate::text::{FieldsText, Words, words};
use domain::api::{ReadSchema, Role, SaveSchema};
use domain::profile::{Definition, Kind, Schema, check};
use leptos::prelude::*;

/// The schema that is edited.
#[derive(Clone, Copy)]
pub(super) struct FieldsDesk {
    session: Session,
    toasts: Toasts,
    sheet: Sheet<Schema>,
    /// As it is on the screen.
    pub(super) form: RwSignal<Schema>,
    /// Which field or group is open, by its id.
    pub(super) open: RwSignal<Option<String>>,
    /// Whether what is wrong is told: not before somebody tried to save.
    strict: RwSignal<bool>,
}

impl FieldsDesk {
    fn new(session: Session, toasts: Toasts) -> FieldsDesk {
        let sheet = Sheet::kept(session, "fields");
        FieldsDesk {
            session,
            toasts,
            sheet,
            form: sheet.form,
            open: RwSignal::new(None),
            strict: RwSignal::new(false),
        }
    }

    /// Whether the member may change it.
    pub(super) fn may(self) -> bool {
        self.session.may(Role::Marketer)
    }

    /// Changes what is on the screen.
    pub(super) fn edit(self, change: impl FnOnce(&mut Schema)) {
        self.form.update(change);
    }

    /// What of it was saved already, and may only be retired.
    pub(super) fn was_saved(self, is_there: impl FnOnce(&Schema) -> bool) -> bool {
        let saved = self.sheet.saved;
        saved.with(|saved| saved.as_ref().is_some_and(is_there))
    }

    fn wrong_code(self, path: &str) -> Option<&'static str> {
        let strict = self.strict.get();
        let saved = self.sheet.saved;
        let found = saved.with(|saved| {
            let saved = saved.as_ref()?;
            self.form.with(|form| wrong_at(saved, form, path))
        });
        found.filter(|_| strict)
    }

    /// Why what stands at a place is wrong, in words.
    pub(super) fn wrong(self, path: &str, text: &'static FieldsText) -> Option<&'static str> {
        self.wrong_code(path).map(|code| why(code, text))
    }

    /// Why one of the names of what stands at a place is wrong; what is wrong with both is told at the first.
    pub(super) fn wrong_name(
        self,
        path: &str,
        field: &str,
        text: &'static FieldsText,
    ) -> Option<String> {
        let own = self.wrong_code(&format!("{path}.{field}"));
        let both = || {
            let other = self.wrong_code(&format!("{path}.name.en"));
            let any = self.wrong_code(&format!("{path}.name"));
            any.filter(|_| field == "name.zh" && other.is_none())
        };
        own.or_else(both).map(|code| why(code, text).to_owned())
    }

    fn wrong_count(self) -> usize {
        self.sheet.saved.with(|saved| {
            let saved = saved.as_ref();
            saved.map_or(0, |saved| self.form.with(|form| check(saved, form).len()))
        })
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
        if untrack(|| self.wrong_count()) > 0 {
            return;
        }
        let saved = self.sheet.saved.get_untracked();
        let expected_version = saved.map_or(0, |saved| saved.version);
        let schema = self.form.get_untracked();
        let call = |key| SaveSchema {
            key,
            expected_version,
            schema,
        };
        self.sheet.change("save", call, move || {
            self.strict.set(false);
            self.open.set(None);
            self.toasts.done(|t| t.fields.saved.to_owned());
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
    let sheet = desk.sheet;
    sheet.read(ReadSchema {});
    let there = Memo::new(move |_| sheet.saved.with(Option::is_some));
    view! {
        <SectionHead title=|t| t.own.fields note=|t| t.fields.note />
        {move || match there.get() {
            true => view! { <Schema desk /> }.into_any(),
            false => match sheet.failure.get() {
                Some(failure) => view! { <FailureNotice failure again=move |()| sheet.read(ReadSchema {}) /> }.into_any(),
                None => view! { <Skeleton lines=6 /> }.into_any(),
            },
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
    let sheet = desk.sheet;
    let wrong = Signal::derive(move || match desk.strict.get() {
        true => desk.wrong_count(),
        false => 0,
    });
    let rows = Signal::derive(move || {
        let theirs = sheet.theirs.get();
        let rows = theirs.map(|theirs| desk.form.with(|mine| differing(t, &theirs, mine)));
        rows.unwrap_or_default()
    });
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
            {move || sheet.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            {may.then(|| view! { <SheetEdits sheet wrong save=move |()| desk.save() rows /> })}
        </div>
    }
}

/// Where two schemas differ: theirs, mine.
fn differing(t: Words, theirs: &Schema, mine: &Schema) -> Vec<Versus> {
    let text = t.get().fields;
    let counts = |schema: &Schema| {
        let tags = schema.tags().count();
        (text.counts)(schema.fields.len(), schema.tag_groups.len(), tags)
    };
    let fields = |schema: &Schema| -> Vec<String> {
        let fields = schema.fields.iter();
        let fields = fields.map(|field| {
            let kind = (text.kind_name)(&field.kind);
            format!("{} · {} · {kind}", field.name.zh, field.name.en)
        });
        fields.collect()
    };
    let groups = |schema: &Schema| -> Vec<String> {
        let groups = schema.tag_groups.iter();
        let groups = groups.map(|group| {
            let tags = (text.tag_count)(group.tags.len());
            format!("{} · {} ({tags})", group.name.zh, group.name.en)
        });
        groups.collect()
    };
    let only = |own: &[String], other: &[String]| {
        let own = own.iter().filter(|line| !other.contains(line));
        own.cloned().collect::<Vec<_>>().join("; ")
    };
    let row = |label: &str, (theirs, mine): (Vec<String>, Vec<String>)| {
        let (left, right) = (only(&theirs, &mine), only(&mine, &theirs));
        (label.to_owned(), left, right)
    };
    let rows = [
        (text.in_all.to_owned(), counts(theirs), counts(mine)),
        row(text.fields, (fields(theirs), fields(mine))),
        row(text.tags, (groups(theirs), groups(mine))),
    ];
    let rows = rows.into_iter();
    rows.filter(|(_, theirs, mine)| theirs != mine).collect()
}
