//! The browsers that were ever suspected, and the way in which a person decides about one.

use super::failure::{FailureNotice, sentence};
use super::leads::Foot;
use crate::api::Failure;
use crate::components::{Notice, Skeleton, SuspectTable, Tone, VerdictDialog};
use crate::state::clock::Clock;
use crate::state::ids::Attempt;
use crate::state::session::Session;
use crate::text::words;
use domain::api::{Page, Role, SaveVerdict, Suspected, VisitorRow};
use domain::id::VisitorId;
use domain::verdict::Verdict;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows of a page.
const PAGE_ROWS: u32 = 50;

/// A verdict on its way: asked, confirmed, saved.
#[derive(Clone, Copy)]
pub(super) struct Judge {
    asked: RwSignal<Option<(VisitorId, Verdict)>>,
    failure: RwSignal<Option<Failure>>,
    attempt: Attempt<(VisitorId, Verdict)>,
    saved: Callback<()>,
    session: Session,
}

impl Judge {
    /// Nothing is asked yet; `saved` is told when a verdict holds.
    pub(super) fn new(session: Session, saved: impl Fn(()) + Send + Sync + 'static) -> Judge {
        Judge {
            asked: RwSignal::new(None),
            failure: RwSignal::new(None),
            attempt: Attempt::new(),
            saved: Callback::new(saved),
            session,
        }
    }

    /// Whether the member may decide.
    pub(super) fn editable(self) -> Signal<bool> {
        Signal::derive(move || self.session.may(Role::Marketer))
    }

    /// Asks whether it is meant.
    pub(super) fn ask(self, visitor: VisitorId, verdict: Verdict) {
        self.failure.set(None);
        self.asked.set(Some((visitor, verdict)));
    }

    fn save(self) {
        let Some((visitor, verdict)) = self.asked.get_untracked() else {
            return;
        };
        self.asked.set(None);
        let key = self.attempt.key(&(visitor, verdict));
        spawn_local(async move {
            let call = SaveVerdict {
                key,
                visitor,
                verdict,
            };
            match self.session.call(&call).await {
                Ok(_) => {
                    self.attempt.forget();
                    self.saved.run(())
                }
                Err(failure) => {
                    let _ = self.failure.try_set(Some(failure));
                }
            }
        });
    }

    /// The question, and why a verdict could not be saved.
    pub(super) fn view(self) -> impl IntoView {
        let t = words();
        view! {
            {move || self.asked.get().map(|(visitor, verdict)| view! {
                <VerdictDialog browser=visitor.to_string() verdict confirm=move |()| self.save() close=move |()| self.asked.set(None) />
            })}
            {move || self.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        }
    }
}

/// The browsers, a page at a time.
#[component]
pub(super) fn Suspects(session: Session) -> impl IntoView {
    let t = words();
    let now = expect_context::<Clock>().signal();
    let page = RwSignal::new(None::<Page<VisitorRow>>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let read = move |cursor: Option<String>| {
        busy.set(true);
        spawn_local(async move {
            let first = cursor.is_none();
            let limit = Some(PAGE_ROWS);
            let reply = session.call(&Suspected { cursor, limit }).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(mut more) => {
                    let _ = failure.try_set(None);
                    let _ = page.try_update(|page| {
                        let before = page.take().filter(|_| !first);
                        let before = before.map(|page| page.items).unwrap_or_default();
                        more.items.splice(0..0, before);
                        *page = Some(more);
                    });
                }
                Err(why) => {
                    let _ = failure.try_set(Some(why));
                }
            }
        });
    };
    read(None);
    let judge = Judge::new(session, move |()| read(None));
    let is_empty =
        Memo::new(move |_| page.with(|page| page.as_ref().map(|page| page.items.is_empty())));
    let rows = Signal::derive(move || {
        page.with(|page| {
            page.as_ref()
                .map(|page| page.items.clone())
                .unwrap_or_default()
        })
    });
    let next = move || page.with(|page| page.as_ref().and_then(|page| page.next.clone()));
    let total = move || page.with(|page| page.as_ref().map_or(0, |page| page.total));
    view! {
        <section class="panel suspects" data-test="suspects" class:is-empty=move || is_empty.get() == Some(true)>
            <header>
                <h2>{move || t.get().refused.browsers}</h2>
                <p class="muted">{move || t.get().refused.browsers_note}
                    {move || (!judge.editable().get()).then(|| view! { " " {t.get().refused.verdict_is_marketers} })}
                </p>
            </header>
            {judge.view()}
            {move || failure.get().map(|failure| view! { <FailureNotice failure again=move |()| read(None) /> })}
            {move || match is_empty.get() {
                None => view! { <Skeleton lines=3 /> }.into_any(),
                Some(true) => view! { <p class="muted">{move || t.get().refused.nothing_suspected}</p> }.into_any(),
                Some(false) => view! {
                    <SuspectTable rows now editable=judge.editable() judge=move |(visitor, verdict)| judge.ask(visitor, verdict) />
                    <Foot shown=Signal::derive(move || rows.with(Vec::len)) total=Signal::derive(total)
                        has_more=Signal::derive(move || next().is_some()) busy more=move |()| read(next()) />
                }.into_any(),
            }}
        </section>
    }
}
