//! Time zones as the browser knows them: their names, and how far each is from UTC at a time. The app ships no table of its own;
//! the worker, which has one, decides whether a name is a zone's.

use domain::id::Ms;
use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The names of all zones; none where the browser does not tell.
pub(crate) fn all() -> Vec<String> {
    let names = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let tell = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?;
        let tell: Function = tell.dyn_into().ok()?;
        let names = tell.call1(&intl, &"timeZone".into()).ok()?;
        names.dyn_into::<Array>().ok()
    };
    let names = names().unwrap_or_default();
    names.iter().filter_map(|name| name.as_string()).collect()
}

/// The clock of a zone: how many minutes it is east of UTC at a time. None for a name that the browser does not know.
pub(crate) fn clock(zone: &str) -> Option<impl Fn(Ms) -> i16 + use<>> {
    let known = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let make: Function = Reflect::get(&known, &"DateTimeFormat".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    for (name, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    // Called and not made by the class, since an unknown zone throws.
    let made = make.call2(&known, &"en".into(), &options).ok()?;
    let format = made.unchecked_into::<Intl::DateTimeFormat>().format();
    Some(move |at: Ms| {
        let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
        let text = format.call1(&JsValue::NULL, &date).ok();
        let text = text.and_then(|text| text.as_string()).unwrap_or_default();
        minutes_east(&text)
    })
}

/// The minutes of a text that ends in `GMT`, `GMT+8:00` or `GMT-03:30`.
fn minutes_east(text: &str) -> i16 {
    let Some((_, offset)) = text.rsplit_once("GMT") else {
        return 0;
    };
    let (sign, digits) = match (offset.strip_prefix('+'), offset.strip_prefix(['-', '−'])) {
        (Some(digits), _) => (1_i16, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return 0,
    };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let number = |text: &str| text.parse::<i16>().unwrap_or(0);
    let whole = number(hours)
        .saturating_mul(60)
        .saturating_add(number(minutes));
    whole.saturating_mul(sign)
}

#[cfg(test)]
mod tests {
    use super::minutes_east;

    #[test]
    fn an_offset_is_read_as_the_browser_writes_it() {
        let check = |text, expect| assert_eq!(minutes_east(text), expect, "{text}");
        check("11/23/2026, GMT+08:00", 480);
        check("11/23/2026, GMT-03:30", -210);
        check("11/23/2026, GMT", 0);
        check("11/23/2026", 0);
    }
}
