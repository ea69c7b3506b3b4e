//! The board: everyone by stage, moved by the pointer and by the keys.

use super::failure::{FailureNotice, sentence};
use super::going_on::GoingOnDrawer;
use crate::api::Failure;
use crate::components::{
    BoardCard, Button, Dialog, Look, MoveContestDialog, MoveDialog, Skeleton, name_in,
};
use crate::format;
use crate::state::base::Base;
use crate::state::board::{BoardState, Done, Said};
use crate::state::board_rows::Column;
use crate::state::clock::Clock;
use crate::state::toasts::Toasts;
use crate::text::{Text, Words, words};
use domain::api::{Lang, Role};
use domain::board::StageSum;
use domain::id::{LeadId, Ms};
use domain::stage::{Ladder, Rung};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The board, and what is going on on it.
#[derive(Clone, Copy)]
struct Held {
    board: BoardState,
    toasts: Toasts,
    /// The card that the pointer holds.
    dragged: RwSignal<Option<LeadId>>,
    /// The card that is to be moved by the keys.
    asking: RwSignal<Option<LeadId>>,
    editable: Signal<bool>,
    /// The currency of amounts.
    currency: Signal<String>,
    t: Words,
}

/// The board.
#[component]
pub(super) fn BoardPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let held = Held {
        board: BoardState::open(base.session, base.live),
        toasts: expect_context::<Toasts>(),
        dragged: RwSignal::new(None),
        asking: RwSignal::new(None),
        editable: Signal::derive(move || base.session.may(Role::Sdr)),
        currency: base.currency.code(),
        t,
    };
    let board = held.board;
    let now = expect_context::<Clock>().signal();
    let looking = RwSignal::new(false);
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().board.title, t.get().product))
    });
    let stages = Memo::new(move |_| {
        board.columns.with(|columns| {
            // Those in no stage have a column while there are any.
            let shown = columns
                .iter()
                .filter(|column| column.stage.is_some() || column.total > 0);
            shown.map(|column| column.stage.clone()).collect::<Vec<_>>()
        })
    });
    let columns = move || {
        match stages.with(Vec::is_empty) {
        true if board.failure.with(Option::is_some) => ().into_any(),
        true => view! { <Skeleton lines=6 /> }.into_any(),
        false => view! {
            <div class="board" data-test="board" tabindex="-1" on:keydown=across>
                <For each=move || stages.get() key=Clone::clone let:stage><BoardColumn held stage /></For>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().board.title}</h1>
            <p class="page-note">{move || t.get().board.note}" "<a href="/rules/stages" data-test="to-stages">{move || t.get().stages.title}</a></p>
            <Button label=t.line(|t| t.board.going_on_open) name="going-on-open" small=true press=move |()| looking.set(true) />
        </div>
        {move || board.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| board.load() /> })}
        {columns}
        {move || board.asked.get().zip(board.ladder.get()).map(|(asked, ladder)| view! {
            <MoveDialog asked ladder say=move |said| answer(held, said) close=move |()| board.asked.set(None) />
        })}
        {move || board.contest.get().zip(board.ladder.get()).map(|(contest, ladder)| view! {
            <MoveContestDialog contest ladder names=board.names now leave=move |()| board.contest.set(None) insist=move |()| board.insist(move |reply| told(held, reply)) />
        })}
        {move || held.asking.get().zip(board.ladder.get()).map(|(lead, ladder)| view! { <Choose held lead ladder /> })}
        {move || looking.get().then(|| board.ladder.get()).flatten().map(|ladder| view! {
            <GoingOnDrawer session=base.session ladder close=move |()| looking.set(false) />
        })}
    }
}

#[component]
fn BoardColumn(held: Held, stage: Option<String>) -> impl IntoView {
    let t = words();
    let now = expect_context::<Clock>().signal();
    let board = held.board;
    let own = stage.clone();
    let column = Memo::new(move |_| {
        board
            .columns
            .with(|columns| columns.iter().find(|column| column.stage == own).cloned())
    });
    let part = move |read: fn(&Column) -> u64| {
        Signal::derive(move || column.with(|column| column.as_ref().map(read).unwrap_or_default()))
    };
    let (id, named) = (stage.clone(), stage.clone());
    let found = move || {
        let ladder = board.ladder.get()?;
        ladder.stage(id.as_deref()?).cloned()
    };
    let found = Memo::new(move |_| found());
    let title = move || match found.get() {
        Some(stage) => name_in(t.lang(), &stage.name),
        None => t.get().board.no_stage.to_owned(),
    };
    let may_stick = Memo::new(move |_| {
        let rung = found.get().map(|stage| stage.rung);
        matches!(rung, Some(Rung::Mql | Rung::Sql | Rung::Opportunity))
    });
    let over = RwSignal::new(false);
    let is_target = stage.is_some();
    let drop_here = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let (Some(lead), Some(stage)) = (held.dragged.get_untracked(), named.clone()) {
            held.dragged.set(None);
            want(held, lead, stage);
        }
    };
    let drag_over = move |event: leptos::ev::DragEvent| {
        if is_target && held.dragged.with_untracked(Option::is_some) {
            event.prevent_default();
            over.set(true);
        }
    };
    let rows = Memo::new(move |_| {
        column.with(|column| {
            column
                .as_ref()
                .map(|column| column.rows.clone())
                .unwrap_or_default()
        })
    });
    let more = stage.clone();
    let summed = stage.clone();
    let sum = Memo::new(move |_| {
        board
            .sums
            .with(|sums| sums.iter().find(|sum| sum.stage == summed).cloned())
    });
    view! {
        <section class="board-column" class:is-over=over data-test="board-column" data-stage=stage.unwrap_or_default()
            on:dragover=drag_over on:dragleave=move |_| over.set(false) on:drop=drop_here>
            <header class="board-head"><h2 title=title>{title}</h2><span class="count" data-test="board-count">{move || format::number(t.lang(), part(|column| column.total).get())}</span>
                <HeadFacts held sum now />
            </header>
            <div class="board-cards">
                <For each=move || rows.get() key=|row| (row.id, row.seq, row.score, row.stage.clone(), row.owner) let:row>
                    {
                        let owner = row.owner.and_then(|owner| board.names.with_untracked(|names| names.get(&owner).cloned()));
                        view! { <BoardCard row owner now currency=held.currency editable=held.editable may_stick=may_stick.get_untracked() drag=move |lead| held.dragged.set(lead) ask=move |lead| held.asking.set(Some(lead)) /> }
                    }
                </For>
                {move || (part(|column| column.total).get() == 0 && column.with(|column| column.as_ref().is_some_and(|column| column.known))).then(|| view! { <p class="board-none">{t.get().board.empty}</p> })}
                {move || column.with(|column| column.as_ref().is_some_and(|column| column.next.is_some())).then(|| {
                    let more = more.clone();
                    view! { <Button label=t.line(|t| t.board.more) name="board-more" look=Look::Quiet small=true press=move |()| board.more(more.clone()) /> }
                })}
            </div>
        </section>
    }
}

