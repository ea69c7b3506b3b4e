//! The screen "What was refused": what the collector did in the last days, by reason, with examples; and the browsers
//! that it held to be programs, about whom a person may decide otherwise.

use super::address;
use super::failure::FailureNotice;
use super::suspects::{Judge, Suspects};
use crate::api::Failure;
use crate::components::{CountCard, EmptyState, SampleList, Skeleton, Tab, Tabs};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::counts::{self, Line, Sums};
use crate::state::session::Session;
use crate::text::{Text, words};
use domain::api::{Samples, Site, Sites, Tallies, TallyList};
use domain::event::Rejection;
use domain::id::SiteKey;
use domain::tally::{Sample, What, reason_of};
use domain::wechat::Refusal;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The periods to choose from, in days.
const PERIODS: [u32; 2] = [7, 30];
/// The longest of them.
const LONGEST: u32 = 30;

/// What is looked at.
#[derive(Clone, Copy)]
struct Look {
    what: RwSignal<What>,
    days: RwSignal<u32>,
    site: RwSignal<Option<SiteKey>>,
    session: Session,
}

/// The screen.
#[component]
pub(super) fn RefusalsPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let session = base.session;
    let look = Look {
        what: RwSignal::new(What::Refused),
        days: RwSignal::new(PERIODS[0]),
        site: RwSignal::new(None),
        session,
    };
    keep_address(look);
    let list = RwSignal::new(None::<Result<TallyList, Failure>>);
    let read = move || {
        list.set(None);
        spawn_local(async move {
            let days = Some(LONGEST);
            let reply = session.call(&Tallies { days }).await;
            let _ = list.try_set(Some(reply));
        });
    };
    read();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().refused.title, t.get().product))
    });
    view! {
        <div class="page-head">
            <h1>{move || t.get().refused.title}</h1>
            <p class="page-note">{move || t.get().refused.note}</p>
        </div>
        <div class="refusals-page" data-test="refusals">
            <Filters look />
            {move || match list.get() {
                None => view! { <Skeleton lines=6 /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
                Some(Ok(list)) => view! { <Counts list look /> }.into_any(),
            }}
            {move || (look.what.get() == What::Suspected).then(|| view! { <Suspects session /> })}
        </div>
    }
}

/// Keeps what is looked at and the address the same.
fn keep_address(look: Look) {
    address::keep(
        "days",
        move || Some(look.days.get()).filter(|days| *days != PERIODS[0]),
        move |days| look.days.set(days.unwrap_or(PERIODS[0])),
        |days| days.map(|days| days.to_string()),
        |text| Some(text.parse().ok().filter(|days| PERIODS.contains(days))),
    );
    address::keep(
        "show",
        move || look.what.get() == What::Suspected,
        move |suspected| {
            look.what.set(match suspected {
                true => What::Suspected,
                false => What::Refused,
            });
        },
        |suspected| suspected.then(|| "suspected".to_owned()),
        |text| Some(text == "suspected"),
    );
    address::keep(
        "site",
        move || look.site.get(),
        move |site| look.site.set(site),
        |site| site.as_ref().map(|site| site.0.clone()),
        |text| Some(Some(SiteKey(text.to_owned()))),
    );
}

#[component]
fn Filters(look: Look) -> impl IntoView {
    let t = words();
    let sites = RwSignal::new(Vec::<Site>::new());
    spawn_local(async move {
        // Without the list, all websites are shown together.
        if let Ok(list) = look.session.call(&Sites {}).await {
            let _ = sites.try_set(list.sites);
        }
    });
    let tabs = vec![
        Tab {
            value: What::Refused,
            label: |t| t.refused.tab_refused,
            name: "tab-refused",
        },
        Tab {
            value: What::Suspected,
            label: |t| t.refused.tab_suspected,
            name: "tab-suspected",
        },
    ];
    view! {
        <div class="refusals-filters">
            <Tabs label=t.line(|t| t.refused.show) tabs chosen=look.what choose=move |what| look.what.set(what) />
            <div class="segmented" role="group" aria-label=move || t.get().refused.period>
                {PERIODS.map(|days| view! {
                    <button type="button" aria-pressed=move || (look.days.get() == days).to_string() on:click=move |_| look.days.set(days) data-test=format!("days-{days}")>
                        {move || (t.get().refused.days)(days)}
                    </button>
                })}
            </div>
            <select class="input" aria-label=move || t.get().site data-test="filter-site" prop:value=move || { sites.track(); look.site.get().map_or_else(|| "all".to_owned(), |site| site.0) } on:change:target=move |event| {
                let value = event.target().value();
                look.site.set(match value.as_str() {
                    "all" => None,
                    key => Some(SiteKey(key.to_owned())),
                });
            }>
                <option value="all">{move || t.get().refused.all_sites}</option>
                {move || sites.get().into_iter().map(|site| view! { <option value=site.key.to_string()>{site.key.to_string()}</option> }).collect_view()}
                <option value="">{move || t.get().refused.no_site}</option>
            </select>
        </div>
    }
}

