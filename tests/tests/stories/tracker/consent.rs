//! Nobody is tracked against their will.

use super::*;

#[test]
fn nothing_is_kept_or_sent_before_consent_and_after_a_refusal() {
    let street = Street::new();
    let window = street.open("/10");
    window.run(
        "trellis('track', 'unseen', {}); trellis('consent', true)",
        &[],
    );
    window.click("#order button");
    street.go(&window, "/11");
    window.run("trellis('track', 'unseen', {})", &[]);
    assert_eq!(kept(&window), json!([]), "nothing against a signal");

    street.go(&window, "/09?utm_source=zhihu");
    window.run("trellis('track', 'before', {})", &[]);
    let script = "const done = arguments[0]; trellis('segments', done)";
    assert_eq!(window.run_async(script, &[]), json!([]));
    assert_eq!(kept(&window), json!([]), "nothing before consent");
    assert_eq!(street.stored().len(), 0);

    // Consent attaches what was seen.
    window.run("trellis('consent', true)", &[]);
    let found = street.until_said(&[
        json!(["view", "/09?utm_source=zhihu", "Consent"]),
        json!(["before", {}]),
    ]);
    until_confirmed(&window);
    assert_eq!(kept(&window), json!(["_trc", "_trl"]));

    // Who opts out is forgotten, and stays so on other pages, until consent is given again.
    window.run("trellis('optOut')", &[]);
    assert_eq!(kept(&window), json!(["_trc"]));
    street.go(&window, "/01");
    window.run(
        "trellis('track', 'unheard', {}); trellis('consent', true)",
        &[],
    );
    let after = street.until_stored(3);
    assert_eq!(said(&after[2..]), [json!(["view", "/01", "Source"])]);
    assert_ne!(found[0].event.visitor, after[2].event.visitor);

    // A site may decide not to heed the signals.
    street.go(&window, "/12");
    street.until_stored(4);
}

#[test]
fn a_decision_holds_in_the_other_tabs_too() {
    let street = Street::new();
    let window = street.open("/09?first");
    let first = window.handle();
    let second = window.open_tab();
    street.go(&window, "/09?second");
    window.run("trellis('consent', true)", &[]);
    street.until_more_than(0);
    until_confirmed(&window);

    // The other tab learns of it when it is looked at, or as it starts if that takes it long, and is the same visitor.
    window.switch_to(&first);
    let found = street.until_said(&[
        json!(["view", "/09?first", "Consent"]),
        json!(["view", "/09?second", "Consent"]),
    ]);
    let visitors: BTreeSet<_> = found.iter().map(|tracked| tracked.event.visitor).collect();
    assert_eq!(visitors.len(), 1, "one browser");

    window.run("trellis('optOut')", &[]);
    window.switch_to(&second);
    window.run("trellis('track', 'unheard', {})", &[]);
    assert_eq!(kept(&window), json!(["_trc"]));
    // Consent given again makes a new visitor, who is seen from here on.
    window.run(
        "trellis('consent', true); trellis('track', 'heard', {})",
        &[],
    );
    let found = street.until_stored(4);
    assert_eq!(
        said(&found[2..]),
        [
            json!(["view", "/09?second", "Consent"]),
            json!(["heard", {}])
        ]
    );
    assert!(!visitors.contains(&found[2].event.visitor));
}
