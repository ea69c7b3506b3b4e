//! The frame of every page behind the sign-in: navigation, header, banners. Who is not in is sent to the sign-in.

use super::failure::sentence;
use super::finder::FinderOverlay;
use super::gate::Switches;
use super::keys;
use super::sample::SampleBanner;
use crate::components::{
    Avatar, Glyph, Icon, KeyHelp, LiveStatus, Meter, Notice, Sign, Skeleton, ToastList, Tone,
};
use crate::format;
use crate::state::base::Base;
use crate::state::live::Status;
use crate::state::session::{Session, Who};
use crate::state::toasts::Toasts;
use crate::text::{Word, words};
use domain::api::Role;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{A, Outlet};
use leptos_router::hooks::{use_location, use_navigate};

/// A connection that is back sooner is not worth a banner.
const BANNER_MS: u32 = 1_500;

/// A page that people go to.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Where it is.
    pub(super) href: &'static str,
    /// Its sign.
    pub(super) glyph: Glyph,
    /// What it is called.
    pub(super) label: Word,
    /// The key that goes there, after `g`.
    pub(super) letter: char,
}

/// Pages that stand in no navigation, each under the one that leads to it.
const UNDER: [(&str, &str); 5] = [
    ("/suggestions", "/today"),
    ("/import", "/leads"),
    ("/bulks", "/leads"),
    ("/personas", "/segments"),
    ("/team", "/settings"),
];

/// The pages that people go to, in the order of the navigation.
pub(super) const PLACES: [Place; 9] = [
    Place {
        href: "/today",
        glyph: Glyph::Clock,
        label: |t| t.today.title,
        letter: 't',
    },
    Place {
        href: "/leads",
        glyph: Glyph::Leads,
        label: |t| t.leads,
        letter: 'l',
    },
    Place {
        href: "/companies",
        glyph: Glyph::Companies,
        label: |t| t.companies.title,
        letter: 'c',
    },
    Place {
        href: "/visitors",
        glyph: Glyph::Visitors,
        label: |t| t.visitors_short,
        letter: 'v',
    },
    Place {
        href: "/stages",
        glyph: Glyph::Board,
        label: |t| t.board.title,
        letter: 'b',
    },
    Place {
        href: "/segments",
        glyph: Glyph::Segments,
        label: |t| t.segments.title,
        letter: 's',
    },
    Place {
        href: "/rules",
        glyph: Glyph::Rules,
        label: |t| t.scoring.title,
        letter: 'r',
    },
    Place {
        href: "/reports",
        glyph: Glyph::Chart,
        label: |t| t.reports.title,
        letter: 'p',
    },
    Place {
        href: "/settings",
        glyph: Glyph::Settings,
        label: |t| t.settings,
        letter: ',',
    },
];

/// The frame behind the sign-in.
#[component]
pub(super) fn Shell() -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    let who = session.who();
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if who.get() == Who::Nobody {
            let path = location.pathname.get_untracked();
            let to = if path == "/" {
                "/sign-in".to_owned()
            } else {
                format!("/sign-in?next={path}")
            };
            navigate(
                &to,
                leptos_router::NavigateOptions {
                    replace: true,
                    ..Default::default()
                },
            );
        }
    });
    // A member whose details changed keeps the same frame.
    let seen = Memo::new(move |_| match who.get() {
        Who::Member(member) => (Some(member.id), None),
        Who::Unreachable(failure) => (None, Some(failure)),
        Who::Asking | Who::Nobody => (None, None),
    });
    move || {
        match seen.get() {
        (Some(_), _) => view! { <Frame session /> }.into_any(),
        (None, Some(failure)) => view! {
            <main class="shell-alone">
                <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure))>
                    <button type="button" class="button is-small" on:click=move |_| session.ask()>{move || t.get().try_again}</button>
                </Notice>
            </main>
        }
        .into_any(),
        (None, None) => view! { <main class="shell-alone"><Skeleton lines=6 /></main> }.into_any(),
    }
    }
}

