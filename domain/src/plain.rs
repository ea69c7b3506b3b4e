//! Text as it is compared: without what does not show, of one width, one case, and without accents.
//!
//! Not here: what a comparison means. What is shown to people is never taken from here.

use icu_normalizer::DecomposingNormalizerBorrowed;
use std::sync::LazyLock;

/// Whether a character has no look of its own: zero-width, bidirectional, a variation selector, a filler (Unicode's
/// `Default_Ignorable_Code_Point`).
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Without blanks and hidden characters at the ends: what comes along when something is pasted.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_hidden(c))
}

/// A full-width form of an ASCII character as that character (the block U+FF01–U+FF5E).
pub fn narrow(c: char) -> char {
    let code = u32::from(c);
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(code.saturating_sub(0xfee0)).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Whether a character is Han.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The text in the form two texts are compared in: NFKD without accents and hidden characters, in lower case, the
/// letters that no rule of Unicode takes apart as they are usually spelt in ASCII, traditional characters of names as
/// simplified ones. Blanks and signs stay.
pub fn folded(text: &str) -> String {
    if text.chars().all(is_whole) {
        let plain = text.chars().map(|c| c.to_ascii_lowercase());
        return plain.map(simplified).collect();
    }
    let apart = DecomposingNormalizerBorrowed::new_nfkd();
    let kept = text.chars().filter(|c| !is_hidden(*c));
    let mut out = String::with_capacity(text.len());
    for c in apart.normalize_iter(kept).filter(|c| !is_accent(*c)) {
        for c in c.to_lowercase().filter(|c| !is_accent(*c)) {
            match spelt(c) {
                Some(letters) => out.push_str(letters),
                None => out.push(simplified(c)),
            }
        }
    }
    out
}

/// Whether a character is its own decomposition, and is spelt by itself: ASCII, and the block of Han characters that has no
/// other forms of any.
fn is_whole(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Marks over and under Latin, Greek and Cyrillic letters.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

fn spelt(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "ng",
        _ => return None,
    })
}

/// Pairs, traditional before simplified, of characters that are frequent in names of people and companies. Only those
/// whose simplified form stands for that one alone in names.
const SIMPLER: &str = "\
張张陳陈劉刘楊杨趙赵黃黄吳吴鄭郑孫孙馬马許许蘇苏盧卢蔣蒋蕭萧葉叶閻阎鄧邓馮冯羅罗謝谢韓韩譚谭賈贾鄒邹陸陆龔龚錢钱湯汤賴赖\
龍龙偉伟國国華华東东麗丽軍军強强飛飞傑杰愛爱寶宝慶庆鳳凤蘭兰輝辉紅红潔洁潤润雲云賢贤義义榮荣書书曉晓銘铭穎颖瑩莹靜静鵬鹏\
夢梦欽钦豔艳長长開开學学業业達达遠远進进衛卫術术電电機机團团廣广萬万豐丰聯联灣湾陽阳濟济寧宁漢汉瀋沈貴贵滬沪粵粤資资訊讯\
網网絡络軟软體体產产實实際际創创設设計计製制藥药醫医療疗貿贸車车銀银證证險险諮咨詢询運运輸输鐵铁鋼钢無无線线數数據据環环\
節节動动傳传媒媒顧顾問问門门島岛灃沣債债儀仪優优億亿倫伦偵侦備备劍剑勝胜協协單单園园圓圆場场壓压壽寿處处備备奧奥奮奋\
嬌娇孟孟將将專专對对導导層层屬属嶺岭師师帶带帥帅幣币幫帮庫库應应彈弹後后從从恆恒戰战擇择擊击揚扬換换損损攝摄斷断時时晉晋\
暉晖會会條条極极構构樂乐標标樓楼樹树橋桥檢检權权歐欧歡欢歲岁歷历歸归殼壳氣气決决況况涼凉滅灭準准滙汇滿满漁渔潛潜澤泽濤涛\
濱滨災灾烏乌熱热營营爾尔獎奖獨独獻献現现瓊琼畫画異异當当發发監监盤盘碩硕禮礼禦御稅税種种稱称積积穩稳競竞筆笔範范築筑籌筹\
紀纪約约純纯紙纸級级細细終终組组結结給给統统經经綠绿維维綜综緣缘編编縣县總总織织繼继續续纖纤羣群聖圣聞闻聲声職职聽听肅肃\
腦脑興兴舊旧艦舰藝艺蓮莲藍蓝號号補补裝装見见規规視视親亲觀观訂订訓训記记訪访評评試试該该詳详誌志認认語语誠诚說说課课調调\
談谈請请論论諾诺謀谋議议護护讀读變变豎竖負负財财貢贡貨货責责貫贯費费賀贺賓宾賽赛贊赞躍跃軌轨載载輕轻輪轮轉转辦办農农連连\
遊游過过選选遙遥適适遷迁邁迈還还郵邮鄉乡醬酱釋释針针鈞钧鉅钜鋒锋錄录錦锦鍵键鎮镇鏡镜鑒鉴閃闪閒闲間间閣阁關关闆板陣阵陰阴\
隊队階阶隨随雙双雜杂離离難难靈灵韋韦響响頂顶項项順顺預预領领頭头題题額额願愿類类風风飯饭飲饮館馆駿骏騰腾驗验驚惊髮发魏魏\
魚鱼魯鲁鮑鲍鮮鲜鳥鸟鴻鸿鶴鹤鹽盐麥麦齊齐齡龄臺台";

