//! Chinese.

use super::scoring::more_of_rule;
use super::{Text, brand};
use crate::format::{points, thousandths};
use crate::state::live::Status;
use crate::state::prefs::Theme;
use crate::state::rules_form::{RepeatChoice, RuleForm, Why};
use domain::agent::BotReason;
use domain::api::{ErrorCode, Role};
use domain::channel::Channel;
use domain::device::{App, Class, Device};
use domain::event::Rejection;
use domain::lead::Field;
use domain::wire::Kind;

pub(super) static TEXT: Text = Text {
    own_name: "中文",
    product: "Trellis",
    claim: "每一条线索从哪里来，\n为什么是这个分数，\n一目了然。",
    language: "语言",
    theme: "外观",
    skip: "跳到正文",
    navigation: "主导航",
    leads: "线索",
    lead: "线索",
    visitors: "匿名访客",
    visitors_short: "访客",
    visitors_note: "还没有留下姓名的浏览器。提交表单后即成为线索，之前的行为一并归入。",
    visitor: "访客",
    settings: "设置",
    sites: "网站",
    site: "网站",
    sign_in: "登录",
    sign_out: "退出登录",
    sign_out_failed: "没有收到应答，您仍处于登录状态，请重试。",
    set_up: "初始化 Trellis",
    join: "加入工作区",
    email: "邮箱",
    password: "密码",
    password_hint: "至少 10 个字符。几个词连在一起，比符号更好记。",
    company: "公司",
    your_name: "您的姓名",
    make_account: "创建账号",
    ask_owner: "还没有账号？请工作区所有者给您发一个邀请链接。",
    set_up_is_open: "这个 Trellis 还没有账号。",
    set_up_lead: "第一个账号拥有工作区，并邀请其他成员。",
    set_up_link_where: "请打开 Trellis 启动时在终端里显示的一次性链接。",
    set_up_link_form: "链接以 /setup#token=… 结尾，只能使用一次。重新启动 Trellis 会显示新的链接。",
    set_up_done: "这个 Trellis 已经初始化。请用您的账号登录，或请所有者邀请您。",
    join_lead: "填好姓名和密码，即可加入。",
    join_link_missing: "邀请是一个以 #token=… 结尾的链接。请完整打开它，或请工作区所有者重新发送。",
    not_an_email: "这不像是一个邮箱地址。",
    must_not_be_empty: "请填写此项。",
    field_refused: "此项未被接受，请检查。",
    one_moment: "请稍候…",
    person: "联系人",
    first_source: "首次来源",
    score: "评分",
    last_activity: "最近活动",
    created: "创建时间",
    page_views: "浏览页数",
    first_seen: "首次到访",
    order: "排序",
    search: "搜索",
    search_leads: "姓名、邮箱或公司",
    clear_search: "清除搜索",
    nothing_found: "没有找到",
    load_more: "加载更多",
    load_earlier: "加载更早的记录",
    unknown: "未知",
    just_now: "刚刚",
    mql: "MQL",
    no_leads: "还没有线索",
    no_leads_demo: "打开示例网站，随意浏览并提交表单：线索会立即出现在这里，附带来源和评分。",
    track_own_site: "跟踪您自己的网站",
    open_demo: "打开示例网站",
    no_visitors: "还没有访客",
    no_visitors_text: "有人打开被跟踪的页面后，会立即出现在这里。",
    no_such_lead: "没有这条线索",
    no_such_lead_text: "链接可能不完整，或者线索属于另一个工作区。",
    to_leads: "前往线索列表",
    not_found: "页面不存在",
    not_found_text: "这个地址没有页面。链接可能不完整或已过期。",
    nothing_for_partner: "还没有移交给您的内容。请联系工作区所有者，或稍后再来。",
    why_this_score: "为什么是这个分数",
    no_points_yet: "还没有规则给出分数。",
    clamped: "限制在 0–100 之内",
    sum: "评分",
    timeline: "时间线",
    known_fields: "已知信息",
    sources: "来源",
    first_touch: "首次触点",
    last_touch: "最近触点",
    only_touch: "首次也是唯一的触点",
    no_touch: "没有已知的触点：首次浏览的记录尚未到达。",
    touches: "触点",
    sessions: "会话",
    browsers: "浏览器",
    last_device: "最近设备",
    unread_event: "详情暂时无法读取",
    source: "来源",
    medium: "媒介",
    campaign: "活动",
    term: "关键词",
    content: "创意",
    click_id: "点击标识",
    referrer: "引荐网站",
    landing_page: "落地页",
    starter_rules: "工作区的初始规则，还没有人修改过。",
    rules_read_only: "您可以查看规则和试算。市场人员和所有者可以修改。",
    rule_list: "规则",
    add_rule: "添加规则",
    remove_rule: "删除这条规则",
    unnamed_rule: "未命名的规则",
    added: "新增",
    changed: "已修改",
    to_mend: "待修正",
    points: "分数",
    mql_line: "市场认可线索（MQL）线",
    mql_line_hint: "达到这个评分，市场部即认可为合格线索",
    name_zh: "中文名称",
    name_en: "Name in English",
    kind_of_event: "发生什么",
    path_pattern: "页面路径符合",
    path_hint: "* 代表任意文字，留空为任意页面",
    name_of_event: "表单或事件的名称",
    any_when_empty: "留空为任意",
    channel_of_visit: "到访渠道",
    any_channel: "任意渠道",
    repeat: "计分次数",
    times_a_day: "每天次数",
    times_within: "次数",
    within_days: "天数之内",
    cap: "合计最多得分",
    cap_hint: "留空为不设上限",
    no_changes: "没有改动。修改任何数字即可试算。",
    see_changes: "查看改动",
    discard: "放弃",
    publish: "发布",
    compare: "比较",
    published_now: "当前发布的版本",
    your_draft: "您的草稿",
    not_there: "没有",
    no_difference: "两者相同。",
    conflict: "有人先发布了",
    take_theirs: "采用已发布的版本",
    keep_mine: "在其基础上保留我的草稿",
    decide_later: "稍后决定",
    what_if_title: "试算",
    mend_first: "修正标出的字段后，即可看到草稿带来的变化。",
    read_again: "重新读取历史",
    qualified_now: "当前 MQL",
    qualified_then: "草稿下 MQL",
    scores_changed: "评分有变化",
    would_cross: "将成为 MQL",
    would_fall: "将不再是 MQL",
    before: "已发布",
    after: "草稿",
    mql_a_week: "每周 MQL",
    by_source: "按来源",
    histogram: "按已发布的规则和按草稿，各分数段的线索数量",
    you: "您",
    role_label: "角色",
    invite_someone: "邀请成员",
    owner_invites: "所有者可以邀请更多成员。",
    make_link: "生成链接",
    no_sites: "还没有被跟踪的网站。",
    consent_needed: "需访客同意",
    consent_not_needed: "无需访客同意",
    origins: "接受来自",
    refusals: "被拒收的数据",
    copy: "复制",
    copied: "已复制",
    try_again: "重试",
    try_now: "立即重试",
    offline: "网络已断开。您看到的是断开前的内容，恢复后会自动补齐。",
    reconnecting: "实时连接已中断，内容可能不是最新，恢复后会自动补齐。",
    no_answer: "没有收到应答。请检查网络，然后重试。",
    unreadable: "无法读取应答。请刷新页面以使用最新版本。",
    close: "关闭",
    export: "导出",
    export_stop: "停止导出",
    export_failed: "文件没有写成：浏览器没能加载写文件的程序，或行数超过了一张表能放下的。请重试，或缩小范围。",
    csv: "CSV",
    xlsx: "Excel",
    tags: "标签",
    vendor: "供应商",
    cost: "成本",
    consent: "同意依据",
    consent_at: "同意日期",
    open_id: "微信OpenID",
    union_id: "微信UnionID",
    channel_first: "首次渠道",
    account: "企业档案",
    filters: "筛选",
    any_tag: "任意标签",
    any_score: "任意评分",
    any_points: "有分",
    with_email: "有邮箱",
    with_phone: "有电话",
    with_account: "有企业",
    clear_filters: "清除筛选",
    no_match: "没有线索符合这些筛选。",
    exporting: |done, total| format!("已写入 {done} / {total} 行"),
    from_mql: |line| format!("{line} 分起（MQL）"),
    theme_name,
    live_status,
    channel,
    kind,
    wechat_event,
    engagement: |read| format!("停留 {}，读到 {}%", time_spent(read.seconds), read.scroll),
    session_at: |time| format!("{time} 的会话"),
    key_event: |name| format!("关键事件：{name}"),
    session_lasted: |seconds| format!("持续 {}", time_spent(seconds)),
    pages: |count| format!("{count} 个页面"),
    field,
    role,
    role_may,
    bot_reason,
    device,
    rejection,
    repeat_choice,
    error,
    why_wrong,
    new_rows: |count| format!("有 {count} 条新记录，点击显示"),
    shown_of: |shown, total| format!("已显示 {shown} 条，共 {total} 条"),
    of: |part, whole| format!("{part} / {whole}"),
    nothing_found_text: |search| format!("没有姓名、邮箱或公司包含“{search}”。"),
    score_against_line: |score, line| {
        format!("评分 {score}，满分 100；{line} 分起为市场认可线索（MQL）")
    },
    to_mql: |missing| {
        if missing > 0 {
            format!("距市场认可线索（MQL）还差 {missing} 分")
        } else {
            "已是市场认可线索（MQL）".into()
        }
    },
    by_version: |version| format!("按第 {version} 版规则"),
    version: |version| format!("第 {version} 版"),
    awards: |count| format!("{count} 次"),
    lost_to_cap: |lost| format!("上限扣去 {}", points(lost.saturating_neg())),
    faded: |faded| format!("已衰减 {}", thousandths(faded.saturating_neg())),
    silent: |times| format!("满 {times} 个周期没有互动"),
    group_cap: |group, cap| format!("{group}：合计最多 {cap} 分"),
    to_band: |band, missing| format!("距第 {band} 档还差 {missing} 分"),
    from_to: |from, to| format!("{from} → {to}"),
    up_and_down: |up, down| format!("+{up} −{down}"),
    rule_sentence,
    published_by: |who, when| format!("{who} 发布于{when}"),
    published_now_as: |version| format!("已发布为第 {version} 版，正在按新规则更新评分。"),
    changes_kept_here: |count| {
        if count == 0 {
            "草稿，保存在本浏览器".into()
        } else {
            format!("{count} 处改动，保存在本浏览器")
        }
    },
    fields_to_mend: |count| format!("发布前有 {count} 处需要修正"),
    draft_is_behind: |version, by, from| {
        let by = if by.is_empty() {
            String::new()
        } else {
            format!("{by} ")
        };
        format!("{by}已发布第 {version} 版。您的草稿基于第 {from} 版。")
    },
    rescoring: |version, done, total| format!("正在按第 {version} 版更新评分：{done} / {total}"),
    what_if: |up, down, line| match (up, down) {
        (0, 0) => format!("没有线索会越过或跌破 {line} 分。"),
        (_, 0) => format!("{up} 条线索将越过 {line} 分，没有跌破的。"),
        (0, _) => format!("{down} 条线索将跌破 {line} 分，没有越过的。"),
        _ => format!("{up} 条线索将越过 {line} 分，{down} 条将跌破。"),
    },
    history_from: |time| format!("历史截至 {time}"),
    reading_history: |done, total| format!("正在读取历史：{done} / {total} 条线索"),
    histogram_column: |from, to, before, after| {
        format!("{from}–{to} 分：之前 {before} 条，之后 {after} 条")
    },
    mql_line_at: |line| format!("MQL 线 {line}"),
    most_in_column: |count| format!("最高 {count} 条"),
    show_all: |count| format!("显示全部 {count} 条"),
    link_for: |who, until| {
        format!("请把链接发给 {who}。只能使用一次，{until} 前有效，之后不再显示。")
    },
    snippet: &super::snippet::ZH,
    dictionary: &super::dictionary::ZH,
    refused: &super::refused::ZH,
    companies: &super::companies::ZH,
    sample: &super::sample::ZH,
    today: &super::today::ZH,
    personas: &super::personas::ZH,
    profile: &super::profile::ZH,
    pursuit: &super::pursuit::ZH,
    frame: &super::frame::ZH,
    kit: &super::kit::ZH,
    board: &super::board::ZH,
    scoring: &super::scoring::ZH,
    definition: &super::definition::ZH,
    stages: &super::stages::ZH,
    routing: &super::routing::ZH,
    reports: &super::reports::ZH,
    segments: &super::segments::ZH,
    import: &super::import::ZH,
    suggestions: &super::suggestions::ZH,
    own: &super::own::ZH,
    staff: &super::staff::ZH,
    records: &super::records::ZH,
    edits: &super::edits::ZH,
    fields: &super::fields::ZH,
    hours: &super::hours::ZH,
    lists: &super::lists::ZH,
};

fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "跟随系统",
        Theme::Light => "浅色",
        Theme::Dark => "深色",
    }
}

fn live_status(status: Status) -> &'static str {
    match status {
        Status::Starting => "连接中",
        Status::Connected => "实时",
        Status::Reconnecting => "重连中",
        Status::Offline => "离线",
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Direct => "直接访问",
        Channel::CrossNetwork => "跨网络",
        Channel::PaidShopping => "付费购物",
        Channel::PaidSearch => "付费搜索",
        Channel::PaidSocial => "付费社交",
        Channel::PaidVideo => "付费视频",
        Channel::Display => "展示广告",
        Channel::PaidOther => "其他付费",
        Channel::Partner => "合作伙伴",
        Channel::Event => "活动与扫码",
        Channel::AiAssistant => "AI 助手",
        Channel::OrganicShopping => "自然购物",
        Channel::OrganicSocial => "自然社交",
        Channel::OrganicVideo => "自然视频",
        Channel::OrganicSearch => "自然搜索",
        Channel::Email => "邮件",
        Channel::Affiliates => "联盟推广",
        Channel::Audio => "音频",
        Channel::Referral => "外部引荐",
        Channel::Sms => "短信",
        Channel::MobilePush => "移动推送",
        Channel::Unassigned => "未归类",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::PageView => "浏览页面",
        Kind::Engagement => "页面停留",
        Kind::FormView => "看到表单",
        Kind::FormStart => "开始填表",
        Kind::FormSubmit => "提交表单",
        Kind::Identify => "表明身份",
        Kind::Custom => "自定义事件",
    }
}

