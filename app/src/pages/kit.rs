//! Every component, one example each: to be looked at when one is changed. No link leads here.

use super::gate::Switches;
use crate::components::{
    Avatar, AwayTimes, Badge, Button, ChartFrame, ColumnChoice, DateField, DayBars, DecayCurve,
    Dialog, Drawer, EditBar, EmptyState, Field, FilterEditor, Glyph, Look, Menu, Meter, NameFields,
    Naming, Notice, ScoreBar, SelectSearch, ShareBar, Skeleton, StatCard, Tab, Table, Tabs,
    TextLine, TimeField, TimelineDesk, TimelineView, ToastList, Toggle, Tone, TrendBars,
};
use crate::format;
use crate::state::clock::Clock;
use crate::state::filter_form::FilterForm;
use crate::state::leads::read_filter;
use crate::state::reports::Bar;
use crate::state::toasts::Toasts;
use crate::text::{Word, words};
use domain::api::TimelineItem;
use domain::channel::Channel;
use domain::conversation::{self, Conversation, Direction, Noted, Outcome};
use domain::day::Day;
use domain::entry::{Change, Entry, FieldChange};
use domain::id::{ConversationId, EventId, LeadId, Ms, VisitorId};
use domain::lead;
use domain::profile::{FieldId, Schema, Value};
use domain::routing::Away;
use domain::rulebook::Name;
use domain::verdict::Verdict;
use domain::wire::Kind;
use leptos::prelude::*;
use uuid::Uuid;

/// The stages to choose from.
const STAGES: [(&str, &str); 5] = [
    ("lead", "Lead 线索"),
    ("mql", "MQL 市场认可线索"),
    ("sql", "SQL 销售认可线索"),
    ("opportunity", "Opportunity 商机"),
    ("won", "Won 赢单"),
];
/// Visits a day.
const VISITS: [u64; 14] = [12, 18, 9, 0, 4, 22, 31, 27, 30, 14, 2, 38, 41, 36];
/// The first of those days.
const FIRST_DAY: i32 = 20_400;
/// Rows of a table.
const ROWS: [(&str, &str, i32); 3] = [
    ("周敏", "云格科技", 82),
    ("Ann Porter", "Harbourline Logistics", 64),
    ("陈北", "北桥科技（上海）有限公司", 17),
];

/// The page of examples.
#[component]
pub(super) fn KitPage() -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().kit.title, t.get().product))
    });
    view! {
        <main class="kit" id="content">
            <header class="page-head">
                <h1>{move || t.get().kit.title}</h1>
                <div class="page-tools"><Switches /></div>
                <p class="page-note">{move || t.get().kit.note}</p>
            </header>
            <Pressed />
            <Typed />
            <Over />
            <Shown />
            <Waiting />
        </main>
        <ToastList toasts />
    }
}

/// An example with its name.
#[component]
fn Example(title: Word, children: Children) -> impl IntoView {
    let t = words();
    view! {
        <section class="kit-example panel">
            <h2>{move || title(t.get())}</h2>
            <div class="kit-row">{children()}</div>
        </section>
    }
}

