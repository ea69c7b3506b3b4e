//! What is stored of a device, and agents that nobody has.

use super::*;
use crate::agent::people::PEOPLE;

#[test]
fn every_agent_of_the_table_has_its_device() {
    for (source, agents) in PEOPLE {
        for (agent, expect) in *agents {
            let device = Device::read(&agent.to_ascii_lowercase());
            let Device {
                class,
                os,
                browser,
                major,
                app,
            } = device;
            let (class, os, browser) = (class.name(), os.name(), browser.name());
            let within = if app == App::Other { "" } else { app.name() };
            let found = format!("{class} {os} {browser} {major} {within}");
            assert_eq!(found.trim(), *expect, "{agent} ({source})");
        }
    }
}

#[test]
fn a_device_is_stored_without_what_is_not_known() {
    let check = |agent: &str, expect: &str| {
        let device = Device::read(agent);
        let json = serde_json::to_string(&device).unwrap();
        assert_eq!(json, expect, "{agent}");
        assert_eq!(serde_json::from_str::<Device>(&json).unwrap(), device);
    };
    check("", "{}");
    check("curl/8.5.0", "{}");
    check(
        "mozilla/5.0 (x11; linux x86_64) chrome/99999.0",
        r#"{"class":"desktop","os":"linux","browser":"chrome"}"#,
    );
    check(
        "mozilla/5.0 (iphone) mobile micromessenger/8",
        r#"{"class":"mobile","os":"ios","browser":"web_view","app":"wechat"}"#,
    );
}

#[test]
fn names_are_found_again() {
    for app in App::ALL {
        let json = format!("\"{}\"", app.name());
        assert_eq!(serde_json::from_str::<App>(&json).unwrap(), *app);
    }
}
