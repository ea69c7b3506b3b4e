//! What leaves and what is erased: everything as a file, and a person who asks to be forgotten.

use super::failure::sentence;
use super::settings::SectionHead;
use crate::api::Failure;
use crate::components::{Button, Dialog, Glyph, Look, Meter, Notice, SelectSearch, Tone};
use crate::format;
use crate::state::clock::now;
use crate::state::export_all::{ExportAll, Progress};
use crate::state::finder::Finder;
use crate::state::ids::Attempt;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{ErasePerson, Role};
use domain::id::LeadId;
use domain::profile::show_date;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What leaves and what is erased.
#[component]
pub(super) fn FilesPage() -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    view! {
        <SectionHead title=|t| t.own.files note=|t| t.records.files_note />
        <div class="settings">
            {move || session.may(Role::Owner).then(|| view! { <AllPanel session /> })}
            <p class="muted">{move || t.get().records.facts_note}</p>
            {move || session.may(Role::Marketer).then(|| view! { <ErasePanel session /> })}
        </div>
    }
}

/// Everything as a file.
#[component]
fn AllPanel(session: Session) -> impl IntoView {
    let t = words();
    let export = ExportAll::new(session);
    let start = move |()| {
        let company = session.member().map(|member| member.company);
        let day = i32::try_from(format::local_day(now())).unwrap_or_default();
        let name = file_name(&company.unwrap_or_default(), &show_date(day));
        export.write(name);
    };
    let number = move |count| format::number(t.lang(), count);
    let (done, all) = (RwSignal::new(0_u64), RwSignal::new(0_u64));
    Effect::new(move |_| {
        if let Progress::Writing(written, of) = export.progress.get() {
            done.set(written);
            all.set(of);
        }
    });
    view! {
        <section class="panel export-all" data-test="export-all">
            <header><h2>{move || t.get().records.all_title}</h2></header>
            <p class="muted">{move || t.get().records.all_text}</p>
            {move || match export.progress.get() {
                Progress::Resting => view! { <div><Button label=t.line(|t| t.records.all_start) name="export-all-start" look=Look::Main press=start /></div> }.into_any(),
                Progress::Writing(written, of) => view! {
                    <div class="export-progress">
                        <Meter done total=all text=Signal::derive(move || (t.get().records.all_way)(&number(written), &number(of))) />
                        <Button label=t.line(|t| t.records.all_stop) name="export-all-stop" small=true press=move |()| export.stop() />
                    </div>
                }.into_any(),
                Progress::Done(count) => view! {
                    <Notice tone=Tone::Calm text=Signal::derive(move || (t.get().records.all_done)(&number(count)))>
                        <Button label=t.line(|t| t.records.all_start) name="export-all-start" small=true press=start />
                    </Notice>
                }.into_any(),
                Progress::Stopped => view! {
                    <Notice tone=Tone::Care text=t.line(|t| t.records.all_stopped)>
                        <Button label=t.line(|t| t.records.all_again) name="export-all-start" small=true press=start />
                    </Notice>
                }.into_any(),
                Progress::Failed(_) => view! {
                    <Notice tone=Tone::Bad text=t.line(|t| t.records.all_failed)>
                        <Button label=t.line(|t| t.records.all_again) name="export-all-start" small=true press=start />
                    </Notice>
                }.into_any(),
            }}
        </section>
    }
}

