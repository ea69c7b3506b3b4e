//! API tokens: what other systems come in with. One is shown once, when it is made.

use super::failure::{FailureNotice, sentence};
use super::gate::Typed;
use super::settings::SectionHead;
use super::team::{RoleOptions, role_of};
use crate::api::Failure;
use crate::components::{
    Badge, Button, CopyBox, Dialog, EmptyState, Field, Look, Notice, Skeleton, Tone,
};
use crate::format;
use crate::state::clock::{Clock, now};
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{MadeToken, MakeToken, RevokeToken, Role, Token, Tokens};
use domain::id::Ms;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A day, in milliseconds.
const DAY_MS: Ms = 86_400_000;
/// The lifetime that is offered first, in days.
const LIFETIME: Option<u32> = Some(90);
/// Those that are offered; none is for ever.
const LIFETIMES: [Option<u32>; 4] = [Some(30), LIFETIME, Some(365), None];

/// What the page knows of the tokens.
#[derive(Clone, Copy)]
struct TokenDesk {
    session: Session,
    toasts: Toasts,
    tokens: RwSignal<Option<Result<Vec<Token>, Failure>>>,
    made: RwSignal<Option<MadeToken>>,
    revoking: RwSignal<Option<Token>>,
}

impl TokenDesk {
    fn read(self) {
        spawn_local(async move {
            let reply = self.session.call(&Tokens {}).await;
            let _ = self.tokens.try_set(Some(reply));
        });
    }

    fn revoke(self, token: &Token) {
        self.revoking.set(None);
        let id = token.id;
        spawn_local(async move {
            match self.session.call(&RevokeToken { id }).await {
                Ok(_) => self.read(),
                Err(failure) => self.toasts.failed(move |t| sentence(t, &failure)),
            }
        });
    }
}

/// API tokens.
#[component]
pub(super) fn TokensPage() -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    let desk = TokenDesk {
        session,
        toasts: expect_context::<Toasts>(),
        tokens: RwSignal::new(None),
        made: RwSignal::new(None),
        revoking: RwSignal::new(None),
    };
    let owner = untrack(|| session.may(Role::Owner));
    if owner {
        desk.read();
    }
    view! {
        <SectionHead title=|t| t.own.tokens note=|t| t.staff.tokens_note />
        {match owner {
            true => view! {
                <div class="settings">
                    <MakeForm desk />
                    <section class="panel tokens" data-test="tokens">
                        {move || match desk.tokens.get() {
                            None => view! { <Skeleton lines=2 /> }.into_any(),
                            Some(Err(failure)) => view! { <FailureNotice failure again=move |()| desk.read() /> }.into_any(),
                            Some(Ok(list)) if list.is_empty() => view! {
                                <EmptyState title=t.line(|t| t.staff.tokens_none) text=t.line(|t| t.staff.tokens_none_text) />
                            }.into_any(),
                            Some(Ok(list)) => view! {
                                <ul class="team-list">{list.into_iter().map(|token| view! { <TokenLine desk token /> }).collect_view()}</ul>
                            }.into_any(),
                        }}
                    </section>
                </div>
                <MadeDialog desk />
                <RevokeDialog desk />
            }.into_any(),
            false => view! { <Notice tone=Tone::Care text=Signal::derive(move || (t.get().error)(domain::api::ErrorCode::Forbidden).to_owned()) /> }.into_any(),
        }}
    }
}

#[component]
fn TokenLine(desk: TokenDesk, token: Token) -> impl IntoView {
    let t = words();
    let clock = expect_context::<Clock>();
    let at = move || clock.signal().get();
    let (revoked, expires, used) = (token.revoked_at.is_some(), token.expires_at, token.used_at);
    let works = token.works(now());
    let standing = Signal::derive(move || {
        let text = t.get().staff;
        let word = match (works, revoked) {
            (true, _) => text.working,
            (false, true) => text.revoked,
            (false, false) => text.expired,
        };
        word.to_owned()
    });
    let (role, made_at, made_by) = (token.role, token.made_at, token.made_by.clone());
    let made = move || {
        let day = format::day(t.lang(), made_at, at());
        (t.get().staff.made_by)(&made_by, &day)
    };
    let last = move || match used {
        Some(used) => {
            let when = format::relative(t.lang(), used, at(), t.get().just_now);
            (t.get().staff.used)(&when)
        }
        None => t.get().staff.never_used.to_owned(),
    };
    let until = move || match expires {
        Some(expires) => (t.get().staff.until)(&format::day(t.lang(), expires, now())),
        None => t.get().staff.never.to_owned(),
    };
    let whole = StoredValue::new(token.clone());
    view! {
        <li class="token-line" class:is-over=!works data-test="token" data-id=token.id.to_string()>
            <span class="team-name">
                <b>{token.name}<Badge tone=if works { Tone::Calm } else { Tone::Care } text=standing /></b>
                <span>{made}</span>
            </span>
            <span class="token-facts"><span>{move || (t.get().role)(role)}" · "{until}</span><span class="muted">{last}</span></span>
            {works.then(|| view! {
                <Button label=t.line(|t| t.staff.revoke) name="revoke-token" small=true look=Look::Quiet
                    press=move |()| desk.revoking.set(Some(whole.get_value())) />
            })}
        </li>
    }
}

