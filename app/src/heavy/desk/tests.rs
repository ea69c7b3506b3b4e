//! A file's way over the desk.

use super::*;
use domain::day::Zone;
use domain::import::{Question, QuestionKind, Reason, Summary};
use std::io::Cursor;

const MESSY: &str = "客户名单,,\n姓名,手机,邮箱,标签\n李伟,13800138000,li@b.cn,VIP\n王芳,12,,\n,,,\n陈,1.38E+10,c@d.cn,\n";

fn opening() -> Ask {
    Ask::Open(Open {
        at: 0,
        schema: Schema::default(),
        zone: Zone::default(),
        encoding: None,
        delimiter: None,
        sheet: None,
    })
}

fn tells(desk: &mut Desk, ask: Ask, bytes: Option<&[u8]>) -> (Vec<Tell>, Option<Written>) {
    let mut tells = Vec::new();
    let file = bytes.map(Cursor::new);
    let written = desk.answer(ask, file, &mut |tell| tells.push(tell));
    (tells, written)
}

fn summary_of(tells: &[Tell]) -> &Summary {
    match tells.last() {
        Some(Tell::Checked { summary, .. }) => summary,
        other => panic!("{other:?}"),
    }
}

fn code(bytes: &[u8]) -> Option<UnreadableCode> {
    let (tells, _) = tells(&mut Desk::default(), opening(), Some(bytes));
    match tells.last() {
        Some(Tell::Failed(unreadable)) => Some(unreadable.code),
        _ => None,
    }
}

