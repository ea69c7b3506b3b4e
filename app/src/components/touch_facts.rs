//! Where a visit came from, fact by fact.

use super::{ChannelChip, WhenText};
use crate::text::words;
use domain::id::Ms;
use domain::touch::TouchAt;
use leptos::prelude::*;

/// Where a visit came from, fact by fact.
#[component]
pub(crate) fn TouchFacts(
    /// `First touch`, `Latest touch`.
    #[prop(into)]
    title: Signal<&'static str>,
    /// The touch.
    touch: TouchAt,
    /// What time it is.
    #[prop(into)]
    now: Signal<Ms>,
) -> impl IntoView {
    let t = words();
    let at = touch.at;
    let touch = touch.touch;
    let click = touch
        .click
        .as_ref()
        .map(|click| format!("{} = {}", click.name, click.id));
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let facts = [
        (0, given(&touch.source)),
        (1, given(&touch.medium)),
        (2, touch.campaign.clone()),
        (3, touch.term.clone()),
        (4, touch.content.clone()),
        (5, click),
        (6, touch.referrer.clone()),
        (7, given(&touch.landing)),
    ];
    let label = move |place: usize| {
        let t = t.get();
        [
            t.source,
            t.medium,
            t.campaign,
            t.term,
            t.content,
            t.click_id,
            t.referrer,
            t.landing_page,
        ]
        .get(place)
        .copied()
    };
    let lines = facts.into_iter().filter_map(|(place, value)| {
        let value = value?;
        Some(view! {
            <div>
                <dt>{move || label(place)}</dt>
                <dd title=value.clone()>{value.clone()}</dd>
            </div>
        })
    });
    view! {
        <section class="touch-facts" data-test="touch-facts">
            <header>
                <h3>{title}</h3>
                <WhenText at=at now />
            </header>
            <ChannelChip channel=touch.channel source="" campaign=None />
            <dl class="facts">{lines.collect_view()}</dl>
        </section>
    }
}
