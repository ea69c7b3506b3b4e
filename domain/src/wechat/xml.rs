//! The elements of a message's XML: `<xml>` and in it one level of names with texts, mostly CDATA.
//!
//! Nothing is expanded: a document type is refused, and so is every entity but XML's own five and numbers. What is nested
//! deeper is passed over.

use super::{Refusal, limit};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use std::collections::BTreeMap;

/// The texts of the elements inside `<xml>`, by name. A name that stands there twice is refused: which one counts would
/// be anybody's guess.
pub(super) fn fields(text: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut fields = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    let mut content = String::new();
    let mut elements: usize = 0;
    loop {
        let event = reader.read_event().map_err(|_| Refusal::Malformed)?;
        match event {
            Event::Start(start) => {
                let name = start.name().0.to_owned();
                elements = elements.saturating_add(1);
                let is_root = open.is_empty();
                let too_much = elements > limit::ELEMENTS_MAX || open.len() >= limit::DEPTH_MAX;
                if too_much || (is_root && (name != "xml" || elements > 1)) {
                    return Err(Refusal::Malformed);
                }
                content.clear();
                open.push(name);
            }
            Event::End(_) => {
                let name = open.pop().ok_or(Refusal::Malformed)?;
                if open.len() == 1 && fields.insert(name, std::mem::take(&mut content)).is_some() {
                    return Err(Refusal::Malformed);
                }
            }
            Event::Text(text) if open.len() == 2 => content.push_str(&text),
            Event::CData(text) if open.len() == 2 => content.push_str(&text),
            Event::GeneralRef(entity) if open.len() == 2 => content.push_str(&named(&entity)?),
            Event::DocType(_) | Event::PI(_) => return Err(Refusal::Malformed),
            Event::Eof if open.is_empty() && elements > 0 => return Ok(fields),
            Event::Eof => return Err(Refusal::Malformed),
            _ => {}
        }
    }
}

/// What one of XML's own entities, or a number, stands for.
fn named(entity: &BytesRef) -> Result<String, Refusal> {
    if let Some(letter) = entity.resolve_char_ref().map_err(|_| Refusal::Malformed)? {
        return Ok(letter.to_string());
    }
    let known = resolve_predefined_entity(entity).ok_or(Refusal::Malformed)?;
    Ok(known.to_owned())
}
