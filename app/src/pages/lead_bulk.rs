//! What is done with the leads that are picked: whose they are, their stage, tags and segments, a file of them; and the way back.

use super::failure::sentence;
use crate::api::Failure;
use crate::components::{
    Button, Dialog, Glyph, Icon, Look, Menu, Meter, Naming, Notice, Offer, SelectSearch, Tone,
    deed_text, name_in,
};
use crate::format;
use crate::state::base::Base;
use crate::state::bulk::{BulkState, Outcome, Picked, Progress, Unfinished, undo};
use crate::state::export::{ExportState, Form, What};
use crate::state::toasts::Toasts;
use crate::text::{Text, Word, Words, words};
use domain::bulk::Deed;
use domain::id::BulkId;
use domain::stage::Rung;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is to be chosen before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Give,
    Move,
    Tag,
    Untag,
    Enter,
    Leave,
}

impl Wanted {
    const fn label(self) -> Word {
        match self {
            Wanted::Give => |t| t.lists.give,
            Wanted::Move => |t| t.lists.move_to,
            Wanted::Tag => |t| t.lists.tag,
            Wanted::Untag => |t| t.lists.untag,
            Wanted::Enter => |t| t.lists.enter,
            Wanted::Leave => |t| t.lists.leave,
        }
    }

    const fn of_what(self) -> Word {
        match self {
            Wanted::Give => |t| t.lists.choose_owner,
            Wanted::Move => |t| t.lists.choose_stage,
            Wanted::Tag | Wanted::Untag => |t| t.lists.choose_tag,
            Wanted::Enter | Wanted::Leave => |t| t.lists.choose_segment,
        }
    }
}

/// Those that stand in a menu.
const MORE: [(&str, Wanted); 4] = [
    ("tag", Wanted::Tag),
    ("untag", Wanted::Untag),
    ("enter", Wanted::Enter),
    ("leave", Wanted::Leave),
];

/// What is at hand.
#[derive(Clone, Copy)]
struct Held {
    base: Base,
    bulk: BulkState,
    naming: Naming,
    toasts: Toasts,
    wanted: RwSignal<Option<Wanted>>,
    total: Signal<u64>,
    t: Words,
}

/// The bar of what is done with those who are picked, as long as somebody is.
#[component]
pub(super) fn LeadBulk(base: Base, naming: Naming, export: ExportState) -> impl IntoView {
    let t = words();
    let bulk = base.bulk;
    let held = Held {
        base,
        bulk,
        naming,
        toasts: expect_context::<Toasts>(),
        wanted: RwSignal::new(None),
        total: Signal::derive(move || base.leads.list.with(|list| list.total())),
        t,
    };
    let count = Memo::new(move |_| bulk.count(held.total.get()));
    let number = move |count| format::number(t.lang(), count);
    let everyone = move || bulk.picked.with(|picked| *picked == Picked::Everyone);
    let said = move || match everyone() {
        true => (t.get().lists.every_chosen)(&number(count.get())),
        false => (t.get().lists.chosen)(&number(count.get())),
    };
    let items = Signal::derive(move || {
        let named = MORE.map(|(id, wanted)| (id.to_owned(), wanted.label()(t.get()).to_owned()));
        named.to_vec()
    });
    let choose = move |id: String| {
        let found = MORE.into_iter().find(|(name, _)| *name == id);
        held.wanted.set(found.map(|(_, wanted)| wanted));
    };
    let file = move |()| {
        let asked = base.leads.asked();
        let what = match bulk.picked.get_untracked() {
            Picked::Everyone => What::People(asked),
            Picked::These(ids) => What::Picked(asked, ids.into_iter().map(|id| id.0).collect()),
        };
        export.write(what, Form::Csv, t.lang(), t.get().leads);
    };
    bulk.enter();
    let progress = Memo::new(move |_| bulk.progress.get());
    let doing = move |progress: Progress| {
        (t.get().lists.doing)(&number(progress.done), &number(progress.total))
    };
    let unfinished = move || {
        let it = bulk.unfinished.get()?;
        let what = deed_text(t, naming, it.deed());
        let text = (t.get().lists.unfinished)(&what, &doing(it.progress));
        let go_on = move |_| go_on(held, it.clone());
        Some(view! {
            <Notice tone=Tone::Care text=Signal::stored(text)>
                <button type="button" class="button is-small is-main" data-test="bulk-go-on" on:click=go_on>{move || t.get().lists.go_on}</button>
                <button type="button" class="button is-small" data-test="bulk-let-go" on:click=move |_| bulk.let_go()>{move || t.get().lists.let_go}</button>
            </Notice>
        })
    };
    let passed = move || {
        let passed = bulk.passed.get().into_iter();
        let lines = passed.map(|(why, count)| {
            (t.get().lists.passed_over)(&number(count), (t.get().lists.refusal)(&why))
        });
        lines.collect::<Vec<_>>()
    };
    let has_passed = Memo::new(move |_| bulk.passed.with(|passed| !passed.is_empty()));
    view! {
        {unfinished}
        {move || (count.get() > 0 || progress.get().is_some()).then(|| view! {
            <div class="lead-bulk" role="region" aria-label=said data-test="bulk">
                {move || match progress.get().is_some() {
                    true => view! {
                        <div class="lead-bulk-progress" role="status">
                            <Meter done=Signal::derive(move || progress.get().map_or(0, |progress| progress.done)) total=Signal::derive(move || progress.get().map_or(1, |progress| progress.total.max(1)))
                                text=Signal::derive(move || progress.get().map(doing).unwrap_or_default()) />
                            <Button label=t.line(|t| t.lists.stop) name="bulk-stop" small=true press=move |()| bulk.stop() />
                        </div>
                    }.into_any(),
                    false => view! {
                        <strong data-test="bulk-count">{said}</strong>
                        {move || (!everyone() && count.get() < held.total.get()).then(|| view! {
                            <button type="button" class="link" data-test="bulk-everyone" on:click=move |_| bulk.picked.set(Picked::Everyone)>{move || (t.get().lists.choose_every)(&number(held.total.get()))}</button>
                        })}
                        <span class="lead-bulk-deeds">
                            <Button label=t.line(|t| t.lists.give) name="bulk-give" small=true press=move |()| held.wanted.set(Some(Wanted::Give)) />
                            <Button label=t.line(|t| t.lists.move_to) name="bulk-move" small=true press=move |()| held.wanted.set(Some(Wanted::Move)) />
                            <Menu label=t.line(|t| t.lists.choose_tag) name="bulk-more" items choose />
                            <Button label=t.line(|t| t.lists.export_chosen) name="bulk-export" small=true press=file />
                            <button type="button" class="icon-button" aria-label=move || t.get().lists.clear data-test="bulk-clear" on:click=move |_| bulk.clear()><Icon glyph=Glyph::Cross /></button>
                        </span>
                    }.into_any(),
                }}
            </div>
        })}
        {move || has_passed.get().then(|| view! {
            <Notice tone=Tone::Care text=Signal::derive(move || passed().join(" · "))>
                <a class="button is-small" href="/bulks">{move || t.get().lists.bulk_history}</a>
                <button type="button" class="button is-small" on:click=move |_| bulk.passed.update(|passed| passed.clear())>{move || t.get().close}</button>
            </Notice>
        })}
        {move || held.wanted.get().map(|wanted| view! { <Choose held wanted /> })}
    }
}

