//! Chinese.

use super::PursuitText;
use domain::clock::Kind;

pub(in crate::text) static TEXT: PursuitText = PursuitText {
    title: "跟进情况",
    stage: "阶段",
    no_stage: "尚未进入任何阶段",
    owner: "负责人",
    nobody: "暂无",
    somebody: "已离开的成员",
    attempts: "联系次数",
    accept: "接受",
    reject: "退回",
    reason: "为什么不接受？",
    choose_reason: "请选择原因",
    reject_now: "退回培育",
    cancel: "取消",
    changed_meanwhile: "其他人刚刚修改了这条线索，现在显示的是最新情况。",
    a_moment: "片刻之内",
    for_days: |days| match days {
        0 => "今天起".to_owned(),
        days => format!("已 {days} 天"),
    },
    tried: |times, least| format!("{times} 次，至少 {least} 次"),
    promise: |kind| match kind {
        Kind::Assigned => "分配给负责人",
        Kind::Accepted => "接受或退回",
        Kind::FirstResponse => "首次联系",
        Kind::FollowUp => "再次跟进",
    },
    due: |left| format!("{left}到期"),
    met: "按时完成",
    met_late: "超时完成",
    breached: |since| format!("已超时，应于 {since} 完成"),
};