#[component]
fn Counts(list: TallyList, look: Look) -> impl IntoView {
    let list = StoredValue::new(list);
    let chosen = Memo::new(move |_| (look.what.get(), look.days.get(), look.site.get()));
    let sums = move || {
        let (_, days, site) = chosen.get();
        list.with_value(|list| counts::sums(list, days, site.as_ref()))
    };
    let lines = move || {
        let (what, days, site) = chosen.get();
        let lines = list.with_value(|list| counts::lines(list, what, days, site.as_ref()));
        match lines.is_empty() {
            true => view! { <Nothing what /> }.into_any(),
            false => view! {
                <ul class="refusals-list">
                    {lines.into_iter().map(|line| view! { <Reason line what site=site.clone() look /> }).collect_view()}
                </ul>
            }
            .into_any(),
        }
    };
    view! {
        {move || view! { <Figures sums=sums() /> }}
        <section class="panel">{lines}</section>
    }
}

#[component]
fn Figures(sums: Sums) -> impl IntoView {
    let t = words();
    let figure = move |label: fn(&Text) -> &'static str, count: u64| {
        view! { <div><dt>{move || label(t.get())}</dt><dd>{move || format::number(t.lang(), count)}</dd></div> }
    };
    view! {
        <dl class="refusals-figures" data-test="figures">
            {figure(|t| t.refused.came, sums.came())}
            {figure(|t| t.refused.stored, sums.stored)}
            {figure(|t| t.refused.repeated, sums.repeated)}
            {figure(|t| t.refused.suspected, sums.suspected)}
            {figure(|t| t.refused.refused, sums.refused)}
        </dl>
    }
}

#[component]
fn Nothing(what: What) -> impl IntoView {
    let t = words();
    let suspected = what == What::Suspected;
    let title = move || match suspected {
        true => t.get().refused.nothing_suspected,
        false => t.get().refused.nothing_refused,
    };
    let text = move || match suspected {
        true => t.get().refused.nothing_suspected_text,
        false => t.get().refused.nothing_refused_text,
    };
    view! {
        <EmptyState title=Signal::derive(move || title().to_owned()) text=Signal::derive(move || text().to_owned())>
            <a class="button" href="/settings">{move || t.get().refused.to_sites}</a>
        </EmptyState>
    }
}

/// What a reason is called, the step that refuses so, and what to do about it.
fn described(
    text: &'static Text,
    what: What,
    name: &str,
) -> (String, Option<&'static str>, String) {
    if what == What::Suspected {
        return match reason_of(name) {
            Some(reason) => {
                let note = (text.refused.suspicion_note)(reason);
                ((text.refused.suspicion)(reason).into(), None, note.into())
            }
            None => (name.to_owned(), None, String::new()),
        };
    }
    match Rejection::of(name) {
        Some(why) => {
            let step = (text.refused.step)(why.step());
            let note = match why {
                Rejection::UnknownSite => text.refused.unknown_site,
                _ => (text.snippet.remedy)(why),
            };
            ((text.rejection)(why).into(), Some(step), note.into())
        }
        None => match Refusal::of(name) {
            Some(why) => {
                let (called, remedy) = (text.refused.wechat)(why);
                (called.into(), None, remedy.into())
            }
            None => (name.to_owned(), None, (text.snippet.unknown_refusal)(name)),
        },
    }
}

#[component]
fn Reason(line: Line, what: What, site: Option<SiteKey>, look: Look) -> impl IntoView {
    let t = words();
    let name = line.name.clone();
    let described = Memo::new(move |_| described(t.get(), what, &name));
    let name = line.name.clone();
    let open = RwSignal::new(false);
    let samples = RwSignal::new(None::<Result<Vec<Sample>, Failure>>);
    let session = look.session;
    let read = move || {
        let call = Samples {
            what,
            name: name.clone(),
            site: site.clone(),
        };
        spawn_local(async move {
            let reply = session.call(&call).await;
            let _ = samples.try_set(Some(reply));
        });
    };
    let read = StoredValue::new(read);
    let toggle = move |()| {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            read.with_value(|read| read());
        }
    };
    view! {
        <CountCard line
            title=Signal::derive(move || described.get().0)
            step=Signal::derive(move || described.get().1)
            note=Signal::derive(move || described.get().2)
            open toggle>
            <Examples session samples again=move |()| read.with_value(|read| read()) />
        </CountCard>
    }
}

#[component]
fn Examples(
    session: Session,
    samples: RwSignal<Option<Result<Vec<Sample>, Failure>>>,
    #[prop(into)] again: Callback<()>,
) -> impl IntoView {
    let now = expect_context::<Clock>().signal();
    let judge = Judge::new(session, move |()| again.run(()));
    view! {
        <div class="refusals-examples">
            {judge.view()}
            {move || match samples.get() {
                None => view! { <Skeleton lines=2 /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure again /> }.into_any(),
                Some(Ok(samples)) => view! {
                    <SampleList samples now editable=judge.editable() judge=move |(visitor, verdict)| judge.ask(visitor, verdict) />
                }.into_any(),
            }}
        </div>
    }
}
