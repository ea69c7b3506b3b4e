//! Where the browser or the site's policy refuses something.

use super::*;

#[test]
fn without_wasm_views_and_forms_are_still_sent() {
    let street = Street::new();
    let window = street.open("/14?utm_source=zhihu");
    street.until_stored(2);
    window.type_in("[name=email]", "plain@ming.example");
    window.type_in("[name=company]", "云格");
    window.type_in("[name=phone]", "4242 4242 4242 4242");
    window.click("#order button");
    let found = street.until_stored(5);
    let fields = json!({"email": "plain@ming.example", "company": "云格"});
    assert!(
        said(&found).contains(&json!(["form submit", "order", fields])),
        "{:#?}",
        said(&found)
    );
    let touch = the(&found, "view").stamp.touch.as_ref();
    assert_eq!(touch.map(|touch| touch.source.as_str()), Some("zhihu"));
    let visitors: BTreeSet<_> = found.iter().map(|tracked| tracked.event.visitor).collect();
    assert_eq!(visitors.len(), 1, "with and without wasm");

    // Names go whole, and many events a batch a second.
    street.go(&window, "/14?later");
    street.until_stored(7);
    window.run(
        "for (let n = 0; n < 60; n++) trellis('track', 'pricing_calculator_opened', {n, text: '😀'.repeat(300)})",
        &[],
    );
    let found = street.until_stored(67);
    let posts = "return performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('/e')).length";
    let posts = window.run(posts, &[]).as_u64().expect("a number");
    assert!(posts <= 8, "{posts} beacons");
    let Content::Custom { name, props } = &found[66].event.content else {
        panic!("{:?}", said(&found[66..]));
    };
    assert_eq!(name, "pricing_calculator_opened");
    assert_eq!(props["text"], "😀".repeat(256));
}

#[test]
fn under_a_strict_policy_with_its_hash_it_works_whole() {
    let street = Street::new();
    let window = street.open("/15");
    street.until_stored(2);
    until_confirmed(&window);
    window.type_in("[name=email]", "strict@ming.example");
    window.click("#order button");
    let found = street.until_stored(5);
    assert!(
        said(&found).contains(&json!(["form submit", "order", {"email": "strict@ming.example"}]))
    );
    let refusals: Vec<String> = window
        .console()
        .into_iter()
        .filter(|line| line.contains("Content Security Policy"))
        .collect();
    assert_eq!(refusals, [""; 0], "the policy had nothing to refuse");

    // A script that is not what was promised does not run, and the page is none the worse.
    street.go(&window, "/16");
    assert_eq!(window.run("return typeof trellis", &[]), "undefined");
}

#[test]
fn without_storage_a_visit_is_one_page_long() {
    let street = Street::new();
    let window = street.open("/13");
    window.run("trellis('track', 'forgotten', {})", &[]);
    let found = street.until_said(&[
        json!(["view", "/13", "Blocked storage"]),
        json!(["forgotten", {}]),
    ]);
    assert_eq!(found[0].event.visitor, found[1].event.visitor);
}
