//! Chinese.

use super::CompaniesText;
use domain::account::BuyingRole;

pub(in crate::text) static TEXT: CompaniesText = CompaniesText {
    title: "企业",
    one: "企业",
    note: "留下工作邮箱的人，归到拥有该域名的企业。企业评分由其人员的评分得出。",
    search_for: "名称或域名",
    people: "人数",
    its_people: "人员",
    domains: "域名",
    interest: "近期兴趣",
    before: "此前兴趣",
    rising: "升温",
    by_name: "名称",
    no_companies: "还没有企业",
    no_companies_text: "有人在网站上留下工作邮箱，或随导入进来，企业就会出现在这里。",
    no_rising: "没有升温的企业",
    no_rising_text: "最近 14 天的行为明显多于此前 14 天的企业会列在这里，匿名访客的行为也计算在内。",
    nothing_found: "没有名称或域名含此内容的企业。",
    no_such: "没有这家企业",
    no_such_text: "它已随带来它的导入一起撤销，或者地址有误。",
    to_companies: "查看企业",
    no_people: "还不认识这家企业的人",
    no_people_text: "留下该域名邮箱的人会出现在这里。",
    anonymous: "匿名访客",
    anonymous_note: "他们来自这家企业自己的页面，身份未知。",
    above: "上级企业",
    below: "下级企业",
    opened: "建档时间",
    role,
    events: |count| format!("14 天内 {count} 次行为"),
    events_before: |count| format!("此前 14 天 {count} 次"),
    more_anonymous: |count| format!("另有 {count} 位"),
    first_of: |shown, all| format!("评分最高的 {shown} 位，共 {all} 位"),
};

const fn role(role: BuyingRole) -> &'static str {
    match role {
        BuyingRole::DecisionMaker => "决策者",
        BuyingRole::Champion => "支持者",
        BuyingRole::Influencer => "影响者",
        BuyingRole::User => "使用者",
        BuyingRole::Gatekeeper => "把关者",
    }
}