/// What happened at an official account of WeChat, by the event's name.
fn wechat_event(name: &str) -> Option<&'static str> {
    Some(match name {
        "wechat.subscribe" => "关注公众号",
        "wechat.unsubscribe" => "取消关注",
        "wechat.scan" => "扫描二维码",
        "wechat.menu" => "点击菜单",
        "wechat.view" => "打开菜单链接",
        "wechat.position" => "上报位置",
        "wechat.text" => "发送文字",
        "wechat.image" => "发送图片",
        "wechat.voice" => "发送语音",
        "wechat.video" => "发送视频",
        "wechat.location" => "发送地点",
        "wechat.link" => "发送链接",
        _ => return None,
    })
}

fn time_spent(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} 秒"),
        (minutes, 0) => format!("{minutes} 分钟"),
        (minutes, seconds) => format!("{minutes} 分 {seconds} 秒"),
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "姓名",
        Field::Company => "公司",
        Field::Phone => "电话",
        Field::Title => "职位",
        Field::Size => "公司规模",
        Field::Industry => "行业",
        Field::Message => "留言",
        Field::Department => "部门",
        Field::Country => "国家",
        Field::Region => "省份",
        Field::City => "城市",
        Field::Website => "网站",
        Field::Wechat => "微信号",
        Field::Amount => "商机金额",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "所有者",
        Role::Marketer => "市场",
        Role::Sdr => "销售拓展（SDR）",
        Role::Sales => "销售",
        Role::Success => "客户成功",
        Role::Partner => "合作伙伴",
        Role::Viewer => "只读",
    }
}

