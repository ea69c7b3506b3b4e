//! Who gets which leads: rules, teams, who is away; and the promises that run.

use super::failure::FailureNotice;
use super::routing_away::Absences;
use super::routing_clocks::Clocks;
use super::routing_rules::Rules;
use super::routing_teams::Teams;
use super::scoring::{ScoringTabs, Wrong, said, why_at, why_within};
use super::segment::choices_of;
use super::sheet_edits::SheetEdits;
use crate::components::{Choices, Notice, Skeleton, Tone, Versus, condition_text, name_in};
use crate::format;
use crate::state::base::Base;
use crate::state::routing_form::RoutingForm;
use crate::state::sheet::Sheet;
use crate::state::terms::TermsState;
use crate::state::toasts::Toasts;
use crate::text::{Text, Words, words};
use domain::api::{Member, Members, ReadRouting, Role, RoutingDetail, SaveRouting};
use domain::id::UserId;
use domain::routing::{Routing, Team};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Held {
    /// What every page shares.
    pub(super) base: Base,
    /// Who gets which.
    pub(super) sheet: Sheet<RoutingDetail>,
    /// What conditions may name.
    pub(super) terms: TermsState,
    choices: Choices,
    /// Who is there.
    pub(super) members: RwSignal<Vec<Member>>,
    /// Whether the member may change who gets which.
    pub(super) editable: Signal<bool>,
    wrong: Wrong,
    t: Words,
}

impl Held {
    /// Why a field is wrong, in words.
    pub(super) fn why(self, field: &str) -> Option<String> {
        why_at(self.t, self.wrong, field)
    }

    /// Why anything of a place is wrong.
    pub(super) fn why_within(self, place: &str) -> Option<String> {
        why_within(self.t, self.wrong, place)
    }

    /// What somebody is called.
    pub(super) fn name_of(self, id: UserId) -> String {
        let known = self.members.with(|members| {
            let mut members = members.iter();
            let known = members.find(|member| member.id == id);
            known.map(|member| member.name.clone())
        });
        known.unwrap_or_else(|| self.t.get().scoring.somebody_gone.to_owned())
    }
}

/// Who gets which leads.
#[component]
pub(super) fn RoutingPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let toasts = expect_context::<Toasts>();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().routing.title, t.get().product))
    });
    let terms = TermsState::read(base.session);
    let sheet = Sheet::<RoutingDetail>::kept(base.session, "routing");
    sheet.read(ReadRouting {});
    let members = RwSignal::new(Vec::<Member>::new());
    let held = Held {
        base,
        sheet,
        terms,
        choices: choices_of(terms),
        members,
        editable: Signal::derive(move || base.session.may(Role::Marketer)),
        wrong: Memo::new(move |_| wrong_of(sheet, terms, members)),
        t,
    };
    spawn_local(async move {
        // Who cannot be named is told as somebody.
        if let Ok(found) = base.session.call(&Members {}).await {
            let _ = members.try_set(found);
        }
    });
    let there = Memo::new(move |_| sheet.saved.with(Option::is_some));
    let save = move |()| {
        let saved = sheet.saved.get_untracked().map(|saved| saved.routing);
        let read = saved.and_then(|saved| sheet.form.with_untracked(|form| form.read(&saved)).ok());
        let Some(routing) = read else {
            return;
        };
        let call = |key| SaveRouting {
            key,
            expected_version: routing.version,
            routing,
        };
        sheet.change("save", call, move || {
            let said = |t: &Text| (t.frame.saved)(t.routing.title);
            toasts.done(said);
        });
    };
    let count = Signal::derive(move || held.wrong.with(Vec::len));
    let rows = Signal::derive(move || {
        let theirs = sheet.theirs.get().map(|theirs| theirs.routing);
        let both = theirs.and_then(|theirs| {
            let mine = sheet.form.with(|form: &RoutingForm| form.read(&theirs));
            Some((theirs, mine.ok()?))
        });
        both.map(|(theirs, mine)| differing(held, t, &theirs, &mine))
            .unwrap_or_default()
    });
    let body = move || {
        match there.get() {
        true => view! {
            <Rules held />
            <Teams held />
            {move || held.editable.get().then(|| view! { <SheetEdits sheet wrong=count save rows /> })}
        }
        .into_any(),
        false if sheet.failure.with(Option::is_some) => ().into_any(),
        false => view! { <Skeleton lines=8 /> }.into_any(),
    }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().routing.title}</h1>
            <p class="page-note">{move || t.get().routing.note}</p>
        </div>
        <ScoringTabs />
        {move || (!held.editable.get()).then(|| view! { <Notice tone=Tone::Calm text=t.line(|t| t.routing.read_only) /> })}
        {move || sheet.failure.get().map(|failure| match there.get() {
            false => view! { <FailureNotice failure again=move |()| sheet.read(ReadRouting {}) /> }.into_any(),
            true => view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(t.get(), &failure)) /> }.into_any(),
        })}
        <div class="routing" data-test="routing">
            <div class="routing-main">{body}</div>
            <aside class="routing-side">
                <Clocks held />
                {move || there.get().then(|| view! { <Absences held /> })}
            </aside>
        </div>
    }
}

