//! A page that means harm, to itself and to the collector.

use super::*;

#[test]
fn a_hostile_page_is_neither_broken_nor_a_flood() {
    let street = Street::new();
    let window = street.open("/23");
    street.until_stored(2);
    // A megabyte in a field goes as far as the limit.
    window.run(
        "document.getElementById('huge').value = '线'.repeat(350000)",
        &[],
    );
    window.click("#order button");
    let found = street.until_stored(3);
    let Content::FormSubmit { fields, .. } = &the(&found, "form submit").event.content else {
        panic!("{:?}", said(&found));
    };
    assert_eq!(fields["email"], "hostile@ming.example");
    assert_eq!(fields["message"].len(), 1_023);
    street.holds_none_of(&["t0ken"]);

    // Ten thousand clicks in one go: the newest thousand are kept, and they go a batch a second.
    until_confirmed(&window);
    let posts = "return performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('/e')).length";
    let before = window.run(posts, &[]).as_u64().expect("a number");
    let took = window.run(
        "const button = document.getElementById('spam'); const start = performance.now();
         for (let n = 0; n < 10000; n++) button.click(); return performance.now() - start",
        &[],
    );
    let waiting = unconfirmed(&window).as_u64().expect("a number");
    assert!(waiting <= 1_000, "{waiting} events wait");
    let stored = street.until_more_than(3 + 100);
    let after = window.run(posts, &[]).as_u64().expect("a number");
    assert!(
        stored.len() <= 3 + 1_050,
        "{} events after {took} ms",
        stored.len()
    );
    assert!(after - before <= 5, "{} posts", after - before);
    assert_eq!(
        window.run("return window.errors || []", &[]),
        json!([]),
        "the page hears of nothing"
    );
    let severe: Vec<String> = window
        .console()
        .into_iter()
        .filter(|line| line.starts_with("SEVERE") && !line.contains("favicon"))
        .collect();
    assert_eq!(severe, [""; 0]);
}
