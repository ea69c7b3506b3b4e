//! Chinese.

use super::SuggestionsText;
use domain::likeness::{CompanyWhy, NameWhy};
use domain::suggestion::Why;

pub(in crate::text) static TEXT: SuggestionsText = SuggestionsText {
    title: "待确认",
    note: "系统拿不准的事，由人来定：是不是同一个人，联系方式是谁的，属于哪家企业。按 j、k 切换，m 确认，d 表示不是。",
    none: "没有待确认的事项",
    none_text: "发现可能重复的线索、无主的联系方式或可能所属的企业时，会列在这里。",
    swap: "互换",
    accept: "是",
    see_all: "全部查看",
    why: |why| match why {
        Why::ClaimedTogether(_) => "在同一次提交中一起出现",
        Why::PutTogether(_) => "在同一行导入或同一次写入中一起出现",
        Why::CompanyName => "公司名称与企业名称相同",
        Why::Alike(alike) => match (alike.name, alike.company) {
            (NameWhy::Same, CompanyWhy::Same) => "姓名和公司都相同",
            (NameWhy::Same, CompanyWhy::Place) => "姓名相同，公司名称只差地名",
            (NameWhy::Same, CompanyWhy::Pinyin) => "姓名相同，公司名称是拼音或译名",
            (NameWhy::Order, _) => "姓名写法顺序不同，公司相近",
            (NameWhy::Pinyin, _) => "姓名互为拼音，公司相近",
        },
    },
};
