//! The device of a user agent: its class, system, browser with major version, and the application that shows the page.
//!
//! An ordered table of the words that browsers put into their agents; the first that is there names the browser.
//! The libraries that read agents bring an engine for patterns and know few of China's browsers, so the table is ours. Not
//! here: whether it is a program (that is [`crate::agent`]).

mod words;

use crate::channel::Site;
use serde::{Deserialize, Serialize};

macro_rules! names {
    ($(#[$of:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $text:literal,)+ }) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $type {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
            /// None of these.
            #[default]
            #[serde(rename = "other")]
            Other,
        }

        impl $type {
            /// Those that have a name.
            pub const ALL: &[$type] = &[$($type::$name),+];

            /// The stable name, as stored and sent.
            pub const fn name(self) -> &'static str {
                match self { $($type::$name => $text,)+ $type::Other => "other" }
            }

            fn is_other(&self) -> bool {
                *self == $type::Other
            }
        }
    };
}

names! {
    /// What kind of device it is.
    Class {
        /// A computer.
        Desktop = "desktop",
        /// A telephone.
        Mobile = "mobile",
        /// A tablet; an iPad that asks for a computer's pages says it is a computer.
        Tablet = "tablet",
        /// A television or what is plugged into one.
        Tv = "tv",
    }
}

names! {
    /// The operating system.
    Os {
        /// Windows.
        Windows = "windows",
        /// macOS.
        Macos = "macos",
        /// iOS and iPadOS.
        Ios = "ios",
        /// Android and what is made of it.
        Android = "android",
        /// HarmonyOS, where it says so.
        Harmony = "harmony",
        /// ChromeOS.
        ChromeOs = "chromeos",
        /// KaiOS.
        KaiOs = "kaios",
        /// Tizen.
        Tizen = "tizen",
        /// webOS.
        WebOs = "webos",
        /// Linux.
        Linux = "linux",
    }
}

names! {
    /// The browser.
    Browser {
        /// Chrome, and browsers that say they are.
        Chrome = "chrome",
        /// Safari.
        Safari = "safari",
        /// Edge.
        Edge = "edge",
        /// Firefox, and Tor, which says it is.
        Firefox = "firefox",
        /// Firefox Focus and Klar.
        Focus = "focus",
        /// Internet Explorer.
        Ie = "ie",
        /// Opera.
        Opera = "opera",
        /// Opera Mini.
        OperaMini = "opera_mini",
        /// Samsung Internet.
        Samsung = "samsung",
        /// UC.
        Uc = "uc",
        /// QQ.
        Qq = "qq",
        /// Quark.
        Quark = "quark",
        /// Sogou.
        Sogou = "sogou",
        /// 360.
        Qihoo = "360",
        /// Baidu.
        Baidu = "baidu",
        /// Huawei.
        Huawei = "huawei",
        /// HONOR.
        Honor = "honor",
        /// vivo.
        Vivo = "vivo",
        /// OPPO and HeyTap.
        Oppo = "oppo",
        /// Xiaomi.
        Xiaomi = "xiaomi",
        /// 2345.
        N2345 = "2345",
        /// Liebao.
        Liebao = "liebao",
        /// Maxthon.
        Maxthon = "maxthon",
        /// Yandex.
        Yandex = "yandex",
        /// Vivaldi.
        Vivaldi = "vivaldi",
        /// Brave, where it says so.
        Brave = "brave",
        /// DuckDuckGo.
        DuckDuckGo = "duckduckgo",
        /// Whale.
        Whale = "whale",
        /// Cốc Cốc.
        CocCoc = "coc_coc",
        /// Silk.
        Silk = "silk",
        /// The Google application.
        Google = "google",
        /// Android's own of old.
        Android = "android",
        /// An application's web view, by the version of Chrome in it.
        WebView = "web_view",
    }
}

names! {
    /// The application that shows the page inside itself.
    App {
        /// WeChat.
        Wechat = "wechat",
        /// WeCom.
        Wecom = "wecom",
        /// QQ.
        Qq = "qq",
        /// DingTalk.
        Dingtalk = "dingtalk",
        /// Feishu and Lark.
        Feishu = "feishu",
        /// Weibo.
        Weibo = "weibo",
        /// Douyin.
        Douyin = "douyin",
        /// Toutiao.
        Toutiao = "toutiao",
        /// Kuaishou.
        Kuaishou = "kuaishou",
        /// Bilibili.
        Bilibili = "bilibili",
        /// Zhihu.
        Zhihu = "zhihu",
        /// Xiaohongshu.
        Xiaohongshu = "xiaohongshu",
        /// Baidu.
        Baidu = "baidu",
        /// Alipay.
        Alipay = "alipay",
        /// Taobao and Tmall.
        Taobao = "taobao",
        /// JD.
        Jd = "jd",
        /// Pinduoduo.
        Pinduoduo = "pinduoduo",
        /// Facebook and Messenger.
        Facebook = "facebook",
        /// Instagram.
        Instagram = "instagram",
        /// LinkedIn.
        Linkedin = "linkedin",
        /// X.
        X = "x",
        /// TikTok.
        Tiktok = "tiktok",
        /// LINE.
        Line = "line",
        /// Snapchat.
        Snapchat = "snapchat",
        /// Pinterest.
        Pinterest = "pinterest",
    }
}

