//! Chinese.

use super::ImportText;
use crate::state::import_desk::UnreadableCode;
use domain::import::{QuestionKind, Target};

pub(in crate::text) static TEXT: ImportText = ImportText {
    title: "导入线索",
    note: "从表格文件导入线索。导入前会逐行检查，可就地修改，导入后可整批撤销。",
    may_not: "您的角色不能导入。如有需要，请联系市场或管理员。",
    drop: "把文件拖到这里",
    drop_hint: "CSV、TSV 或 Excel（.xlsx），最多 30 万行、100 MB。文件在本机读取和检查，确认后才会上传。",
    choose: "选择文件",
    let_go: "不再继续",
    another_file: "换一个文件",
    worker_gone: "文件处理程序没有响应，请刷新页面后重新选择文件。",
    gone: "这次导入已不存在，可能已被撤销。请重新导入。",
    stay: "请保持页面打开。若中断，重新选择同一个文件即可接着导入，不会重复。",
    refused: "以下行未被接受：",
    row: "行",
    field: "字段",
    reason: "原因",
    undo: "撤销导入",
    encoding: "编码",
    sheet: "工作表",
    head_row: "表头所在的行",
    no_head: "没有表头",
    columns: "每一列对应什么",
    column: "文件中的列",
    examples: "示例",
    becomes: "导入为",
    guessed: "推测，请确认",
    date_order: "日期顺序",
    not_said: "请选择",
    day_first: "日在前",
    month_first: "月在前",
    phone_country: "电话所属国家",
    leave_empty: "留空",
    system: "系统名称",
    origin: "来源与合规",
    origin_note: "用于没有写明自己来源的行。",
    cost_each: "每条成本",
    consent_hint: "例如：展会登记时勾选同意",
    tag_all: "为所有人加上标签",
    fill_only: "只补充空缺，不覆盖已有资料",
    fill_only_note: "已有的姓名、公司等保持不变，只填入还空着的字段。",
    check: "检查结果",
    good: "可导入",
    bad: "不能导入",
    warned: "建议查看",
    repeated: "文件内重复",
    blank: "空行",
    bad_rows: "不能导入的行",
    warned_rows: "建议查看的行",
    all_rows: "所有行",
    no_bad: "没有需要修正的行。",
    no_warned: "没有需要查看的行。",
    no_rows: "文件里没有数据行。",
    new_tags: "将新建标签：",
    error_file: "下载未通过的行",
    error_file_name: "未导入",
    foresee: "预览效果",
    foresee_note: "试算前 500 行，不写入任何内容。",
    past: "历次导入",
    file: "文件",
    rows_done: "已导入的行",
    opened: "新建线索",
    state: "状态",
    undoing: "正在撤销",
    undone: "已撤销",
    undo_question: "撤销这次导入？",
    kept: |name| format!("{name} 还没有导入完。重新选择这个文件即可接着导入，已导入的行不会重复。"),
    unreadable: |code, row| {
        let what = match code {
            UnreadableCode::Empty => "文件是空的，请换一个文件。",
            UnreadableCode::TooLarge => "文件过大，请拆分后再导入。",
            UnreadableCode::TooManyRows => "行数过多，请拆成每个不超过 30 万行的文件。",
            UnreadableCode::TooManyColumns => "列数过多，请删去不需要的列。",
            UnreadableCode::LineTooLong => "有一行过长，可能少了一个引号，请检查文件。",
            UnreadableCode::UnknownEncoding => "无法识别文件编码，请另存为 UTF-8 后重试。",
            UnreadableCode::OldOrLocked => "这是旧版或加密的 Excel 文件，请另存为不加密的 .xlsx。",
            UnreadableCode::DamagedWorkbook => "Excel 文件已损坏，请重新保存后再试。",
            UnreadableCode::NoSuchSheet => "没有这张工作表，请重新选择。",
            UnreadableCode::FileGone => "读取时文件不见了，请重新选择。",
            UnreadableCode::NotOpen
            | UnreadableCode::NotUnderstood
            | UnreadableCode::ExportTooLong => "未能处理文件，请重新选择。",
        };
        match row {
            Some(row) => format!("第 {row} 行：{what}"),
            None => what.to_owned(),
        }
    },
    reading: |rows| format!("正在读取和检查文件，已到第 {rows} 行…"),
    send: |count| format!("导入 {count} 行"),
    sending: |done, of| format!("正在导入：{done} / {of} 行"),
    done: |done, opened| format!("已导入 {done} 行，新建 {opened} 条线索，其余补充到已有线索。"),
    rows: |count| format!("{count} 行"),
    to_answer: |count| format!("导入前有 {count} 处需要确定"),
    nth_column: |at| format!("第 {at} 列"),
    target: |target| match target {
        Target::Ignore => "不导入",
        Target::Email => "邮箱",
        Target::Phone => "电话",
        Target::External => "其他系统的编号",
        Target::OpenId => "微信 OpenID",
        Target::UnionId => "微信 UnionID",
        Target::GivenName => "名",
        Target::FamilyName => "姓",
        Target::Field(_) => "字段",
        Target::Tags => "标签",
        Target::Source => "来源",
        Target::Vendor => "供应商",
        Target::Cost => "成本",
        Target::Consent => "同意依据",
        Target::ConsentAt => "同意日期",
    },
    ask: |kind| match kind {
        QuestionKind::Twice { other } => {
            format!(
                "与第 {} 列同名，请将其中一列设为“不导入”。",
                other.saturating_add(1)
            )
        }
        QuestionKind::SameTarget { other } => {
            format!(
                "与第 {} 列导入到同一处，请将其中一列设为“不导入”。",
                other.saturating_add(1)
            )
        }
        QuestionKind::DateOrder {
            day_first,
            month_first,
            either,
        } => format!(
            "日期哪个在前？只能是日在前的 {day_first} 个，只能是月在前的 {month_first} 个，两种都可能的 {either} 个。"
        ),
        QuestionKind::Country { bare } => format!("有 {bare} 个号码没有国家代码，属于哪个国家？"),
        QuestionKind::Options { .. } => "这些内容不在选项里，分别对应哪一项？".to_owned(),
        QuestionKind::System => "这些编号来自哪个系统？用小写字母、数字和连字符。".to_owned(),
        QuestionKind::Unmatched { .. } => {
            "没有对应的字段，将不导入。需要时可先在设置中新建字段。".to_owned()
        }
    },
    cell: |column, row| format!("第 {row} 行第 {column} 列"),
    foreseen: |name| match name {
        "new" => "新建线索",
        "changed" => "补充已有线索",
        "merged" => "将合并",
        "suggested" => "待人工确认",
        _ => "不被接受",
    },
    would_merge: |row, names| format!("第 {row} 人：将合并 {names}"),
    would_suggest: |row, names| format!("第 {row} 人：可能与 {names} 是同一个人，导入后待确认"),
    would_refuse: |row, field, why| format!("第 {row} 人：{field}，{why}"),
    undo_text: |name| {
        format!("{name} 写入的内容会全部撤回，只由它带来的线索也会移除。其他来源的内容保持不变。")
    },
};
