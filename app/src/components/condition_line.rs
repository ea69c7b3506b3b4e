//! One condition that is put together: what is asked, and the answer that is wanted.

use super::condition_editor::Choices;
use super::explanation::name_in;
use super::{Glyph, Icon, Offer, SelectSearch};
use crate::state::condition_form::{Ask, ConditionForm, How, Line};
use crate::text::{Word, words};
use domain::channel::Channel;
use domain::grade::Grade;
use domain::lead::Field;
use domain::profile::{FieldId, Kind as Holds};
use domain::score::Shape;
use domain::segment::Condition;
use domain::wire::Kind;
use leptos::prelude::*;

/// A change of the line.
type Edit = Box<dyn FnOnce(&mut Line)>;

/// The line, and how it is changed.
#[derive(Clone, Copy)]
struct Held {
    line: Memo<Option<Line>>,
    change: Callback<Edit>,
    choices: Choices,
    /// Whether events are counted for ever, and no days are asked for.
    ever: bool,
}

impl Held {
    fn part<T: PartialEq + Clone + Send + Sync + 'static>(
        self,
        read: impl Fn(&Line) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        Memo::new(move |_| self.line.with(|line| line.as_ref().map(&read)))
    }

    fn edit(self, edit: impl FnOnce(&mut Line) + 'static) {
        self.change.run(Box::new(edit));
    }

    /// A text that is typed, shown and changed.
    fn text(self, read: fn(&Line) -> &str) -> Signal<String> {
        let part = self.part(move |line| read(line).to_owned());
        Signal::derive(move || part.get().unwrap_or_default())
    }
}

/// One condition that is put together.
#[component]
pub(super) fn ConditionLine(
    form: Signal<ConditionForm>,
    change: Callback<ConditionForm>,
    choices: Choices,
    id: u32,
) -> impl IntoView {
    let t = words();
    let held = Held {
        line: Memo::new(move |_| form.with(|form| form.line(id).cloned())),
        change: Callback::new(move |edit: Edit| {
            let mut next = form.get_untracked();
            next.change_line(id, edit);
            change.run(next);
        }),
        choices,
        ever: false,
    };
    let remove = move |_| {
        let mut next = form.get_untracked();
        next.remove(id);
        change.run(next);
    };
    let ask = held.part(|line| line.ask);
    let not = held.part(|line| line.not);
    let choose_ask = move |name: String| {
        let chosen = Ask::ALL.into_iter().find(|ask| ask.name() == name);
        if let Some(chosen) = chosen {
            held.edit(move |line| line.ask(chosen));
        }
    };
    let wrong = Memo::new(move |_| choices.wrong.run(id));
    view! {
        <div class="condition-line" class:is-wrong=move || wrong.with(Option::is_some) data-test="condition-line">
            <select class="input condition-not" aria-label=move || t.get().segments.not_label data-test="condition-not"
                prop:value=move || not.get().unwrap_or_default().to_string()
                on:change:target=move |event| { let not = event.target().value() == "true"; held.edit(move |line| line.not = not) }>
                <option value="false" selected=move || not.get() == Some(false)>{move || t.get().segments.is}</option>
                <option value="true" selected=move || not.get() == Some(true)>{move || t.get().segments.is_not}</option>
            </select>
            <select class="input condition-ask" aria-label=move || t.get().segments.ask_label data-test="condition-ask" prop:value=move || ask.get().map(Ask::name)
                on:change:target=move |event| choose_ask(event.target().value())>
                {Ask::ALL.map(|option| view! { <option value=option.name() selected=move || ask.get() == Some(option)>{move || (t.get().segments.ask)(option)}</option> })}
            </select>
            <div class="condition-answer">{move || ask.get().map(|ask| answer(held, ask))}</div>
            <button type="button" class="icon-button" aria-label=move || t.get().segments.remove_line title=move || t.get().segments.remove_line on:click=remove data-test="condition-remove"><Icon glyph=Glyph::Cross /></button>
            <p class="field-note is-bad condition-wrong" aria-live="polite">{wrong}</p>
        </div>
    }
}