#[component]
fn MakeForm(desk: TokenDesk) -> impl IntoView {
    let t = words();
    let name = Typed::new();
    let role = RwSignal::new(Role::Viewer);
    let lifetime = RwSignal::new(LIFETIME);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || !name.is_there() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let lasts = lifetime.get_untracked();
        let lasts = lasts.map(|days| i64::from(days).saturating_mul(DAY_MS));
        let call = MakeToken {
            name: name.text(),
            role: role.get_untracked(),
            expires_at: lasts.map(|lasts| now().saturating_add(lasts)),
        };
        spawn_local(async move {
            let reply = desk.session.call(&call).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(made) => {
                    let _ = name.value.try_set(String::new());
                    let _ = desk.made.try_set(Some(made));
                    desk.read();
                }
                Err(Failure::Field(error)) if error.code == "taken" => {
                    name.refuse(|t| t.staff.name_taken);
                }
                Err(Failure::Field(error)) if error.code == "too_many" => {
                    name.refuse(|t| t.staff.too_many_tokens);
                }
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                }
            }
        });
    };
    let option = move |days: Option<u32>| {
        let value = days.map(|days| days.to_string()).unwrap_or_default();
        let label = move || match days {
            Some(days) => (t.get().staff.in_days)(days),
            None => t.get().staff.never.to_owned(),
        };
        view! { <option value=value selected=days == LIFETIME>{label}</option> }
    };
    view! {
        <section class="panel token-make">
            <header><h2>{move || t.get().staff.make_title}</h2></header>
            <form class="token-fields" on:submit=submit novalidate data-test="token-form">
                <Field label=Signal::derive(move || t.get().staff.token_name) name="token-name" value=name.value wrong=name.why()
                    hint=Signal::derive(move || Some(t.get().staff.token_name_note)) />
                <label class="field">
                    <span class="field-label">{move || t.get().staff.token_role}</span>
                    <select class="input" data-test="token-role"
                        on:change:target=move |event| if let Some(chosen) = role_of(&event.target().value()) { role.set(chosen) }>
                        <RoleOptions chosen=Role::Viewer />
                    </select>
                    <span class="field-note">{move || (t.get().role_may)(role.get())}</span>
                </label>
                <label class="field">
                    <span class="field-label">{move || t.get().staff.expires}</span>
                    <select class="input" data-test="token-expires" on:change:target=move |event| lifetime.set(event.target().value().parse().ok())>
                        {LIFETIMES.map(option)}
                    </select>
                </label>
                <button type="submit" class="button is-main" disabled=busy data-test="make-token">{move || t.get().staff.make}</button>
            </form>
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        </section>
    }
}

/// Shows a token, this once.
#[component]
fn MadeDialog(desk: TokenDesk) -> impl IntoView {
    let t = words();
    move || {
        desk.made.get().map(|made| {
            let close = move |()| desk.made.set(None);
            view! {
                <Dialog title=t.line(|t| t.staff.made_title) name="made-token" close>
                    <p>{move || t.get().staff.made_text}</p>
                    <CopyBox text=Signal::stored(made.secret) />
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.staff.made_done) name="made-done" look=Look::Main press=close />
                    </div>
                </Dialog>
            }
        })
    }
}

/// Asks before a token is revoked.
#[component]
fn RevokeDialog(desk: TokenDesk) -> impl IntoView {
    let t = words();
    move || {
        desk.revoking.get().map(|token| {
            let name = token.name.clone();
            let close = move |()| desk.revoking.set(None);
            view! {
                <Dialog title=t.line(|t| t.staff.revoke_title) name="revoke-dialog" close>
                    <p>{move || (t.get().staff.revoke_text)(&name)}</p>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.own.cancel) name="revoke-cancel" look=Look::Quiet press=close />
                        <Button label=t.line(|t| t.staff.revoke) name="revoke-really" look=Look::Main press=move |()| desk.revoke(&token) />
                    </div>
                </Dialog>
            }
        })
    }
}
