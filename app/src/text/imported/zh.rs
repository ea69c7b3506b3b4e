//! Chinese.

use super::ImportedText;
use domain::import::Reason;

pub(super) static TEXT: ImportedText = ImportedText {
    reasons: "未导入原因",
    between: "；",
    reason,
    reason_of: |column, reason| match column {
        "" => reason.to_owned(),
        _ => format!("{column}：{reason}"),
    },
};

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoKey => "没有邮箱、电话或编号，无法识别是谁",
        Reason::BadEmail => "不是邮箱地址",
        Reason::BadPhone => "不是电话号码",
        Reason::AmbiguousPhone => "电话号码缺少国家代码",
        Reason::RoundedNumber => "号码被表格软件改写，末尾几位已丢失",
        Reason::AmbiguousDate => "日和月的先后不明",
        Reason::ImpossibleDate => "日历上没有这一天",
        Reason::BadDate => "不是日期",
        Reason::BadNumber => "不是数字，或超出范围",
        Reason::BadBool => "既不是“是”也不是“否”",
        Reason::UnknownChoice => "不在可选项中",
        Reason::BadAmount => "不是金额",
        Reason::BadId => "不是有效的编号",
        Reason::TooLong => "内容过长",
        Reason::TooManyTags => "标签过多",
        Reason::FormulaError => "公式出错",
        Reason::Garbled => "含有乱码",
        Reason::UnknownField => "没有这个字段",
    }
}
