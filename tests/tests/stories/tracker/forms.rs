//! Forms: each kind of them, without their secrets.

use super::*;

#[test]
fn a_form_is_read_by_an_allow_list() {
    let street = Street::new();
    let window = street.open("/05");
    street.until_stored(2);
    window.click("#silent button");
    window.click("#search button");
    for (name, text) in [
        ("email", "hua@ming.example"),
        ("your-name", "王 华"),
        ("input_7", "云格"),
        ("tel", "+86 138 0013 8000"),
        ("reference", "expo-2026"),
        ("message", "第一行\n\"second\""),
        ("secret", "t0ken-pass"),
        ("card", "4242424242424242"),
        ("company_pwd", "t0ken-pwd"),
        ("comment", "my card is 5555 5555 5555 4444"),
        ("private_phone", "t0ken-private"),
    ] {
        window.type_in(&format!("#order [name='{name}']"), text);
    }
    window.click("#order [value=blue]");
    window.click("#order [value=a]");
    window.click("#order [value=c]");
    window.choose("#order [name=company_size]", "l");
    // The page is gone at once, and what was typed has arrived.
    window.click("#order button");
    let fields = json!({
        "email": "hua@ming.example", "your-name": "王 华", "organization": "云格", "tel": "+86 138 0013 8000",
        "campaign_code": "expo-2026", "company_size": "l", "message": "第一行\n\"second\"", "job_title": "a, c",
        "industry": "blue", "department": "outside",
    });
    let found = street.until_stored(5);
    let submit = the(&found, "form submit");
    assert_eq!(
        said(std::slice::from_ref(submit)),
        [json!(["form submit", "order", fields])]
    );
    let kinds: Vec<Value> = said(&found).iter().map(|said| said[0].clone()).collect();
    for kind in ["view", "form view", "form start", "form submit"] {
        assert!(kinds.contains(&json!(kind)), "{kinds:?}");
    }
    street.holds_none_of(&["t0ken", "42424242", "4444"]);
}

#[test]
fn forms_that_scripts_handle_are_read_once() {
    let street = Street::new();
    let window = street.open("/06");
    street.until_stored(4);
    window.type_in("#kept [name=email]", "kept@ming.example");
    window.click("#kept button");
    let found = street.until_stored(6);
    let submit = |form: &str, email: &str| json!(["form submit", form, {"email": email}]);
    assert!(said(&found).contains(&submit("kept", "kept@ming.example")));

    window.type_in("#checked [name=email]", "checked@ming.example");
    window.click("#checked button");
    wait::until("the next page", || {
        (window.title() == "Source").then_some(())
    });
    let found = street.until_stored(9);
    assert!(said(&found).contains(&submit("checked", "checked@ming.example")));

    street.go(&window, "/06");
    street.until_stored(13);
    window.run("document.getElementById('called').submit()", &[]);
    let found = street.until_stored(15);
    assert!(said(&found).contains(&submit("called", "called@ming.example")));
}

#[test]
fn forms_that_come_late_or_hide_in_shadow_are_read() {
    let street = Street::new();
    let window = street.open("/07");
    street.until_stored(1);
    window.click("#open");
    street.until_stored(2);
    window.type_in("[name=mobile]", "13800138000");
    window.click("#place button");
    street.until_said(&[
        json!(["view", "/07", "Late form"]),
        json!(["form view", "callback"]),
        json!(["form start", "callback"]),
        json!(["form submit", "callback", {"mobile": "13800138000"}]),
    ]);

    street.go(&window, "/08");
    let inside = "document.getElementById('host').shadowRoot";
    window.run(&format!("{inside}.querySelector('input').focus()"), &[]);
    window.type_keys("shadow@ming.example");
    window.run(&format!("{inside}.querySelector('button').click()"), &[]);
    let found = street.until_stored(9);
    let expect = [
        json!(["view", "/08", "Shadow"]),
        json!(["form view", "newsletter"]),
        json!(["form start", "newsletter"]),
        json!(["subscribe", {}]),
        json!(["form submit", "newsletter", {"email": "shadow@ming.example"}]),
    ];
    for said_so in expect {
        assert!(said(&found[4..]).contains(&said_so), "{:#?}", said(&found));
    }
}

#[test]
fn a_form_of_the_sample_website_makes_a_lead() {
    let street = Street::new();
    let window = street.browser.open();
    window.go(&street.server.public("/demo/contact/?utm_source=zhihu"));
    window.type_in("#contact [name=email]", "he@beiqiao.example");
    window.click("#contact button[type=submit]");
    wait::until("the thank-you page", || {
        window.address().ends_with("/demo/thanks/").then_some(())
    });
    let found = street.until_stored(5);
    let submit = the(&found, "form submit");
    assert_eq!(said(std::slice::from_ref(submit))[0][1], "contact");
    assert_eq!(
        said(std::slice::from_ref(submit))[0][2]["email"],
        "he@beiqiao.example"
    );
}
