//! Names as people and registers write them.

use super::*;
use proptest::prelude::*;

/// `key`, or `key > bare @ place` when the two differ.
fn told(text: &str) -> String {
    match CompanyName::parse(text) {
        None => "-".to_owned(),
        Some(name) => match name.place() {
            Some(place) => format!("{} > {} @ {place}", name.key(), name.bare()),
            None => name.key().to_owned(),
        },
    }
}

fn check(rows: &[(&str, &str)]) {
    for (text, expect) in rows {
        assert_eq!(told(text), *expect, "{text:?}");
    }
}

#[test]
fn chinese_forms_of_law_go() {
    check(&[
        ("云格", "云格"),
        ("云格科技", "云格科技"),
        ("云格科技公司", "云格科技"),
        ("云格科技有限公司", "云格科技"),
        ("云格科技有限责任公司", "云格科技"),
        ("云格科技股份有限公司", "云格科技"),
        ("云格科技股份公司", "云格科技"),
        ("云格科技(集团)有限公司", "云格科技"),
        ("云格科技（集团）有限公司", "云格科技"),
        ("云格科技（集团）股份有限公司", "云格科技"),
        ("云格科技集团有限公司", "云格科技"),
        ("云格科技集团股份有限公司", "云格科技"),
        ("云格科技集团", "云格科技"),
        ("云格科技集团公司", "云格科技"),
        ("云格科技控股有限公司", "云格科技"),
        ("云格科技控股集团有限公司", "云格科技"),
        ("云格科技总公司", "云格科技"),
        ("云格科技有限", "云格科技"),
        ("云格投资合伙企业（有限合伙）", "云格投资"),
        ("云格会计师事务所（特殊普通合伙）", "云格会计师事务所"),
        ("云格咨询个人独资企业", "云格咨询"),
        ("云 格 科 技 有 限 公 司", "云格科技"),
        ("云格科技\u{3000}有限公司", "云格科技"),
        ("云格科技有限公司。", "云格科技"),
        ("【云格】科技有限公司", "科技云格"),
        ("雲格科技有限公司", "云格科技"),
        ("雲格電子股份有限公司", "云格电子"),
        ("株式会社日立製作所", "日立制作所"),
        ("日立製作所株式会社", "日立制作所"),
        ("㈱日立", "日立"),
        ("SAP有限公司", "sap"),
        ("ＳＡＰ　有限公司", "sap"),
        ("3M中国有限公司", "3m中国 > 3m @ 中国"),
        ("中国移动通信集团有限公司", "中国移动通信"),
        ("中国平安保险（集团）股份有限公司", "中国平安保险"),
    ]);
}

#[test]
fn what_a_company_does_stays() {
    check(&[
        ("云格贸易有限公司", "云格贸易"),
        ("云格技术有限公司", "云格技术"),
        ("云格信息技术有限公司", "云格信息技术"),
        ("云格网络有限公司", "云格网络"),
        ("云格研究院", "云格研究院"),
        ("云格工厂", "云格工厂"),
        ("云格商行", "云格商行"),
        ("云格工作室", "云格工作室"),
        ("云格大学", "云格大学"),
        ("Cloud Grid Technologies", "cloudgridtechnologies"),
        ("Cloud Grid Systems Ltd", "cloudgridsystems"),
        ("Grid Labs", "gridlabs"),
    ]);
}

#[test]
fn a_place_is_part_of_the_name_and_not_of_the_weaker_one() {
    check(&[
        ("北京云格科技有限公司", "北京云格科技 > 云格科技 @ 北京"),
        ("北京市云格科技有限公司", "北京市云格科技 > 云格科技 @ 北京"),
        ("云格科技(北京)有限公司", "云格科技北京 > 云格科技 @ 北京"),
        ("云格科技（北京）有限公司", "云格科技北京 > 云格科技 @ 北京"),
        ("云格（北京）科技有限公司", "云格科技北京 > 云格科技 @ 北京"),
        (
            "云格(北京市)科技有限公司",
            "云格科技北京市 > 云格科技 @ 北京",
        ),
        ("上海云格科技有限公司", "上海云格科技 > 云格科技 @ 上海"),
        ("上海市云格科技有限公司", "上海市云格科技 > 云格科技 @ 上海"),
        (
            "广东省深圳市云格科技有限公司",
            "广东省深圳市云格科技 > 云格科技 @ 深圳",
        ),
        (
            "广西壮族自治区云格科技有限公司",
            "广西壮族自治区云格科技 > 云格科技 @ 广西",
        ),
        (
            "内蒙古云格科技有限公司",
            "内蒙古云格科技 > 云格科技 @ 内蒙古",
        ),
        (
            "香港特别行政区云格有限公司",
            "香港特别行政区云格 > 云格 @ 香港",
        ),
        ("云格（中国）有限公司", "云格中国 > 云格 @ 中国"),
        ("云格中国有限公司", "云格中国 > 云格 @ 中国"),
        ("云格（中国）投资有限公司", "云格投资中国 > 云格投资 @ 中国"),
        ("云格(亚太)有限公司", "云格亚太 > 云格 @ 亚太"),
        ("云格科技有限公司上海分公司", "云格科技"),
        ("云格科技股份有限公司北京朝阳办事处", "云格科技"),
        ("云格科技上海分公司", "云格科技上海 > 云格科技 @ 上海"),
        ("中国银行股份有限公司北京市分行", "中国银行"),
        ("昆山云格精密有限公司", "昆山云格精密 > 云格精密 @ 昆山"),
        ("臺灣雲格有限公司", "台湾云格 > 云格 @ 台湾"),
    ]);
}