/// One condition that stands by itself, of some kinds only: what a criterion asks of a profile, or what a browser did.
#[component]
pub(crate) fn LoneCondition(
    /// The kinds that are offered; one is not chosen from.
    asks: &'static [Ask],
    /// The condition at first.
    at_first: Option<Condition>,
    /// It is changed; none while it cannot be read.
    #[prop(into)]
    change: Callback<Option<Condition>>,
    /// What it may name.
    choices: Choices,
    /// Whether events are counted for ever, and no days are asked for.
    #[prop(optional)]
    ever: bool,
) -> impl IntoView {
    let t = words();
    let first = asks.first().copied().unwrap_or(Ask::Did);
    let line = RwSignal::new(match &at_first {
        Some(condition) => Line::of(0, false, condition),
        None => Line::blank(0, first),
    });
    let held = Held {
        line: Memo::new(move |_| Some(line.get())),
        change: Callback::new(move |edit: Edit| {
            line.update(edit);
            change.run(line.with_untracked(Line::read));
        }),
        choices,
        ever,
    };
    let ask = held.part(|line| line.ask);
    let choose = move |name: String| {
        let chosen = asks.iter().find(|ask| ask.name() == name).copied();
        if let Some(chosen) = chosen {
            held.edit(move |line| line.ask(chosen));
        }
    };
    view! {
        <div class="condition-answer lone-condition">
            {(asks.len() > 1).then(|| view! {
                <select class="input" aria-label=move || t.get().segments.ask_label data-test="condition-ask" prop:value=move || ask.get().map(Ask::name)
                    on:change:target=move |event| choose(event.target().value())>
                    {asks.iter().map(|option| view! { <option value=option.name() selected=move || ask.get() == Some(*option)>{move || (t.get().segments.ask)(*option)}</option> }).collect_view()}
                </select>
            })}
            {move || ask.get().map(|ask| answer(held, ask))}
        </div>
    }
}

/// What is typed and chosen of a question.
fn answer(held: Held, ask: Ask) -> AnyView {
    let t = words();
    let choices = held.choices;
    match ask {
        Ask::Did => view! { <Happened held /> }.into_any(),
        Ask::Silent => view! { <Number held name="condition-days" label=|t| t.segments.days read=|line| &line.days write=|line, text| line.days = text /> }.into_any(),
        Ask::Score | Ask::AccountScore => view! { <Ends held kind="number" /> }.into_any(),
        Ask::HasAccount => ().into_any(),
        Ask::Created | Ask::LastSeen | Ask::StageEntered => view! { <Way held ask /><Days held /> }.into_any(),
        Ask::Field => view! { <OfField held /> }.into_any(),
        Ask::Mail => view! { <Way held ask />{OfWay(held)} }.into_any(),
        Ask::Grade => {
            let grades = Grade::ALL.map(|grade| (grade.name().to_owned(), grade.name().to_owned()));
            words_of(held, Signal::stored(grades.to_vec()), false)
        }
        Ask::Channel => {
            let options = Signal::derive(move || {
                let all = Channel::ALL.iter();
                all.map(|channel| (channel.name().to_owned(), (t.get().channel)(*channel).to_owned())).collect()
            });
            words_of(held, options, false)
        }
        Ask::Tags => {
            let options = Signal::derive(move || {
                let lang = t.lang();
                choices.schema.with(|schema| {
                    let tags = schema.tags().filter(|(group, tag)| !group.retired && !tag.retired);
                    tags.map(|(_, tag)| (tag.id.clone(), name_in(lang, &tag.name))).collect()
                })
            });
            words_of(held, options, false)
        }
        Ask::Stage => words_of(held, choices.stages, false),
        Ask::Source => words_of(held, Signal::stored(Vec::new()), true),
        Ask::Account => companies(held),
        Ask::Segment => one_of(held, choices.segments),
    }
}

/// One or several of some words.
fn words_of(held: Held, options: Signal<Vec<Offer>>, free: bool) -> AnyView {
    let t = words();
    let values = held.part(|line| line.values.clone());
    let chosen = Signal::derive(move || values.get().unwrap_or_default());
    let choose = move |values| held.edit(move |line| line.values = values);
    let hint: Word = if free {
        |t| t.segments.type_one
    } else {
        |t| t.segments.choose
    };
    view! { <SelectSearch label=t.line(|t| t.segments.values) name="condition-values" options chosen choose many=true free hint=t.line(hint) /> }.into_any()
}

/// One of some words.
fn one_of(held: Held, options: Signal<Vec<Offer>>) -> AnyView {
    let t = words();
    let values = held.part(|line| line.values.clone());
    let chosen = Signal::derive(move || values.get().unwrap_or_default());
    let choose = move |values| held.edit(move |line| line.values = values);
    view! { <SelectSearch label=t.line(|t| t.segments.values) name="condition-values" options chosen choose hint=t.line(|t| t.segments.choose) /> }.into_any()
}

/// Companies, looked for while one types.
fn companies(held: Held) -> AnyView {
    let t = words();
    let values = held.part(|line| line.values.clone());
    let chosen = Signal::derive(move || values.get().unwrap_or_default());
    let choose = move |values| held.edit(move |line| line.values = values);
    let (options, search) = (held.choices.companies, held.choices.seek_company);
    view! { <SelectSearch label=t.line(|t| t.segments.values) name="condition-values" options chosen choose many=true search hint=t.line(|t| t.segments.choose) /> }.into_any()
}