/// What is pressed.
#[component]
fn Pressed() -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let nothing = |()| ();
    let side = RwSignal::new(0_usize);
    let tabs = [
        (|t| t.kit.overview) as Word,
        |t| t.kit.history,
        |t| t.kit.details,
    ];
    let tabs = tabs.into_iter().enumerate().map(|(value, label)| Tab {
        value,
        label,
        name: "kit-tab",
    });
    let items = Signal::derive(move || {
        let items = [
            ("duplicate", t.get().kit.duplicate),
            ("remove", t.get().kit.remove),
        ];
        let named = items.map(|(id, label)| (id.to_owned(), label.to_owned()));
        named.to_vec()
    });
    let done = move |()| {
        toasts.undoable(
            |t| t.kit.done.to_owned(),
            move || toasts.done(|t| t.kit.undone.to_owned()),
        );
    };
    view! {
        <Example title=|t| t.kit.buttons>
            <Button label=t.line(|t| t.kit.main) name="kit-main" look=Look::Main press=nothing />
            <Button label=t.line(|t| t.kit.plain) name="kit-plain" press=nothing key="c" />
            <Button label=t.line(|t| t.kit.quiet) name="kit-quiet" look=Look::Quiet press=nothing />
            <Button label=t.line(|t| t.kit.bad) name="kit-bad" look=Look::Bad glyph=Glyph::Cross press=nothing />
            <Button label=t.line(|t| t.kit.disabled) name="kit-disabled" disabled=true press=nothing />
            <Button label=t.line(|t| t.kit.plain) name="kit-small" small=true press=nothing />
        </Example>
        <Example title=|t| t.kit.menus>
            <Menu label=t.line(|t| t.kit.more) name="kit-menu" items choose=move |_| toasts.done(|t| t.kit.undone.to_owned()) />
        </Example>
        <Example title=|t| t.kit.tabs>
            <Tabs label=t.line(|t| t.kit.tabs) tabs=tabs.collect() chosen=side choose=move |next| side.set(next) />
        </Example>
        <Example title=|t| t.kit.toasts>
            <Button label=t.line(|t| t.kit.say_done) name="kit-done" press=done />
            <Button label=t.line(|t| t.kit.say_failed) name="kit-failed" press=move |()| toasts.failed(|t| t.kit.failed.to_owned()) />
        </Example>
        <Example title=|t| t.edits.example>
            <EditBar changed=true wrong=0 busy=false save=nothing discard=nothing />
            <EditBar changed=true wrong=2 busy=false save=nothing discard=nothing />
        </Example>
        <Example title=|t| t.routing.away><AwayTimes away=Signal::stored(vec![AWAY]) now=Signal::stored(LATE) may=true save=move |_| () /></Example>
    }
}

/// What is typed into and chosen from.
#[component]
fn Typed() -> impl IntoView {
    let t = words();
    let (name, wrong) = (
        RwSignal::new(String::new()),
        RwSignal::new("Larkmeter".to_owned()),
    );
    let number = RwSignal::new("15".to_owned());
    let named = RwSignal::new(Name {
        zh: "华东".to_owned(),
        en: "East China".to_owned(),
    });
    let several = RwSignal::new(vec!["mql".to_owned(), "sql".to_owned()]);
    let one = RwSignal::new(vec!["won".to_owned()]);
    let columns = RwSignal::new(vec!["won".to_owned(), "mql".to_owned()]);
    let score = r#"[{"column":"score","op":"at_least","value":50}]"#;
    let filters = RwSignal::new(FilterForm::of(&read_filter(score), &Schema::default()));
    let day = RwSignal::new(Some(FIRST_DAY));
    let at = RwSignal::new(Some(LATE));
    let (on, off) = (RwSignal::new(true), RwSignal::new(false));
    let options = Signal::stored(
        STAGES
            .map(|(id, name)| (id.to_owned(), name.to_owned()))
            .to_vec(),
    );
    view! {
        <Example title=|t| t.kit.fields>
            <Field label=Signal::derive(move || t.get().kit.name) name="kit-name" value=name hint=Signal::derive(move || Some(t.get().kit.hint)) />
            <Field label=Signal::derive(move || t.get().kit.name) name="kit-wrong" value=wrong wrong=Signal::derive(move || Some(t.get().kit.wrong.to_owned())) />
            <TextLine label=t.line(|t| t.points) name="kit-number" number=true value=number change=move |text| number.set(text) hint=Signal::derive(move || Some(t.get().kit.hint.to_owned())) />
            <NameFields name="kit-named" value=named change=move |name| named.set(name) wrong=move |_| None />
            <div class="kit-part">
                <Toggle label=Signal::derive(move || t.get().kit.on) note=Signal::stored("") name="kit-on" on choose=move |next| on.set(next) />
                <Toggle label=Signal::derive(move || t.get().kit.off) note=Signal::derive(move || t.get().kit.off_note) name="kit-off" on=off choose=move |next| off.set(next) />
            </div>
        </Example>
        <Example title=|t| t.kit.choices>
            <SelectSearch label=t.line(|t| t.kit.stage) name="kit-several" options chosen=several choose=move |next| several.set(next) many=true hint=t.line(|t| t.kit.search_hint) />
            <SelectSearch label=t.line(|t| t.kit.one_stage) name="kit-one" options chosen=one choose=move |next| one.set(next) hint=t.line(|t| t.kit.search_hint) />
        </Example>
        <Example title=|t| t.lists.columns>
            <ColumnChoice offered=options chosen=columns choose=move |next| columns.set(next) reset=move |()| columns.set(vec!["mql".to_owned()]) most=3 />
        </Example>
        <Example title=|t| t.lists.filter_title><FilterEditor form=filters naming=nothing_named() /></Example>
        <Example title=|t| t.kit.dates>
            <DateField label=t.line(|t| t.kit.due) name="kit-date" day choose=move |next| day.set(next) />
            <TimeField label=t.line(|t| t.kit.due) name="kit-time" at choose=move |next| at.set(next) />
        </Example>
    }
}

