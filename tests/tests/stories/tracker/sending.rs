//! Nothing is lost by leaving, nor by a collector that is away.

use super::*;

/// Whether the page has sent something in vain.
fn failures(window: &Session) -> bool {
    let script = "return performance.getEntriesByType('resource')
        .filter(entry => entry.name.endsWith('/e')).some(entry => entry.responseStatus === 0)";
    window.run(script, &[]) == Value::Bool(true)
}

#[test]
fn nothing_is_lost_by_leaving_nor_by_a_server_that_is_away() {
    let mut street = Street::new();
    let window = street.open("/01");
    street.until_stored(1);
    // Tracked, and gone in the same breath: by beacon.
    window.run(
        "trellis('track', 'leaving', {seconds: 3}); location.href = '/00'",
        &[],
    );
    let found = street.until_stored(2);
    assert_eq!(said(&found[1..]), [json!(["leaving", {"seconds": "3"}])]);

    street.go(&window, "/01");
    street.until_stored(3);
    street.server.kill();
    window.run("trellis('track', 'while away', {})", &[]);
    wait::until("the tracker to fail", || failures(&window).then_some(()));
    street.server.restart();
    let found = street.until_stored(4);
    assert_eq!(said(&found[3..]), [json!(["while away", {}])]);
}

#[test]
fn a_later_page_sends_what_an_earlier_one_could_not() {
    let mut street = Street::new();
    let window = street.open("/01");
    street.until_stored(1);
    until_confirmed(&window);
    street.server.kill();
    window.run("trellis('track', 'while away', {})", &[]);
    wait::until("the tracker to fail", || failures(&window).then_some(()));
    // The page goes; a page without the tracker sends nothing, but the browser has kept the event.
    street.go(&window, "/00");
    street.server.restart();
    assert_eq!(unconfirmed(&window), json!(1));
    street.go(&window, "/01?later");
    street.until_said(&[
        json!(["view", "/01", "Source"]),
        json!(["while away", {}]),
        json!(["view", "/01?later", "Source"]),
    ]);
    until_confirmed(&window);
}

#[test]
fn without_a_network_events_wait_and_go_as_soon_as_it_is_back() {
    let street = Street::new();
    let window = street.open("/01");
    street.until_stored(1);
    until_confirmed(&window);
    let network = |offline: bool| {
        window.devtools("Network.enable", json!({}));
        let none = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        window.devtools("Network.emulateNetworkConditions", none);
    };
    network(true);
    window.run(
        "for (const n of [1, 2, 3]) trellis('track', 'offline', {n})",
        &[],
    );
    wait::until("the tracker to fail", || failures(&window).then_some(()));
    // After several failures the pause is long; the browser's word ends it.
    assert_eq!(unconfirmed(&window), json!(3));
    network(false);
    street.until_stored(4);
    until_confirmed(&window);
}

#[test]
fn a_first_party_proxy_may_stand_before_the_collector() {
    let street = Street::new();
    let window = street.open("/00");
    let script = "const tag = document.createElement('script');
        tag.dataset.site = 'main.demo';
        tag.dataset.endpoint = arguments[1];
        tag.src = arguments[0];
        document.head.append(tag)";
    let passed_on = Web::passing_on(&street.server, "/collect");
    window.run(
        script,
        &[
            street.server.public("/t.js").into(),
            passed_on.public("/collect/e").into(),
        ],
    );
    street.until_said(&[json!(["view", "/00", "Bare"])]);
    until_confirmed(&window);
    let script = "const done = arguments[0]; trellis('segments', done)";
    assert_eq!(window.run_async(script, &[]), json!([]));
}

#[test]
fn a_fetch_that_throws_is_tried_again() {
    let street = Street::new();
    let window = street.open("/24");
    street.until_said(&[json!(["view", "/24", "Failing fetch"])]);
    until_confirmed(&window);
}

#[test]
fn what_was_kept_is_sent_for_seven_days() {
    let street = Street::new();
    let window = street.open("/00");
    let keep = "const [id, days] = arguments; const at = Date.now() - days * 864e5;
        const event = {id, at, kind: 'custom', url: location.href, name: `kept for ${days} days`};
        localStorage[`_trl.main.demo.${id}`] = JSON.stringify(event)";
    for days in [6, 8] {
        window.run(keep, &[new_uuid().to_string().into(), days.into()]);
    }
    window.run(
        "localStorage['_trl.main.demo.broken'] = '{'; localStorage['other'] = 'kept'",
        &[],
    );
    street.go(&window, "/01");
    street.until_said(&[
        json!(["kept for 6 days", {}]),
        json!(["view", "/01", "Source"]),
    ]);
    until_confirmed(&window);
    assert_eq!(kept(&window), json!(["_trl", "other"]));
}
