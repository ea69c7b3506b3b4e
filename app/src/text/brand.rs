//! Names that are the same in every language: browsers and systems.

use domain::device::{Browser, Device, Os};

/// The browser with its version, and the system: `Chrome 131`, `Windows`; none of what is not known, and no name of an
/// application's web view.
pub(super) fn parts(device: Device) -> Vec<String> {
    let browser = match (browser(device.browser), device.major) {
        ("", _) => None,
        (name, 0) => Some(name.to_owned()),
        (name, major) => Some(format!("{name} {major}")),
    };
    let os = Some(os(device.os).to_owned()).filter(|name| !name.is_empty());
    browser.into_iter().chain(os).collect()
}

fn browser(browser: Browser) -> &'static str {
    match browser {
        Browser::Chrome => "Chrome",
        Browser::Safari => "Safari",
        Browser::Edge => "Edge",
        Browser::Firefox => "Firefox",
        Browser::Focus => "Firefox Focus",
        Browser::Ie => "Internet Explorer",
        Browser::Opera => "Opera",
        Browser::OperaMini => "Opera Mini",
        Browser::Samsung => "Samsung Internet",
        Browser::Uc => "UC",
        Browser::Qq => "QQ Browser",
        Browser::Quark => "Quark",
        Browser::Sogou => "Sogou",
        Browser::Qihoo => "360",
        Browser::Baidu => "Baidu",
        Browser::Huawei => "Huawei",
        Browser::Honor => "HONOR",
        Browser::Vivo => "vivo",
        Browser::Oppo => "OPPO",
        Browser::Xiaomi => "Xiaomi",
        Browser::N2345 => "2345",
        Browser::Liebao => "Liebao",
        Browser::Maxthon => "Maxthon",
        Browser::Yandex => "Yandex",
        Browser::Vivaldi => "Vivaldi",
        Browser::Brave => "Brave",
        Browser::DuckDuckGo => "DuckDuckGo",
        Browser::Whale => "Whale",
        Browser::CocCoc => "Cốc Cốc",
        Browser::Silk => "Silk",
        Browser::Google => "Google",
        Browser::Android | Browser::WebView | Browser::Other => "",
    }
}

fn os(os: Os) -> &'static str {
    match os {
        Os::Windows => "Windows",
        Os::Macos => "macOS",
        Os::Ios => "iOS",
        Os::Android => "Android",
        Os::Harmony => "HarmonyOS",
        Os::ChromeOs => "ChromeOS",
        Os::KaiOs => "KaiOS",
        Os::Tizen => "Tizen",
        Os::WebOs => "webOS",
        Os::Linux => "Linux",
        Os::Other => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_named() {
        let check = |device: Device, expect: &str| assert_eq!(parts(device).join(" · "), expect);
        let device = Device {
            os: Os::Windows,
            browser: Browser::Chrome,
            major: 131,
            ..Device::default()
        };
        check(device, "Chrome 131 · Windows");
        check(Device { major: 0, ..device }, "Chrome · Windows");
        check(
            Device {
                browser: Browser::WebView,
                ..device
            },
            "Windows",
        );
        check(Device::default(), "");
    }
}
