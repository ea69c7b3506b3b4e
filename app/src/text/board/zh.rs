//! Chinese.

use super::BoardText;

pub(in crate::text) static TEXT: BoardText = BoardText {
    title: "阶段",
    note: "按阶段查看所有线索，最近进入的在上。拖动卡片，或在卡片上按 m 键移动。",
    no_stage: "尚未进入阶段",
    empty: "暂无线索",
    more: "更多",
    move_to: "移动",
    choose_stage: "移到哪个阶段",
    reason: "原因",
    choose_reason: "请选择原因",
    why_back: "为什么退回？",
    note_hint: "给下一位负责人的一句话",
    steps: "已完成哪些步骤？",
    date: "日期",
    do_move: "移动",
    by_mistake: "误操作",
    keys_hint: "按 m 移动，← → 切换列",
    conflict: "其他人刚刚移动了它。",
    moved: |name, stage| format!("{name} 已移至{stage}。"),
    moving: |name, stage| format!("{name} → {stage}"),
    days: |days| match days {
        0 => "今天".to_owned(),
        days => format!("{days} 天"),
    },
    stuck_for: |days| format!("已停留 {days} 天"),
    why: |code| match code {
        "steps_missing" => Some("此阶段的必要步骤尚未完成。"),
        "reason_needed" | "unknown_reason" => Some("请选择原因。"),
        "note_needed" => Some("退回时需要填写说明。"),
        "too_few_attempts" => Some("联系次数不足，暂不能退回。"),
        "date_needed" => Some("此步骤需要填写日期。"),
        "retired" | "unknown_stage" => Some("这个阶段已停用。"),
        _ => None,
    },
};
