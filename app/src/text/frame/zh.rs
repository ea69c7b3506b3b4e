//! Chinese.

use super::FrameText;

pub(in crate::text) static TEXT: FrameText = FrameText {
    find: "查找",
    find_hint: "联系人、企业、页面或操作",
    nothing: "没有找到",
    people: "联系人",
    pages: "页面",
    actions: "操作",
    new_lead: "新建线索",
    edit_lead: "编辑线索",
    edit: "编辑",
    save: "保存",
    cancel: "取消",
    undo: "撤销",
    figures: "查看数据",
    keys_title: "快捷键",
    other_language: "切换为英文界面",
    theme_light: "浅色主题",
    theme_dark: "深色主题",
    theme_system: "主题跟随系统",
    take_out: |name| format!("移除{name}"),
    saved: |name| format!("{name} 已保存。"),
    keys: &[
        (
            "任何页面",
            &[
                (&["Ctrl", "K"], "查找联系人、企业、页面和操作"),
                (&["/"], "搜索当前列表"),
                (&["?"], "显示快捷键"),
                (&["Esc"], "关闭弹出的窗口"),
            ],
        ),
        (
            "列表中",
            &[
                (&["j"], "下一行"),
                (&["k"], "上一行"),
                (&["↵"], "打开此行"),
                (&["n"], "新建"),
            ],
        ),
        (
            "页面中",
            &[
                (&["e"], "编辑"),
                (&["n"], "新建，或记录沟通"),
                (&["t"], "新建待办"),
                (&["m"], "移动，或确认是同一个人"),
                (&["d"], "完成，或确认不是"),
            ],
        ),
        (
            "前往",
            &[
                (&["g", "l"], "线索"),
                (&["g", "c"], "企业"),
                (&["g", "v"], "访客"),
                (&["g", "b"], "阶段"),
                (&["g", "s"], "人群"),
                (&["g", "r"], "规则"),
                (&["g", ","], "设置"),
            ],
        ),
    ],
};