/// The simplified form of a traditional character of names.
fn simplified(c: char) -> char {
    if !('\u{4e00}'..='\u{9fff}').contains(&c) {
        return c;
    }
    let found = PAIRS.binary_search_by_key(&c, |(from, _)| *from).ok();
    found
        .and_then(|at| PAIRS.get(at))
        .map_or(c, |(_, simple)| *simple)
}

/// The pairs of [`SIMPLER`], by what is traditional.
static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut rest = SIMPLER.chars();
    let pair = std::iter::from_fn(|| Some((rest.next()?, rest.next()?)));
    let mut pairs: Vec<(char, char)> = pair.collect();
    pairs.sort_unstable();
    pairs
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_read_the_same_are_folded_the_same() {
        let check = |text: &str, expect: &str| assert_eq!(folded(text), expect, "{text:?}");
        check("Ｃｌｏｕｄ　Ｇｒｉｄ", "cloud grid");
        check("José Müller-Łukasz", "jose muller-lukasz");
        check(
            "STRASSE straße ÆØÅ İstanbul",
            "strasse strasse aeoa istanbul",
        );
        check("（云格）㈱", "(云格)(株)");
        check("張偉 臺灣 電子", "张伟 台湾 电子");
        check("a\u{200b}b\u{202e}c\u{feff}\u{fe0f}", "abc");
        check("ﬁ ① ｶﾞ", "fi 1 カ\u{3099}");
        check("", "");
    }

    #[test]
    fn what_is_whole_is_folded_as_if_it_were_not() {
        let ascii = ' '..='~';
        for c in ascii.chain('\u{4e00}'..='\u{9fff}') {
            assert!(is_whole(c));
            // What is no whole character leads along the longer way, and leaves nothing behind.
            let longer = folded(&format!("{c}\u{200b}"));
            assert_eq!(folded(&c.to_string()), longer, "{c}");
        }
    }

    #[test]
    fn the_pairs_of_characters_are_pairs_of_han() {
        assert_eq!(SIMPLER.chars().count() % 2, 0);
        assert!(SIMPLER.chars().all(is_han));
        let pairs: Vec<char> = SIMPLER.chars().collect();
        for pair in pairs.chunks(2) {
            let (from, to) = (pair[0], pair[1]);
            assert_eq!(
                simplified(from),
                to,
                "{from} stands twice with two meanings"
            );
            assert_eq!(simplified(to), to, "{from} would have to be folded twice");
        }
    }

    #[test]
    fn what_is_pasted_along_is_cut_off_at_the_ends_alone() {
        assert_eq!(
            trimmed("\u{feff} a\u{200b}b \u{3000}\u{202c}"),
            "a\u{200b}b"
        );
        assert_eq!(trimmed("\u{200b}"), "");
    }
}