/// What lies over the page.
#[component]
fn Over() -> impl IntoView {
    let t = words();
    let (dialog, drawer) = (RwSignal::new(false), RwSignal::new(false));
    let close = move |()| dialog.set(false);
    view! {
        <Example title=|t| t.kit.dialogs>
            <Button label=t.line(|t| t.kit.open_dialog) name="kit-open-dialog" press=move |()| dialog.set(true) />
            <Button label=t.line(|t| t.kit.open_drawer) name="kit-open-drawer" press=move |()| drawer.set(true) />
        </Example>
        {move || dialog.get().then(|| view! {
            <Dialog title=t.line(|t| t.kit.open_dialog) name="kit-dialog" close>
                <p>{move || t.get().kit.dialog_text}</p>
                <div class="dialog-actions">
                    <Button label=t.line(|t| t.kit.quiet) name="kit-dialog-close" look=Look::Quiet press=close />
                    <Button label=t.line(|t| t.kit.remove) name="kit-dialog-do" look=Look::Bad press=close />
                </div>
            </Dialog>
        })}
        {move || drawer.get().then(|| view! {
            <Drawer title=t.line(|t| t.kit.open_drawer) name="kit-drawer" close=move |()| drawer.set(false)>
                <p>{move || t.get().kit.drawer_text}</p>
            </Drawer>
        })}
    }
}

/// What is read.
#[component]
fn Shown() -> impl IntoView {
    let t = words();
    let now = expect_context::<Clock>().signal();
    let head = move || view! { <th scope="col">{move || t.get().person}</th><th scope="col">{move || t.get().kit.company}</th><th scope="col">{move || t.get().kit.score}</th> };
    let rows = ROWS.map(|(name, company, score)| {
        view! {
            <tr class="row"><td><span class="kit-person"><Avatar name small=true /><b>{name}</b></span></td><td>{company}</td>
                <td><ScoreBar score=Signal::stored(score) mql_score=Signal::stored(Some(60)) /></td></tr>
        }
    });
    let days = (FIRST_DAY..).zip(VISITS).collect();
    let figures = Signal::derive(move || {
        let days = VISITS.into_iter().enumerate();
        days.map(|(day, count)| vec![(t.get().kit.day)(day), count.to_string()])
            .collect()
    });
    let channels = [Channel::PaidSearch, Channel::OrganicSearch, Channel::Direct];
    let bars = VISITS.iter().zip(FIRST_DAY..).map(|(visits, day)| {
        let bar = channels.map(|channel| (Some(channel), *visits));
        (Day(day), bar.to_vec())
    });
    let bars: Vec<Bar> = bars.collect();
    let heads =
        Signal::derive(move || vec![t.get().kit.week.to_owned(), t.get().kit.visits.to_owned()]);
    let keys = Signal::derive(move || vec![("is-accent", t.get().kit.visits.to_owned())]);
    let desk = desk();
    view! {
        <Example title=|t| t.kit.tables><Table class="kit-table" head>{rows.collect_view()}</Table></Example>
        <Example title=|t| t.kit.marks>
            <Badge text=t.line(|t| t.kit.calm) />
            <Badge tone=Tone::Care text=t.line(|t| t.kit.care) />
            <Badge tone=Tone::Bad text=t.line(|t| t.kit.trouble) />
            <Notice tone=Tone::Bad text=t.line(|t| t.kit.failed) />
        </Example>
        <Example title=|t| t.kit.avatars>{ROWS.map(|(name, ..)| view! { <Avatar name /> })}</Example>
        <Example title=|t| t.kit.charts>
            <ChartFrame title=t.line(|t| t.kit.chart) keys heads rows=figures><TrendBars days /></ChartFrame>
            <DecayCurve points=Signal::stored(20) half_life_days=Signal::stored(30) />
            <DayBars bars=bars />
            <StatCard label=t.line(|t| t.kit.visits) name="kit" value=Signal::derive(move || format::number(t.lang(), 1_284)) change=Signal::stored(Some(-125)) />
            <div class="kit-wide"><ShareBar per_mille=640 /></div>
        </Example>
        <Example title=|t| t.kit.events>
            <TimelineView items=Signal::derive(move || events(t.get().kit.page_title)) sessions=Signal::stored(Vec::new())
                points=Signal::stored(Default::default()) reached=Signal::stored(Default::default())
                talks=Signal::derive(move || talk(t.get().kit.page_title)) changes=Signal::derive(move || change(t.get().kit.page_title)) desk now />
        </Example>
    }
}

