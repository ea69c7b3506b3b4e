//! Click ids: the parameters that advertising and mailing platforms put into a link, and what each proves.
//!
//! Only those that one platform alone is known to use; a plain `clickid` may be anyone's.

use crate::channel::Site;

/// A parameter, in lower case, and what it proves where UTM is silent.
pub(super) struct ClickId {
    pub(super) name: &'static str,
    pub(super) source: &'static str,
    pub(super) medium: &'static str,
    pub(super) site: Option<Site>,
    /// Whether only paid clicks carry it: a platform that tags unpaid clicks too (Facebook's `fbclid`) proves a source
    /// and no payment.
    pub(super) paid: bool,
}

impl ClickId {
    /// How much it proves, from 1. Google's `gad_source` comes beside an id and names none.
    pub(super) fn proof(&self) -> u8 {
        match (self.paid, self.name) {
            (true, "gad_source") => 2,
            (true, _) => 3,
            (false, _) => 1,
        }
    }
}

const fn id(
    name: &'static str,
    source: &'static str,
    medium: &'static str,
    site: Option<Site>,
    paid: bool,
) -> ClickId {
    ClickId {
        name,
        source,
        medium,
        site,
        paid,
    }
}

/// The click ids as the platforms publish them.
const CLICK_IDS: &[ClickId] = &[
    // Search, paid.
    id("gclid", "google", "cpc", Some(Site::Search), true),
    id("gbraid", "google", "cpc", Some(Site::Search), true),
    id("wbraid", "google", "cpc", Some(Site::Search), true),
    id("gad_source", "google", "cpc", Some(Site::Search), true),
    id("msclkid", "bing", "cpc", Some(Site::Search), true),
    id("bd_vid", "baidu", "cpc", Some(Site::Search), true),
    id("qhclickid", "360", "cpc", Some(Site::Search), true),
    id("yclid", "yandex", "cpc", Some(Site::Search), true),
    // Banners, paid.
    id("dclid", "google", "display", None, true),
    id("ymclid", "yandex", "cpc", None, true),
    id("dicbo", "outbrain", "cpc", None, true),
    id("tblci", "taboola", "cpc", None, true),
    // Social networks and video sites, paid.
    id("ttclid", "tiktok", "cpc", Some(Site::Video), true),
    id("twclid", "twitter", "cpc", Some(Site::Social), true),
    id("li_fat_id", "linkedin", "cpc", Some(Site::Social), true),
    id("rdt_cid", "reddit", "cpc", Some(Site::Social), true),
    id("sccid", "snapchat", "cpc", Some(Site::Social), true),
    id("gdt_vid", "wechat", "cpc", Some(Site::Social), true),
    id("qz_gdt", "tencent", "cpc", Some(Site::Social), true),
    // Unpaid, or paid and unpaid alike: they prove a source and no payment.
    id("fbclid", "facebook", "social", Some(Site::Social), false),
    id("igshid", "instagram", "social", Some(Site::Social), false),
    id("igsh", "instagram", "social", Some(Site::Social), false),
    id("epik", "pinterest", "social", Some(Site::Social), false),
    id("ysclid", "yandex", "organic", Some(Site::Search), false),
    id("srsltid", "google", "organic", Some(Site::Search), false),
    // Mail.
    id("mc_eid", "mailchimp", "email", None, false),
    id("mc_cid", "mailchimp", "email", None, false),
    id("_hsenc", "hubspot", "email", None, false),
    id("_hsmi", "hubspot", "email", None, false),
    id("mkt_tok", "marketo", "email", None, false),
    id("_kx", "klaviyo", "email", None, false),
    id("elqtrackid", "eloqua", "email", None, false),
    id("vero_id", "vero", "email", None, false),
    id("ck_subscriber_id", "convertkit", "email", None, false),
    id("ml_subscriber", "mailerlite", "email", None, false),
    // Affiliates.
    id("irclickid", "impact", "affiliate", None, false),
    id("cjevent", "cj", "affiliate", None, false),
    id("awc", "awin", "affiliate", None, false),
    id("ransiteid", "rakuten", "affiliate", None, false),
    id("tduid", "tradedoubler", "affiliate", None, false),
];

/// The click id of that parameter.
pub(super) fn named(name: &str) -> Option<&'static ClickId> {
    CLICK_IDS.iter().find(|id| id.name == name)
}
