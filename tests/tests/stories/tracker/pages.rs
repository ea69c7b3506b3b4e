//! Page views, however they come, with their source; clicks; engagement; calls.

use super::*;
use domain::agent::BotReason;
use domain::channel::Channel;

#[test]
fn the_source_of_a_visit_is_kept_whole() {
    let street = Street::new();
    let window = street.open(
        "/01?utm_source=Baidu&utm_medium=cpc&utm_campaign=%E5%86%AC&bd_vid=abc123&li_fat_id=x&mail=hua%40ming.example&reset_token=t0ken#top",
    );
    street.until_stored(1);
    window.click("#next");
    let found = street.until_said(&[
        json!(["view", "/01?utm_source=Baidu&utm_medium=cpc&utm_campaign=%E5%86%AC&bd_vid=abc123&li_fat_id=x&mail=*&reset_token=*#top", "Source"]),
        json!(["view", "/02?plan=team", "History"]),
    ]);
    let touch = found[0].stamp.touch.as_ref().expect("a touch");
    assert_eq!(touch.channel, Channel::PaidSearch);
    assert_eq!(
        (touch.source.as_str(), touch.campaign.as_deref()),
        ("baidu", Some("冬"))
    );
    assert_eq!(
        touch.click.as_ref().map(|click| click.id.as_str()),
        Some("abc123")
    );
    assert_eq!(found[1].stamp.touch, None, "the visit goes on");
    assert_eq!(found[0].event.visitor, found[1].event.visitor);
    assert!(found[0].event.session.is_some());
    assert_eq!(found[0].event.session, found[1].event.session);

    // A browser that says it has no screen is a program, and weighs nothing.
    let headless = street
        .browser
        .open_as("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0.0.0");
    street.go(&headless, "/01");
    let found = street.until_stored(3);
    assert_eq!(found[2].stamp.bot, Some(BotReason::Headless));
}

#[test]
fn pages_of_an_app_are_seen_as_they_change() {
    let street = Street::new();
    let window = street.open("/02");
    street.until_stored(1);
    for script in [
        "history.pushState({}, '', '/02/prices'); document.title = 'Prices'",
        "history.replaceState({}, '', '/02/prices?plan=2'); document.title = 'Plan 2'",
    ] {
        let before = street.stored().len();
        window.run(script, &[]);
        street.until_stored(before + 1);
    }
    // An anchor is not another page; what a router makes of one is, and so is going back.
    window.click("#anchor");
    window.click("#route");
    street.until_stored(4);
    window.run("history.go(-3)", &[]);
    let views = |path: &str, title: &str| json!(["view", path, title]);
    let found = street.until_said(&[
        views("/02", "History"),
        views("/02/prices", "Prices"),
        views("/02/prices?plan=2", "Plan 2"),
        views("/02/prices?plan=2#/prices", "Plan 2"),
        views("/02", "Plan 2"),
    ]);
    let referrers: Vec<_> = found
        .iter()
        .map(|tracked| match &tracked.event.content {
            Content::PageView { referrer, .. } => referrer.as_deref().map(path_of),
            other => panic!("{other:?}"),
        })
        .collect();
    let expect = [
        None,
        Some("/02"),
        Some("/02/prices"),
        Some("/02/prices?plan=2"),
        Some("/02/prices?plan=2#/prices"),
    ];
    assert_eq!(referrers, expect.map(|path| path.map(str::to_owned)));

    // A site may say that every fragment is a page.
    street.go(&window, "/03");
    window.click("#anchor");
    let found = street.until_stored(7);
    assert_eq!(said(&found[6..]), [json!(["view", "/03#prices", "Hash"])]);

    // A page of the back/forward cache is shown again, not loaded.
    street.go(&window, "/04");
    street.until_stored(8);
    window.run("window.mark = 'the same document'", &[]);
    window.click("#away");
    wait::until("the other page", || {
        (window.title() == "Bare").then_some(())
    });
    window.run("history.back()", &[]);
    wait::until("the page before", || {
        (window.title() == "Cache").then_some(())
    });
    let found = street.until_stored(9);
    assert_eq!(said(&found[8..]), [json!(["view", "/04", "Cache"])]);
    assert_eq!(window.run("return window.mark", &[]), "the same document");
}

#[test]
fn a_session_ends_after_half_an_hour_of_silence() {
    let street = Street::new();
    let window = street.open("/01");
    street.until_stored(1);
    until_confirmed(&window);
    // As if the session's last event were so long ago.
    let age = "const [minutes] = arguments; const value = document.cookie.match(/_trl=([^;]*)/)[1].split('.');
        value[2] = (Date.now() - minutes * 6e4).toString(36);
        document.cookie = `_trl=${value.join('.')}; domain=${location.hostname}; path=/; max-age=999`";
    let mut sessions = vec![street.stored()[0].event.session.clone()];
    for (count, minutes) in [(2, 29), (3, 31)] {
        window.run(age, &[minutes.into()]);
        street.go(&window, "/01");
        let found = street.until_stored(count);
        until_confirmed(&window);
        let last = found.last().expect("an event");
        assert_eq!(last.event.visitor, found[0].event.visitor);
        sessions.push(last.event.session.clone());
    }
    assert_eq!(sessions[0], sessions[1]);
    assert_ne!(sessions[1], sessions[2]);
}

