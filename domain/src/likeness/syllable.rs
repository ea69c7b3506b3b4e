//! How Chinese characters are read: pinyin without tones, `ü` written `v`.
//!
//! The table is made of the crate `pinyin` when this one is built: 77 KB instead of 450. Not here: which of a character's
//! readings is meant; of names that is known for surnames alone.

/// For each character from [`FIRST`] on where its list of readings begins, two bytes, little end first.
const STARTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/syllables.bin"));
/// The lists of readings, a line each, the most frequent reading first; the first line is empty.
const LISTS: &str = include_str!(concat!(env!("OUT_DIR"), "/syllables.txt"));
const FIRST: char = '\u{4e00}';

/// The readings of a character, the most frequent first, three at most; none for what is not Chinese.
pub(crate) fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let place = u32::from(c).checked_sub(u32::from(FIRST));
    let at = place.and_then(|place| usize::try_from(place).ok()?.checked_mul(2));
    let pair = at.and_then(|at| STARTS.get(at..at.checked_add(2)?)?.first_chunk::<2>());
    let start = pair.map_or(0, |pair| usize::from(u16::from_le_bytes(*pair)));
    let list = LISTS
        .get(start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    list.split_ascii_whitespace()
}

/// Surnames of more than one character, with how they are read.
const LONG_SURNAMES: &[(&str, &str)] = &[
    ("欧阳", "ouyang"),
    ("太史", "taishi"),
    ("端木", "duanmu"),
    ("上官", "shangguan"),
    ("司马", "sima"),
    ("东方", "dongfang"),
    ("独孤", "dugu"),
    ("南宫", "nangong"),
    ("万俟", "moqi"),
    ("闻人", "wenren"),
    ("夏侯", "xiahou"),
    ("诸葛", "zhuge"),
    ("尉迟", "yuchi"),
    ("公羊", "gongyang"),
    ("赫连", "helian"),
    ("澹台", "tantai"),
    ("皇甫", "huangfu"),
    ("宗政", "zongzheng"),
    ("濮阳", "puyang"),
    ("公冶", "gongye"),
    ("太叔", "taishu"),
    ("申屠", "shentu"),
    ("公孙", "gongsun"),
    ("慕容", "murong"),
    ("仲孙", "zhongsun"),
    ("钟离", "zhongli"),
    ("长孙", "zhangsun"),
    ("宇文", "yuwen"),
    ("司徒", "situ"),
    ("鲜于", "xianyu"),
    ("司空", "sikong"),
    ("令狐", "linghu"),
    ("呼延", "huyan"),
    ("轩辕", "xuanyuan"),
    ("百里", "baili"),
    ("东郭", "dongguo"),
    ("南郭", "nanguo"),
    ("西门", "ximen"),
    ("拓跋", "tuoba"),
    ("纳兰", "nalan"),
    ("单于", "chanyu"),
];

