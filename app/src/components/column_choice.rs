//! Which columns a table has, and in which order: checked, and moved up and down.

use super::{Glyph, Icon};
use crate::text::words;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Which columns a table has.
#[component]
pub(crate) fn ColumnChoice(
    /// Every column that there is: its id, and what it is called.
    #[prop(into)]
    offered: Signal<Vec<(String, String)>>,
    /// Those that are chosen, by their ids, in their order.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// Others are chosen.
    #[prop(into)]
    choose: Callback<Vec<String>>,
    /// The usual ones are.
    #[prop(into)]
    reset: Callback<()>,
    /// So many at most.
    most: usize,
) -> impl IntoView {
    let t = words();
    let node = NodeRef::<Div>::new();
    let open = RwSignal::new(false);
    // The chosen ones first, in their order, then the others.
    let rows = Memo::new(move |_| {
        let chosen = chosen.get();
        let others = offered.with(|all| {
            let others = all.iter().map(|(id, _)| id.clone());
            others.filter(|id| !chosen.contains(id)).collect::<Vec<_>>()
        });
        chosen.into_iter().chain(others).collect::<Vec<_>>()
    });
    let is_chosen = move |id: &str| chosen.with(|chosen| chosen.iter().any(|one| one == id));
    let full = Memo::new(move |_| chosen.with(Vec::len) >= most);
    let switch = move |id: String| {
        let mut all = chosen.get_untracked();
        if all.contains(&id) {
            all.retain(|one| *one != id);
        } else {
            all.push(id);
        }
        choose.run(all);
    };
    let shift = move |id: &str, back: bool| {
        let mut all = chosen.get_untracked();
        let Some(here) = all.iter().position(|one| one == id) else {
            return;
        };
        let there = if back {
            here.checked_sub(1)
        } else {
            here.checked_add(1)
        };
        let Some(there) = there.filter(|there| *there < all.len()) else {
            return;
        };
        all.swap(here, there);
        choose.run(all);
        // What moves in the page loses the focus.
        let css = format!("[data-column='{id}'] input");
        request_animation_frame(move || focus(node, &css));
    };
    let row = move |id: String| {
        let (own, named, up, down) = (id.clone(), id.clone(), id.clone(), id.clone());
        let (checked, keyed, asked) = (id.clone(), id.clone(), id.clone());
        let name = move || {
            offered.with(|all| {
                let known = all.iter().find(|(one, _)| *one == named);
                known.map_or_else(|| named.clone(), |(_, name)| name.clone())
            })
        };
        let on = Memo::new(move |_| is_chosen(&checked));
        let pressed = move |event: leptos::ev::KeyboardEvent| {
            let back = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => true,
                "ArrowDown" if event.alt_key() => false,
                _ => return,
            };
            event.prevent_default();
            shift(&keyed, back);
        };
        view! {
            <li class="column-choice-row" data-column=own>
                <label class="column-choice-name">
                    <input type="checkbox" prop:checked=on disabled=move || full.get() && !on.get() data-test=format!("column-{id}")
                        on:change=move |_| switch(asked.clone()) on:keydown=pressed />
                    <span>{name}</span>
                </label>
                <span class="column-choice-moves" class:is-off=move || !on.get()>
                    <button type="button" class="icon-button is-up" disabled=move || !on.get() aria-label=move || t.get().lists.move_up data-test="column-up" on:click=move |_| shift(&up, true)><Icon glyph=Glyph::Chevron /></button>
                    <button type="button" class="icon-button" disabled=move || !on.get() aria-label=move || t.get().lists.move_down data-test="column-down" on:click=move |_| shift(&down, false)><Icon glyph=Glyph::Chevron /></button>
                </span>
            </li>
        }
    };
    let close = move || {
        open.set(false);
        focus(node, ".column-choice-button");
    };
    let list = move || {
        view! {
            <div class="column-choice-ground" aria-hidden="true" on:click=move |_| open.set(false)></div>
            <div class="column-choice-list" role="group" aria-label=move || t.get().lists.columns data-test="column-list">
                <p class="column-choice-note">{move || t.get().lists.columns_note}</p>
                <ul><For each=move || rows.get() key=Clone::clone let:id>{row(id)}</For></ul>
                <p class="column-choice-foot">
                    <span>{move || (t.get().lists.columns_chosen)(chosen.with(Vec::len), most)}</span>
                    <button type="button" class="link" data-test="columns-usual" on:click=move |_| reset.run(())>{move || t.get().lists.usual_columns}</button>
                </p>
            </div>
        }
    };
    view! {
        <div class="column-choice" node_ref=node on:keydown=move |event| if event.key() == "Escape" && open.get_untracked() { event.stop_propagation(); close() }>
            <button type="button" class="button column-choice-button" aria-expanded=move || open.get().to_string() data-test="columns" on:click=move |_| open.update(|open| *open = !*open)>
                {move || t.get().lists.columns}<Icon glyph=Glyph::Chevron />
            </button>
            {move || open.get().then(list)}
        </div>
    }
}

fn focus(node: NodeRef<Div>, css: &str) {
    // The page may be left before the next frame.
    let found = node.try_get_untracked().flatten();
    let found = found.and_then(|node| node.query_selector(css).ok().flatten());
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
