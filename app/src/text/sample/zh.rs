//! Chinese.

use super::SampleText;

pub(in crate::text) static TEXT: SampleText = SampleText {
    title: "示例公司",
    note: "一家虚构企业半年的来访、线索和跟进，放在单独的工作区里，不会与您的数据混在一起。可以随意试用，随时移除。",
    load: "载入示例公司",
    making: "正在生成……",
    view: "进入示例公司",
    leave: "返回自己的工作区",
    remove: "移除示例公司",
    removing: "正在移除……",
    really: "示例公司及其中的全部改动将被移除。",
    keep: "保留",
    looking: "您正在查看虚构的示例公司，其中的一切都与您的数据无关。",
};
