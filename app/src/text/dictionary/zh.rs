//! Chinese.

use super::DictionaryText;
use domain::dictionary::{Class, Indicator, Property, Status, Value};
use domain::wire::Kind;

pub(in crate::text) static TEXT: DictionaryText = DictionaryText {
    title: "指标字典",
    note: "采集了什么、用来做什么、哪些没有人用。次数为最近 30 天，含机器流量。",
    open: "打开指标字典",
    panel_note: "每种事件的含义、由哪条规则或哪个指标使用，以及哪些白白采集或一直没有等到。",
    todo: "需要处理",
    todo_unused: "这些事件一直在采集，但没有规则、分群、关键事件或指标使用它们。请为它们建立规则，或停止发送。",
    todo_waiting: "这些规则、分群和关键事件在等待从未出现过的事件。请检查路径和名称，以及页面是否装了代码。",
    make_rule: "建立规则",
    change_rules: "前往规则",
    check_tag: "检查网站",
    nothing_yet: "最近 30 天没有采集到任何事件",
    nothing_yet_text: "请在网站上安装代码，或打开示例网站。收到的事件会在这里计数，旁边写明由谁使用。",
    nothing_matches: "没有符合条件的内容。",
    show_all: "显示全部",
    search: "名称、属性或用途",
    class: "类别",
    status: "状态",
    all: "全部",
    events: "事件",
    events_note: "点开可查看属性。",
    every_event: "所有事件",
    every_event_note: "无论发生什么，每个事件都有的属性。",
    indicators: "指标",
    indicators_note: "Trellis 的指标和报告：各自服务于什么决策，由哪些事件得出。",
    about_custom: "您自己的事件：网站以此名称调用了 trellis(\"track\", …)，或元素的 data-track 写了它。",
    used_by: "用于",
    used_by_nothing: "没有专门的用途。与所有事件一样，它会出现在时间线、会话和最近活动里。",
    property: "属性",
    meaning: "含义",
    value: "类型",
    limit: "限制",
    example: "示例",
    never_seen: "30 天内没有",
    no_events: "无",
    decision: "决定",
    made_of: "来自",
    made_of_every: "每个事件",
    made_of_none: "被拒收的内容，不是事件",
    class_name,
    status_name,
    status_note,
    about,
    meaning_of,
    value_name,
    limit_of,
    indicator,
    decision_of,
    times: |count| format!("{count} 次"),
    last_on: |day| format!("最近 {day}"),
    rule: |name| format!("规则：{name}"),
    segment: |name| format!("分群：{name}"),
};

fn class_name(class: Class) -> &'static str {
    match class {
        Class::Basic => "基础",
        Class::Attribute => "属性",
        Class::Source => "来源",
        Class::Behaviour => "行为",
        Class::Model => "模型",
    }
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Used => "使用中",
        Status::Unused => "未使用",
        Status::Awaited => "等待中",
        Status::Quiet => "未出现",
    }
}

fn status_note(status: Status) -> &'static str {
    match status {
        Status::Used => "正在采集，也有用途。",
        Status::Unused => "正在采集，但没有专门的用途。",
        Status::Awaited => "有规则、分群或关键事件在等待它，但 30 天内没有出现。",
        Status::Quiet => "30 天内没有出现，也没有规则在等待它。",
    }
}

fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::PageView => "展示了一个页面。一次访问的第一个页面说明访客从哪里来。",
        Kind::Engagement => "页面在前台停留了多久、读到多深。离开页面时发送。",
        Kind::FormView => "表单出现在屏幕上。",
        Kind::FormStart => "填写了表单的第一项。",
        Kind::FormSubmit => "提交了表单。带有邮箱时会新建线索，或归入已有的线索。",
        Kind::Identify => "网站用 trellis(\"identify\", …) 说明了是谁在使用浏览器。",
        Kind::Custom => "网站用 trellis(\"track\", …) 或 data-track 以自己的名称发送的事件。",
    }
}

