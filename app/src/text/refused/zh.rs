//! Chinese.

use super::RefusedText;
use domain::agent::BotReason;
use domain::event::Step;
use domain::verdict::Verdict;
use domain::wechat::Refusal;

pub(in crate::text) static TEXT: RefusedText = RefusedText {
    title: "被拒收的数据",
    note: "到达的数据要么已保存，要么在这里列出原因。疑似机器流量会保存但不计分，直到有人另作判定。",
    open_screen: "查看被拒收的数据",
    show: "显示",
    tab_refused: "被拒收",
    tab_suspected: "疑似机器流量",
    period: "时间范围",
    all_sites: "全部网站",
    no_site: "无法识别的网站",
    came: "到达",
    stored: "已保存",
    repeated: "重复发送",
    suspected: "疑似机器",
    refused: "被拒收",
    nothing_refused: "没有被拒收的数据",
    nothing_refused_text: "这段时间到达的数据全部保存了。一旦有数据被拒收，这里会列出原因、处理办法和示例。",
    nothing_suspected: "没有疑似机器流量",
    nothing_suspected_text: "这段时间到达的数据都不像来自程序。疑似的数据会保存但不计分，并在这里列出原因。",
    to_sites: "查看网站设置",
    examples: "示例",
    no_examples: "没有保留示例。",
    origin: "来源网站",
    page: "页面",
    agent: "自称",
    member: "有误的字段",
    browser: "浏览器",
    browsers: "疑似的浏览器",
    browsers_note: "曾有事件在到达时被怀疑的浏览器，最新出现的在前。",
    events: "疑似事件",
    reason: "最近原因",
    verdict_of: "判定为",
    is_person: "这是真人",
    is_bot: "这是程序",
    take_back: "撤销判定",
    ask_person: "判定为真人？",
    ask_bot: "判定为程序？",
    ask_take_back: "撤销判定？",
    means_person: "此浏览器过去和今后的全部行为都将计分：评分立即更新，它提交过的表单会建立线索。随时可以撤销。",
    means_bot: "此浏览器过去和今后的行为都不再计分：评分立即更新，已由它建立的线索会保留。随时可以撤销。",
    means_take_back: "每个事件恢复为到达时的判定。仅由此浏览器的疑似表单建立的线索会移除。",
    cancel: "取消",
    weighs: "已判定为真人，计分",
    visitors_note: "被判为程序的浏览器不在此列：",
    verdict_is_marketers: "市场人员和所有者可以另作判定。",
    unknown_site: "某个页面上的代码带有不存在的 data-site。请从设置里该网站的页面重新复制代码。",
    days: |days| format!("{days} 天"),
    step,
    suspicion,
    suspicion_note,
    verdict,
    wechat,
    on_day: |day, count| format!("{day}：{count}"),
};

fn step(step: Step) -> &'static str {
    match step {
        Step::Limit => "限额",
        Step::Parse => "解析",
        Step::Site => "网站",
        Step::Origin => "来源页面",
        Step::Consent => "访客同意",
        Step::Bot => "机器识别",
        Step::Classify => "渠道归类",
        Step::Stamp => "标记",
        Step::Store => "保存",
    }
}

fn suspicion(reason: BotReason) -> &'static str {
    match reason {
        BotReason::NamedAgent => "自称是程序",
        BotReason::Headless => "无头浏览器",
        BotReason::Automated => "由程序操控的浏览器",
        BotReason::NoAgent => "没有浏览器标识",
        BotReason::MailScanner => "邮件网关检查链接",
        BotReason::ReferrerSpam => "垃圾来源站",
    }
}

fn suspicion_note(reason: BotReason) -> &'static str {
    match reason {
        BotReason::NamedAgent => {
            "浏览器标识里写明是爬虫或工具，如搜索引擎、监控或脚本。通常判断正确，无需处理。"
        }
        BotReason::Headless => "浏览器标识写明是无头浏览器，常见于测试和抓取。通常判断正确。",
        BotReason::Automated => {
            "页面发现浏览器由程序操控：可能是测试，也可能是真人使用了远程控制扩展。"
        }
        BotReason::NoAgent => {
            "没有发送浏览器标识。有些隐私代理会去掉它：如果有许多表单这样到达，请查看示例。"
        }
        BotReason::MailScanner => {
            "邮件网关会在收件人之前打开邮件里的每个链接，这样的点击不是阅读。收件人自己的点击稍后到达，照常计分。"
        }
        BotReason::ReferrerSpam => {
            "来源是已知制造虚假访问的网站，目的是引人去看它。请不要打开该网站。"
        }
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Automatic => "按各事件",
        Verdict::Person => "真人",
        Verdict::Bot => "程序",
    }
}

/// What it is called, and what to do.
fn wechat(why: Refusal) -> (&'static str, &'static str) {
    match why {
        Refusal::Unsigned => (
            "微信：没有签名",
            "不是微信发来的。除非大量出现，否则无需处理。",
        ),
        Refusal::WrongSignature => (
            "微信：签名所用的 Token 不同",
            "请让这里的 Token 与公众号后台填写的一致。",
        ),
        Refusal::Stale => (
            "微信：签名时间过早",
            "旧请求被再次发送。如果全部如此，请检查部署环境的时钟。",
        ),
        Refusal::TooLarge => ("微信：消息过大", "微信不会发送这么大的消息，无需处理。"),
        Refusal::NotEncrypted => (
            "微信：没有加密",
            "请在公众号后台选择安全模式，或在这里去掉密钥。",
        ),
        Refusal::Undecryptable => (
            "微信：加密密钥不同",
            "请让这里的 EncodingAESKey 与公众号后台填写的一致。",
        ),
        Refusal::OtherAccount => (
            "微信：属于另一个公众号",
            "请检查 AppID：这条消息是为另一个公众号加密的。",
        ),
        Refusal::Malformed => ("微信：消息无法读取", "消息不是微信公布的格式。"),
    }
}