/// What there is to choose from.
fn offers(held: Held, wanted: Wanted) -> Vec<Offer> {
    let Held { naming, t, .. } = held;
    match wanted {
        Wanted::Give => naming.members.with(|members| {
            let nobody = (String::new(), t.get().lists.nobody.to_owned());
            let all = members.iter();
            let all = all.map(|(id, name)| (id.to_string(), name.clone()));
            all.chain([nobody]).collect()
        }),
        Wanted::Move => naming.ladder.with(|ladder| {
            let stages = ladder.iter().flat_map(|ladder| &ladder.stages);
            let stages = stages.filter(|stage| !stage.retired);
            stages
                .map(|stage| (stage.id.clone(), name_in(t.lang(), &stage.name)))
                .collect()
        }),
        Wanted::Tag | Wanted::Untag => naming.schema.with(|schema| {
            let tags = schema.tags();
            let tags = tags.filter(|(group, tag)| !group.retired && !tag.retired);
            tags.map(|(_, tag)| (tag.id.clone(), name_in(t.lang(), &tag.name)))
                .collect()
        }),
        Wanted::Enter | Wanted::Leave => naming.segments.with(|segments| {
            let all = segments.iter();
            all.map(|(id, name)| (id.clone(), name_in(t.lang(), name)))
                .collect()
        }),
    }
}

/// The reasons of which one is needed to move into a stage.
fn reasons(held: Held, stage: &str) -> Vec<Offer> {
    let t = held.t;
    held.naming.ladder.with(|ladder| {
        let Some(ladder) = ladder else {
            return Vec::new();
        };
        let all = match ladder.stage(stage).map(|stage| stage.rung) {
            Some(Rung::Recycled) => &ladder.recycle_reasons,
            Some(Rung::Lost) => &ladder.lost_reasons,
            _ => return Vec::new(),
        };
        let all = all.iter().filter(|reason| !reason.retired);
        all.map(|reason| (reason.id.clone(), name_in(t.lang(), &reason.name)))
            .collect()
    })
}

