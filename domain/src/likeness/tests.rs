//! People as they are written in forms, on cards and in lists.

use super::*;
use proptest::prelude::*;

fn told(one: (&str, &str), other: (&str, &str)) -> String {
    alike(one, other).map_or("-".into(), |why| {
        format!("{:?} {:?}", why.name, why.company)
    })
}

/// Both ways round, and whoever is alike shares a key.
fn check(one: (&str, &str), other: (&str, &str), expect: &str) {
    assert_eq!(told(one, other), expect, "{one:?} {other:?}");
    assert_eq!(told(other, one), expect, "{other:?} {one:?}");
    if expect != "-" {
        assert!(share_a_key(one, other), "{one:?} {other:?}");
    }
}

fn share_a_key(one: (&str, &str), other: (&str, &str)) -> bool {
    let others = keys(other.0, other.1);
    keys(one.0, one.1).iter().any(|key| others.contains(key))
}

#[test]
fn names_in_one_company() {
    for (one, other, expect) in [
        ("王伟", "王伟", "Same"),
        ("王伟", "王 伟", "Same"),
        ("王伟", "王\u{3000}伟", "Same"),
        ("王伟", "王\u{200b}伟\u{202c}", "Same"),
        ("王伟", "王伟先生", "Same"),
        ("王建国", "王建国总", "Same"),
        ("王伟", "王伟（采购）", "Same"),
        ("張偉", "张伟", "Same"),
        ("陳國華", "陈国华", "Same"),
        ("李伟", "Jack 李伟", "Same"),
        ("欧阳娜", "歐陽娜", "Same"),
        ("Ada Lovelace", "ADA LOVELACE", "Same"),
        ("Ada Lovelace", "Ａｄａ　Ｌｏｖｅｌａｃｅ", "Same"),
        ("Ada Lovelace", "Ms. Ada Lovelace", "Same"),
        ("Ada Lovelace", "Ada K. Lovelace", "Same"),
        ("José García", "Jose Garcia", "Same"),
        ("Jürgen Müller", "jurgen muller", "Same"),
        ("Łukasz Żak", "Lukasz Zak", "Same"),
        ("Sean O'Neil", "Sean O’Neil", "Same"),
        ("Jean-Luc Picard", "Jean Luc Picard", "Same"),
        ("田中 太郎", "田中太郎", "Same"),
        ("김철수", "김 철수", "Order"),
        ("Ada Lovelace", "Lovelace Ada", "Order"),
        ("Ada Lovelace", "Lovelace, Ada", "Order"),
        ("Li Wei", "Wei Li", "Order"),
        ("Li Wei", "LIWEI", "Order"),
        ("Wang Xiao Ming", "Xiaoming Wang", "Order"),
        ("Wang Xiao-Ming", "Wang Xiaoming", "Order"),
        ("李伟", "Li Wei", "Pinyin"),
        ("李伟", "Wei Li", "Pinyin"),
        ("李伟", "liwei", "Pinyin"),
        ("李伟", "LI, Wei", "Pinyin"),
        ("李伟", "Mr. Wei LI", "Pinyin"),
        ("李 伟", "Lǐ Wěi", "Pinyin"),
        ("王小明", "Wang Xiaoming", "Pinyin"),
        ("王小明", "Xiao Ming Wang", "Pinyin"),
        ("王小明", "Xiaoming Wang", "Pinyin"),
        ("欧阳娜", "Ouyang Na", "Pinyin"),
        ("欧阳娜", "Na Ouyang", "Pinyin"),
        ("尉迟恭", "Yuchi Gong", "Pinyin"),
        ("单田芳", "Shan Tianfang", "Pinyin"),
        ("曾国藩", "Zeng Guofan", "Pinyin"),
        ("区楚良", "Ou Chuliang", "Pinyin"),
        ("仇英", "Qiu Ying", "Pinyin"),
        ("解晓东", "Xie Xiaodong", "Pinyin"),
        ("查良镛", "Zha Liangyong", "Pinyin"),
        ("吕布", "Lv Bu", "Pinyin"),
        ("吕布", "Lu Bu", "Pinyin"),
        ("吕布", "Lyu Bu", "Pinyin"),
        ("吕布", "Lü Bu", "Pinyin"),
        ("张乐", "Zhang Le", "Pinyin"),
        ("张乐", "Zhang Yue", "Pinyin"),
        ("王行", "Wang Xing", "Pinyin"),
        ("王行", "Wang Hang", "Pinyin"),
        ("張偉", "Zhang Wei", "Pinyin"),
        ("李伟", "Wei 李", "Pinyin"),
    ] {
        let expect = format!("{expect} Same");
        check((one, "云格科技有限公司"), (other, "云格科技"), &expect);
        check((one, "云格科技"), (other, "别家科技"), "-");
    }
}