/// A person who asks to be forgotten.
#[component]
fn ErasePanel(session: Session) -> impl IntoView {
    let t = words();
    let finder = Finder::new(session);
    let chosen = RwSignal::new(None::<(LeadId, String)>);
    let asked = RwSignal::new(false);
    let offers = Signal::derive(move || {
        let found = finder.leads.get().into_iter();
        let offer = |row: domain::lead::LeadRow| {
            let label = row.label().to_owned();
            let more = row.email.clone().filter(|email| *email != label);
            let name = match more {
                Some(more) => format!("{label} · {more}"),
                None => label,
            };
            (row.id.to_string(), name)
        };
        found.map(offer).collect::<Vec<_>>()
    });
    let choose = move |ids: Vec<String>| {
        let id = ids.first().cloned().unwrap_or_default();
        let found = finder.leads.with_untracked(|rows| {
            let row = rows.iter().find(|row| row.id.to_string() == id);
            row.map(|row| (row.id, row.label().to_owned()))
        });
        chosen.set(found);
    };
    let known = Signal::derive(move || {
        let mut all = offers.get();
        if let Some((id, name)) = chosen.get() {
            let id = id.to_string();
            if !all.iter().any(|(known, _)| *known == id) {
                all.push((id, name));
            }
        }
        all
    });
    view! {
        <section class="panel erase" data-test="erase">
            <header><h2>{move || t.get().records.person_title}</h2></header>
            <p class="muted">{move || t.get().records.person_text}</p>
            <div class="erase-fields">
                <SelectSearch label=t.line(|t| t.records.person_find) name="erase-find" options=known
                    chosen=Signal::derive(move || chosen.get().map(|(id, _)| id.to_string()).into_iter().collect::<Vec<_>>())
                    choose search=Callback::new(move |text: String| finder.look_for_people(&text)) hint=t.line(|t| t.records.person_hint) />
                {move || chosen.get().map(|(id, _)| view! {
                    <a class="button" href=format!("/leads/{id}")>{move || t.get().records.person_held}</a>
                    <Button label=t.line(|t| t.records.erase) name="erase-ask" look=Look::Bad glyph=Glyph::Warning press=move |()| asked.set(true) />
                })}
            </div>
            {move || asked.get().then(|| chosen.get()).flatten().map(|(id, name)| view! {
                <EraseDialog session id name close=move |()| asked.set(false) gone=move |()| { asked.set(false); chosen.set(None); finder.look_for_people("") } />
            })}
        </section>
    }
}

/// Asks for the name before a person is erased.
#[component]
fn EraseDialog(
    session: Session,
    id: LeadId,
    name: String,
    #[prop(into)] close: Callback<()>,
    #[prop(into)] gone: Callback<()>,
) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let typed = RwSignal::new(String::new());
    let (wrong, busy) = (RwSignal::new(false), RwSignal::new(false));
    let failure = RwSignal::new(None::<Failure>);
    let attempt = Attempt::<LeadId>::new();
    let (shown, said, own) = (name.clone(), name.clone(), StoredValue::new(name));
    let erase = move |()| {
        let confirm = typed.get_untracked().trim().to_owned();
        wrong.set(own.with_value(|own| *own != confirm));
        if busy.get_untracked() || wrong.get_untracked() {
            return;
        }
        busy.set(true);
        let call = ErasePerson {
            key: attempt.key(&id),
            id,
            confirm,
        };
        spawn_local(async move {
            let reply = session.call(&call).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(done) => {
                    gone.run(());
                    toasts.done(move |t| match done.pending {
                        true => t.records.erase_pending.to_owned(),
                        false => t.records.erase_done.to_owned(),
                    });
                }
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                }
            }
        });
    };
    view! {
        <Dialog title=t.line(|t| t.records.erase_title) name="erase-dialog" close>
            <p>{move || (t.get().records.erase_text)(&said)}" "{move || t.get().records.erase_final}</p>
            <label class="field" class:is-wrong=wrong>
                <span class="field-label">{move || t.get().records.erase_typed}": "<b data-test="erase-name">{shown}</b></span>
                <input class="input" autocomplete="off" data-test="erase-typed" prop:value=typed
                    on:input:target=move |event| { typed.set(event.target().value()); wrong.set(false) } />
                <span class="field-note" aria-live="polite">{move || wrong.get().then(|| t.get().records.erase_wrong)}</span>
            </label>
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            <div class="dialog-actions">
                <Button label=t.line(|t| t.records.keep) name="erase-keep" look=Look::Quiet press=move |()| close.run(()) />
                <Button label=t.line(|t| t.records.erase) name="erase-really" look=Look::Bad disabled=busy press=erase />
            </div>
        </Dialog>
    }
}

/// The file's name: the company and the day.
fn file_name(company: &str, day: &str) -> String {
    let plain: String = company
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    format!("{}-{day}.ndjson", plain.trim_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_called_by_the_company_and_the_day() {
        assert_eq!(
            file_name("云雀 智表", "2026-03-01"),
            "云雀-智表-2026-03-01.ndjson"
        );
        assert_eq!(file_name("A/B", "2026-03-01"), "A-B-2026-03-01.ndjson");
    }
}