impl App {
    /// The source that a page shown in the application comes from when nothing else says so, and its kind: people read
    /// links there. Alipay, shops and Baidu's application show pages of their own making too, and name what they are.
    pub fn source(self) -> Option<(&'static str, Option<Site>)> {
        let site = match self {
            App::Other | App::Alipay => return None,
            App::Baidu | App::Toutiao => Site::Search,
            App::Taobao | App::Jd | App::Pinduoduo => Site::Shopping,
            App::Douyin | App::Kuaishou | App::Bilibili | App::Tiktok => Site::Video,
            _ => Site::Social,
        };
        Some((self.name(), Some(site)))
    }
}

/// A device, as a page view's stamp keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Device {
    /// Its kind.
    #[serde(default, skip_serializing_if = "Class::is_other")]
    pub class: Class,
    /// Its system.
    #[serde(default, skip_serializing_if = "Os::is_other")]
    pub os: Os,
    /// The browser.
    #[serde(default, skip_serializing_if = "Browser::is_other")]
    pub browser: Browser,
    /// The browser's major version; 0 where it does not say.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub major: u16,
    /// The application that shows the page.
    #[serde(default, skip_serializing_if = "App::is_other")]
    pub app: App,
}

fn is_zero(major: &u16) -> bool {
    *major == 0
}

impl Device {
    /// The device of a user agent, as a request carries it.
    pub fn of(agent: &str) -> Device {
        Device::read(&agent.to_lowercase())
    }

    /// Reads a user agent in lower case.
    pub(crate) fn read(agent: &str) -> Device {
        let os = os(agent);
        let app = words::APPS.iter().find(|(word, _)| agent.contains(word));
        let (browser, major) = match app {
            Some(_) => (Browser::WebView, number_behind(agent, "chrome/")),
            None => browser(agent, os),
        };
        Device {
            class: class(agent, os),
            os,
            browser,
            major,
            app: app.map_or(App::Other, |(_, app)| *app),
        }
    }

    /// Whether nothing is known of it.
    pub fn is_unknown(&self) -> bool {
        *self == Device::default()
    }
}

fn os(agent: &str) -> Os {
    let found = words::SYSTEMS.iter().find(|(word, _)| agent.contains(word));
    found.map_or(Os::Other, |(_, os)| *os)
}

fn class(agent: &str, os: Os) -> Class {
    let has = |list: &[&str]| list.iter().any(|word| agent.contains(word));
    match os {
        _ if has(words::TELEVISIONS) => Class::Tv,
        _ if has(words::TABLETS) => Class::Tablet,
        // Android's makers leave the word out on what is larger than a telephone.
        Os::Android if !has(words::TELEPHONES) => Class::Tablet,
        _ if has(words::TELEPHONES) => Class::Mobile,
        Os::Windows | Os::Macos | Os::Linux | Os::ChromeOs => Class::Desktop,
        Os::Ios | Os::KaiOs | Os::Harmony => Class::Mobile,
        Os::Tizen | Os::WebOs => Class::Tv,
        Os::Android | Os::Other => Class::Other,
    }
}

fn browser(agent: &str, os: Os) -> (Browser, u16) {
    let found = words::BROWSERS.iter().find_map(|(word, browser)| {
        let (_, rest) = agent.split_once(word)?;
        Some((*browser, rest))
    });
    if let Some((browser, rest)) = found {
        let said = if browser == Browser::Ie {
            agent.split_once("rv:").map_or(rest, |(_, rest)| rest)
        } else {
            rest
        };
        return (browser, major(said));
    }
    let version = agent.split_once("version/").map(|(_, rest)| major(rest));
    match (os, version) {
        (Os::Android, Some(version)) => (Browser::Android, version),
        (Os::Ios, None) => (Browser::WebView, 0),
        (_, Some(version)) if agent.contains("safari/") => (Browser::Safari, version),
        (Os::Ios | Os::Macos, _) => (Browser::WebView, 0),
        _ => (Browser::Other, 0),
    }
}

/// The number behind a word; 0 where there is none.
fn number_behind(agent: &str, word: &str) -> u16 {
    agent.split_once(word).map_or(0, |(_, rest)| major(rest))
}

/// The number that a text begins with.
fn major(text: &str) -> u16 {
    let digits = text.find(|c: char| !c.is_ascii_digit());
    let digits = text.get(..digits.unwrap_or(text.len()));
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests;
