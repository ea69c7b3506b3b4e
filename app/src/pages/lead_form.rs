//! Putting a lead down by hand, and mending what is known of one: the same few fields.

use super::failure::sentence;
use super::gate::{Typed, place};
use crate::api::Failure;
use crate::components::{Button, Dialog, Field, Look, Notice, Tone};
use crate::state::ids::Attempt;
use crate::state::lead_desk::{Edit, LeadDesk, contested};
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{LeadDetail, PutLead};
use domain::contact::Key;
use domain::draft::{Door, Draft, Origin};
use domain::id::LeadId;
use domain::identity::Email;
use domain::lead::Field as Known;
use domain::profile::{FieldId, Value};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The fields that are asked for.
const FIELDS: [Known; 3] = [Known::Name, Known::Company, Known::Title];

/// Whom it is about.
#[derive(Clone)]
pub(super) enum Whom {
    /// Somebody new.
    New,
    /// This one, as it is known; and where it is told that someone else was faster.
    Known(Box<(LeadDetail, LeadDesk)>),
}

/// A lead's fields over the page.
#[component]
pub(super) fn LeadForm(
    session: Session,
    whom: Whom,
    /// It was written.
    #[prop(into)]
    done: Callback<LeadId>,
    /// It was not.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let email = Typed::new();
    let typed = FIELDS.map(|_| Typed::new());
    let detail = match whom {
        Whom::New => None,
        Whom::Known(known) => Some(known),
    };
    if let Some((detail, _)) = detail.as_deref() {
        for (field, typed) in FIELDS.into_iter().zip(typed) {
            typed.value.set(known(detail, field));
        }
    }
    let is_new = detail.is_none();
    let detail = StoredValue::new(detail);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let attempt = Attempt::new();
    let save = move || {
        let texts = FIELDS.into_iter().zip(typed.map(Typed::text));
        let texts: BTreeMap<FieldId, String> = texts
            .map(|(field, text)| (FieldId::Standard(field), text))
            .collect();
        if is_new && !email.is_email() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let key = attempt.key(&(email.text(), texts.clone()));
        spawn_local(async move {
            let reply = match detail.get_value() {
                None => session.call(&new(key, &email.text(), texts)).await,
                Some(known) => {
                    let (detail, desk) = *known;
                    let (seq, edit) = (detail.row.seq, change(&detail, texts));
                    let call = edit.clone().call(key, detail.row.id, seq);
                    let reply = session.call(&call).await;
                    if let Some(theirs) = reply.as_ref().err().and_then(contested) {
                        close.run(());
                        return desk.contend(theirs, edit);
                    }
                    reply
                }
            };
            let _ = busy.try_set(false);
            match reply {
                Ok(saved) => {
                    attempt.forget();
                    let name = saved.row.label().to_owned();
                    toasts.done(move |t| (t.frame.saved)(&name));
                    done.run(saved.row.id);
                }
                Err(failed) => {
                    let failed = place(failed, &[("keys", email)]);
                    let _ = failure.try_set(failed);
                }
            }
        });
    };
    let said = move |failed: &Failure| sentence(t.get(), failed);
    let title = move || {
        if is_new {
            t.get().frame.new_lead
        } else {
            t.get().frame.edit_lead
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let fields = FIELDS.into_iter().zip(typed).map(move |(field, typed)| {
        view! { <Field label=Signal::derive(move || (t.get().field)(field)) name=field.name() value=typed.value wrong=typed.why() optional=true /> }
    });
    view! {
        <Dialog title=Signal::derive(move || title().to_owned()) name="lead-form" close>
            <form class="lead-form" novalidate on:submit=submit>
                {is_new.then(|| view! { <Field label=Signal::derive(move || t.get().email) name="email" value=email.value wrong=email.why() /> })}
                {fields.collect_view()}
                {move || failure.get().map(|failed| view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(&failed)) /> })}
                <div class="dialog-actions">
                    <Button label=t.line(|t| t.frame.cancel) name="lead-cancel" look=Look::Quiet press=move |()| close.run(()) />
                    <button type="submit" class="button is-main" disabled=busy data-test="lead-save">{move || t.get().frame.save}</button>
                </div>
            </form>
        </Dialog>
    }
}

/// What stands in a field.
fn known(detail: &LeadDetail, field: Known) -> String {
    detail.text(field).unwrap_or_default().to_owned()
}

fn new(key: Uuid, email: &str, texts: BTreeMap<FieldId, String>) -> PutLead {
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    PutLead {
        key,
        draft: Draft {
            keys: Email::parse(email).map(Key::Email).into_iter().collect(),
            fields: texts
                .map(|(field, text)| (field, Value::Text(text)))
                .collect(),
            origin: Origin {
                door: Door::Member,
                ..Origin::default()
            },
            ..Draft::default()
        },
        fill_only: false,
    }
}

/// Only what is another than it was: what someone else changes meanwhile stays.
fn change(detail: &LeadDetail, texts: BTreeMap<FieldId, String>) -> Edit {
    let changed = texts.into_iter().filter(|(field, text)| match field {
        FieldId::Standard(field) => known(detail, *field) != *text,
        FieldId::Custom(_) => false,
    });
    Edit {
        set: changed
            .map(|(field, text)| (field, (!text.is_empty()).then_some(Value::Text(text))))
            .collect(),
        ..Edit::default()
    }
}
