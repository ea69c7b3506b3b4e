//! The teams that share leads: who is in each, how they share, and how many each has.

use super::routing::Held;
use crate::components::{
    Avatar, Button, EmptyState, Glyph, Icon, Look, NameFields, Notice, SelectSearch, TextLine, Tone,
};
use crate::format;
use crate::state::routing_form::{MemberForm, RoutingForm, TeamForm};
use crate::text::words;
use domain::api::Role;
use domain::id::UserId;
use domain::routing::Method;
use domain::rulebook::Name;
use leptos::prelude::*;

/// The ways to share, with the values of their options.
const METHODS: [(Method, &str); 2] = [(Method::RoundRobin, "round_robin"), (Method::Load, "load")];

/// The teams.
#[component]
pub(super) fn Teams(held: Held) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let ids = Memo::new(move |_| {
        let round = held.sheet.round.get();
        form.with(|form| {
            let teams = form.teams.iter();
            teams
                .map(|team| (round, team.id.clone()))
                .collect::<Vec<_>>()
        })
    });
    let waiting = Memo::new(move |_| {
        held.sheet
            .saved
            .with(|saved| saved.as_ref().map_or(0, |it| it.waiting))
    });
    let add = move || {
        held.editable.get().then(|| view! { <Button label=t.line(|t| t.routing.add_team) name="team-add" small=true glyph=Glyph::Plus press=move |()| form.update(RoutingForm::add_team) /> })
    };
    view! {
        <section class="panel rules-part" data-test="teams">
            <header class="rules-part-head"><h2>{move || t.get().routing.teams}</h2>{add}</header>
            {move || (waiting.get() > 0).then(|| view! { <Notice tone=Tone::Care text=Signal::derive(move || (t.get().routing.waiting)(&format::number(t.lang(), waiting.get()))) /> })}
            {move || ids.with(Vec::is_empty).then(|| view! { <EmptyState title=t.line(|t| t.routing.no_teams) text=t.line(|t| t.routing.no_teams_text) /> })}
            <fieldset class="rules-part-list" disabled=move || !held.editable.get()>
                <For each=move || ids.get() key=Clone::clone let((_, id))><TeamCard held id /></For>
            </fieldset>
        </section>
    }
}

/// A team of the form, by its place.
#[derive(Clone, Copy)]
struct One {
    held: Held,
    place: Memo<Option<usize>>,
}

impl One {
    fn team(self) -> Option<TeamForm> {
        let place = self.place.get()?;
        self.held
            .sheet
            .form
            .with(|form| form.teams.get(place).cloned())
    }

    fn edit(self, edit: impl FnOnce(&mut TeamForm)) {
        let place = self.place.get_untracked();
        self.held.sheet.form.update(|form| {
            if let Some(team) = place.and_then(|place| form.teams.get_mut(place)) {
                edit(team);
            }
        });
    }

    fn why(self, field: &str) -> Option<String> {
        self.held
            .why(&format!("teams[{}].{field}", self.place.get()?))
    }
}