fn role_may(role: Role) -> &'static str {
    match role {
        Role::Owner => "可做一切，包括邀请成员",
        Role::Marketer => "可查看全部，修改规则和网站",
        Role::Sdr | Role::Sales | Role::Success => "可查看全部内容，并跟进线索",
        Role::Partner => "只能看到移交的内容",
        Role::Viewer => "只能查看",
    }
}

fn bot_reason(reason: BotReason) -> &'static str {
    match reason {
        BotReason::NamedAgent => "机器流量：自称爬虫或工具，不计分",
        BotReason::Headless => "机器流量：无头浏览器，不计分",
        BotReason::Automated => "机器流量：由程序操控的浏览器，不计分",
        BotReason::NoAgent => "机器流量：没有浏览器标识，不计分",
        BotReason::MailScanner => "机器流量：邮件网关扫描链接，不计分",
        BotReason::ReferrerSpam => "机器流量：垃圾来源站，不计分",
    }
}

/// What a page was seen with: what kind of device, the application, the browser and the system.
fn device(device: Device) -> String {
    let class = match device.class {
        Class::Desktop => "电脑",
        Class::Mobile => "手机",
        Class::Tablet => "平板",
        Class::Tv => "电视",
        Class::Other => "",
    };
    let app = match device.app {
        App::Wechat => "微信",
        App::Wecom => "企业微信",
        App::Qq => "QQ",
        App::Dingtalk => "钉钉",
        App::Feishu => "飞书",
        App::Weibo => "微博",
        App::Douyin => "抖音",
        App::Toutiao => "今日头条",
        App::Kuaishou => "快手",
        App::Bilibili => "哔哩哔哩",
        App::Zhihu => "知乎",
        App::Xiaohongshu => "小红书",
        App::Baidu => "百度",
        App::Alipay => "支付宝",
        App::Taobao => "淘宝",
        App::Jd => "京东",
        App::Pinduoduo => "拼多多",
        App::Facebook => "Facebook",
        App::Instagram => "Instagram",
        App::Linkedin => "LinkedIn",
        App::X => "X",
        App::Tiktok => "TikTok",
        App::Line => "LINE",
        App::Snapchat => "Snapchat",
        App::Pinterest => "Pinterest",
        App::Other => "",
    };
    let mut parts = vec![class.to_owned(), app.to_owned()];
    parts.retain(|part| !part.is_empty());
    parts.extend(brand::parts(device));
    parts.join(" · ")
}

