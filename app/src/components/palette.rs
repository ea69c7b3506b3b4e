//! The finder: people, companies, pages and actions by a few letters of their names.

use super::modal::{is_beside, modal};
use super::{Glyph, Icon};
use crate::text::{Word, words};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Which.
    pub(crate) id: String,
    /// Its sign.
    pub(crate) glyph: Glyph,
    /// What it is called.
    pub(crate) title: String,
    /// What tells it from others of that name.
    pub(crate) note: String,
}

/// Things of one sort.
#[derive(Clone, Debug)]
pub(crate) struct HitGroup {
    /// Which sort.
    pub(crate) title: Word,
    /// The things.
    pub(crate) hits: Vec<Hit>,
}

/// The finder.
#[component]
pub(crate) fn Palette(
    /// What was found, by sort.
    #[prop(into)]
    groups: Signal<Vec<HitGroup>>,
    /// What is typed.
    typed: RwSignal<String>,
    /// Whether more may still be found.
    #[prop(into)]
    busy: Signal<bool>,
    /// One is chosen, by its id.
    #[prop(into)]
    choose: Callback<String>,
    /// Nothing is.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let node = modal();
    let active = RwSignal::new(0_usize);
    let ids = Memo::new(move |_| {
        groups.with(|groups| {
            let hits = groups.iter().flat_map(|group| &group.hits);
            hits.map(|hit| hit.id.clone()).collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| {
        ids.track();
        active.set(0);
    });
    Effect::new(move |_| {
        let place = active.get();
        let row = document().get_element_by_id(&format!("palette-{place}"));
        if let Some(row) = row {
            row.scroll_into_view_with_bool(false);
        }
    });
    let pressed = move |event: KeyboardEvent| {
        let count = ids.with_untracked(Vec::len);
        let here = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => active.set(here.saturating_add(1).checked_rem(count).unwrap_or(0)),
            "ArrowUp" => active.set(here.checked_sub(1).unwrap_or(count.saturating_sub(1))),
            "Enter" => {
                if let Some(id) = ids.with_untracked(|ids| ids.get(here).cloned()) {
                    choose.run(id);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let list = move || {
        let mut place = 0_usize;
        let groups = groups
            .get()
            .into_iter()
            .filter(|group| !group.hits.is_empty());
        let groups = groups.map(|group| {
            let title = group.title;
            let hits = group.hits.into_iter().map(|hit| {
                let own = place;
                place = place.saturating_add(1);
                view! { <HitLine hit place=own active choose /> }
            });
            let hits = hits.collect_view();
            view! {
                <li role="presentation" class="palette-group">{move || title(t.get())}</li>
                {hits}
            }
        });
        groups.collect_view()
    };
    let nothing = move || ids.with(Vec::is_empty);
    view! {
        <dialog class="palette" node_ref=node aria-label=move || t.get().frame.find data-test="palette"
            on:cancel=move |event: leptos::ev::Event| { event.prevent_default(); close.run(()) }
            on:click=move |event| if is_beside(node, &event) { close.run(()) }>
            <div class="palette-body">
                <label class="palette-box">
                    <Icon glyph=Glyph::Search />
                    <input class="palette-input" type="text" role="combobox" autocomplete="off" spellcheck="false" autofocus aria-expanded="true"
                        aria-controls="palette-list" aria-activedescendant=move || format!("palette-{}", active.get())
                        aria-label=move || t.get().frame.find placeholder=move || t.get().frame.find_hint data-test="palette-input"
                        prop:value=typed on:input:target=move |event| typed.set(event.target().value()) on:keydown=pressed />
                    <kbd aria-hidden="true">"Esc"</kbd>
                </label>
                <ul class="palette-list" id="palette-list" role="listbox" aria-label=move || t.get().frame.find>{list}</ul>
                {move || nothing().then(|| view! { <p class="palette-none">{move || if busy.get() { t.get().one_moment } else { t.get().frame.nothing }}</p> })}
            </div>
        </dialog>
    }
}

#[component]
fn HitLine(
    hit: Hit,
    place: usize,
    active: RwSignal<usize>,
    choose: Callback<String>,
) -> impl IntoView {
    let Hit {
        id,
        glyph,
        title,
        note,
    } = hit;
    let picked = id.clone();
    let point = move |event: leptos::ev::PointerEvent| {
        // What is found while the pointer lies still is not pointed at.
        let moved = event.unchecked_ref::<web_sys::MouseEvent>();
        if moved.movement_x() != 0 || moved.movement_y() != 0 {
            active.set(place);
        }
    };
    view! {
        <li role="option" id=format!("palette-{place}") class="palette-hit" class:is-active=move || active.get() == place
            aria-selected=move || (active.get() == place).to_string() data-test="palette-hit" data-value=id
            on:pointermove=point on:click=move |_| choose.run(picked.clone())>
            <Icon glyph />
            <span class="palette-title">{title}</span>
            <span class="palette-note">{note}</span>
        </li>
    }
}