#[component]
fn Choose(held: Held, wanted: Wanted) -> impl IntoView {
    let t = words();
    let chosen = RwSignal::new(None::<String>);
    let (reason, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let options = Signal::derive(move || offers(held, wanted));
    let why = Memo::new(move |_| match (wanted, chosen.get()) {
        (Wanted::Move, Some(stage)) => reasons(held, &stage),
        _ => Vec::new(),
    });
    let complete = move || {
        let reasoned = why.with(Vec::is_empty) || reason.with(|reason| !reason.is_empty());
        chosen.with(Option::is_some) && reasoned
    };
    let deed = move || {
        let id = chosen.get_untracked()?;
        Some(match wanted {
            Wanted::Give if id.is_empty() => Deed::Give { to: None },
            Wanted::Give => Deed::Give {
                to: Some(id.parse().ok()?),
            },
            Wanted::Move => Deed::Move {
                to: id,
                reason: Some(reason.get_untracked()).filter(|reason| !reason.is_empty()),
                note: note.get_untracked().trim().to_owned(),
            },
            Wanted::Tag => Deed::Tag { tag: id },
            Wanted::Untag => Deed::Untag { tag: id },
            Wanted::Enter => Deed::Enter { segment: id },
            Wanted::Leave => Deed::Leave { segment: id },
        })
    };
    let act = move |()| {
        if let Some(deed) = deed() {
            held.wanted.set(None);
            run(held, deed);
        }
    };
    let close = move |()| held.wanted.set(None);
    let targets = Signal::derive(move || chosen.get().into_iter().collect::<Vec<_>>());
    let target = move |all: Vec<String>| chosen.set(all.into_iter().next());
    let title = Signal::derive(move || {
        let count = untrack(|| held.bulk.count(held.total.get()));
        let count = (t.get().lists.chosen)(&format::number(t.lang(), count));
        format!("{} · {count}", wanted.label()(t.get()))
    });
    view! {
        <Dialog title name="bulk-choose" close>
            <div class="lead-bulk-choice">
                <SelectSearch label=t.line(wanted.of_what()) name="bulk-target" options chosen=targets choose=target />
                {move || (!why.with(Vec::is_empty)).then(|| view! {
                    <label class="field"><span class="field-label">{move || t.get().lists.reason}</span>
                        <select class="input" data-test="bulk-reason" prop:value=reason on:change:target=move |event| reason.set(event.target().value())>
                            <option value="">"–"</option>
                            {why.get().into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()}
                        </select>
                    </label>
                })}
                {(wanted == Wanted::Move).then(|| view! {
                    <label class="field"><span class="field-label">{move || t.get().lists.note}</span>
                        <input class="input" type="text" autocomplete="off" data-test="bulk-note" prop:value=note on:input:target=move |event| note.set(event.target().value()) />
                    </label>
                })}
            </div>
            <div class="dialog-actions">
                <Button label=t.line(|t| t.frame.cancel) name="bulk-cancel" look=Look::Quiet press=close />
                <Button label=t.line(|t| t.lists.do_it) name="bulk-do" look=Look::Main disabled=Signal::derive(move || !complete()) press=act />
            </div>
        </Dialog>
    }
}

/// Does it, and tells what became of it with the way back.
fn run(held: Held, deed: Deed) {
    let done = told(held, &deed);
    let total = untrack(|| held.bulk.count(held.total.get()));
    held.bulk.run(held.base.leads, deed, total, done);
}

/// Goes on with one that was begun, and tells the same.
fn go_on(held: Held, unfinished: Unfinished) {
    let done = told(held, unfinished.deed());
    held.bulk.go_on(unfinished, done);
}

/// What is told once it is done, by which time the page may have been left.
fn told(held: Held, deed: &Deed) -> impl FnOnce(Result<Outcome, (Outcome, Failure)>) + 'static {
    let Held {
        bulk,
        naming,
        toasts,
        t,
        ..
    } = held;
    let what = untrack(|| deed_text(t, naming, deed));
    move |reply| {
        let outcome = match reply {
            Ok(outcome) => {
                bulk.clear();
                outcome
            }
            Err((outcome, failure)) => {
                toasts.failed(move |text| sentence(text, &failure));
                outcome
            }
        };
        let Outcome { id, changed, .. } = outcome;
        if changed == 0 {
            return;
        }
        let said = move |text: &'static Text| {
            let count = format::number(untrack(|| t.lang()), changed);
            format!("{} {what}", (text.lists.done)(&count))
        };
        toasts.undoable(said, move || take_back(held, id));
    }
}

/// Takes a bulk back, and tells of how many.
fn take_back(held: Held, id: BulkId) {
    let Held {
        base, toasts, t, ..
    } = held;
    let note = untrack(|| t.get().lists.by_mistake.to_owned());
    let lang = untrack(|| t.lang());
    spawn_local(async move {
        match undo(base.session, id, note).await {
            Ok(outcome) => {
                toasts.done(move |text| (text.lists.undone)(&format::number(lang, outcome.changed)))
            }
            Err(failure) => toasts.failed(move |text| sentence(text, &failure)),
        }
    });
}