/// Characters that are read otherwise as a surname than elsewhere, or only in one way.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('曾', "zeng"),
    ('区', "ou"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('查', "zha"),
    ('任', "ren"),
    ('华', "hua"),
    ('朴', "piao"),
    ('盖', "ge"),
    ('种', "chong"),
    ('覃', "qin"),
    ('洗', "xian"),
    ('冼', "xian"),
    ('员', "yun"),
    ('乐', "yue"),
    ('召', "shao"),
    ('缪', "miao"),
    ('宓', "fu"),
    ('尉', "wei"),
    ('万', "wan"),
    ('繁', "po"),
    ('隗', "wei"),
    ('折', "she"),
    ('黑', "he"),
    ('秘', "bi"),
    ('那', "na"),
    ('能', "nai"),
    ('祭', "zhai"),
    ('翟', "zhai"),
    ('晁', "chao"),
    ('车', "che"),
    ('贾', "jia"),
    ('葛', "ge"),
    ('沈', "shen"),
    ('石', "shi"),
    ('贲', "ben"),
    ('俞', "yu"),
    ('逄', "pang"),
    ('卜', "bu"),
    ('柏', "bai"),
    ('都', "du"),
    ('郇', "xun"),
    ('郗', "xi"),
    ('舍', "she"),
    ('佴', "nai"),
    ('哈', "ha"),
    ('居', "ju"),
    ('曲', "qu"),
    ('燕', "yan"),
    ('应', "ying"),
    ('於', "yu"),
    ('宁', "ning"),
    ('过', "guo"),
    ('訾', "zi"),
    ('幺', "yao"),
    ('牟', "mou"),
    ('谌', "chen"),
    ('郝', "hao"),
    ('殷', "yin"),
    ('相', "xiang"),
    ('叶', "ye"),
    ('六', "lu"),
    ('张', "zhang"),
    ('王', "wang"),
    ('李', "li"),
    ('刘', "liu"),
    ('陈', "chen"),
    ('杨', "yang"),
    ('黄', "huang"),
    ('赵', "zhao"),
    ('吴', "wu"),
    ('周', "zhou"),
    ('徐', "xu"),
    ('孙', "sun"),
    ('马', "ma"),
    ('朱', "zhu"),
    ('胡', "hu"),
    ('林', "lin"),
    ('郭', "guo"),
    ('何', "he"),
    ('高', "gao"),
    ('罗', "luo"),
    ('郑', "zheng"),
    ('梁', "liang"),
    ('谢', "xie"),
    ('宋', "song"),
    ('唐', "tang"),
    ('许', "xu"),
    ('邓', "deng"),
    ('冯', "feng"),
    ('韩', "han"),
    ('曹', "cao"),
    ('彭', "peng"),
    ('萧', "xiao"),
    ('肖', "xiao"),
    ('田', "tian"),
    ('董', "dong"),
    ('潘', "pan"),
    ('袁', "yuan"),
    ('蔡', "cai"),
    ('余', "yu"),
    ('于', "yu"),
    ('杜', "du"),
    ('程', "cheng"),
    ('丁', "ding"),
    ('魏', "wei"),
    ('薛', "xue"),
    ('阎', "yan"),
    ('戴', "dai"),
    ('夏', "xia"),
];

/// Where a Chinese name's surname ends, in characters, and how it is read.
pub(crate) fn surname(name: &[char]) -> (usize, Vec<&'static str>) {
    let start: String = name.iter().take(2).collect();
    let long = LONG_SURNAMES.iter().find(|(surname, _)| *surname == start);
    if let Some((_, reading)) = long.filter(|_| name.len() > 2) {
        return (2, vec![reading]);
    }
    let Some(first) = name.first() else {
        return (0, Vec::new());
    };
    let known = SURNAMES.iter().find(|(c, _)| c == first);
    let read = known.map_or_else(|| readings(*first).collect(), |(_, reading)| vec![*reading]);
    (1, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_read() {
        let check = |c: char, expect: &str| {
            assert_eq!(readings(c).collect::<Vec<_>>().join(" "), expect, "{c}");
        };
        check('伟', "wei");
        check('吕', "lv");
        check('女', "nv ru");
        check('一', "yi");
        check('a', "");
        check('\u{10ffff}', "");
        check('龥', "yu");
        assert!(
            readings('行').any(|read| read == "hang") && readings('行').any(|read| read == "xing")
        );
        assert!(readings('单').any(|read| read == "shan"));
        assert_eq!(STARTS.len(), ('\u{4e00}'..='\u{9fff}').count() * 2);
        assert!(STARTS.len() + LISTS.len() < 80_000, "{}", LISTS.len());
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        let check = |name: &str, length: usize, expect: &str| {
            let name: Vec<char> = name.chars().collect();
            assert_eq!(surname(&name), (length, vec![expect]), "{name:?}");
        };
        for (name, expect) in [
            ("单田芳", "shan"),
            ("曾国藩", "zeng"),
            ("区楚良", "ou"),
            ("仇英", "qiu"),
            ("解晓东", "xie"),
            ("查良镛", "zha"),
            ("王伟", "wang"),
        ] {
            check(name, 1, expect);
        }
        check("欧阳娜", 2, "ouyang");
        check("尉迟恭", 2, "yuchi");
        check("东方", 1, "dong");
        assert_eq!(surname(&[]), (0, vec![]));
    }
}
