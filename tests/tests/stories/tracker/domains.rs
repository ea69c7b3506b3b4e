//! One visitor across sub-domains and the company's other domains.

use super::*;
use domain::channel::Channel;

#[test]
fn a_visitor_is_carried_over_to_the_companys_other_domains() {
    let street = Street::new();
    street.is_on(&["www.shop.test", "blog.shop.test", "www.press.test"]);
    let window = street.browser.open();
    window.go(&street
        .web
        .at("www.shop.test", "/17?utm_source=zhihu&utm_medium=paid"));
    let found = street.until_stored(2);
    let touch = |tracked: &Tracked| tracked.stamp.touch.as_ref().map(|touch| touch.channel);
    assert_eq!(touch(the(&found, "view")), Some(Channel::PaidSocial));

    // A sub-domain shares the cookie.
    window.click("#blog");
    street.until_stored(4);
    // Another domain is told by the link, which keeps its own parts, and is rid of the mark there.
    window.click("#press");
    let found = street.until_stored(6);
    let address = street.web.at("www.press.test", "/17?a=1&b=%20x#top");
    assert_eq!(window.address(), address);
    let views: Vec<&Tracked> = found
        .iter()
        .filter(|tracked| matches!(tracked.event.content, Content::PageView { .. }))
        .collect();
    assert_eq!(views.len(), 3);
    assert_eq!(path_of(&views[2].event.url), "/17?a=1&b=%20x&_trl=*#top");
    assert_eq!(touch(views[1]), None);
    assert_eq!(touch(views[2]), None, "no visit of its own");

    // There the visitor becomes a lead, with the source of the first page.
    window.type_in("#order [name=email]", "hua@ming.example");
    window.click("#order button");
    let found = street.until_stored(8);
    let visitors: BTreeSet<_> = found.iter().map(|tracked| tracked.event.visitor).collect();
    let sessions: BTreeSet<_> = found
        .iter()
        .map(|tracked| tracked.event.session.clone())
        .collect();
    assert_eq!(
        (visitors.len(), sessions.len()),
        (1, 1),
        "one visit of one visitor"
    );

    // A link to anybody else tells nothing.
    window.click("#elsewhere");
    wait::until("the other website", || {
        (window.address() == street.web.at("elsewhere.test", "/17")).then_some(())
    });
}

#[test]
fn a_mark_from_a_stranger_is_not_believed() {
    let street = Street::new();
    street.is_on(&["www.shop.test"]);
    let window = street.browser.open();
    let now = tests::now_ms();
    let stranger = "01923456-789a-7fff-bfff-ffffffffffff";
    let mark = format!("/17?_trl={stranger}.mabc.{}", base_36(now));
    window.go(&street.web.at("www.shop.test", &mark));
    let found = street.until_stored(2);
    assert_eq!(window.address(), street.web.at("www.shop.test", "/17"));
    assert!(
        found
            .iter()
            .all(|tracked| tracked.event.visitor.0.to_string() != stranger)
    );
}

#[test]
fn a_decision_is_kept_below_a_public_suffix_of_two_labels() {
    let street = Street::new();
    street.is_on(&["www.shop.com.cn"]);
    let window = street.browser.open();
    // Banners repeat the decision on every page.
    for page in ["/01?first", "/01?second"] {
        window.go(&street.web.at("www.shop.com.cn", page));
        window.run("trellis('consent', true)", &[]);
    }
    street.until_stored(2);
    until_confirmed(&window);
    assert_eq!(kept(&window), json!(["_trc", "_trl"]));
    window.run("trellis('optOut'); trellis('track', 'unheard', {})", &[]);
    assert_eq!(kept(&window), json!(["_trc"]));
    window.go(&street.web.at("www.shop.com.cn", "/01?third"));
    window.run("trellis('consent', true)", &[]);
    let found = street.until_stored(3);
    assert_eq!(said(&found[2..]), [json!(["view", "/01?third", "Source"])]);
}

#[test]
fn who_opted_out_is_not_carried_over() {
    let street = Street::new();
    street.is_on(&["www.shop.test", "www.press.test"]);
    let window = street.browser.open();
    window.go(&street.web.at("www.press.test", "/17"));
    window.run("trellis('optOut')", &[]);
    window.go(&street.web.at("www.shop.test", "/17"));
    let before = street.until_more_than(1).len();
    window.click("#press");
    wait::until("the other website without a mark", || {
        (window.address() == street.web.at("www.press.test", "/17?a=1&b=%20x#top")).then_some(())
    });
    window.run("trellis('track', 'unheard', {})", &[]);
    assert_eq!(kept(&window), json!(["_trc"]));
    assert!(
        street.stored().len() <= before + 2,
        "only the first website's"
    );
}

fn base_36(mut number: i64) -> String {
    let mut digits = Vec::new();
    while number > 0 {
        let digit = u32::try_from(number % 36).expect("a digit");
        digits.push(char::from_digit(digit, 36).expect("a digit"));
        number /= 36;
    }
    digits.iter().rev().collect()
}