#[component]
fn TeamCard(held: Held, id: String) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let own = StoredValue::new(id);
    let place = Memo::new(move |_| {
        form.with(|form| own.with_value(|own| form.teams.iter().position(|it| it.id == *own)))
    });
    let one = One { held, place };
    let name = Signal::derive(move || one.team().map(|team| team.name).unwrap_or_default());
    let users = Memo::new(move |_| {
        let members = one.team().map(|team| team.members).unwrap_or_default();
        members.iter().map(|member| member.user).collect::<Vec<_>>()
    });
    // Who may work leads and is not in it yet.
    let others = Signal::derive(move || {
        let users = users.get();
        held.members.with(|members| {
            let may = members
                .iter()
                .filter(|member| member.role.may(Role::Sdr) && !users.contains(&member.id));
            may.map(|member| (member.id.to_string(), member.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let join = move |ids: Vec<String>| {
        for user in ids.iter().filter_map(|id| id.parse::<UserId>().ok()) {
            one.edit(|team| {
                team.members.push(MemberForm {
                    user,
                    share: "1".to_owned(),
                    open_max: String::new(),
                });
            });
        }
    };
    let remove = move |()| {
        form.update(|form| {
            own.with_value(|own| {
                form.teams.retain(|it| it.id != *own);
                if form.others == *own {
                    form.others.clear();
                }
            });
        });
    };
    view! {
        <div class="rules-entry" data-test="team">
            <div class="rules-entry-fields">
                <NameFields name="team" value=name change=move |name: Name| one.edit(|team| team.name = name) wrong=move |field: &'static str| one.why(field) />
                <Sharing one />
            </div>
            <ul class="routing-members">
                <For each=move || users.get() key=|user| *user let:user><MemberLine one user /></For>
            </ul>
            <p class="field-note is-bad rules-entry-wrong">{move || one.why("members").map(|_| t.get().routing.team_empty)}</p>
            {move || held.editable.get().then(|| view! {
                <div class="routing-join">
                    <SelectSearch label=t.line(|t| t.routing.add_member) name="team-join" options=others chosen=Signal::stored(Vec::new()) choose=join hint=t.line(|t| t.segments.choose) />
                    <Button label=t.line(|t| t.routing.remove_team) name="team-remove" small=true look=Look::Bad press=remove />
                </div>
            })}
        </div>
    }
}

/// How a team shares.
#[component]
fn Sharing(one: One) -> impl IntoView {
    let t = words();
    let method = Memo::new(move |_| one.team().map(|team| team.method));
    let choose = move |name: String| {
        let chosen = METHODS.into_iter().find(|(_, own)| *own == name);
        if let Some((method, _)) = chosen {
            one.edit(|team| team.method = method);
        }
    };
    let options = METHODS.map(|(option, value)| {
        view! { <option value=value selected=move || method.get() == Some(option)>{move || (t.get().routing.method)(option)}</option> }
    });
    view! {
        <label class="field">
            <span class="field-label">{move || t.get().routing.shares}</span>
            <select class="input" data-test="team-method" on:change:target=move |event| choose(event.target().value())>{options}</select>
            <span class="field-note">{move || method.get().map(t.get().routing.method_note)}</span>
        </label>
    }
}

#[component]
fn MemberLine(one: One, user: UserId) -> impl IntoView {
    let t = words();
    let held = one.held;
    let at = Memo::new(move |_| {
        let members = one.team()?.members;
        members.iter().position(|member| member.user == user)
    });
    let member = move || one.team()?.members.get(at.get()?).cloned();
    let edit = move |edit: &dyn Fn(&mut MemberForm)| {
        let at = at.get_untracked();
        one.edit(|team| {
            if let Some(member) = at.and_then(|at| team.members.get_mut(at)) {
                edit(member);
            }
        });
    };
    let why = move |field: &'static str| {
        Signal::derive(move || one.why(&format!("members[{}].{field}", at.get()?)))
    };
    let open = move || {
        let open = held
            .sheet
            .saved
            .with(|saved| saved.as_ref().and_then(|it| it.open.get(&user).copied()));
        (t.get().routing.open)(&format::number(t.lang(), open.unwrap_or_default().into()))
    };
    let share = Signal::derive(move || member().map(|member| member.share).unwrap_or_default());
    let most = Signal::derive(move || member().map(|member| member.open_max).unwrap_or_default());
    let remove = move |_| one.edit(|team| team.members.retain(|member| member.user != user));
    let left = why("user");
    view! {
        <li class="routing-member" data-test="team-member">
            <span class="routing-member-who">{move || view! { <Avatar name=held.name_of(user) small=true /> }}<b>{move || held.name_of(user)}</b><span class="muted">{open}</span><span class="field-note is-bad">{left}</span></span>
            <TextLine label=t.line(|t| t.routing.share) name="member-share" number=true value=share wrong=why("share") change=move |text: String| edit(&|member| member.share = text.clone()) />
            <TextLine label=t.line(|t| t.routing.open_max) name="member-most" number=true value=most wrong=why("open_max") change=move |text: String| edit(&|member| member.open_max = text.clone()) />
            <button type="button" class="icon-button" title=move || t.get().routing.take_out aria-label=move || t.get().routing.take_out on:click=remove data-test="member-remove"><Icon glyph=Glyph::Cross /></button>
        </li>
    }
}
