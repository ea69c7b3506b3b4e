//! The sample company: made, looked at and taken away in one click each, and said to be one while it is looked at.

use super::failure::FailureNotice;
use crate::api::Failure;
use crate::components::{Glyph, Icon, Skeleton};
use crate::state::session::Session;
use crate::text::words;
use domain::api::{Call, LoadSample, Member, ReadSample, RemoveSample, Role, ViewSample};
use domain::id::SAMPLE_WORKSPACE;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Nothing,
    Making,
    Turning,
    Removing,
}

/// Whether the session looks at the sample company.
pub(super) fn is_looked_at(session: Session) -> Signal<bool> {
    Signal::derive(move || {
        let member = session.member();
        member.is_some_and(|member| member.workspace.0 == SAMPLE_WORKSPACE)
    })
}

/// Turns the session: everything that is on the screen is of another workspace then, so the app begins anew.
fn turn<C: Call<Reply = Member> + 'static>(
    session: Session,
    call: C,
    (doing, failure): (RwSignal<Doing>, RwSignal<Option<Failure>>),
) {
    failure.set(None);
    spawn_local(async move {
        match session.call(&call).await {
            Ok(_) => {
                let _ = window().location().set_href("/leads");
            }
            Err(failed) => {
                let _ = failure.try_set(Some(failed));
                let _ = doing.try_set(Doing::Nothing);
            }
        }
    });
}

/// The panel of the settings.
#[component]
pub(super) fn SamplePanel(session: Session) -> impl IntoView {
    let t = words();
    let loaded = RwSignal::new(None::<Result<bool, Failure>>);
    let doing = RwSignal::new(Doing::Nothing);
    let failure = RwSignal::new(None::<Failure>);
    let asked = RwSignal::new(false);
    let read = move || {
        loaded.set(None);
        spawn_local(async move {
            let reply = session.call(&ReadSample {}).await;
            let _ = loaded.try_set(Some(reply.map(|state| state.loaded)));
        });
    };
    read();
    let looked_at = is_looked_at(session);
    let busy = Memo::new(move |_| doing.get() != Doing::Nothing);
    let load = move |_| {
        doing.set(Doing::Making);
        turn(session, LoadSample {}, (doing, failure));
    };
    let view_it = move |view| {
        doing.set(Doing::Turning);
        turn(session, ViewSample { view }, (doing, failure));
    };
    let remove = move |_| {
        doing.set(Doing::Removing);
        turn(session, RemoveSample {}, (doing, failure));
    };
    let owner = move || session.may(Role::Owner);
    view! {
        <section class="panel sample" data-test="sample">
            <header><h2>{move || t.get().sample.title}</h2></header>
            <p class="muted">{move || t.get().sample.note}</p>
            {move || failure.get().map(|failed| view! { <FailureNotice failure=failed again=move |()| failure.set(None) /> })}
            {move || match loaded.get() {
                None => view! { <Skeleton lines=1 /> }.into_any(),
                Some(Err(failed)) => view! { <FailureNotice failure=failed again=move |()| read() /> }.into_any(),
                Some(Ok(false)) => view! {
                    <div class="sample-ways">
                        <button type="button" class="button" disabled=move || busy.get() || !owner() on:click=load data-test="load-sample">
                            {move || if doing.get() == Doing::Making { t.get().sample.making } else { t.get().sample.load }}
                        </button>
                    </div>
                }.into_any(),
                Some(Ok(true)) => view! {
                    <div class="sample-ways">
                        <button type="button" class="button" disabled=busy on:click=move |_| view_it(!looked_at.get_untracked()) data-test="view-sample">
                            {move || if looked_at.get() { t.get().sample.leave } else { t.get().sample.view }}
                        </button>
                        <Show when=owner>
                            <button type="button" class="button is-quiet" disabled=busy on:click=move |_| asked.set(true) data-test="remove-sample">
                                {move || if doing.get() == Doing::Removing { t.get().sample.removing } else { t.get().sample.remove }}
                            </button>
                        </Show>
                    </div>
                    <Show when=move || asked.get() && !busy.get()>
                        <div class="sample-really" role="alertdialog" aria-label=move || t.get().sample.remove>
                            <p>{move || t.get().sample.really}</p>
                            <button type="button" class="button is-small" on:click=remove data-test="remove-sample-really">{move || t.get().sample.remove}</button>
                            <button type="button" class="button is-small" on:click=move |_| asked.set(false)>{move || t.get().sample.keep}</button>
                        </div>
                    </Show>
                }.into_any(),
            }}
        </section>
    }
}

/// Says on every page that it is the sample company.
#[component]
pub(super) fn SampleBanner(session: Session) -> impl IntoView {
    let t = words();
    let doing = RwSignal::new(Doing::Nothing);
    let failure = RwSignal::new(None::<Failure>);
    let looked_at = is_looked_at(session);
    let leave = move |_| {
        doing.set(Doing::Turning);
        turn(session, ViewSample { view: false }, (doing, failure));
    };
    view! {
        <Show when=move || looked_at.get()>
            <div class="banner" role="status" data-test="banner-sample">
                <Icon glyph=Glyph::Companies />
                <span>{move || t.get().sample.looking}</span>
                <button type="button" class="link" disabled=move || doing.get() != Doing::Nothing on:click=leave data-test="leave-sample">{move || t.get().sample.leave}</button>
            </div>
        </Show>
    }
}