/// What is wrong with the form, by the rules themselves.
fn wrong_of(
    sheet: Sheet<RoutingDetail>,
    terms: TermsState,
    members: RwSignal<Vec<Member>>,
) -> Vec<(String, String)> {
    let Some(saved) = sheet.saved.get() else {
        return Vec::new();
    };
    match sheet.form.with(|form| form.read(&saved.routing)) {
        Err(field) if field.ends_with("who") => vec![(field, "empty".to_owned())],
        Err(field) => vec![(field, "not_a_number".to_owned())],
        Ok(routing) => {
            let there = members.with(|members| members.iter().map(|it| it.id).collect());
            let active: BTreeSet<UserId> = there;
            let found = terms.held_to(|terms| routing.check(terms, &active));
            found
                .into_iter()
                // As long as nobody knows who is there, nobody has left.
                .filter(|invalid| !(active.is_empty() && invalid.code == "member_left"))
                .map(|invalid| (invalid.field, invalid.code.to_owned()))
                .collect()
        }
    }
}

/// Where two routings differ: theirs, mine.
fn differing(held: Held, t: Words, theirs: &Routing, mine: &Routing) -> Vec<Versus> {
    let text = t.get().routing;
    let none = || "–".to_owned();
    let mut rows = Vec::new();
    let said = |yes: bool| {
        let text = t.get().definition;
        if yes { text.yes } else { text.no }.to_owned()
    };
    if theirs.account_owner_first != mine.account_owner_first {
        let (theirs, mine) = (theirs.account_owner_first, mine.account_owner_first);
        rows.push((text.account_first.to_owned(), said(theirs), said(mine)));
    }
    let rule = |routing: &Routing| {
        let rules = routing.rules.iter().map(|rule| {
            let name = name_in(t.lang(), &rule.name);
            let who = condition_text(t, held.choices, &rule.who);
            format!(
                "{name}：{who} → {}",
                team_name(t, routing, Some(&rule.team))
            )
        });
        let rules = rules.collect::<Vec<_>>().join("; ");
        if rules.is_empty() { none() } else { rules }
    };
    if rule(theirs) != rule(mine) {
        rows.push((text.rules.to_owned(), rule(theirs), rule(mine)));
    }
    let others = |routing: &Routing| team_name(t, routing, routing.others.as_deref());
    if theirs.others != mine.others {
        rows.push((text.others.to_owned(), others(theirs), others(mine)));
    }
    let teams = |routing: &Routing| {
        let teams = routing.teams.iter().map(|team| team_text(held, t, team));
        let teams = teams.collect::<Vec<_>>().join("; ");
        if teams.is_empty() { none() } else { teams }
    };
    if teams(theirs) != teams(mine) {
        rows.push((text.teams.to_owned(), teams(theirs), teams(mine)));
    }
    rows
}

fn team_name(t: Words, routing: &Routing, id: Option<&str>) -> String {
    let mut teams = routing.teams.iter();
    let team = teams.find(|team| Some(team.id.as_str()) == id);
    team.map_or_else(|| "–".to_owned(), |team| name_in(t.lang(), &team.name))
}

/// A team in words.
fn team_text(held: Held, t: Words, team: &Team) -> String {
    let members = team.members.iter().map(|member| {
        let share = format::number(t.lang(), member.share.into());
        format!("{} ×{share}", held.name_of(member.user))
    });
    let members = members.collect::<Vec<_>>().join(" / ");
    let method = (t.get().routing.method)(team.method);
    format!("{} · {method} · {members}", name_in(t.lang(), &team.name))
}
