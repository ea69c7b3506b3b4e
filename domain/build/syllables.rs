//! How Chinese characters are read, without tones: for each from U+4E00 to U+9FFF where its list of readings begins.
//!
//! Of a character's readings, as `pinyin` has them, the first three: the others are of rare or old words, and every one
//! makes more names alike.

use crate::Failed;
use pinyin::ToPinyinMulti;
use std::collections::BTreeMap;

const READINGS_MAX: usize = 3;

/// Where the lists begin, two bytes each, little end first; and the lists, a line each, the first being empty.
pub(crate) fn table() -> Result<(Vec<u8>, String), Failed> {
    let mut starts: BTreeMap<String, u16> = BTreeMap::from([(String::new(), 0)]);
    let mut lists = "\n".to_owned();
    let mut table = Vec::new();
    for c in '\u{4e00}'..='\u{9fff}' {
        let mut readings: Vec<String> = Vec::new();
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            let plain = reading.plain().replace('ü', "v");
            if readings.len() < READINGS_MAX
                && plain.bytes().all(|b| b.is_ascii_lowercase())
                && !readings.contains(&plain)
            {
                readings.push(plain);
            }
        }
        let list = readings.join(" ");
        let start = match starts.get(&list) {
            Some(start) => *start,
            None => {
                let start = u16::try_from(lists.len())?;
                lists += &format!("{list}\n");
                starts.insert(list, start);
                start
            }
        };
        table.extend(start.to_le_bytes());
    }
    Ok((table, lists))
}
