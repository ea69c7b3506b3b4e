//! Chinese.

use super::SnippetText;
use crate::state::sighting::Verdict;
use crate::state::tag::Switch;
use domain::event::Rejection;

pub(in crate::text) static TEXT: SnippetText = SnippetText {
    open: "代码与检测",
    no_such_site: "没有这个网站",
    no_such_site_text: "链接可能不完整，或者网站属于另一个工作区。",
    to_settings: "前往设置",
    add_site: "添加网站",
    add_text: "名称会写在代码里，之后不再更改。",
    site_name: "简称",
    site_name_hint: "小写字母、数字和连字符，例如 www",
    site_address: "地址",
    site_address_hint: "例如 https://www.example.com",
    add: "添加",
    tag: "跟踪代码",
    tag_where: "粘贴到每个页面的 </head> 之前。",
    options: "选项",
    domains: "公司的其他域名",
    domains_hint: "访客经链接前往这些域名时身份会延续；同一域名的子域名无需填写。写作 a.com b.cn。",
    not_domains: "只写域名，用空格分隔，例如 a.com b.cn。",
    endpoint: "经由您自己的地址发送",
    endpoint_hint: "您主机上的代理，把 /e 和 /s/ 转发给 Trellis，例如 https://www.example.com/x/e。留空则直接发送。",
    not_an_endpoint: "请写成 https://www.example.com/x/e 的形式。",
    stub: "脚本加载前的调用",
    stub_note: "仅当页面要使用下方的调用时需要：放在跟踪代码之前，脚本加载前的调用会先保留。",
    policy: "内容安全策略（Content-Security-Policy）",
    policy_note: "如果您的网站启用了该策略，请加入这些内容。缺少 'wasm-unsafe-eval' 时，由脚本自行记录，发送失败的不再重发。",
    check: "能看到吗？",
    check_paused: "暂时没有应答，稍后会自动再问。",
    hint_published: "带代码的页面发布了吗？代码与本页的一致吗？",
    hint_blocked: "浏览器里的广告拦截插件是否拦住了脚本？",
    hint_signals: "浏览器是否要求不被跟踪（Global Privacy Control、Do Not Track）？若是，则不会记录。",
    hint_consent: "若需访客同意，在同意之前不会有数据。",
    accepted_last: "最近一次被接受的",
    add_origin: "加入允许的地址",
    settings: "网站设置",
    origins: "接受来自以下地址的数据",
    origins_hint: "每行一个，例如 https://www.example.com。一个都没有时，不接受任何数据。",
    consent_required: "需访客同意",
    consent_required_note: "没有访客同意的事件会被拒收。",
    read_only: "市场人员和所有者可以修改。",
    save: "保存",
    saved: "已保存，最多一分钟后在各处生效。",
    saved_first: "有人先保存了这个网站的设置。",
    take_theirs: "采用对方保存的",
    keep_mine: "保留我填写的",
    recorded: "会记录什么",
    recorded_views: "页面浏览及其来源：UTM、点击标识、引荐网站，单页应用也一样。",
    recorded_forms: "表单的看到、开始填写和提交。提交含邮箱字段的表单即产生线索。",
    recorded_clicks: "点击通往其他网站的链接，以及下载。",
    recorded_field: "表单里不属于线索资料的字段，以属性值为名称记录；未标记的留在页面里。",
    recorded_named: "点击带有此属性的任何元素，以属性值为名称。",
    recorded_never: "绝不记录密码、银行卡、隐藏字段，以及带此属性的部分。",
    calls: "调用",
    call_track: "您自己的事件。",
    call_identify: "说明访客是谁，与提交表单相同。",
    call_consent: "访客同意；传入 false 则为撤回。",
    call_opt_out: "忘记访客，不再记录。",
    call_segments: "询问访客属于哪些公开的分群。",
    switch,
    switch_note,
    verdict,
    verdict_note,
    remedy,
    unknown_refusal: |code| format!("被拒收：{code}"),
    events_here: |count, shown| {
        if count == 0 {
            "打开本页以来还没有事件".into()
        } else {
            format!("打开本页以来有 {shown} 个事件")
        }
    },
    line_wrong: |line, why| format!("第 {line} 行：{why}"),
};

fn switch(switch: Switch) -> &'static str {
    match switch {
        Switch::Consent => "等待访客同意",
        Switch::Signals => "不理会隐私信号",
        Switch::Hash => "# 之后的页面",
        Switch::Engagement => "停留与滚动",
        Switch::Integrity => "子资源完整性",
    }
}

fn switch_note(switch: Switch) -> &'static str {
    match switch {
        Switch::Consent => "在页面调用 trellis(\"consent\", true) 之前，不存储也不发送。",
        Switch::Signals => "发出 Global Privacy Control 或 Do Not Track 的浏览器也会记录。",
        Switch::Hash => "用于在 # 之后切换页面的单页应用：# 之后的每次变化都算一次页面浏览。",
        Switch::Engagement => "页面停留的秒数和滚动的深度。只有规则用到时才需要。",
        Switch::Integrity => {
            "浏览器只运行这一版脚本。每次升级 Trellis 后都要更换代码，否则不再记录。"
        }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Waiting => "现在打开您的网站",
        Verdict::Seen => "看到了",
        Verdict::Refused => "数据到了，但被拒收",
    }
}

fn verdict_note(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Waiting => "在另一个窗口打开，几秒内就会显示在这里。",
        Verdict::Seen => "这个网站最近的事件：",
        Verdict::Refused => "这个网站最近的数据：",
    }
}

fn remedy(rejection: Rejection) -> &'static str {
    match rejection {
        Rejection::ForeignOrigin => "如果是您的页面，请把它的地址加入允许的地址。",
        Rejection::NoConsent => {
            "请在代码中打开“等待访客同意”，并让同意横幅调用 trellis(\"consent\", true)；或者不再要求同意。"
        }
        Rejection::UnknownSite => "请重新复制本页的代码：data-site 与本网站不符。",
        Rejection::FromFuture | Rejection::TooOld => "那台电脑的时钟相差太多，其他访客不受影响。",
        Rejection::Poisoned => "请告知 Trellis 的维护者，其他事件不受影响。",
        Rejection::Overloaded | Rejection::RateLimited => {
            "脚本会自动稍后重发，通常无需处理；如果持续出现，请检查页面是否在循环发送，或请维护者调高上限。"
        }
        Rejection::BodyTooLarge
        | Rejection::TooManyEvents
        | Rejection::UrlTooLong
        | Rejection::TooManyProps
        | Rejection::NameTooLong
        | Rejection::ValueTooLong => "页面发送的内容超过上限，请缩短您自己的调用所发送的内容。",
        Rejection::InvalidUtf8
        | Rejection::NotJson
        | Rejection::InvalidBatch
        | Rejection::UnknownVersion
        | Rejection::InvalidEvent
        | Rejection::InvalidId
        | Rejection::UnknownKind
        | Rejection::InvalidUrl => "不是由当前的脚本发送的。请重新复制代码，并清除沿途的缓存。",
    }
}