#[test]
fn a_page_with_its_own_fetch_and_history_is_seen() {
    let street = Street::new();
    let window = street.open("/19");
    window.run("history.pushState({}, '', '/19/inside')", &[]);
    window.run("location.href = '/00'", &[]);
    street.until_said(&[
        json!(["view", "/19", "Replaced"]),
        json!(["view", "/19/inside", "Replaced, ready"]),
    ]);
}

#[test]
fn an_older_engine_is_enough() {
    let street = Street::new();
    // Every click id travels as it came.
    let ids = "?gclid=a&gbraid=b&wbraid=c&dclid=d&msclkid=e&fbclid=f&ttclid=g&twclid=h&li_fat_id=i&yclid=j&bd_vid=k&qhclickid=l";
    let window = street.open(&format!("/25{ids}"));
    street.until_stored(1);
    window.run("history.pushState({}, '', '/25/inside')", &[]);
    street.until_stored(2);
    window.run("history.back()", &[]);
    let found = street.until_stored(3);
    let view = |path: &str| json!(["view", path, "Older engine"]);
    let landing = view(&format!("/25{ids}"));
    assert_eq!(said(&found), [landing.clone(), view("/25/inside"), landing]);
    until_confirmed(&window);
}

#[test]
fn a_tag_counts_once_and_two_sites_each() {
    let street = Street::new();
    let window = street.open("/18");
    window.click("#both");
    street.until_said(&[json!(["view", "/18", "Two trackers"]), json!(["both", {}])]);
    // The other site's key is unknown to this collector: that is final, and nothing is kept or sent again.
    let answers = "return performance.getEntriesByType('resource')
         .filter(entry => entry.name.endsWith('/e')).map(entry => entry.responseStatus).sort()";
    wait::until("the other site's batch to be refused", || {
        (window.run(answers, &[]) == json!([200, 404])).then_some(())
    });
    street.go(&window, "/00");
    assert_eq!(kept(&window), json!(["_trl"]));
}

#[test]
fn clicks_are_seen_where_they_lead_out() {
    let street = Street::new();
    let window = street.open("/20");
    street.until_stored(1);
    for link in ["#quiet", "#plain", "#vector", "#cta", "#out", "#file"] {
        window.click(link);
    }
    window.middle_click("#out");
    window.run(
        "document.getElementById('part').shadowRoot.querySelector('button').click()",
        &[],
    );
    let file = street.web.public("/files/prices.pdf");
    let out = json!(["$outbound", {"url": "http://elsewhere.test/?token=*"}]);
    street.until_said(&[
        json!(["view", "/20", "Clicks"]),
        json!(["call_to_action", {}]),
        out.clone(),
        json!(["$download", {"url": file}]),
        json!(["part_of_the_page", {}]),
        out,
    ]);
}

#[test]
fn use_is_told_when_the_page_is_left() {
    let street = Street::new();
    let window = street.open("/21");
    street.until_stored(1);
    // Two signs of use more than a second apart.
    wait::until("more than a second on the page", || {
        (window.run("return performance.now() > 2500", &[]) == json!(true)).then_some(())
    });
    window.run("scrollTo(0, 1000)", &[]);
    wait::until("the page to be scrolled", || {
        (window.run("return scrollY", &[]) == json!(1000)).then_some(())
    });
    street.go(&window, "/00");
    let found = street.until_stored(2);
    let Content::Engagement(engagement) = &the(&found, "engagement").event.content else {
        panic!("{:?}", said(&found));
    };
    assert!((2..20).contains(&engagement.seconds), "{engagement:?}");
    assert!((35..60).contains(&engagement.scroll), "{engagement:?}");
    // A site that does not ask for it is not told.
    street.go(&window, "/01");
    street.until_stored(3);
    street.go(&window, "/00");
    street.go(&window, "/01");
    street.until_stored(4);
}

#[test]
fn calls_of_the_page_are_heard_also_early_ones() {
    let street = Street::new();
    let window = street.open("/22");
    window.run(
        "trellis('track', 'plan chosen', {plan: 'team', seats: 12, yearly: true, nothing: null});
         trellis('identify', 'Hua@Ming.example', {company: '云格', card: '4242 4242 4242 4242'});
         trellis('no such call', 1); trellis()",
        &[],
    );
    street.until_said(&[
        json!(["early", {"at": "once"}]),
        json!(["view", "/22", "Calls"]),
        json!(["plan chosen", {"plan": "team", "seats": "12", "yearly": "true"}]),
        json!(["identify", {"email": "Hua@Ming.example", "company": "云格"}]),
    ]);
}
