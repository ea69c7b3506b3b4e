//! A choice of one or several out of many, found by typing. What is offered may come from elsewhere while one types, and
//! what is typed may itself be a choice.

use super::{Glyph, Icon};
use crate::state::ids;
use crate::text::words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// So many are offered at once; typing finds the others.
const OFFERED_MAX: usize = 50;

/// Something to choose: its id, and what it is called.
pub(crate) type Offer = (String, String);

/// A choice out of many, found by typing.
#[component]
pub(crate) fn SelectSearch(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// Its name, for the tests.
    #[prop(into)]
    name: String,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Offer>>,
    /// The chosen ones, by their ids.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// Others are chosen.
    #[prop(into)]
    choose: Callback<Vec<String>>,
    /// Whether several may be chosen.
    #[prop(optional)]
    many: bool,
    /// Whether what is typed may be chosen.
    #[prop(optional)]
    free: bool,
    /// Something is looked for, where what there is comes from elsewhere.
    #[prop(optional)]
    search: Option<Callback<String>>,
    /// What to type.
    #[prop(into, optional)]
    hint: Signal<String>,
) -> impl IntoView {
    let t = words();
    let (typed, open, active) = (
        RwSignal::new(String::new()),
        RwSignal::new(false),
        RwSignal::new(0_usize),
    );
    let list_id = format!("choices-{}", ids::fresh().simple());
    let offered = Memo::new(move |_| {
        let taken = if many { chosen.get() } else { Vec::new() };
        let here = search.is_none();
        options.with(|options| offers(options, &taken, &typed.get(), here, free))
    });
    let name_of = move |id: &str| {
        options.with(|options| {
            let known = options.iter().find(|(known, _)| known == id);
            known.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
        })
    };
    let type_in = move |text: String| {
        typed.set(text.clone());
        active.set(0);
        open.set(true);
        if let Some(search) = search {
            search.run(text);
        }
    };
    let take = move |id: String| {
        let mut all = if many {
            chosen.get_untracked()
        } else {
            Vec::new()
        };
        if !all.contains(&id) {
            all.push(id);
        }
        typed.set(String::new());
        active.set(0);
        open.set(many);
        choose.run(all);
    };
    let drop_one = move |id: &str| {
        let all = chosen.get_untracked();
        choose.run(all.into_iter().filter(|other| other != id).collect());
    };
    let pressed = move |event: KeyboardEvent| {
        let count = offered.with_untracked(Vec::len);
        let here = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if !open.get_untracked() => open.set(true),
            "ArrowDown" => active.set(here.saturating_add(1).checked_rem(count).unwrap_or(0)),
            "ArrowUp" => active.set(here.checked_sub(1).unwrap_or(count.saturating_sub(1))),
            "Enter" if open.get_untracked() => {
                let found = offered.with_untracked(|all| all.get(here).cloned());
                if let Some((id, _)) = found {
                    take(id);
                }
            }
            "Escape" if open.get_untracked() => open.set(false),
            "Backspace" if typed.with_untracked(String::is_empty) && many => {
                if let Some(last) = chosen.get_untracked().last() {
                    drop_one(last);
                }
                return;
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let shown = move || {
        if open.get() || many {
            typed.get()
        } else {
            chosen.with(|chosen| chosen.first().map(|id| name_of(id)).unwrap_or_default())
        }
    };
    let chips = move || {
        let all = if many { chosen.get() } else { Vec::new() };
        let chip = |id: String| {
            let name = name_of(&id);
            let label = (t.get().frame.take_out)(&name);
            view! {
                <span class="select-search-chip" data-test="chip">{name}
                    <button type="button" aria-label=label on:click=move |_| drop_one(&id)><Icon glyph=Glyph::Cross /></button>
                </span>
            }
        };
        all.into_iter().map(chip).collect_view()
    };
    let (list, listed, at) = (list_id.clone(), list_id.clone(), list_id);
    let options_view = move || {
        let rows = offered.get().into_iter().enumerate().map(|(place, (id, label))| {
            let picked = id.clone();
            view! {
                <li role="option" id=format!("{list}-{place}") class="select-search-option" class:is-active=move || active.get() == place
                    aria-selected=move || (active.get() == place).to_string() data-test="choice" data-value=id
                    on:mousedown=move |event| { event.prevent_default(); take(picked.clone()) }>{label}</li>
            }
        });
        let none = offered.with(Vec::is_empty);
        view! {
            <ul class="select-search-list" role="listbox" id=list.clone() aria-label=label>
                {rows.collect_view()}
                {none.then(|| view! { <li class="select-search-none">{move || t.get().frame.nothing}</li> })}
            </ul>
        }
    };
    view! {
        <div class="select-search field" on:focusout=move |_| open.set(false)>
            <span class="field-label" aria-hidden="true">{label}</span>
            <div class="select-search-box">
                {chips}
                <input class="select-search-input" type="text" role="combobox" autocomplete="off" spellcheck="false" data-test=name
                    aria-label=label aria-autocomplete="list" aria-controls=listed aria-expanded=move || open.get().to_string()
                    aria-activedescendant=move || open.get().then(|| format!("{at}-{}", active.get()))
                    placeholder=hint prop:value=shown
                    on:input:target=move |event| type_in(event.target().value())
                    on:focus=move |_| { open.set(true); if let Some(search) = search { search.run(String::new()) } }
                    on:mousedown=move |_| open.set(true)
                    on:keydown=pressed />
            </div>
            {move || open.get().then(|| options_view.clone()())}
        </div>
    }
}

/// What is offered of all there is: what is not taken and has each typed word; first what was typed itself, where that may
/// be chosen. What came from elsewhere (`here` is false) was looked for already.
fn offers(options: &[Offer], taken: &[String], typed: &str, here: bool, free: bool) -> Vec<Offer> {
    let wanted = typed.trim().to_lowercase();
    let has = |(id, name): &&Offer| {
        let (id, name) = (id.to_lowercase(), name.to_lowercase());
        let mut words = wanted.split_whitespace();
        !here || words.all(|word| name.contains(word) || id.contains(word))
    };
    let is_left = |(id, _): &&Offer| !taken.contains(id);
    let found = options.iter().filter(is_left).filter(has);
    let own = free && !wanted.is_empty() && !taken.iter().any(|id| id == typed.trim());
    let own = own.then(|| (typed.trim().to_owned(), typed.trim().to_owned()));
    let own_id = own.as_ref().map(|(id, _)| id.clone());
    let found = found.filter(|(id, _)| Some(id) != own_id.as_ref()).cloned();
    own.into_iter().chain(found).take(OFFERED_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, taken: &[&str], here: bool, free: bool, expect: &[&str]) {
        let options = [("mql", "市场认可线索 MQL"), ("sql", "SQL"), ("won", "Won")];
        let options = options.map(|(id, name)| (id.to_owned(), name.to_owned()));
        let taken: Vec<String> = taken.iter().map(|id| (*id).to_owned()).collect();
        let found = offers(&options, &taken, typed, here, free);
        let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, expect, "{typed}");
    }

    #[test]
    fn what_is_typed_finds_what_is_left() {
        check("", &[], true, false, &["mql", "sql", "won"]);
        check("QL", &["mql"], true, false, &["sql"]);
        check("市场 mql", &[], true, false, &["mql"]);
        check("zzz", &[], true, false, &[]);
        // Looked for elsewhere.
        check("zzz", &[], false, false, &["mql", "sql", "won"]);
        // What is typed may be chosen, once.
        check(" baidu ", &[], true, true, &["baidu"]);
        check("baidu", &["baidu"], true, true, &[]);
        check("won", &[], true, true, &["won"]);
    }
}
