//! Chinese.

use super::StaffText;
use domain::api::Power;

pub(in crate::text) static TEXT: StaffText = StaffText {
    note: "谁在团队中、担任什么角色，以及还有谁可以加入。",
    members: "成员",
    invites: "待接受的邀请",
    invites_none: "没有待接受的邀请。",
    withdraw: "撤回",
    withdrawn: "邀请已撤回，链接立即失效。",
    change_role: "更改角色",
    role_changed: "角色已更改。",
    last_owner: "工作区至少要有一位所有者。请先将其他成员设为所有者。",
    remove: "移出团队",
    remove_title: "移出该成员？",
    removed: "成员已移出，其所有登录均已失效。",
    away: "请假",
    matrix: "各角色的权限",
    matrix_note: "此表由服务器实际执行的规则生成。",
    may: "可以",
    may_not: "不可以",
    what: "权限",
    tokens_note: "其他系统凭令牌接入，而不是以某个人的身份登录。",
    tokens_none: "还没有令牌",
    tokens_none_text: "为每个系统单独创建令牌，并选择够用的最低角色。一旦泄露，只需吊销那一个。",
    make_title: "新建令牌",
    token_name: "用于哪个系统",
    token_name_note: "审计日志中会以此名称显示操作者。",
    token_role: "角色",
    expires: "有效期",
    never: "永久有效",
    make: "创建令牌",
    made_title: "请立即复制令牌",
    made_text: "令牌只显示这一次，系统不保存原文。任何持有者都拥有该角色的权限。",
    made_done: "我已复制",
    name_taken: "已有同名的有效令牌，请换一个名称。",
    too_many_tokens: "有效令牌已达 200 个，请先吊销一个。",
    revoke: "吊销",
    revoke_title: "吊销该令牌？",
    revoked: "已吊销",
    expired: "已过期",
    working: "有效",
    power,
    invite_until: |when| format!("{when}前有效"),
    remove_text: |name| {
        format!(
            "{name}会立即退出登录，其未完成的线索和任务将按分配规则转给他人；{name}过往的操作记录会保留。"
        )
    },
    is_away: |until| format!("请假中，{until}返岗"),
    made_by: |who, when| format!("{who} 创建于{when}"),
    used: |when| format!("最近使用：{when}"),
    never_used: "从未使用",
    until: |when| format!("有效期至{when}"),
    in_days: |days| format!("{days} 天后"),
    revoke_text: |name| format!("“{name}”会立即永久失效。之后可随时新建令牌。"),
};

fn power(power: Power) -> &'static str {
    match power {
        Power::OwnAccount => "修改自己的姓名和密码、退出登录",
        Power::KeepViews => "保存自己的列表视图",
        Power::SeePeople => "查看线索、公司、访客和分群",
        Power::SeeWork => "查看任务和响应时限",
        Power::SeeReports => "查看报表及其明细",
        Power::SeeRules => "查看规则、网站和设置",
        Power::SeeSample => "查看示例公司",
        Power::EditPeople => "新增和编辑线索、公司",
        Power::WorkLeads => "跟进线索：阶段、任务、沟通、负责人",
        Power::Merge => "合并重复线索，以及撤销合并",
        Power::ExportLists => "将列表导出为文件",
        Power::Sign => "签署线索定义（须被指定）",
        Power::EditRules => "修改评分、定义、阶段和分配规则",
        Power::EditSegments => "修改分群和画像",
        Power::EditSettings => "修改网站、字段、标签和工作时间",
        Power::Import => "导入文件，以及撤销导入",
        Power::Erase => "导出个人持有信息，以及抹除个人数据",
        Power::Team => "邀请成员、更改角色、移出成员",
        Power::Tokens => "创建和吊销令牌、接入微信公众号",
        Power::Workspace => "管理工作区、审计日志、全量导出",
    }
}
