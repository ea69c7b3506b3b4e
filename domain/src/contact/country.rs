//! Countries as their telephone numbers know them: calling code, how long a number is, what is dialled before it at home.
//!
//! By ITU-T's list of assigned country codes (annex to recommendation E.164) and the national numbering plans that
//! administrations have notified to it. Lengths are those of the national significant number, without what is dialled
//! before it. A plan that is open-ended has the widest range in use. Not here: which numbers of a country are in use.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A country or territory, by its two letters (ISO 3166-1, and `XK`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

/// What is known of its numbers.
#[derive(Debug)]
pub struct Plan {
    /// The country.
    pub country: Country,
    /// The calling code, without `+`.
    pub code: &'static str,
    /// The least and most digits of a national significant number.
    pub digits: (usize, usize),
    /// What is dialled before the number within the country, and never from abroad; empty when nothing is.
    pub trunk: &'static str,
}

impl Country {
    /// China's mainland: what a number is read as when nothing says otherwise.
    pub const CN: Country = Country(*b"CN");
    /// The United States, first of those that share the code 1.
    pub const US: Country = Country(*b"US");

    /// Its numbers.
    pub fn plan(self) -> Option<&'static Plan> {
        PLANS.iter().find(|plan| plan.country == self)
    }

    /// Every country of the table.
    pub fn all() -> impl Iterator<Item = Country> {
        PLANS.iter().map(|plan| plan.country)
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The first country of the calling code that digits begin with, and what follows the code. No code begins another.
pub fn of_code(digits: &str) -> Option<(&'static Plan, &str)> {
    PLANS
        .iter()
        .find_map(|plan| Some((plan, digits.strip_prefix(plan.code)?)))
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Country {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Country, &'static str> {
        Country::all()
            .find(|country| country.as_str().eq_ignore_ascii_case(text))
            .ok_or("unknown_country")
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Country, &'static str> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> String {
        country.as_str().to_owned()
    }
}

macro_rules! plans {
    ($($country:literal $code:literal $min:literal $max:literal $trunk:literal;)+) => {
        const PLANS: &[Plan] = &[$(Plan {
            country: Country(*$country),
            code: $code,
            digits: ($min, $max),
            trunk: $trunk,
        }),+];
    };
}

// Of several with one code, the first is the one a number with that code is said to be of.
plans! {
    b"CN" "86" 7 11 "0"; b"HK" "852" 8 8 ""; b"MO" "853" 8 8 ""; b"TW" "886" 8 9 "0";
    b"US" "1" 10 10 "1"; b"CA" "1" 10 10 "1"; b"AG" "1" 10 10 "1"; b"AI" "1" 10 10 "1"; b"AS" "1" 10 10 "1";
    b"BB" "1" 10 10 "1"; b"BM" "1" 10 10 "1"; b"BS" "1" 10 10 "1"; b"DM" "1" 10 10 "1"; b"DO" "1" 10 10 "1";
    b"GD" "1" 10 10 "1"; b"GU" "1" 10 10 "1"; b"JM" "1" 10 10 "1"; b"KN" "1" 10 10 "1"; b"KY" "1" 10 10 "1";
    b"LC" "1" 10 10 "1"; b"MP" "1" 10 10 "1"; b"MS" "1" 10 10 "1"; b"PR" "1" 10 10 "1"; b"SX" "1" 10 10 "1";
    b"TC" "1" 10 10 "1"; b"TT" "1" 10 10 "1"; b"VC" "1" 10 10 "1"; b"VG" "1" 10 10 "1"; b"VI" "1" 10 10 "1";
    b"RU" "7" 10 10 "8"; b"KZ" "7" 10 10 "8";
    b"EG" "20" 8 10 "0"; b"SS" "211" 9 9 "0"; b"MA" "212" 9 9 "0"; b"EH" "212" 9 9 "0"; b"DZ" "213" 8 9 "0";
    b"TN" "216" 8 8 ""; b"LY" "218" 8 9 "0"; b"GM" "220" 7 7 ""; b"SN" "221" 9 9 ""; b"MR" "222" 8 8 "";
    b"ML" "223" 8 8 ""; b"GN" "224" 8 9 ""; b"CI" "225" 10 10 ""; b"BF" "226" 8 8 ""; b"NE" "227" 8 8 "";
    b"TG" "228" 8 8 ""; b"BJ" "229" 8 10 ""; b"MU" "230" 7 8 ""; b"LR" "231" 7 9 "0"; b"SL" "232" 8 8 "0";
    b"GH" "233" 9 9 "0"; b"NG" "234" 7 10 "0"; b"TD" "235" 8 8 ""; b"CF" "236" 8 8 ""; b"CM" "237" 8 9 "";
    b"CV" "238" 7 7 ""; b"ST" "239" 7 7 ""; b"GQ" "240" 9 9 ""; b"GA" "241" 7 8 "0"; b"CG" "242" 9 9 "";
    b"CD" "243" 7 9 "0"; b"AO" "244" 9 9 ""; b"GW" "245" 7 9 ""; b"IO" "246" 7 7 ""; b"AC" "247" 5 6 "";
    b"SC" "248" 7 7 ""; b"SD" "249" 9 9 "0"; b"RW" "250" 9 9 "0"; b"ET" "251" 9 9 "0"; b"SO" "252" 6 9 "0";
    b"DJ" "253" 8 8 ""; b"KE" "254" 7 9 "0"; b"TZ" "255" 9 9 "0"; b"UG" "256" 9 9 "0"; b"BI" "257" 8 8 "";
    b"MZ" "258" 8 9 ""; b"ZM" "260" 9 9 "0"; b"MG" "261" 9 9 "0"; b"RE" "262" 9 9 "0"; b"YT" "262" 9 9 "0";
    b"ZW" "263" 6 10 "0"; b"NA" "264" 7 9 "0"; b"MW" "265" 7 9 "0"; b"LS" "266" 8 8 ""; b"BW" "267" 7 8 "";
    b"SZ" "268" 8 8 ""; b"KM" "269" 7 7 ""; b"ZA" "27" 9 9 "0"; b"SH" "290" 4 5 ""; b"ER" "291" 7 7 "0";
    b"AW" "297" 7 7 ""; b"FO" "298" 6 6 ""; b"GL" "299" 6 6 "";
    b"GR" "30" 10 10 ""; b"NL" "31" 9 9 "0"; b"BE" "32" 8 9 "0"; b"FR" "33" 9 9 "0"; b"ES" "34" 9 9 "";
    b"GI" "350" 8 8 ""; b"PT" "351" 9 9 ""; b"LU" "352" 4 11 ""; b"IE" "353" 7 9 "0"; b"IS" "354" 7 9 "";
    b"AL" "355" 8 9 "0"; b"MT" "356" 8 8 ""; b"CY" "357" 8 8 ""; b"FI" "358" 5 12 "0"; b"AX" "358" 5 12 "0";
    b"BG" "359" 7 9 "0"; b"HU" "36" 8 9 "06"; b"LT" "370" 8 8 "0"; b"LV" "371" 8 8 ""; b"EE" "372" 7 8 "";
    b"MD" "373" 8 8 "0"; b"AM" "374" 8 8 "0"; b"BY" "375" 9 9 "80"; b"AD" "376" 6 9 ""; b"MC" "377" 8 9 "";
    b"SM" "378" 6 10 ""; b"UA" "380" 9 9 "0"; b"RS" "381" 7 9 "0"; b"ME" "382" 8 8 "0"; b"XK" "383" 8 9 "0";
    b"HR" "385" 8 9 "0"; b"SI" "386" 8 8 "0"; b"BA" "387" 8 9 "0"; b"MK" "389" 8 8 "0"; b"IT" "39" 6 11 "";
    b"VA" "39" 6 11 ""; b"RO" "40" 9 9 "0"; b"CH" "41" 9 9 "0"; b"CZ" "420" 9 9 ""; b"SK" "421" 9 9 "0";
    b"LI" "423" 7 9 ""; b"AT" "43" 7 13 "0"; b"GB" "44" 9 10 "0"; b"GG" "44" 9 10 "0"; b"IM" "44" 9 10 "0";
    b"JE" "44" 9 10 "0"; b"DK" "45" 8 8 ""; b"SE" "46" 7 10 "0"; b"NO" "47" 8 8 ""; b"SJ" "47" 8 8 "";
    b"PL" "48" 9 9 ""; b"DE" "49" 6 13 "0";
    b"FK" "500" 5 5 ""; b"BZ" "501" 7 7 ""; b"GT" "502" 8 8 ""; b"SV" "503" 8 8 ""; b"HN" "504" 8 8 "";
    b"NI" "505" 8 8 ""; b"CR" "506" 8 8 ""; b"PA" "507" 7 8 ""; b"PM" "508" 6 9 ""; b"HT" "509" 8 8 "";
    b"PE" "51" 8 9 "0"; b"MX" "52" 10 10 ""; b"CU" "53" 6 8 "0"; b"AR" "54" 10 11 "0"; b"BR" "55" 10 11 "0";
    b"CL" "56" 9 9 ""; b"CO" "57" 10 10 ""; b"VE" "58" 10 10 "0"; b"GP" "590" 9 9 "0"; b"BL" "590" 9 9 "0";
    b"MF" "590" 9 9 "0"; b"BO" "591" 8 8 "0"; b"GY" "592" 7 7 ""; b"EC" "593" 8 9 "0"; b"GF" "594" 9 9 "0";
    b"PY" "595" 7 9 "0"; b"MQ" "596" 9 9 "0"; b"SR" "597" 6 7 ""; b"UY" "598" 8 8 "0"; b"CW" "599" 7 8 "";
    b"BQ" "599" 7 8 "";
    b"MY" "60" 8 10 "0"; b"AU" "61" 9 9 "0"; b"CX" "61" 9 9 "0"; b"CC" "61" 9 9 "0"; b"ID" "62" 8 12 "0";
    b"PH" "63" 8 10 "0"; b"NZ" "64" 8 10 "0"; b"SG" "65" 8 8 ""; b"TH" "66" 8 9 "0"; b"TL" "670" 7 8 "";
    b"NF" "672" 5 6 ""; b"BN" "673" 7 7 ""; b"NR" "674" 7 7 ""; b"PG" "675" 7 8 ""; b"TO" "676" 5 7 "";
    b"SB" "677" 5 7 ""; b"VU" "678" 5 7 ""; b"FJ" "679" 7 7 ""; b"PW" "680" 7 7 ""; b"WF" "681" 6 6 "";
    b"CK" "682" 5 5 ""; b"NU" "683" 4 7 ""; b"WS" "685" 5 7 ""; b"KI" "686" 5 8 ""; b"NC" "687" 6 6 "";
    b"TV" "688" 5 7 ""; b"PF" "689" 6 8 ""; b"TK" "690" 4 7 ""; b"FM" "691" 7 7 ""; b"MH" "692" 7 7 "";
    b"JP" "81" 9 10 "0"; b"KR" "82" 8 11 "0"; b"VN" "84" 9 10 "0"; b"KP" "850" 8 10 "0"; b"KH" "855" 8 9 "0";
    b"LA" "856" 8 10 "0"; b"BD" "880" 8 10 "0";
    b"TR" "90" 10 10 "0"; b"IN" "91" 10 10 "0"; b"PK" "92" 9 10 "0"; b"AF" "93" 9 9 "0"; b"LK" "94" 9 9 "0";
    b"MM" "95" 7 10 "0"; b"MV" "960" 7 7 ""; b"LB" "961" 7 8 "0"; b"JO" "962" 8 9 "0"; b"SY" "963" 8 9 "0";
    b"IQ" "964" 8 10 "0"; b"KW" "965" 8 8 ""; b"SA" "966" 8 9 "0"; b"YE" "967" 7 9 "0"; b"OM" "968" 8 8 "";
    b"PS" "970" 8 9 "0"; b"AE" "971" 8 9 "0"; b"IL" "972" 8 9 "0"; b"BH" "973" 8 8 ""; b"QA" "974" 7 8 "";
    b"BT" "975" 7 8 ""; b"MN" "976" 8 8 "0"; b"NP" "977" 8 10 "0"; b"IR" "98" 10 10 "0"; b"TJ" "992" 9 9 "";
    b"TM" "993" 8 8 "8"; b"AZ" "994" 9 9 "0"; b"GE" "995" 9 9 "0"; b"KG" "996" 9 9 "0"; b"UZ" "998" 9 9 "";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_country_stands_twice_and_no_code_begins_another() {
        let mut seen = BTreeSet::new();
        for plan in PLANS {
            assert!(seen.insert(plan.country), "{} stands twice", plan.country);
            let (min, max) = plan.digits;
            assert!(
                min <= max && plan.code.len() + max <= 15,
                "{}",
                plan.country
            );
            assert!(plan.code.len() + min >= 6, "{}", plan.country);
            for other in PLANS.iter().filter(|other| other.code != plan.code) {
                assert!(
                    !other.code.starts_with(plan.code),
                    "{} {}",
                    plan.country,
                    other.country
                );
            }
        }
        assert!(seen.len() > 220, "{}", seen.len());
    }

    #[test]
    fn a_country_is_read_by_its_letters() {
        assert_eq!("cn".parse(), Ok(Country::CN));
        assert_eq!("XX".parse::<Country>(), Err("unknown_country"));
        assert_eq!(
            of_code("85291234567").map(|(plan, rest)| (plan.country.as_str(), rest)),
            Some(("HK", "91234567"))
        );
        assert!(of_code("0").is_none() && of_code("").is_none());
        assert_eq!(serde_json::to_string(&Country::CN).unwrap(), "\"CN\"");
        assert!(serde_json::from_str::<Country>("\"ZZ\"").is_err());
    }
}
