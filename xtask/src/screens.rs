//! `cargo xtask screens`: a picture of every page of the app, filled with the sample company, in two widths, light and dark, zh
//! and en. They are for looking at: nothing is compared.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::bench::collector::{EMAIL, PASSWORD, set_up};
use crate::build::{self, Profile, Variant};
use crate::chromium::{Chromium, Tab};
use crate::layout::Layout;
use crate::local::{self, Server};
use crate::process::say;

/// Width and height of a window, in CSS pixels.
const WINDOWS: [(u32, u32); 2] = [(1440, 900), (390, 844)];
const SCHEMES: [&str; 2] = ["light", "dark"];
const LANGS: [&str; 2] = ["zh", "en"];
/// A picture is no higher than this.
const HEIGHT_MAX: u32 = 2_400;
/// How long a page may take until it shows what it has.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A page: its name, and its address. What stands in `{}` is the first of that list.
const PAGES: [(&str, &str); 35] = [
    ("today", "/today"),
    ("leads", "/leads"),
    ("lead", "/leads/{leads?order=score&direction=descending}"),
    ("companies", "/companies"),
    ("company", "/companies/{accounts?order=score}"),
    ("visitors", "/visitors"),
    ("suggestions", "/suggestions"),
    ("bulks", "/bulks"),
    ("import", "/import"),
    ("personas", "/personas"),
    ("stages", "/stages"),
    ("segments", "/segments"),
    ("segment", "/segments/new"),
    ("scoring", "/rules"),
    ("definition", "/rules/definition"),
    ("ladder", "/rules/stages"),
    ("routing", "/rules/routing"),
    ("reports", "/reports?days=90"),
    ("funnel", "/reports/funnel?days=365"),
    ("responses", "/reports/responses?days=365"),
    ("settings", "/settings"),
    ("account", "/settings/account"),
    ("workspace", "/settings/workspace"),
    ("team", "/settings/team"),
    ("tokens", "/settings/tokens"),
    ("hours", "/settings/hours"),
    ("fields", "/settings/fields"),
    ("audit", "/settings/audit"),
    ("files", "/settings/files"),
    ("site", "/settings/sites/{sites}"),
    ("refusals", "/settings/refusals"),
    ("events", "/settings/events"),
    ("kit", "/kit"),
    ("not-found", "/nowhere"),
    (SIGNED_OUT, "/sign-in"),
];

/// The page that only those see who are not in: the last one.
const SIGNED_OUT: &str = "sign-in";

/// Whether the page shows what it has: nothing is on its way any more.
const SETTLED: &str = "document.fonts.ready.then(() => !!document.querySelector('h1') \
    && !document.querySelector(':is(.skeleton, .is-stale, [aria-busy=true]):not(.kit *)') && document.getAnimations().every(one => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity))";

/// Takes the pictures of these pages; of all when none is named.
pub(crate) fn screens(layout: &Layout, pages: &[String]) -> Result<()> {
    let chosen: Vec<_> = PAGES
        .into_iter()
        .filter(|(name, _)| pages.is_empty() || pages.iter().any(|page| page == name))
        .collect();
    if let Some(page) = pages
        .iter()
        .find(|page| !PAGES.iter().any(|(name, _)| name == page))
    {
        bail!("there is no page {page}");
    }
    let variant = Variant {
        profile: Profile::Quick,
        hooks: false,
    };
    let built = build::artefacts(layout, variant)?;
    let browser = crate::browser::need()?;
    let (data, folder) = (layout.work("screens"), layout.at("target/screens"));
    for old in [&data, &folder] {
        if old.exists() {
            fs::remove_dir_all(old).context("the pictures of the last run cannot be removed")?;
        }
        fs::create_dir_all(old)?;
    }
    let token = local::new_token()?;
    let server = Server::start(layout, &built, &data, 0, &[("SETUP_TOKEN", &token)])?;
    set_up(server.port(), &token)?;
    let mut chromium = Chromium::start(&browser.chromium, &layout.work("screens-chromium"))?;
    let mut tab = chromium.open()?;
    let origin = format!("http://localhost:{}", server.port());
    tab.begin(&format!("{origin}/sign-in"))?;
    tab.loaded()?;
    say("loading the sample company");
    post(
        &mut tab,
        "/api/sign-in",
        &json!({"email": EMAIL, "password": PASSWORD}),
    )?;
    post(&mut tab, "/api/sample", &json!({}))?;
    let mut count = 0;
    bulk(&mut tab)?;
    for (name, path) in chosen {
        if name == SIGNED_OUT {
            post(&mut tab, "/api/sign-out", &json!({}))?;
        }
        let path = resolve(&mut tab, path)?;
        for lang in LANGS {
            let script = format!("localStorage.setItem('trellis.lang', '\"{lang}\"')");
            tab.evaluate(&script)?;
            for scheme in SCHEMES {
                for (width, height) in WINDOWS {
                    show(
                        &mut tab,
                        &format!("{origin}{path}"),
                        scheme,
                        (width, height),
                    )
                    .with_context(|| format!("{name} in {lang}, {scheme}, {width}"))?;
                    let file = folder.join(format!("{name}-{width}-{scheme}-{lang}.png"));
                    fs::write(file, tab.picture()?)?;
                    count += 1;
                }
            }
        }
        println!("  {name}");
    }
    tab.close()?;
    server.stop()?;
    say(format!("{count} pictures in target/screens"));
    Ok(())
}