/// What there is to win in a stage, and for how long people stand there.
#[component]
fn HeadFacts(held: Held, sum: Memo<Option<StageSum>>, now: Signal<Ms>) -> impl IntoView {
    let t = words();
    let currency = held.currency;
    let valued = move || sum.get().filter(|sum| sum.valued > 0);
    let days = move || sum.with(|sum| sum.as_ref().and_then(|sum| sum.days(now.get())));
    let amount = move |write: fn(Lang, &str, i64) -> String, sum: &StageSum| {
        currency.with(|currency| write(t.lang(), currency, sum.amount))
    };
    view! {
        <p class="board-facts">
            {move || valued().map(|sum| {
                let whole = (t.get().board.head)(&amount(format::amount, &sum), sum.valued);
                view! { <b title=whole data-test="board-amount">{amount(format::amount_short, &sum)}</b> }
            })}
            {move || days().map(|days| view! { <span data-test="board-age">{(t.get().board.average)(days)}</span> })}
        </p>
    }
}

/// Into which stage a card goes, where no pointer says it.
#[component]
fn Choose(held: Held, lead: LeadId, ladder: Ladder) -> impl IntoView {
    let t = words();
    let stages = ladder.stages.into_iter().filter(|stage| !stage.retired);
    let buttons = stages.map(move |stage| {
        let name = stage.name.clone();
        let press = move |()| {
            held.asking.set(None);
            want(held, lead, stage.id.clone());
        };
        view! { <Button label=Signal::derive(move || name_in(t.lang(), &name)) name="choose-stage" press /> }
    });
    view! {
        <Dialog title=t.line(|t| t.board.choose_stage) name="choose" close=move |()| held.asking.set(None)>
            <div class="board-choices">{buttons.collect_view()}</div>
        </Dialog>
    }
}

fn want(held: Held, lead: LeadId, to: String) {
    held.board.want(lead, to, move |reply| told(held, reply));
}

fn answer(held: Held, said: Said) {
    held.board.answer(said, move |reply| told(held, reply));
}

/// Tells what became of a move, with the way back.
fn told(held: Held, reply: Done) {
    let t = held.t;
    match reply {
        Err(failure) => held.toasts.failed(move |text| said(text, &failure)),
        Ok((row, to)) => {
            let names = held.board.ladder.try_get_untracked().flatten();
            let stage = names.and_then(|ladder| ladder.stage(&to).map(|stage| stage.name.clone()));
            let stage = stage.unwrap_or_default();
            let (lead, name, from) = (row.id, row.label().to_owned(), row.stage);
            let tell =
                move |text: &'static Text| (text.board.moved)(&name, &name_in(t.lang(), &stage));
            match from {
                None => held.toasts.done(tell),
                Some(from) => held.toasts.undoable(tell, move || {
                    let note = untrack(|| t.get().board.by_mistake.to_owned());
                    held.board.undo(lead, from.clone(), note, move |reply| {
                        if let Err(failure) = reply {
                            held.toasts.failed(move |text| said(text, &failure));
                        }
                    });
                }),
            }
        }
    }
}

/// Why a move was not made.
fn said(text: &'static Text, failure: &Failure) -> String {
    match failure {
        Failure::Field(error) => {
            (text.board.why)(&error.code).map_or_else(|| sentence(text, failure), str::to_owned)
        }
        other => sentence(text, other),
    }
}

/// Goes to the first card of the next column that has one.
fn across(event: leptos::ev::KeyboardEvent) {
    let back = match event.key().as_str() {
        "ArrowRight" => false,
        "ArrowLeft" => true,
        _ => return,
    };
    let here = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let mut column = here.and_then(|here| here.closest(".board-column").ok().flatten());
    while let Some(next) = column.and_then(|column| match back {
        true => column.previous_element_sibling(),
        false => column.next_element_sibling(),
    }) {
        let card = next.query_selector("[data-step]").ok().flatten();
        if let Some(card) = card.and_then(|card| card.dyn_into::<web_sys::HtmlElement>().ok()) {
            event.prevent_default();
            let _ = card.focus();
            return;
        }
        column = Some(next);
    }
}
