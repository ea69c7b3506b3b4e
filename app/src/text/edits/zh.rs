//! Chinese.

use super::EditsText;

pub(in crate::text) static TEXT: EditsText = EditsText {
    unsaved: "有修改尚未保存，刷新页面也会保留",
    example: "未保存的修改",
    to_mend: |count| format!("保存前还有 {count} 处需要改正"),
};