/// Does one deed with many, so that their list has something to show.
fn bulk(tab: &mut Tab<'_>) -> Result<()> {
    let id = "00000000-0000-4000-8000-000000000001";
    let filter = r#"[{"column":"score","op":"at_least","value":90}]"#;
    let call = json!({
        "key": "00000000-0000-4000-8000-000000000002",
        "deed": {"do": "enter", "segment": "warm"},
        "whom": {"matching": {"filter": filter}},
    });
    post(tab, &format!("/api/bulks/{id}"), &call)
}

/// Shows a page as high as it is, and waits until it shows what it has.
fn show(tab: &mut Tab<'_>, address: &str, scheme: &str, (width, height): (u32, u32)) -> Result<()> {
    let size = |height: u32| json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
    let media = json!({"features": [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]});
    tab.set("Emulation.setEmulatedMedia", media)?;
    tab.set("Emulation.setDeviceMetricsOverride", size(height))?;
    tab.begin(address)?;
    tab.loaded()?;
    until_settled(tab)?;
    let whole = tab.evaluate("document.documentElement.scrollHeight")?;
    let whole = whole.as_u64().and_then(|whole| u32::try_from(whole).ok());
    let whole = whole.unwrap_or(height).clamp(height, HEIGHT_MAX);
    tab.set("Emulation.setDeviceMetricsOverride", size(whole))?;
    until_settled(tab)
}

/// Waits until it was settled at two looks in a row: what a page asks for may bring it to ask for more.
fn until_settled(tab: &mut Tab<'_>) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    let mut times = 0;
    while times < 2 {
        times = match tab.settle(SETTLED)? {
            Value::Bool(true) => times + 1,
            _ => 0,
        };
        if Instant::now() > deadline {
            bail!("the page did not come to rest");
        }
        sleep(LOOK_EVERY);
    }
    Ok(())
}

/// The address with the ids that it names.
fn resolve(tab: &mut Tab<'_>, path: &str) -> Result<String> {
    let Some((before, rest)) = path.split_once('{') else {
        return Ok(path.to_owned());
    };
    let (list, after) = rest.split_once('}').context("a list has no end")?;
    let script = format!(
        "fetch('/api/{list}').then(reply => reply.json()).then(list => {{ const [first] = list.items || list.sites; return first.id || first.key; }})"
    );
    let id = tab.settle(&script)?;
    let id = id
        .as_str()
        .with_context(|| format!("there is nothing in {list}"))?;
    Ok(format!("{before}{id}{after}"))
}

/// Makes a call of the API as the page would.
fn post(tab: &mut Tab<'_>, path: &str, body: &Value) -> Result<()> {
    let script = format!(
        "fetch('{path}', {{ method: 'POST', headers: {{ 'Content-Type': 'application/json' }}, body: JSON.stringify({body}) }}).then(reply => reply.status)"
    );
    match tab.settle(&script)?.as_u64() {
        Some(200) => Ok(()),
        status => bail!("POST {path} was answered {status:?}"),
    }
}