#[component]
fn Frame(session: Session) -> impl IntoView {
    let t = words();
    if !untrack(|| session.may(Role::Viewer)) {
        return view! {
            <main class="shell-alone">
                <Notice tone=Tone::Care text=Signal::derive(move || t.get().nothing_for_partner.to_owned())>
                    <SignOutButton session />
                </Notice>
            </main>
        }
        .into_any();
    }
    let base = Base::start(session);
    provide_context(base);
    on_cleanup(move || base.live.stop());
    let (find, help) = (RwSignal::new(false), RwSignal::new(false));
    keys::hear(find, help);
    let toasts = expect_context::<Toasts>();
    let name = move || {
        let member = session.member();
        member.map(|member| member.name).unwrap_or_default()
    };
    view! {
        <a class="skip" href="#content">{move || t.get().skip}</a>
        <div class="shell">
            <header class="shell-header">
                <A href="/today" attr:class="brand"><Sign /><span>{move || t.get().product}</span></A>
                <span class="shell-company">{move || session.member().map(|member| member.company)}</span>
                <button type="button" class="shell-find" aria-keyshortcuts="Control+K Meta+K" on:click=move |_| find.set(true) data-test="find">
                    <Icon glyph=Glyph::Search />
                    <span>{move || t.get().frame.find}</span>
                    <kbd aria-hidden="true">"Ctrl K"</kbd>
                </button>
                <LiveStatus status=base.live.status() />
                <div class="shell-switches"><Switches /></div>
            </header>
            <nav class="shell-nav" aria-label=move || t.get().navigation>
                {PLACES.iter().map(|place| view! { <NavItem place /> }).collect_view()}
                <button type="button" class="shell-keys" on:click=move |_| help.set(true) data-test="show-keys"><kbd>"?"</kbd>{move || t.get().frame.keys_title}</button>
                <div class="shell-who">
                    {move || view! { <Avatar name=name() small=true /> }}
                    <span class="shell-person" title=move || session.member().map(|member| member.email)>
                        <b>{move || session.member().map(|member| member.name)}</b>
                        <span>{move || session.member().map(|member| (t.get().role)(member.role))}</span>
                    </span>
                    <SignOutButton session />
                </div>
            </nav>
            <div class="shell-main">
                <Banners base />
                <SampleBanner session />
                <main id="content" class="shell-content" tabindex="-1"><Outlet /></main>
            </div>
        </div>
        <FinderOverlay session open=find keys=help />
        {move || help.get().then(|| view! { <KeyHelp close=move |()| help.set(false) /> })}
        <ToastList toasts />
    }
    .into_any()
}

#[component]
fn NavItem(place: &'static Place) -> impl IntoView {
    let t = words();
    let Place {
        href,
        glyph,
        label,
        letter,
    } = *place;
    let location = use_location();
    let current = move || {
        let path = location.pathname.get();
        let is_under = |place: &str| {
            let rest = path.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut all = UNDER.iter().filter(|(_, under)| *under == href);
        let is_here = is_under(href) || all.any(|(page, _)| is_under(page));
        (is_here || (href == "/today" && path == "/")).then_some("page")
    };
    view! {
        <a class="nav-item" href=href aria-current=current title=format!("g {letter}") data-test=format!("nav{}", href.replace('/', "-"))>
            <Icon glyph />
            <span>{move || label(t.get())}</span>
        </a>
    }
}

#[component]
pub(super) fn SignOutButton(session: Session) -> impl IntoView {
    let t = words();
    let failed = RwSignal::new(false);
    let leave = move |_| {
        spawn_local(async move {
            let failure = session.leave().await.is_err();
            let _ = failed.try_set(failure);
        });
    };
    let label = move || {
        if failed.get() {
            t.get().sign_out_failed
        } else {
            t.get().sign_out
        }
    };
    view! {
        <button type="button" class="icon-button" class:is-bad=failed title=label aria-label=label on:click=leave data-test="sign-out">
            <Icon glyph=Glyph::Leave />
        </button>
    }
}

/// The connection is lost; the rules are being applied.
#[component]
fn Banners(base: Base) -> impl IntoView {
    let t = words();
    let status = base.live.status();
    let lost = RwSignal::new(false);
    Effect::new(move |waiting: Option<Option<Timeout>>| {
        // Dropping the last wait cancels it.
        drop(waiting);
        let broken = matches!(status.get(), Status::Reconnecting | Status::Offline);
        if !broken {
            lost.set(false);
        }
        broken.then(|| {
            Timeout::new(BANNER_MS, move || {
                let _ = lost.try_set(true);
            })
        })
    });
    let text = move || {
        if status.get() == Status::Offline {
            t.get().offline
        } else {
            t.get().reconnecting
        }
    };
    let rescored = move || {
        base.rescore.get().map(|rescore| {
            let (done, total) = (
                format::number(t.lang(), rescore.done),
                format::number(t.lang(), rescore.total),
            );
            (t.get().rescoring)(rescore.version, done, total)
        })
    };
    let part = move |read: fn(&domain::api::Rescore) -> u64| {
        Signal::derive(move || {
            base.rescore
                .with(|rescore| rescore.as_ref().map(read).unwrap_or_default())
        })
    };
    let rescoring = Memo::new(move |_| base.rescore.with(Option::is_some));
    view! {
        <div class="banners">
            <Show when=move || lost.get()>
                <div class="banner is-care" role="status" data-test="banner-lost">
                    <Icon glyph=Glyph::Warning />
                    <span>{text}</span>
                    <button type="button" class="link" on:click=move |_| base.live.connect()>{move || t.get().try_now}</button>
                </div>
            </Show>
            <Show when=move || rescoring.get()>
                <div class="banner" role="status" data-test="banner-rescore">
                    <Meter done=part(|rescore| rescore.done) total=part(|rescore| rescore.total) text=Signal::derive(move || rescored().unwrap_or_default()) />
                </div>
            </Show>
        </div>
    }
}