/// A number that is typed.
#[component]
fn Number(
    held: Held,
    name: &'static str,
    label: Word,
    read: fn(&Line) -> &str,
    write: fn(&mut Line, String),
) -> impl IntoView {
    let t = words();
    view! {
        <label class="condition-number">
            <input class="input" type="text" inputmode="numeric" autocomplete="off" data-test=name prop:value=held.text(read)
                on:input:target=move |event| { let text = event.target().value(); held.edit(move |line| write(line, text)) } />
            <span>{move || label(t.get())}</span>
        </label>
    }
}

/// From and to.
#[component]
fn Ends(
    held: Held,
    /// The kind of the inputs.
    kind: &'static str,
) -> impl IntoView {
    let t = words();
    let end = move |name: &'static str,
                    label: Word,
                    read: fn(&Line) -> &str,
                    write: fn(&mut Line, String)| {
        let kind = if kind == "date" { "date" } else { "text" };
        view! {
            <label class="condition-number">
                <span>{move || label(t.get())}</span>
                <input class="input" type=kind autocomplete="off" data-test=name prop:value=held.text(read)
                    on:input:target=move |event| { let text = event.target().value(); held.edit(move |line| write(line, text)) } />
            </label>
        }
    };
    view! {
        {end("condition-min", |t| t.segments.from, |line| &line.min, |line, text| line.min = text)}
        {end("condition-max", |t| t.segments.to, |line| &line.max, |line, text| line.max = text)}
    }
}

/// In which way it is answered.
#[component]
fn Way(held: Held, ask: Ask) -> impl IntoView {
    let t = words();
    let how = held.part(|line| line.how);
    let field = held.part(|line| line.field.clone());
    let ways = Memo::new(move |_| {
        let field: Option<FieldId> = field.get().and_then(|field| field.parse().ok());
        held.choices.schema.with(|schema| {
            let holds = field.and_then(|field| schema.kind(&field).cloned());
            ask.ways(holds.as_ref()).to_vec()
        })
    });
    let choose = move |name: String| {
        if let Some(chosen) = How::named(&name) {
            held.edit(move |line| {
                line.how = chosen;
                (line.min, line.max) = Default::default();
            });
        }
    };
    view! {
        <select class="input condition-how" aria-label=move || t.get().segments.how_label data-test="condition-how" prop:value=move || how.get().map(How::name)
            on:change:target=move |event| choose(event.target().value())>
            {move || ways.get().into_iter().map(|option| view! {
                <option value=option.name() selected=move || how.get() == Some(option)>{move || (t.get().segments.how)(option)}</option>
            }).collect_view()}
        </select>
    }
}

/// Two days, of the calendar or from the one it is asked on.
#[component]
fn Days(held: Held) -> impl IntoView {
    let t = words();
    let how = held.part(|line| line.how);
    let calendar = Memo::new(move |_| how.get() == Some(How::Between));
    move || {
        match calendar.get() {
        true => view! { <Ends held kind="date" /> }.into_any(),
        false => view! { <Ends held kind="number" /><span class="muted condition-hint">{move || t.get().segments.from_today_hint}</span> }.into_any(),
    }
    }
}

/// What goes with the way in which an e-mail address or a field is asked about.
#[expect(non_snake_case, reason = "it stands where a component would")]
fn OfWay(held: Held) -> impl IntoView {
    let how = held.part(|line| line.how);
    let field = held.part(|line| line.field.clone());
    move || match how.get() {
        Some(How::OneOf) => {
            let options = options_of(held, field);
            let free = options.with(Vec::is_empty);
            words_of(held, options, free)
        }
        Some(How::Contains | How::Domains) => words_of(held, Signal::stored(Vec::new()), true),
        Some(How::Range) => view! { <Ends held kind="number" /> }.into_any(),
        Some(How::Between | How::FromToday) => view! { <Days held /> }.into_any(),
        _ => ().into_any(),
    }
}

/// What a field may hold; nothing where that is any text.
fn options_of(held: Held, field: Memo<Option<String>>) -> Signal<Vec<Offer>> {
    let t = words();
    Signal::derive(move || {
        let lang = t.lang();
        let field: Option<FieldId> = field.get().and_then(|field| field.parse().ok());
        held.choices.schema.with(|schema| {
            let options = match field.and_then(|field| schema.kind(&field)) {
                Some(Holds::Choice { options } | Holds::Choices { options }) => options.as_slice(),
                _ => &[],
            };
            let options = options.iter().filter(|option| !option.retired);
            options
                .map(|option| (option.id.clone(), name_in(lang, &option.name)))
                .collect()
        })
    })
}