fn rejection(rejection: Rejection) -> &'static str {
    match rejection {
        Rejection::Overloaded => "采集端繁忙，已请对方稍后重发",
        Rejection::RateLimited => "短时间内发送过多，已请对方稍后重发",
        Rejection::BodyTooLarge => "数据包过大",
        Rejection::InvalidUtf8 => "数据包不是 UTF-8",
        Rejection::NotJson => "数据包不是 JSON",
        Rejection::InvalidBatch => "数据包格式不对",
        Rejection::UnknownVersion => "数据包版本未知",
        Rejection::UnknownSite => "没有网站使用这个标识",
        Rejection::ForeignOrigin => "来自其他网站的页面",
        Rejection::NoConsent => "访客没有同意",
        Rejection::TooManyEvents => "一个数据包里事件过多",
        Rejection::InvalidEvent => "事件格式不对",
        Rejection::InvalidId => "事件标识不正确",
        Rejection::UnknownKind => "事件类型未知",
        Rejection::UrlTooLong => "页面地址过长",
        Rejection::InvalidUrl => "页面地址不正确",
        Rejection::TooManyProps => "字段过多",
        Rejection::NameTooLong => "名称过长",
        Rejection::ValueTooLong => "内容过长",
        Rejection::FromFuture => "事件时间在未来",
        Rejection::TooOld => "事件早于 30 天前",
        Rejection::Poisoned => "事件使采集端出错",
    }
}

fn repeat_choice(choice: RepeatChoice) -> &'static str {
    match choice {
        RepeatChoice::Once => "仅一次",
        RepeatChoice::Every => "每次",
        RepeatChoice::PerDay => "每天若干次",
        RepeatChoice::Within => "若干天内若干次",
    }
}