#[test]
fn a_messy_file_is_opened_checked_shown_and_put_right() {
    let mut desk = Desk::default();
    let (told, _) = tells(&mut desk, opening(), Some(MESSY.as_bytes()));
    let Some(Tell::Opened(opened)) = told.first() else {
        panic!("{told:?}")
    };
    assert_eq!((opened.head.row, opened.head.first), (Some(1), 2));
    assert_eq!(opened.file.encoding.as_deref(), Some("UTF-8"));
    let summary = summary_of(&told);
    assert_eq!((summary.good, summary.bad, summary.blank), (1, 2, 1));

    let page = Ask::Page {
        rows: Rows::Bad,
        from: 0,
        limit: 10,
    };
    let (told, _) = tells(&mut desk, page, None);
    let Some(Tell::Page { rows, next: None }) = told.first() else {
        panic!("{told:?}")
    };
    assert_eq!(rows[0].cells, ["王芳", "12", "", ""]);
    assert_eq!(rows[1].outcome.problems[0].code, Reason::RoundedNumber);

    let fix = Ask::Fix {
        row: 3,
        column: 1,
        text: "13900139000".into(),
    };
    let (told, _) = tells(&mut desk, fix, None);
    let Some(Tell::Fixed {
        row: Some(row),
        summary,
    }) = told.first()
    else {
        panic!("{told:?}")
    };
    assert_eq!(
        (row.outcome.problems.len(), summary.bad, summary.good),
        (0, 1, 2)
    );

    let (told, _) = tells(
        &mut desk,
        Ask::Batch {
            from: 0,
            limit: 500,
        },
        None,
    );
    let Some(Tell::Batch { rows, next: None }) = told.first() else {
        panic!("{told:?}")
    };
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn the_error_file_has_the_bad_rows_with_their_reasons_and_can_be_imported() {
    let mut desk = Desk::default();
    tells(&mut desk, opening(), Some(MESSY.as_bytes()));
    let (_, written) = tells(&mut desk, Ask::ErrorFile { lang: Lang::En }, None);
    let bytes = written.unwrap().bytes;
    let text = String::from_utf8(bytes.clone()).unwrap();
    let expect = "\u{feff}姓名,手机,邮箱,标签,Why it was left out\r\n\
        王芳,12,,,手机: not a telephone number\r\n\
        陈,1.38E+10,c@d.cn,,\"手机: a spreadsheet has rounded the number: its last digits are lost\"\r\n";
    assert_eq!(text.replace('"', ""), expect.replace('"', ""));
    let (told, _) = tells(&mut desk, opening(), Some(&bytes));
    assert_eq!(summary_of(&told).bad, 2);
}

#[test]
fn another_head_and_another_plan_check_anew() {
    let mut desk = Desk::default();
    let (told, _) = tells(
        &mut desk,
        opening(),
        Some("a@b.cn,red\nc@d.cn,blue\n".as_bytes()),
    );
    assert_eq!(summary_of(&told).good, 2);
    let (told, _) = tells(&mut desk, Ask::Head { row: Some(0) }, None);
    assert_eq!(summary_of(&told).good, 1);
    let Some(Tell::Opened(opened)) = told.first() else {
        panic!("{told:?}")
    };
    let unmatched = Question {
        column: 1,
        kind: QuestionKind::Unmatched {
            shape: domain::import::Shape::Text,
        },
    };
    assert_eq!(opened.questions, [unmatched]);
    let mut plan = opened.plan.clone();
    plan.columns[0].target = domain::import::Target::Ignore;
    let ask = Ask::Plan {
        plan: Box::new(plan),
        schema: Schema::default(),
    };
    let (told, _) = tells(&mut desk, ask, None);
    assert_eq!(summary_of(&told).reasons, [(Reason::NoKey, 1)].into());
}

#[test]
fn files_that_cannot_be_read_say_why() {
    assert_eq!(code(b""), Some(UnreadableCode::Empty));
    assert_eq!(code(OLD), Some(UnreadableCode::OldOrLocked));
    assert_eq!(
        code(b"PK\x03\x04 and no more"),
        Some(UnreadableCode::DamagedWorkbook)
    );
    let long = vec![b'x'; 20 * 1024 * 1024];
    assert_eq!(code(&long), Some(UnreadableCode::LineTooLong));
    let (told, _) = tells(&mut Desk::default(), Ask::Batch { from: 0, limit: 1 }, None);
    assert_eq!(told, [Tell::Failed(UnreadableCode::NotOpen.into())]);
}

#[test]
fn a_workbook_goes_out_and_comes_in() {
    let mut desk = Desk::default();
    let head = vec!["邮箱".to_owned(), "公司".to_owned()];
    tells(
        &mut desk,
        Ask::Export {
            form: Form::Xlsx,
            head,
        },
        None,
    );
    let row = |n: u32| vec![Cell::Text(format!("p{n}@b.cn")), Cell::Text("=云格".into())];
    for _ in 0..2 {
        let rows = (0..3).map(row).collect();
        tells(&mut desk, Ask::ExportRows { rows }, None);
    }
    let (_, written) = tells(&mut desk, Ask::ExportEnd, None);
    let written = written.unwrap();
    assert_eq!(written.media, XLSX);
    let (told, _) = tells(&mut desk, opening(), Some(&written.bytes));
    let summary = summary_of(&told);
    assert_eq!((summary.good, summary.repeated), (6, 3));
}

#[test]
fn messages_are_as_the_other_end_writes_them() {
    let check = |ask: Ask, json: &str| {
        assert_eq!(serde_json::to_string(&ask).unwrap(), json);
        assert_eq!(serde_json::from_str::<Ask>(json).unwrap(), ask);
    };
    check(Ask::Head { row: None }, r#"{"ask":"head","row":null}"#);
    check(
        Ask::Page {
            rows: Rows::Bad,
            from: 0,
            limit: 50,
        },
        r#"{"ask":"page","rows":"bad","from":0,"limit":50}"#,
    );
    check(
        Ask::ExportRows {
            rows: vec![vec![Cell::Empty, Cell::Number(1_500)]],
        },
        r#"{"ask":"export_rows","rows":[[{"type":"empty"},{"type":"number","is":1500}]]}"#,
    );
    let failed = Tell::Failed(Unreadable::at(UnreadableCode::LineTooLong, 3));
    assert_eq!(
        serde_json::to_string(&failed).unwrap(),
        r#"{"tell":"failed","code":"line_too_long","row":3}"#
    );
}