#[test]
fn a_name_that_is_place_and_trade_keeps_its_place() {
    check(&[
        ("北京银行", "北京银行"),
        ("上海银行股份有限公司", "上海银行"),
        ("中国银行", "中国银行"),
        ("北京大学", "北京大学"),
        ("深圳航空有限责任公司", "深圳航空"),
        ("广东移动", "广东移动"),
        ("青岛啤酒股份有限公司", "青岛啤酒"),
        ("北京科技有限公司", "北京科技"),
        ("上海国际贸易有限公司", "上海国际贸易"),
        ("北京", "北京"),
        ("北京有限公司", "北京"),
        ("上海格有限公司", "上海格"),
        ("中国", "中国"),
        ("China Mobile", "chinamobile"),
        ("China Telecom Corporation Limited", "chinatelecom"),
        ("Shanghai Bank", "shanghaibank"),
        ("Beijing Airport", "beijingairport"),
        ("Beijing", "beijing"),
    ]);
}

#[test]
fn latin_forms_of_law_go() {
    check(&[
        ("Acme", "acme"),
        ("ACME", "acme"),
        ("Acme Inc", "acme"),
        ("Acme Inc.", "acme"),
        ("Acme, Inc.", "acme"),
        ("Acme Incorporated", "acme"),
        ("Acme Corp.", "acme"),
        ("Acme Corporation", "acme"),
        ("Acme Co., Ltd.", "acme"),
        ("Acme Co.,Ltd", "acme"),
        ("Acme Co.Ltd.", "acme"),
        ("Acme CO LTD", "acme"),
        ("Ａｃｍｅ　Ｃｏ．，Ｌｔｄ．", "acme"),
        ("Acme Company Limited", "acme"),
        ("Acme Ltd", "acme"),
        ("Acme Limited", "acme"),
        ("Acme (Pty) Ltd", "acme"),
        ("Acme Pty. Ltd.", "acme"),
        ("Acme Pte Ltd", "acme"),
        ("Acme Pvt. Ltd.", "acme"),
        ("Acme Private Limited", "acme"),
        ("Acme Sdn. Bhd.", "acme"),
        ("Acme L.L.C.", "acme"),
        ("Acme LLC", "acme"),
        ("Acme LLP", "acme"),
        ("Acme PLC", "acme"),
        ("Acme p.l.c.", "acme"),
        ("Acme GmbH", "acme"),
        ("Acme mbH", "acme"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Acme AG", "acme"),
        ("Acme SE", "acme"),
        ("Acme KGaA", "acme"),
        ("Acme e.V.", "acme"),
        ("Acme S.A.", "acme"),
        ("Acme S. A.", "acme"),
        ("Acme S.A.S.", "acme"),
        ("Acme SARL", "acme"),
        ("Acme S.p.A.", "acme"),
        ("Acme S.r.l.", "acme"),
        ("Acme S.A. de C.V.", "acme"),
        ("Acme S.L.U.", "acme"),
        ("Acme Ltda.", "acme"),
        ("Acme B.V.", "acme"),
        ("Acme N.V.", "acme"),
        ("Acme AB (publ)", "acme"),
        ("Acme A/S", "acme"),
        ("Acme ApS", "acme"),
        ("Acme Oyj", "acme"),
        ("Acme OÜ", "acme"),
        ("Acme Sp. z o.o.", "acme"),
        ("Acme s.r.o.", "acme"),
        ("Acme d.o.o.", "acme"),
        ("Acme Kft.", "acme"),
        ("Acme K.K.", "acme"),
        ("Acme Tbk", "acme"),
        ("PT Acme Tbk", "acme"),
        ("OOO Acme", "acme"),
        ("The Acme Company", "acme"),
        ("Acme Group", "acme"),
        ("Acme Holdings", "acme"),
        ("Acme Group Holdings Limited", "acme"),
        ("Tiffany & Co.", "tiffany"),
        ("Johnson & Johnson", "johnsonandjohnson"),
        ("Johnson and Johnson", "johnsonandjohnson"),
        ("O'Neil", "oneil"),
        ("O’Neil Ltd", "oneil"),
        ("Müller GmbH", "muller"),
        ("Société Générale S.A.", "societegenerale"),
        ("Łódź Sp. z o.o.", "lodz"),
        ("Straße AG", "strasse"),
        ("Cloud-Grid", "cloudgrid"),
        ("CloudGrid", "cloudgrid"),
        ("A.B.C. Ltd", "abc"),
        ("A B C Ltd", "abc"),
        ("Яндекс", "яндекс"),
        ("3M Company", "3m"),
        ("58同城", "58同城"),
        (
            "Beijing Yunge Technology Co., Ltd.",
            "beijingyungetechnology > yungetechnology @ beijing",
        ),
        (
            "Yunge Technology (Beijing) Co., Ltd.",
            "yungetechnologybeijing > yungetechnology @ beijing",
        ),
        (
            "Yunge Technology (Hong Kong) Limited",
            "yungetechnologyhongkong > yungetechnology @ hongkong",
        ),
        ("Hong Kong Yunge Ltd", "hongkongyunge > yunge @ hongkong"),
        ("Yunge (China) Co., Ltd.", "yungechina > yunge @ china"),
        ("Yunge China", "yungechina > yunge @ china"),
        (
            "Yunge Asia Pacific Pte Ltd",
            "yungeasiapacific > yunge @ asiapacific",
        ),
        (
            "Siemens Deutschland GmbH",
            "siemensdeutschland > siemens @ deutschland",
        ),
    ]);
}

#[test]
fn a_name_is_never_nothing_unless_nothing_is_there() {
    check(&[
        ("公司", "公司"),
        ("有限公司", "有限公司"),
        ("集团公司", "集团公司"),
        ("(集团)", "集团"),
        ("（云格）", "云格"),
        ("Ltd", "ltd"),
        ("Co., Ltd.", "co"),
        ("The Company", "company"),
        ("The", "the"),
        ("Group", "group"),
        ("S.A.", "sa"),
        ("& Co", "and"),
        ("1", "1"),
        ("", "-"),
        (" \u{200b}\u{3000}", "-"),
        ("...", "-"),
        ("😀", "-"),
        ("((((", "-"),
        ("云\u{200b}格\u{202e}科技\u{feff}有限公司", "云格科技"),
        ("云格😀科技", "云格科技"),
        (")云格(", "云格"),
    ]);
    for text in ["公司", "Ltd ", "(", "é", "北京", "a\u{301}", "&"] {
        let long = text.repeat(10_000);
        assert!(
            CompanyName::parse(&long).is_none_or(|name| name.key().len() <= 4 * BYTES_MAX),
            "{text}"
        );
    }
}

#[test]
fn what_people_write_who_have_no_company_names_none() {
    for (text, expect) in [
        ("云格", true),
        ("IBM", true),
        ("无", false),
        ("暂无", false),
        ("个人", false),
        ("N/A", false),
        ("n.a.", false),
        ("None", false),
        ("测试公司", false),
        ("公司", false),
        ("自由职业者", false),
        ("123456", false),
        ("-", false),
        ("x", false),
    ] {
        assert_eq!(
            CompanyName::parse(text).is_some_and(|name| name.names_one()),
            expect,
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn a_name_that_was_taken_apart_has_both_keys(text in "\\PC{0,40}|[北京上海云格科技有限公司集团()（） ]{0,20}|[a-zA-Z&., ]{0,30}") {
        if let Some(name) = CompanyName::parse(&text) {
            prop_assert!(!name.key().is_empty() && !name.bare().is_empty());
            prop_assert!(name.place().is_some() || name.bare() == name.key());
            prop_assert_eq!(CompanyName::parse(&text), Some(name));
        } else {
            prop_assert!(!plain::folded(&text).chars().any(char::is_alphanumeric));
        }
    }

    #[test]
    fn width_case_and_form_change_nothing(name in "[a-z]{3,8}", form in prop::sample::select(vec!["", " Inc", ", Ltd.", " GmbH", " Co., Ltd.", "有限公司", "（集团）股份有限公司"])) {
        let wide: String = name.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect();
        let plain = CompanyName::parse(&name);
        prop_assert_eq!(CompanyName::parse(&format!("{}{form}", name.to_uppercase())), plain.clone());
        prop_assert_eq!(CompanyName::parse(&format!("{wide}{form}")), plain);
    }
}