fn error(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::SignedOut => "登录已失效，请重新登录。",
        ErrorCode::WrongPassword => "邮箱或密码不正确，请检查后重试。",
        ErrorCode::Forbidden => "您的角色不能这样做，请联系工作区所有者。",
        ErrorCode::ForeignOrigin => {
            "当前页面的地址不被 Trellis 接受，请从 Trellis 自己的地址打开。"
        }
        ErrorCode::SetUpClosed => {
            "这个初始化链接已使用或已过期。请使用终端里最新的链接，或直接登录。"
        }
        ErrorCode::InvitationClosed => "这个邀请已使用或已过期。请工作区所有者重新邀请您。",
        ErrorCode::NotFound => "内容已不存在，请返回列表。",
        ErrorCode::MethodNotAllowed => "页面版本已过期，请刷新页面。",
        ErrorCode::Conflict => "有人先做了修改。请比较两个版本后再决定。",
        ErrorCode::Invalid => "有内容未被接受，请检查您的输入。",
        ErrorCode::TooLarge => "一次提交的内容过多，请缩短后重试。",
        ErrorCode::RateLimited => "尝试次数过多，请一分钟后再试。",
        ErrorCode::Overloaded | ErrorCode::Unavailable => {
            "Trellis 正忙。没有任何改动，请稍后重试。"
        }
        ErrorCode::Internal => {
            "我们这边出了问题。没有任何改动，请重试；若再次出现，请告知工作区所有者。"
        }
    }
}

fn why_wrong(why: Why) -> String {
    match why {
        Why::Empty => "不能为空。".into(),
        Why::TooLong => "过长。".into(),
        Why::TooMany => "数量过多，请删除一些。".into(),
        Why::TooManySites => "网站过多：最多 50 个。".into(),
        Why::TooManyOrigins => "地址过多：最多 50 个。".into(),
        Why::NotAnOrigin => "请写成 https://www.example.com 的形式，后面不带路径。".into(),
        Why::NotASiteName => "只能用小写字母、数字和连字符，最多 32 个。".into(),
        Why::SiteTaken => "已有网站使用这个名称。".into(),
        Why::Duplicate => "另一条规则使用了相同的标识，请删除其中一条。".into(),
        Why::Zero => "0 分没有作用：请换一个数字，或删除规则。".into(),
        Why::OutOfRange(least, most) => {
            format!("须在 {} 到 {most} 之间。", points(least).replace('+', ""))
        }
        Why::CapBelowPoints => "上限低于一次得分：请至少提高到该分数。".into(),
        Why::TooManyStars => "星号过多：最多 8 个。".into(),
        Why::ChannelNeedsPageView => "只有浏览页面才有渠道。".into(),
        Why::NameNeedsFormOrCustom => "只有表单和自定义事件才有名称，请清空。".into(),
        Why::NotAPath => "请以 / 或 * 开头。".into(),
        Why::NotANumber => "请填写整数。".into(),
        Why::Signed => "分数线由双方签署的线索定义决定，请在定义中修改。".into(),
        Why::NotFalling => "须从高到低依次减小。".into(),
        Why::FollowsFromIt => "排除条件不能使用评分、等级、阶段或人群：它们取决于此。".into(),
        Why::Incomplete => "条件尚未填写完整。".into(),
        Why::Other => "未被接受。".into(),
    }
}

fn rule_sentence(form: &RuleForm) -> String {
    let mut parts = vec![kind(form.kind).to_owned()];
    parts.extend(
        [&form.path, &form.name, &form.asset]
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .cloned(),
    );
    parts.extend(form.channel.map(|by| format!("经{}", channel(by))));
    parts.extend(form.seconds.map(super::segments::ZH.seconds));
    parts.push(match form.repeat {
        RepeatChoice::Once => "仅一次".into(),
        RepeatChoice::Every => "每次".into(),
        RepeatChoice::PerDay => format!("每天最多 {} 次", form.per_day.trim()),
        RepeatChoice::Within => {
            format!("{} 天内最多 {} 次", form.days.trim(), form.per_day.trim())
        }
    });
    if !form.cap.trim().is_empty() {
        parts.push(format!("合计最多 {} 分", form.cap.trim()));
    }
    parts.extend(more_of_rule(form, &super::scoring::ZH));
    parts.join(" · ")
}
