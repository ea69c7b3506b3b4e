//! The sentences about the sample company.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

table! {
    SampleText
    words {
        title note load making view leave remove removing really keep looking
    }
    phrases {}
}
