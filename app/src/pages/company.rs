//! One company: how warm it is, who is of it, who comes from it unknown, and what is above and below it.

use super::failure::FailureNotice;
use crate::api::Failure;
use crate::components::{EmptyState, Glyph, Icon, ScoreBar, Skeleton, VisitorTable, WhenText};
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::text::words;
use domain::account::AccountName;
use domain::api::{AccountDetail, ErrorCode, ReadAccount};
use domain::id::{AccountId, Ms, VisitorId};
use domain::lead::LeadRow;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

/// One company, by the id in the path.
#[component]
pub(super) fn CompanyPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params
            .with(|params| params.get("id"))
            .and_then(|id| id.parse::<AccountId>().ok())
    });
    move || match id.get() {
        Some(id) => view! { <Company id /> }.into_any(),
        None => view! { <NoCompany /> }.into_any(),
    }
}

#[component]
fn NoCompany() -> impl IntoView {
    let t = words();
    view! {
        <EmptyState title=Signal::derive(move || t.get().companies.no_such.to_owned()) text=Signal::derive(move || t.get().companies.no_such_text.to_owned())>
            <a class="button" href="/companies">{move || t.get().companies.to_companies}</a>
        </EmptyState>
    }
}

#[component]
fn Company(id: AccountId) -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let now = expect_context::<Clock>().signal();
    let detail = RwSignal::new(None::<AccountDetail>);
    let failure = RwSignal::new(None::<Failure>);
    let read = move || {
        failure.set(None);
        spawn_local(async move {
            let answer = base.session.call(&ReadAccount { id }).await;
            // The page may be left meanwhile.
            match answer {
                Ok(found) => drop(detail.try_set(Some(found))),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    read();
    let missing = Memo::new(move |_| {
        let code = failure.with(|failure| failure.as_ref().and_then(Failure::code));
        code == Some(ErrorCode::NotFound)
    });
    Effect::new(move |_| {
        let name = detail.with(|detail| Some(detail.as_ref()?.row.account.name.clone()));
        let name = name.unwrap_or_else(|| t.get().companies.one.to_owned());
        document().set_title(&format!("{name} · {}", t.get().product));
    });
    view! {
        <nav class="crumbs"><a href="/companies" data-test="back"><Icon glyph=Glyph::Back />{move || t.get().companies.title}</a></nav>
        {move || failure.get().filter(|_| !missing.get()).map(|failure| view! { <FailureNotice failure again=move |()| read() /> })}
        <Show when=move || !missing.get() fallback=|| view! { <NoCompany /> }>
            <div class="company" data-test="company" data-id=id.to_string()>
                {move || match detail.get() {
                    Some(detail) => view! { <Detail detail mql_score=base.mql_score() now /> }.into_any(),
                    None => view! { <Skeleton lines=8 /> }.into_any(),
                }}
            </div>
        </Show>
    }
}

#[component]
fn Detail(detail: AccountDetail, mql_score: Signal<Option<i32>>, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let AccountDetail {
        row,
        people,
        above,
        below,
        visitors,
        anonymous,
    } = detail;
    let shown = people.len();
    let hidden = usize::try_from(row.people).is_ok_and(|all| all > shown);
    let more = anonymous.saturating_sub(u32::try_from(visitors.len()).unwrap_or(u32::MAX));
    let ids: Vec<VisitorId> = visitors.iter().map(|row| row.id).collect();
    let find = move |id: VisitorId| {
        let found = visitors.iter().find(|row| row.id == id);
        found.map(|row| (row.clone(), 0))
    };
    let interest = row.interest;
    view! {
        <div class="company-head">
            <h1 data-test="company-name">{row.account.name.clone()}{row.rising.then(|| view! { <span class="badge">{move || t.get().companies.rising}</span> })}</h1>
            <p class="lead-place">{row.account.domains.iter().map(|domain| view! { <span>{domain.clone()}</span> }).collect_view()}</p>
            <dl class="lead-figures">
                <div><dt>{move || t.get().score}</dt><dd><ScoreBar score=Signal::stored(row.score) mql_score=Signal::stored(None) /></dd></div>
                <div><dt>{move || t.get().companies.people}</dt><dd data-test="company-people">{row.people}</dd></div>
                <div><dt>{move || t.get().companies.interest}</dt><dd title=move || (t.get().companies.events_before)(interest.before)>{move || (t.get().companies.events)(interest.last)}</dd></div>
                <div><dt>{move || t.get().last_activity}</dt><dd><WhenText at=Signal::stored(row.last_at) now /></dd></div>
                <div><dt>{move || t.get().companies.opened}</dt><dd><WhenText at=Signal::stored(row.account.opened_at) now as_day=true /></dd></div>
            </dl>
        </div>
        <section class="panel">
            <h2>{move || t.get().companies.its_people}{hidden.then(|| view! { <small class="muted">" "{move || (t.get().companies.first_of)(shown, row.people)}</small> })}</h2>
            {if people.is_empty() {
                view! { <p class="muted">{move || t.get().companies.no_people}" · "{move || t.get().companies.no_people_text}</p> }.into_any()
            } else {
                view! { <ul class="company-people">{people.into_iter().map(|person| view! { <Person person mql_score now /> }).collect_view()}</ul> }.into_any()
            }}
        </section>
        {(anonymous > 0).then(|| view! {
            <section class="panel" data-test="company-visitors">
                <h2>{move || t.get().companies.anonymous}</h2>
                <p class="muted">{move || t.get().companies.anonymous_note}</p>
                <VisitorTable ids=Signal::stored(ids) row=find mql_score now hold=|_| () />
                {(more > 0).then(|| view! { <p class="muted">{move || (t.get().companies.more_anonymous)(more)}</p> })}
            </section>
        })}
        <Relatives title=|t| t.companies.above names=above />
        <Relatives title=|t| t.companies.below names=below />
    }
}

/// A person of it: who, in which role, how warm.
#[component]
fn Person(person: LeadRow, mql_score: Signal<Option<i32>>, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let said = [person.title.clone(), person.email.clone()];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let role = person.role;
    view! {
        <li class="company-person" data-test="company-person">
            <span class="company-person-who">
                <a href=format!("/leads/{}", person.id)>{person.label().to_owned()}</a>
                {role.map(|role| view! { <span class="badge">{move || (t.get().companies.role)(role)}</span> })}
                <small class="muted">{said.join(" · ")}</small>
            </span>
            <ScoreBar score=Signal::stored(person.score) mql_score />
            <small class="muted"><WhenText at=Signal::stored(person.last_at) now /></small>
        </li>
    }
}

/// Companies above or below it, if there are any.
#[component]
fn Relatives(title: crate::text::Word, names: Vec<AccountName>) -> impl IntoView {
    let t = words();
    (!names.is_empty()).then(|| {
        view! {
            <section class="panel">
                <h2>{move || title(t.get())}</h2>
                <ul class="company-relatives">
                    {names.into_iter().map(|one| view! { <li><a href=format!("/companies/{}", one.id)>{one.name}</a></li> }).collect_view()}
                </ul>
            </section>
        }
    })
}
