//! A channel with its source: a dot in the colour of its family, the channel's name, the source's.

use crate::text::words;
use domain::channel::Channel;
use leptos::prelude::*;

/// A channel's family, which gives the dot its colour.
pub(crate) const fn family(channel: Channel) -> &'static str {
    match channel {
        Channel::Direct | Channel::Unassigned => "plain",
        Channel::CrossNetwork
        | Channel::PaidShopping
        | Channel::PaidSearch
        | Channel::PaidSocial
        | Channel::PaidVideo
        | Channel::Display
        | Channel::PaidOther
        | Channel::Audio => "paid",
        Channel::OrganicShopping
        | Channel::OrganicSearch
        | Channel::OrganicSocial
        | Channel::OrganicVideo => "organic",
        Channel::AiAssistant => "ai",
        Channel::Email | Channel::Sms | Channel::MobilePush => "mail",
        Channel::Affiliates | Channel::Partner | Channel::Event | Channel::Referral => "referral",
    }
}

/// A channel with its source.
#[component]
pub(crate) fn ChannelChip(
    /// The channel.
    channel: Channel,
    /// The source; empty when there is none.
    #[prop(into)]
    source: String,
    /// The campaign.
    #[prop(into)]
    campaign: Option<String>,
) -> impl IntoView {
    let t = words();
    let detail = [Some(source).filter(|text| !text.is_empty()), campaign]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let title = detail.clone();
    view! {
        <span class="channel-chip" data-family=family(channel) data-channel=channel.name() title=title>
            <i></i>
            <span class="channel-chip-name">{move || (t.get().channel)(channel)}</span>
            {(!detail.is_empty()).then(|| view! { <span class="channel-chip-source">{detail}</span> })}
        </span>
    }
}