#[test]
fn names_that_are_of_two_people() {
    for (one, other) in [
        ("王伟", "王薇"),
        ("王伟", "汪伟"),
        ("王伟", "王小伟"),
        ("王伟", "李伟"),
        ("王伟", "Wang Fang"),
        ("单田芳", "Dan Tianfang"),
        ("查良镛", "Cha Liangyong"),
        ("Li Wei", "Lin Wei"),
        ("Li Wei", "Lie Wi"),
        ("Ada Lovelace", "Ada Lovelance"),
        ("Ada Lovelace", "Adam Lovelace"),
        ("Ada Lovelace", "A. Lovelace"),
        ("Bob Smith", "Robert Smith"),
        ("王伟", ""),
        ("", ""),
        ("王", "王"),
        ("李总", "李总"),
        ("王先生", "王先生"),
        ("Li", "Li"),
        ("测试", "测试"),
        ("test", "test"),
        ("Anonymous", "anonymous"),
        ("😀😀😀", "😀😀😀"),
        ("123456", "123456"),
    ] {
        check((one, "云格科技"), (other, "云格科技"), "-");
    }
}

#[test]
fn companies_of_one_name() {
    for (one, other, expect) in [
        ("云格科技", "云格科技", "Same"),
        ("云格科技", "云格科技股份有限公司", "Same"),
        ("云格科技", "雲格科技", "Same"),
        ("Cloud Grid", "CLOUDGRID Co., Ltd.", "Same"),
        ("北京云格科技", "北京云格科技有限公司", "Same"),
        ("北京云格科技", "云格科技", "Place"),
        ("北京云格科技", "云格科技（北京）有限公司", "Place"),
        ("云格（中国）有限公司", "云格", "Place"),
        ("Siemens China", "Siemens", "Place"),
        ("云格", "Yunge", "Pinyin"),
        ("云格科技有限公司", "Yunge Technology Co., Ltd.", "Pinyin"),
        (
            "北京云格科技有限公司",
            "Beijing Yunge Technology Co., Ltd.",
            "Pinyin",
        ),
        ("云格科技", "Beijing Yunge Technologies", "Pinyin"),
        ("云格网络", "Yunge Network", "Pinyin"),
        ("北京云格科技", "上海云格科技", "-"),
        ("北京云格科技有限公司", "Shanghai Yunge Technology", "-"),
        ("北京银行", "上海银行", "-"),
        ("北京银行", "银行", "-"),
        ("China Mobile", "Mobile", "-"),
        ("云格科技", "云格贸易", "-"),
        ("云格科技", "", "-"),
        ("", "", "-"),
        ("无", "无", "-"),
        ("个人", "个人", "-"),
        ("N/A", "n/a", "-"),
        ("公司", "公司", "-"),
        ("自由职业", "自由职业", "-"),
    ] {
        let expect = if expect == "-" {
            "-".to_owned()
        } else {
            format!("Same {expect}")
        };
        check(("王伟", one), ("王伟", other), &expect);
    }
}

#[test]
fn keys_are_few_and_short() {
    let check = |name: &str, company: &str, expect: &[&str]| {
        assert_eq!(keys(name, company), expect, "{name} {company}");
    };
    check("李伟", "北京云格有限公司", &["eiilw yunge"]);
    check("Wei Li", "Yunge", &["eiilw yunge"]);
    check("吕布", "云格", &["bluu yunge", "bluuy yunge", "bluv yunge"]);
    check("李伟", "", &[]);
    check("", "云格", &[]);
    for text in [
        "李",
        "吕行",
        "a b ",
        "é",
        "\u{202e}",
        "(",
        "😀",
        "重行乐长单",
    ] {
        let long = text.repeat(10_000);
        let keys = keys(&long, &format!("{long}云格"));
        assert!(
            keys.len() <= KEYS_MAX && keys.iter().all(|key| key.len() <= KEY_BYTES_MAX),
            "{text}"
        );
    }
}

/// Names and companies that are often alike.
fn person() -> impl Strategy<Value = (String, String)> {
    let name = "(王|李|吕|单|Wang |Li |Lv )(伟|小明|乐|行|女|wei|xiao ming|Xing)( Li| 总|先生)?|\\PC{0,12}|[a-c .]{0,8}";
    let company = "(北京|上海市|Beijing )?(云格|yunge|Yun Ge)(科技|Technology| tech)?(\\(北京\\)|上海|China)?(有限公司| Ltd)?|\\PC{0,12}";
    (name.prop_map(String::from), company.prop_map(String::from))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn likeness_goes_both_ways_and_shares_a_key(one in person(), other in person()) {
        let (one, other) = ((one.0.as_str(), one.1.as_str()), (other.0.as_str(), other.1.as_str()));
        let found = alike(one, other);
        prop_assert_eq!(found, alike(other, one));
        prop_assert!(found.is_none() || share_a_key(one, other));
        let own = keys(one.0, one.1);
        prop_assert!(own.len() <= KEYS_MAX && own.iter().all(|key| key.len() <= KEY_BYTES_MAX));
        prop_assert_eq!(alike(one, one).is_some(), !own.is_empty());
    }
}