/// Which field, and how it is.
#[component]
fn OfField(held: Held) -> impl IntoView {
    let t = words();
    let field = held.part(|line| line.field.clone());
    let fields = Signal::derive(move || {
        let own = Field::ALL
            .into_iter()
            .map(|field| (field.name().to_owned(), (t.get().field)(field).to_owned()));
        let lang = t.lang();
        let custom = held.choices.schema.with(|schema| {
            let known = schema.fields.iter().filter(|field| !field.retired);
            known
                .map(|field| (format!("custom.{}", field.id), name_in(lang, &field.name)))
                .collect::<Vec<_>>()
        });
        own.chain(custom).collect::<Vec<Offer>>()
    });
    let chosen = Signal::derive(move || field.get().into_iter().collect());
    let choose = move |chosen: Vec<String>| {
        let schema = held.choices.schema.get_untracked();
        if let Some(field) = chosen.into_iter().next() {
            held.edit(move |line| line.about(&field, &schema));
        }
    };
    view! {
        <SelectSearch label=t.line(|t| t.segments.field) name="condition-field" options=fields chosen choose hint=t.line(|t| t.segments.choose) />
        <Way held ask=Ask::Field />
        {OfWay(held)}
    }
}

/// Which events, how often, and since when.
#[component]
fn Happened(held: Held) -> impl IntoView {
    let t = words();
    let kind = held.part(|line| line.when.kind);
    let channel = held.part(|line| line.when.channel);
    let seconds = held.part(|line| line.when.seconds);
    let typed = move |name: &'static str,
                      label: Word,
                      read: fn(&Line) -> &str,
                      write: fn(&mut Line, Option<String>)| {
        view! {
            <label class="condition-text">
                <span class="visually-hidden">{move || label(t.get())}</span>
                <input class="input" type="text" autocomplete="off" spellcheck="false" placeholder=move || label(t.get()) data-test=name prop:value=held.text(read)
                    on:input:target=move |event| {
                        let text = event.target().value();
                        let text = Some(text).filter(|text| !text.trim().is_empty());
                        held.edit(move |line| write(line, text));
                    } />
            </label>
        }
    };
    let choose_kind = move |name: String| {
        if let Some(kind) = Kind::from_name(&name) {
            held.edit(move |line| line.when = domain::rulebook::When::any(kind));
        }
    };
    let channels = move || {
        view! {
            <select class="input" aria-label=move || t.get().channel_of_visit data-test="condition-channel" prop:value=move || channel.get().flatten().map_or("", |channel| channel.name())
                on:change:target=move |event| { let chosen = Channel::from_name(&event.target().value()); held.edit(move |line| line.when.channel = chosen) }>
                <option value="">{move || t.get().any_channel}</option>
                {Channel::ALL.iter().map(|one| view! { <option value=one.name() selected=move || channel.get().flatten() == Some(*one)>{move || (t.get().channel)(*one)}</option> }).collect_view()}
            </select>
        }
    };
    let lengths = move || {
        view! {
            <select class="input" aria-label=move || t.get().segments.for_seconds data-test="condition-seconds" prop:value=move || seconds.get().flatten().unwrap_or_default().to_string()
                on:change:target=move |event| { let chosen = event.target().value().parse().ok().filter(|seconds| *seconds > 0); held.edit(move |line| line.when.seconds = chosen) }>
                <option value="0">{move || t.get().segments.any_length}</option>
                {Shape::SECONDS.map(|one| view! { <option value=one.to_string() selected=move || seconds.get().flatten() == Some(one)>{move || (t.get().segments.seconds)(one)}</option> })}
            </select>
        }
    };
    view! {
        <select class="input" aria-label=move || t.get().kind_of_event data-test="condition-kind" prop:value=move || kind.get().map(Kind::name)
            on:change:target=move |event| choose_kind(event.target().value())>
            {Kind::ALL.map(|option| view! { <option value=option.name() selected=move || kind.get() == Some(option)>{move || (t.get().kind)(option)}</option> })}
        </select>
        {typed("condition-path", |t| t.segments.path, |line| line.when.path.as_deref().unwrap_or_default(), |line, text| line.when.path = text)}
        {move || kind.get().is_some_and(Kind::is_named).then(|| typed("condition-name", |t| t.name_of_event, |line| line.when.name.as_deref().unwrap_or_default(), |line, text| line.when.name = text))}
        {move || kind.get().is_some_and(|kind| matches!(kind, Kind::Custom | Kind::FormSubmit)).then(|| typed("condition-asset", |t| t.segments.asset, |line| line.when.asset.as_deref().unwrap_or_default(), |line, text| line.when.asset = text))}
        {move || (kind.get() == Some(Kind::PageView)).then(channels)}
        {move || (kind.get() == Some(Kind::Engagement)).then(lengths)}
        <Number held name="condition-times" label=|t| t.segments.times read=|line| &line.times write=|line, text| line.times = text />
        {(!held.ever).then(|| view! { <Number held name="condition-days" label=|t| t.segments.within_days read=|line| &line.days write=|line, text| line.days = text /> })}
    }
}
