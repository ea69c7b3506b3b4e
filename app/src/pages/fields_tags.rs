//! The groups of tags, each with its tags.

use super::fields::{FieldsDesk, fresh};
use super::fields_line::{Named, OptionLine, SchemaLine, Told};
use crate::components::{Button, Glyph, Toggle, name_in};
use crate::state::schema_form::{shift, turn, unnamed};
use crate::text::words;
use domain::profile::{Tag, TagGroup};
use domain::rulebook::Name;
use leptos::prelude::*;

/// The groups of tags.
#[component]
pub(super) fn TagsPanel(desk: FieldsDesk) -> impl IntoView {
    let t = words();
    let ids = Memo::new(move |_| {
        desk.form.with(|form| {
            let ids = form.tag_groups.iter().map(|group| group.id.clone());
            ids.collect::<Vec<String>>()
        })
    });
    let add = move |()| {
        let id = fresh("g");
        desk.edit(|form| {
            form.tag_groups.push(TagGroup {
                id: id.clone(),
                name: unnamed(),
                exclusive: false,
                tags: Vec::new(),
                retired: false,
            });
        });
        desk.open.set(Some(id));
    };
    view! {
        <section class="panel" data-test="tag-groups">
            <header>
                <h2>{move || t.get().fields.tags}</h2>
                <Show when=move || desk.may()><Button label=t.line(|t| t.fields.add_group) name="add-group" small=true glyph=Glyph::Plus press=add /></Show>
            </header>
            <p class="muted">{move || t.get().fields.tags_note}</p>
            {move || ids.with(Vec::is_empty).then(|| view! { <p class="muted">{t.get().fields.group_none}</p> })}
            <ul class="field-list"><For each=move || ids.get() key=String::clone let:id><GroupLine desk id /></For></ul>
        </section>
    }
}

#[component]
fn GroupLine(desk: FieldsDesk, id: String) -> impl IntoView {
    let t = words();
    let id = StoredValue::new(id);
    let at = Memo::new(move |_| {
        desk.form.with(|form| {
            form.tag_groups
                .iter()
                .position(|group| id.with_value(|id| group.id == *id))
        })
    });
    let own = Memo::new(move |_| {
        desk.form
            .with(|form| at.get().and_then(|at| form.tag_groups.get(at).cloned()))
    });
    let was_saved = Memo::new(move |_| {
        desk.was_saved(|saved| {
            let mut groups = saved.tag_groups.iter();
            groups.any(|group| id.with_value(|id| group.id == *id))
        })
    });
    let title = Signal::derive(move || {
        let name = own.with(|own| own.as_ref().map(|own| name_in(t.lang(), &own.name)));
        name.filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| t.get().fields.new_group.to_owned())
    });
    let tags = move || {
        own.with(|own| {
            let names = own.iter().flat_map(|own| &own.tags);
            let names = names
                .filter(|tag| !tag.retired)
                .map(|tag| name_in(t.lang(), &tag.name));
            names.collect::<Vec<_>>()
        })
    };
    let text = Signal::derive(move || match tags() {
        none if none.is_empty() => t.get().fields.tag_none.to_owned(),
        tags => tags.join(" · "),
    });
    let told = Told {
        title,
        text,
        path: Signal::derive(move || format!("tag_groups[{}]", at.get().unwrap_or_default())),
        was_saved: was_saved.into(),
        retired: Signal::derive(move || {
            own.with(|own| own.as_ref().is_some_and(|own| own.retired))
        }),
    };
    let end = move |()| {
        let saved = was_saved.get_untracked();
        id.with_value(|id| desk.edit(|form| turn(&mut form.tag_groups, id, saved)));
    };
    let step = move |down: bool| {
        if let Some(at) = at.get_untracked() {
            desk.edit(|form| shift(&mut form.tag_groups, at, down));
        }
    };
    view! {
        <SchemaLine desk id=id.get_value() name="group" told step end>
            <GroupEditor desk at own path=told.path />
        </SchemaLine>
    }
}

#[component]
fn GroupEditor(
    desk: FieldsDesk,
    at: Memo<Option<usize>>,
    own: Memo<Option<TagGroup>>,
    path: Signal<String>,
) -> impl IntoView {
    let t = words();
    let change = move |change: &dyn Fn(&mut TagGroup)| {
        desk.edit(|form| {
            let at = at.get_untracked();
            if let Some(group) = at.and_then(|at| form.tag_groups.get_mut(at)) {
                change(group);
            }
        });
    };
    let name = Signal::derive(move || own.get().map_or_else(unnamed, |own| own.name));
    let exclusive =
        Signal::derive(move || own.with(|own| own.as_ref().is_some_and(|own| own.exclusive)));
    let ids = Memo::new(move |_| {
        own.with(|own| {
            let tags = own.iter().flat_map(|own| &own.tags);
            tags.map(|tag| tag.id.clone()).collect::<Vec<String>>()
        })
    });
    let add = move |()| {
        let new = Tag {
            id: fresh("t"),
            name: unnamed(),
            retired: false,
        };
        change(&|group| group.tags.push(new.clone()));
    };
    let line = move |id: String| {
        let id = StoredValue::new(id);
        let tag = Memo::new(move |_| {
            own.with(|own| {
                let mut tags = own.iter().flat_map(|own| &own.tags);
                tags.find(|tag| id.with_value(|id| tag.id == *id)).cloned()
            })
        });
        let place =
            move || ids.with(|ids| ids.iter().position(|other| id.with_value(|id| other == id)));
        let was_saved =
            Memo::new(move |_| desk.was_saved(|saved| id.with_value(|id| saved.tag(id).is_some())));
        let name = Signal::derive(move || tag.get().map_or_else(unnamed, |tag| tag.name));
        let retired =
            Signal::derive(move || tag.with(|tag| tag.as_ref().is_some_and(|tag| tag.retired)));
        let own_path =
            Signal::derive(move || format!("{}.tags[{}]", path.get(), place().unwrap_or_default()));
        let rename = move |name: Name| {
            change(&|group| {
                if let Some(tag) = group
                    .tags
                    .iter_mut()
                    .find(|tag| id.with_value(|id| tag.id == *id))
                {
                    tag.name = name.clone();
                }
            });
        };
        let step = move |down: bool| {
            let at = untrack(place);
            change(&|group| {
                if let Some(at) = at {
                    shift(&mut group.tags, at, down)
                }
            });
        };
        let end = move |()| {
            let saved = was_saved.get_untracked();
            change(&|group| id.with_value(|id| turn(&mut group.tags, id, saved)));
        };
        view! { <OptionLine desk name="tag" value=name path=own_path was_saved retired rename step end /> }
    };
    view! {
        <div class="field-editor" data-test="group-editor">
            <Named desk value=name path rename=move |name: Name| change(&|group| group.name = name.clone()) />
            <Toggle label=Signal::derive(move || t.get().fields.exclusive) note=Signal::derive(move || t.get().fields.exclusive_note) name="group-exclusive"
                on=exclusive choose=move |on| change(&|group| group.exclusive = on) />
            <div class="field-options">
                <ul><For each=move || ids.get() key=String::clone children=line /></ul>
                <div><Button label=t.line(|t| t.fields.add_tag) name="add-tag" small=true glyph=Glyph::Plus press=add /></div>
            </div>
        </div>
    }
}