/// What is waited for, and what there is when there is nothing.
#[component]
fn Waiting() -> impl IntoView {
    let t = words();
    view! {
        <Example title=|t| t.kit.waiting>
            <div class="kit-wide"><Skeleton lines=3 /></div>
            <div class="kit-wide"><Meter done=Signal::stored(640) total=Signal::stored(1_000) text=t.line(|t| t.kit.progress) /></div>
        </Example>
        <Example title=|t| t.kit.nothing>
            <EmptyState title=t.line(|t| t.kit.empty) text=t.line(|t| t.kit.empty_text) />
        </Example>
    }
}

/// What is said, and changed, of nobody.
fn desk() -> TimelineDesk {
    TimelineDesk {
        naming: nothing_named(),
        may_edit: Callback::new(|_| true),
        edit: Callback::new(|_| ()),
        remove: Callback::new(|_| ()),
        may_part: Callback::new(|_| false),
        part: Callback::new(|_| ()),
    }
}

/// A call in which something was said.
fn talk(text: &str) -> Vec<Noted> {
    let conversation = Conversation {
        id: ConversationId(Uuid::from_u128(1)),
        lead: LeadId(Uuid::from_u128(1)),
        kind: conversation::Kind::Call,
        at: LATE.saturating_sub(3_600_000),
        direction: Some(Direction::Out),
        text: text.to_owned(),
        outcome: Some(Outcome::Connected),
        seconds: Some(300),
        by: "lin@larkmeter.example".to_owned(),
    };
    vec![Noted {
        seq: 1,
        conversation,
    }]
}

/// A field that was filled.
fn change(text: &str) -> Vec<Entry> {
    let field = FieldChange {
        field: FieldId::Standard(lead::Field::Message),
        from: None,
        to: Some(Value::Text(text.to_owned())),
    };
    vec![Entry {
        at: LATE.saturating_sub(7_200_000),
        seq: 2,
        by: Some("lin@larkmeter.example".to_owned()),
        what: Change::Put {
            opened: false,
            import: None,
            fields: vec![field],
            tagged: Default::default(),
            untagged: Default::default(),
            keys: Vec::new(),
            dropped: Vec::new(),
        },
    }]
}

/// A week away that began a day ago.
const AWAY: Away = Away {
    from: LATE - 86_400_000,
    until: LATE + 6 * 86_400_000,
};
/// Names of nothing.
fn nothing_named() -> Naming {
    Naming {
        ladder: Signal::stored(None),
        members: Signal::stored(Default::default()),
        schema: Signal::stored(Schema::default()),
        segments: Signal::stored(Default::default()),
    }
}

/// When the latest thing of the example happened.
const LATE: Ms = 1_780_000_000_000;

/// Two page views a day apart.
fn events(title: &str) -> Vec<TimelineItem> {
    let event = |number: u128, at: Ms| TimelineItem {
        event: EventId(Uuid::from_u128(number)),
        at,
        visitor: VisitorId(Uuid::from_u128(7)),
        session: None,
        kind: Kind::PageView,
        url: "https://larkmeter.example/pricing/".to_owned(),
        title: Some(title.to_owned()),
        name: None,
        fields: Default::default(),
        engagement: None,
        touch: None,
        device: None,
        bot: None,
        verdict: Verdict::Automatic,
        unread: false,
    };
    vec![event(2, LATE), event(1, LATE.saturating_sub(86_400_000))]
}