fn meaning_of(property: Property) -> &'static str {
    match property {
        Property::Id => "在浏览器中生成。标识相同的重复事件只计一次。",
        Property::At => "发生的时间；时钟不准时，用数据包的发送时间校正。",
        Property::Visitor => "哪个浏览器，来自第一方 Cookie。每个数据包写一次。",
        Property::Site => "哪个网站，即网站标识。每个数据包写一次。",
        Property::Url => "页面地址。规则会看其中的路径。",
        Property::Session => "跟踪代码自己记的访问。Trellis 按校正后的时间重新划分会话。",
        Property::Referrer => "从哪个页面过来，仅限其他网站。",
        Property::Title => "页面标题。",
        Property::UtmSource => "链接所在的来源。取自页面地址。",
        Property::UtmMedium => "媒介：cpc、email、social 等。取自页面地址。",
        Property::UtmCampaign => "哪个推广活动。取自页面地址。",
        Property::UtmTerm => "搜索的关键词。取自页面地址。",
        Property::UtmContent => "哪个广告素材。取自页面地址。",
        Property::ClickId => "广告平台的点击标识：bd_vid、gclid、msclkid 等。取自页面地址。",
        Property::Seconds => "页面在前台的秒数。",
        Property::Scroll => "最深读到页面的百分之几。",
        Property::Form => "表单的名称、标识或标题。",
        Property::Fields => "填写的内容：邮箱、姓名、公司、电话等线索字段。",
        Property::Name => "事件的名称。规则会看它。",
        Property::Props => "网站附带的说明。显示在时间线里，规则不看它。",
    }
}

fn value_name(value: Value) -> &'static str {
    match value {
        Value::Uuid => "UUID",
        Value::Time { .. } => "时间（毫秒）",
        Value::Text { .. } | Value::Query { .. } => "文本",
        Value::Url { .. } => "网址",
        Value::Whole { .. } => "整数",
        Value::Pairs { .. } => "名称与文本",
    }
}

fn limit_of(value: Value, number: &dyn Fn(u64) -> String) -> String {
    let bytes = |bytes: usize| format!("{} 字节", number(bytes as u64));
    match value {
        Value::Uuid => "36 个字符".into(),
        Value::Time { age_ms_max } => format!("最早 {} 天前", age_ms_max / 86_400_000),
        Value::Text { bytes_max } | Value::Url { bytes_max } => bytes(bytes_max),
        Value::Query { bytes_max } => format!("{}，超出截断", bytes(bytes_max)),
        Value::Whole { least, most } => format!("{least}–{}", number(most.into())),
        Value::Pairs {
            count_max,
            key_bytes_max,
            value_bytes_max,
        } => format!(
            "{count_max} 项，名称 {}，内容 {}",
            bytes(key_bytes_max),
            bytes(value_bytes_max)
        ),
    }
}

fn indicator(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Score => "评分与 MQL",
        Indicator::Segments => "分群",
        Indicator::FirstTouch => "首次来源",
        Indicator::LastTouch => "最近来源",
        Indicator::Channel => "渠道",
        Indicator::Person => "已知信息",
        Indicator::PageViews => "浏览页数",
        Indicator::Sessions => "会话",
        Indicator::LastActivity => "最近活动",
        Indicator::Timeline => "时间线",
        Indicator::SiteCheck => "网站检测",
        Indicator::Refusals => "拒收",
    }
}

fn decision_of(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Score => "销售先联系谁，谁还不到时候。",
        Indicator::Segments => "页面对这位访客说什么。",
        Indicator::FirstTouch => "预算向哪个来源增减：谁带来了新的人。",
        Indicator::LastTouch => "哪个来源把人带回来，促成转化。",
        Indicator::Channel => "预算在各类来源之间如何分配。",
        Indicator::Person => "这个人是否合适，怎样联系。",
        Indicator::PageViews => "匿名访客是否值得关注。",
        Indicator::Sessions => "是回访过，还是一次看完。",
        Indicator::LastActivity => "现在是不是联系的时机。",
        Indicator::Timeline => "与对方聊什么。",
        Indicator::SiteCheck => "代码是否正常，是否需要修复。",
        Indicator::Refusals => "是否因为某项设置而丢失事件，能否改正。",
    }
}
