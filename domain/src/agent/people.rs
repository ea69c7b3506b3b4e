//! User agents of people, with the device of each: `class os browser major application`. Beside each group where its agents
//! come from.

/// (Where from, agents with their devices.)
pub(crate) const PEOPLE: &[(&str, &[(&str, &str)])] = &[
    (
        "Chrome, Edge, Opera, Vivaldi, Brave: the makers' documentation of reduced agents (chromium.org/updates/ua-reduction), and before",
        &[
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
                "desktop windows chrome 131",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
                "desktop macos chrome 130",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36",
                "desktop linux chrome 129",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
                "desktop chromeos chrome 131",
            ),
            (
                "Mozilla/5.0 (X11; CrOS aarch64 15236.80.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.5414.125 Safari/537.36",
                "desktop chromeos chrome 109",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
                "mobile android chrome 131",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
                "tablet android chrome 131",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1",
                "mobile ios chrome 131",
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36",
                "desktop windows chrome 109",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "desktop windows edge 131",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70.0.3538.102 Safari/537.36 Edge/18.19582",
                "desktop windows edge 18",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; HD1913) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.81 Mobile Safari/537.36 EdgA/131.0.2903.48",
                "mobile android edge 131",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 EdgiOS/131.2903.68 Mobile/15E148 Safari/605.1.15",
                "mobile ios edge 131",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0",
                "desktop windows opera 115",
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.6261.119 Mobile Safari/537.36 OPR/81.2.4292.78446",
                "mobile android opera 81",
            ),
            (
                "Opera/9.80 (Android; Opera Mini/36.2.2254/191.307; U; en) Presto/2.12.423 Version/12.16",
                "mobile android opera_mini 36",
            ),
            (
                "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10",
                "mobile other opera_mini 7",
            ),
            (
                "Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18",
                "desktop windows opera 9",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Vivaldi/7.0.3495.15",
                "desktop windows vivaldi 7",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; Pixel 6) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/111.0.0.0 Mobile Safari/537.36 Brave/111",
                "mobile android brave 111",
            ),
        ],
    ),
    (
        "Safari 9 to 18: WebKit's and Apple's release notes",
        &[
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_6) AppleWebKit/601.7.7 (KHTML, like Gecko) Version/9.1.2 Safari/601.7.7",
                "desktop macos safari 9",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_12_6) AppleWebKit/603.3.8 (KHTML, like Gecko) Version/10.1.2 Safari/603.3.8",
                "desktop macos safari 10",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 11_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/11.0 Mobile/15E148 Safari/604.1",
                "mobile ios safari 11",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1",
                "mobile ios safari 12",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 12_5_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1",
                "tablet ios safari 12",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 13_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.2 Mobile/15E148 Safari/604.1",
                "mobile ios safari 13",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.1.2 Safari/605.1.15",
                "desktop macos safari 14",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6.6 Mobile/15E148 Safari/604.1",
                "mobile ios safari 15",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
                "mobile ios safari 16",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
                "desktop macos safari 17",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                "mobile ios safari 18",
            ),
            (
                "Mozilla/5.0 (iPod touch; CPU iPhone OS 9_3_5 like Mac OS X) AppleWebKit/601.1.46 (KHTML, like Gecko) Version/9.0 Mobile/13G36 Safari/601.1",
                "mobile ios safari 9",
            ),
        ],
    ),
    (
        "Firefox, Focus, Klar, Tor, DuckDuckGo: MDN 'Firefox user agent string reference', Tor's design document",
        &[
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
                "desktop windows firefox 133",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
                "desktop macos firefox 132",
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
                "desktop linux firefox 131",
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; rv:52.0) Gecko/20100101 Firefox/52.0",
                "desktop windows firefox 52",
            ),
            (
                "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
                "mobile android firefox 132",
            ),
            (
                "Mozilla/5.0 (Android 13; Tablet; rv:128.0) Gecko/128.0 Firefox/128.0",
                "tablet android firefox 128",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/133.0 Mobile/15E148 Safari/605.1.15",
                "mobile ios firefox 133",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 12_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/7.0.4 Mobile/16B91 Safari/605.1.15 Focus/7.0.4",
                "mobile ios focus 7",
            ),
            (
                "Mozilla/5.0 (Linux; Android 7.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Focus/1.0 Chrome/59.0.3029.83 Mobile Safari/537.36",
                "mobile android focus 1",
            ),
            (
                "Mozilla/5.0 (Linux; Android 7.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Klar/1.0 Chrome/58.0.3029.83 Mobile Safari/537.36",
                "mobile android focus 1",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0",
                "desktop windows firefox 128",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Safari/605.1.15 Ddg/17.4.1",
                "desktop macos duckduckgo 17",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile DuckDuckGo/5 Safari/537.36",
                "mobile android duckduckgo 5",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15",
                "mobile ios duckduckgo 7",
            ),
        ],
    ),
    (
        "Internet Explorer: Microsoft, 'Understanding user-agent strings'",
        &[
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
                "desktop windows ie 11",
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; SLCC2; .NET CLR 2.0.50727; .NET4.0C; .NET4.0E; rv:11.0) like Gecko",
                "desktop windows ie 11",
            ),
            (
                "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; WOW64; Trident/6.0)",
                "desktop windows ie 10",
            ),
        ],
    ),
    (
        "Samsung Internet, Yandex, Whale, Coc Coc, Silk: the makers' developer pages",
        &[
            (
                "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S928B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
                "mobile android samsung 26",
            ),
            (
                "Mozilla/5.0 (Linux; Android 5.0.2; SAMSUNG SM-G925F Build/LRX22G) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/4.0 Chrome/44.0.2403.133 Mobile Safari/537.36",
                "mobile android samsung 4",
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Safari/537.36",
                "tablet android samsung 25",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 YaBrowser/24.10.0.0 Safari/537.36",
                "desktop windows yandex 24",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Whale/4.28.266.14 Safari/537.36",
                "desktop windows whale 4",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0.138 Chrome/124.0.138 Safari/537.36",
                "desktop windows coc_coc 130",
            ),
            (
                "Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/126.4.1 like Chrome/126.0.6478.186 Safari/537.36",
                "tablet android silk 126",
            ),
        ],
    ),
    (
        "WeChat on telephones and computers, and its mini programs: WeChat open documentation, and agents seen in public forums",
        &[
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x18003239) NetType/WIFI Language/zh_CN",
                "mobile ios web_view 0 wechat",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.34(0x18002230) NetType/4G Language/zh_CN miniProgram/wx1a2b3c4d5e6f7a8b",
                "mobile ios web_view 0 wechat",
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; 2211133C Build/TKQ1.220905.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MMWEBID/2585 MicroMessenger/8.0.49.2600(0x2800313D) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64",
                "mobile android web_view 116 wechat",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; NOH-AN00 Build/HUAWEINOH-AN00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0.5304.141 Mobile Safari/537.36 XWEB/5023 MMWEBSDK/20230405 MMWEBID/4913 MicroMessenger/8.0.35.2360(0x2800235D) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64 MiniProgramEnv/android",
                "mobile android web_view 107 wechat",
            ),
            (
                "Mozilla/5.0 (Linux; Android 8.1.0; vivo X21A Build/OPM1.171019.011; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/66.0.3359.126 MQQBrowser/6.2 TBS/044704 Mobile Safari/537.36 MMWEBID/6452 MicroMessenger/7.0.5.1440(0x27000536) Process/tools NetType/WIFI Language/zh_CN",
                "mobile android web_view 66 wechat",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI MiniProgramEnv/Windows WindowsWechat/WMPF WindowsWechat(0x63090b13) XWEB/11253",
                "desktop windows web_view 122 wechat",
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/53.0.2785.116 Safari/537.36 QBCore/4.0.1301.400 QQBrowser/9.0.2524.400 MicroMessenger/6.5.2.501 NetType/WIFI WindowsWechat",
                "desktop windows web_view 53 wechat",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) MicroMessenger/6.8.0(0x16080000) NetType/WIFI MiniProgramEnv/Mac MacWechat/WMPF MacWechat/3.8.7(0x13080712) XWEB/1191",
                "desktop macos web_view 0 wechat",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.42(0x18002a2e) NetType/WIFI Language/zh_CN",
                "tablet ios web_view 0 wechat",
            ),
        ],
    ),
    (
        "WeCom: its developer centre, 'how to tell it is WeCom'",
        &[
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/4.1.6 MicroMessenger/7.0.1 Language/zh ColorScheme/Light",
                "mobile ios web_view 0 wecom",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; ELS-AN00 Build/HUAWEIELS-AN00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 XWEB/4343 MMWEBSDK/20220903 Mobile Safari/537.36 wxwork/4.1.0 ColorScheme/Light MicroMessenger/7.0.1 NetType/WIFI Language/zh Lang/zh",
                "mobile android web_view 86 wecom",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.95 Safari/537.36 wxwork/4.1.13 (MicroMessenger/6.2) WindowsWechat MailPlugin_Electron WeMail embeddisk wwmver/3.26.13.620",
                "desktop windows web_view 108 wecom",
            ),
        ],
    ),
    (
        "DingTalk, Feishu and Lark, Alipay: their open platforms' documentation",
        &[
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/20B82 AliApp(DingTalk/7.0.0) com.laiwang.DingTalk/26897221 Channel/201200 language/zh-Hans-CN UT4Aplus/0.0.6 WK",
                "mobile ios web_view 0 dingtalk",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 11; zh-CN; M2012K11AC Build/RKQ1.200826.002) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/69.0.3497.100 UWS/3.22.1.201 Mobile Safari/537.36 AliApp(DingTalk/6.5.30) com.alibaba.android.rimet/25254420 Channel/227200 language/zh-CN abi/64 UT4Aplus/0.2.25 colorScheme/light",
                "mobile android web_view 69 dingtalk",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.164 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.0.20-Release.5019102) Mojo/1.0.0 Native AppType(release)",
                "desktop windows web_view 91 dingtalk",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) DingTalk(7.0.30-macOS-Release) nw Channel/201200",
                "desktop macos web_view 0 dingtalk",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Lark/5.20.6 LarkLocale/zh_CN ChannelName/Feishu",
                "mobile ios web_view 0 feishu",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; 22021211RC Build/SKQ1.211006.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/102.0.5005.125 Mobile Safari/537.36 Lark/6.1.4 LarkLocale/zh_CN ChannelName/Feishu TTWebView/1021130032617",
                "mobile android web_view 102 feishu",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Safari/537.36 Lark/7.2.8 LarkLocale/zh_CN Feishu SDK-Version/7.2.3",
                "desktop windows web_view 110 feishu",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Ariver/1.1.0 AliApp(AP/10.5.26.6000) Nebula WK RVKType(0) AlipayDefined(nt:WIFI,ws:390|780|3.0) AlipayClient/10.5.26.6000 Language/zh-Hans Region/CN NebulaX/1.0.0",
                "mobile ios web_view 0 alipay",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 10; zh-CN; LYA-AL00 Build/HUAWEILYA-AL00L) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/69.0.3497.100 UWS/3.22.2.33 Mobile Safari/537.36 UCBS/3.22.2.33_210922182406 NebulaSDK/1.8.100112 Nebula AlipayDefined(nt:WIFI,ws:360|0|3.0) AliApp(AP/10.2.36.8100) AlipayClient/10.2.36.8100 Language/zh-Hans useStatusBar/true isConcaveScreen/true",
                "mobile android web_view 69 alipay",
            ),
        ],
    ),
    (
        "QQ and QQ Browser: Tencent's X5 documentation, and agents seen in public forums",
        &[
            (
                "Mozilla/5.0 (Linux; Android 12; V2049A Build/SP1A.210812.003; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/89.0.4389.72 MQQBrowser/6.2 TBS/046011 Mobile Safari/537.36 V1_AND_SQ_8.8.95_2770_YYB_D A_8089500 QQ/8.8.95.8315 NetType/WIFI WebP/0.3.0 AppId/537125009 Pixel/1080",
                "mobile android web_view 89 qq",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 QQ/8.9.3.618 V1_IPH_SQ_8.9.3_1_APP_A Pixel/1170 MiniAppEnable SimpleUISwitch/0 StudyMode/0 CurrentMode/0 Core/WKWebView Device/Apple(iPhone 12) NetType/WIFI",
                "mobile ios web_view 0 qq",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 11; zh-cn; PEGM00 Build/RKQ1.200903.002) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/89.0.4389.72 MQQBrowser/12.9 Mobile Safari/537.36 COVC/046033",
                "mobile android qq 12",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.0 MQQBrowser/12.6.3 Mobile/15E148 Safari/604.1 QBWebViewUA/2 QBWebViewType/1 WKType/1",
                "mobile ios qq 12",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.71 Safari/537.36 Core/1.94.225.400 QQBrowser/12.1.5496.400",
                "desktop windows qq 12",
            ),
        ],
    ),
    (
        "UC, Quark, Sogou, 360, Baidu, 2345, Liebao, Maxthon: agents as matomo-org/device-detector's fixtures and public forums show them",
        &[
            (
                "Mozilla/5.0 (Linux; U; Android 9; zh-CN; MI 8 Build/PKQ1.180729.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/78.0.3904.108 UCBrowser/13.4.2.1122 Mobile Safari/537.36",
                "mobile android uc 13",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X; zh-CN) AppleWebKit/537.51.1 (KHTML, like Gecko) Mobile/19A346 UCBrowser/13.7.2.1636 Mobile AliApp(TUnionSDK/0.1.20.4)",
                "mobile ios uc 13",
            ),
            (
                "UCWEB/2.0 (MIDP-2.0; U; Adr 9.0; en-US; SM-G960F) U2/1.0.0 UCBrowser/10.9.8.1006 U2/1.0.0 Mobile",
                "mobile android uc 10",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/55.0.2883.87 UBrowser/6.2.4098.3 Safari/537.36",
                "desktop windows uc 6",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 12; zh-CN; V2055A Build/SP1A.210812.003) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 Quark/6.2.2.246 Mobile Safari/537.36",
                "mobile android quark 6",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X; zh-cn) AppleWebKit/601.1.46 (KHTML, like Gecko) Mobile/20F66 Quark/6.5.5.1757 Mobile",
                "mobile ios quark 6",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Safari/537.36 QuarkPC/2.2.1.235",
                "desktop windows quark 2",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; MAR-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/83.0.4103.106 Mobile Safari/537.36 AWP/2.0 SogouMSE,SogouMobileBrowser/5.32.5",
                "mobile android sogou 5",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.87 Safari/537.36 SE 2.X MetaSr 1.0",
                "desktop windows sogou 1",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; V1932A Build/QP1A.190711.020; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/77.0.3865.120 MQQBrowser/6.2 TBS/045514 Mobile Safari/537.36 SogouSearch Android1.0 version3.0 AppVersion/7855",
                "mobile android sogou 0",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE",
                "desktop windows 360 0",
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/78.0.3904.108 Safari/537.36 QIHU 360EE",
                "desktop windows 360 0",
            ),
            (
                "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; WOW64; Trident/5.0; 360SE)",
                "desktop windows 360 0",
            ),
            (
                "Mozilla/5.0 (Linux; Android 9; COL-AL10 Build/HUAWEICOL-AL10; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/62.0.3202.97 Mobile Safari/537.36 QHBrowser/9.0.0.132 360 Aphone Browser",
                "mobile android 360 9",
            ),
            (
                "Mozilla/5.0 (Linux; Android 11; V2031A Build/RP1A.200720.012; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/97.0.4692.98 Mobile Safari/537.36 T7/13.24 SP-engine/2.62.0 baiduboxapp/13.24.0.12 (Baidu; P1 11) NABar/1.0",
                "mobile android web_view 97 baidu",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 SP-engine/2.56.0 main%2F1.0 baiduboxapp/13.22.0.10 (Baidu; P2 15.6) NABar/1.0 themeUA=Theme/default",
                "mobile ios web_view 0 baidu",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; HLK-AL00 Build/HONORHLK-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/76.0.3809.89 Mobile Safari/537.36 T7/11.20 lite baiduboxapp/5.0.0.11 (Baidu; P1 10)",
                "mobile android web_view 76 baidu",
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/47.0.2526.106 BIDUBrowser/8.7 Safari/537.36",
                "desktop windows baidu 8",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 8.1.0; zh-cn; BLA-AL00 Build/HUAWEIBLA-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/57.0.2987.132 baidubrowser/7.19.13.0 Mobile Safari/537.36",
                "mobile android baidu 7",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/69.0.3497.100 Safari/537.36 2345Explorer/10.18.0.20694",
                "desktop windows 2345 10",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/57.0.2987.98 Safari/537.36 LBBROWSER",
                "desktop windows liebao 0",
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Maxthon/5.3.8.2000 Chrome/61.0.3163.79 Safari/537.36",
                "desktop windows maxthon 5",
            ),
        ],
    ),
    (
        "Browsers of telephone makers: Huawei, HONOR, vivo, OPPO and HeyTap, Xiaomi developer pages and public forums",
        &[
            (
                "Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00; HMSCore 6.13.0.321) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36",
                "mobile harmony huawei 15",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; ELE-AL00; HMSCore 6.1.0.313) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.93 HuaweiBrowser/12.0.1.302 Mobile Safari/537.36",
                "mobile android huawei 12",
            ),
            (
                "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.5.302",
                "mobile harmony huawei 5",
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; LGE-AN00; HONOR) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 HonorBrowser/8.0.1.302 Mobile Safari/537.36",
                "mobile android honor 8",
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; V2183A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/87.0.4280.141 Mobile Safari/537.36 VivoBrowser/14.5.10.2",
                "mobile android vivo 14",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 12; zh-cn; PFEM10 Build/SKQ1.211019.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/90.0.4430.61 Mobile Safari/537.36 HeyTapBrowser/40.7.34.6",
                "mobile android oppo 40",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 8.1.0; zh-cn; OPPO R11s Build/OPM1.171019.011) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/53.0.2785.134 Mobile Safari/537.36 OppoBrowser/10.5.1.2",
                "mobile android oppo 10",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 13; zh-cn; 2211133C Build/TKQ1.220905.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.118 Mobile Safari/537.36 XiaoMi/MiuiBrowser/17.9.330521",
                "mobile android xiaomi 17",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 14; zh-cn; 23116PN5BC Build/AP3A.240617.008) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.6045.66 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.9.0.1230",
                "mobile android xiaomi 18",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; HarmonyOS; BAH4-AL10; HMSCore 6.13.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/14.0.0.322 Safari/537.36 MatePad",
                "tablet harmony huawei 14",
            ),
        ],
    ),
    (
        "Weibo, Douyin, Toutiao, Kuaishou, Bilibili, Zhihu, Xiaohongshu, Taobao, JD, Pinduoduo: agents as device-detector's fixtures and public forums show them",
        &[
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Weibo (iPhone13,2__weibo__13.2.1__iphone__os16.1)",
                "mobile ios web_view 0 weibo",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; M2007J3SC Build/SKQ1.211006.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/97.0.4692.98 Mobile Safari/537.36 Weibo (Xiaomi-M2007J3SC__weibo__12.9.4__android__android12)",
                "mobile android web_view 97 weibo",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 aweme_21.7.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/zh Region/CN",
                "mobile ios web_view 0 douyin",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; LIO-AN00 Build/HUAWEILIO-AN00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/75.0.3770.156 Mobile Safari/537.36 aweme_230400 JsSdk/1.0 NetType/WIFI Channel/huawei_1 AppName/aweme app_version/23.4.0 ByteLocale/zh-CN Region/CN",
                "mobile android web_view 75 douyin",
            ),
            (
                "Mozilla/5.0 (Linux; Android 11; M2011K2C Build/RKQ1.200928.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/88.0.4324.181 Mobile Safari/537.36 JsSdk/2 NewsArticle/8.2.5 NetType/wifi",
                "mobile android web_view 88 toutiao",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 14_7_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 NewsArticle/8.4.1.33 JsSdk/2.0 NetType/WIFI (News 8.4.1 14.710000)",
                "mobile ios web_view 0 toutiao",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; V1990A Build/QP1A.190711.020; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/90.0.4430.226 KsWebView/1.8.90.488 (rel) Mobile Safari/537.36 Yoda/2.8.3 ksNebula/10.5.10.3272 OS_PRO_BIT/64",
                "mobile android web_view 90 kuaishou",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Kwai/10.2.30.4137 ISLP/0 StatusHT/47 KDT/PHONE iosSCH/0 TitleHT/44 NetType/WIFI",
                "mobile ios web_view 0 kuaishou",
            ),
            (
                "Mozilla/5.0 (Linux; Android 11; PEHM00 Build/RKQ1.200928.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/87.0.4280.141 Mobile Safari/537.36 os/android model/PEHM00 build/7080200 osVer/11 sdkInt/30 network/2 BiliApp/7080200 mobi_app/android channel/oppo",
                "mobile android web_view 87 bilibili",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 BiliApp/71000100 os/ios model/iPhone 12 mobi_app/iphone build/71000100 osVer/16.0 network/2 channel/AppStore",
                "mobile ios web_view 0 bilibili",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; MI 9 Build/QKQ1.190825.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/87.0.4280.101 Mobile Safari/537.36 ZhihuHybrid com.zhihu.android/Futureve/7.26.0",
                "mobile android web_view 87 zhihu",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 15_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 ZhihuHybrid osee2unifiedRelease/4432 osee2unifiedReleaseVersion/8.6.0",
                "mobile ios web_view 0 zhihu",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 xhsminiweb discover/8.2.1 XiaoHongShu/8.2.1 NetType/WiFi",
                "mobile ios web_view 0 xiaohongshu",
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; 22081212C Build/TKQ1.220829.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/104.0.5112.97 Mobile Safari/537.36 xiaohongshu XHS/7790228 NetType/WiFi",
                "mobile android web_view 104 xiaohongshu",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 10; zh-CN; MI 9 Build/QKQ1.190825.002) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/69.0.3497.100 UWS/3.22.2.28 Mobile Safari/537.36 AliApp(TB/10.8.20) UCBS/2.11.1.1 TTID/600000@taobao_android_10.8.20 WindVane/8.5.0 1080X2135",
                "mobile android web_view 69 taobao",
            ),
            (
                "jdapp;iPhone;11.1.0;;;M/5.0;appBuild/168130;jdSupportDarkMode/0;Mozilla/5.0 (iPhone; CPU iPhone OS 15_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148;supportJDSHWK/1;",
                "mobile ios web_view 0 jd",
            ),
            (
                "Mozilla/5.0 (Linux; Android 11; M2102J2SC Build/RKQ1.200826.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/88.0.4324.93 Mobile Safari/537.36 phh_android_version/6.19.0 phh_android_build/228831 phh_android_channel/xm pversion/0",
                "mobile android web_view 88 pinduoduo",
            ),
        ],
    ),
    (
        "Facebook, Instagram, LinkedIn, X, TikTok, LINE, Snapchat, Pinterest, the Google application: agents as device-detector's fixtures show them",
        &[
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21B101 [FBAN/FBIOS;FBAV/443.0.0.23.229;FBBV/541388712;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.1.2;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5]",
                "mobile ios web_view 0 facebook",
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; SM-A536B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.6099.43 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/443.0.0.29.113;]",
                "mobile android web_view 120 facebook",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A.240617.008; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.142 Mobile Safari/537.36 MetaIAB Facebook [FB_IAB/FB4A;FBAV/535.0.0.51.63;]",
                "mobile android web_view 142 facebook",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 309.0.2.18.110 (iPhone14,5; iOS 17_1; en_US; en; scale=3.00; 1170x2532; 537288535)",
                "mobile ios web_view 0 instagram",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.28.7586",
                "mobile ios web_view 0 linkedin",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/20G75 Twitter for iPhone/10.6",
                "mobile ios web_view 0 x",
            ),
            (
                "Mozilla/5.0 (Linux; Android 12; SM-A125F Build/SP1A.210812.016; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/115.0.5790.166 Mobile Safari/537.36 trill_310502 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly app_version/31.5.2 ByteLocale/en Region/US",
                "mobile android web_view 115 tiktok",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/13.1.1",
                "mobile ios web_view 0 line",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Snapchat/12.40.0.36 (like Safari/8615.2.9.10.4, panda)",
                "mobile ios web_view 0 snapchat",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]",
                "mobile ios web_view 0 pinterest",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/293.0.582303012 Mobile/15E148 Safari/604.1",
                "mobile ios google 293",
            ),
        ],
    ),
    (
        "Old Androids, KaiOS, Cubot and other telephones whose names look like programs': device-detector's fixtures",
        &[
            (
                "Mozilla/5.0 (Linux; U; Android 4.4.2; zh-cn; HM NOTE 1LTE Build/KOT49H) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
                "mobile android android 4",
            ),
            (
                "Mozilla/5.0 (Linux; Android 4.4.4; SM-G530H Build/KTU84P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/81.0.4044.138 Mobile Safari/537.36",
                "mobile android chrome 81",
            ),
            (
                "Mozilla/5.0 (Linux; Android 5.1.1; OPPO A37m Build/LMY47V; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/43.0.2357.121 Mobile Safari/537.36",
                "mobile android web_view 43",
            ),
            (
                "Mozilla/5.0 (Linux; Android 5.0; Nexus 5 Build/LRX21O) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.3112.107 Mobile Safari/537.36",
                "mobile android chrome 60",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 4.0.3; ko-kr; LG-L160L Build/IML74K) AppleWebkit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
                "mobile android android 4",
            ),
            (
                "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
                "mobile kaios firefox 48",
            ),
            (
                "Mozilla/5.0 (Mobile; LYF/F220B/LYF-F220B-003-01-15-130718; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
                "mobile kaios firefox 48",
            ),
            (
                "Mozilla/5.0 (Linux; Android 8.1.0; CUBOT X18 Plus) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.120 Mobile Safari/537.36",
                "mobile android chrome 91",
            ),
            (
                "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20 PRO Build/RP1A.200720.011; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/96.0.4664.45 Mobile Safari/537.36",
                "mobile android web_view 96",
            ),
            (
                "Mozilla/5.0 (Linux; Android 6.0; CUBOT; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/44.0.2403.119 Mobile Safari/537.36",
                "mobile android web_view 44",
            ),
            (
                "Mozilla/5.0 (Linux; Android 5.0.2; HTC Butterfly 2 Build/LRX22G) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.116 Mobile Safari/537.36",
                "mobile android chrome 79",
            ),
            (
                "Mozilla/5.0 (Linux; Android 7.0; InfoSonics E1 Build/NRD90M) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.99 Mobile Safari/537.36",
                "mobile android chrome 80",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; moto g(7) power Build/QPO30.52-29; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/83.0.4103.106 Mobile Safari/537.36 okhttp/3.12.1",
                "mobile android web_view 83",
            ),
            (
                "Mozilla/5.0 (Linux; Android 9; SAMSUNG SM-T515) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Safari/537.36",
                "tablet android chrome 110",
            ),
        ],
    ),
    (
        "Televisions: the makers' developer pages",
        &[
            (
                "Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/2.2 Chrome/63.0.3239.84 TV Safari/537.36",
                "tv tizen samsung 2",
            ),
            (
                "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.88 Safari/537.36 WebAppManager",
                "tv webos chrome 87",
            ),
            (
                "Mozilla/5.0 (Linux; Android 9; BRAVIA 4K UR2 Build/PTT1.190515.001.S104) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.45 Safari/537.36",
                "tv android chrome 96",
            ),
            (
                "Mozilla/5.0 (Linux; Android 9; MiTV-AXSO0 Build/PI) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.101 Safari/537.36",
                "tv android chrome 98",
            ),
            (
                "Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.225 Safari/537.36 CrKey/1.56.500000",
                "tv linux chrome 90",
            ),
        ],
    ),
    (
        "Desktop applications that show pages to people",
        &[
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_5_6; en-us) AppleWebKit/528.16 (KHTML, like Gecko) Fluid/0.9.6 Safari/528.16",
                "desktop macos web_view 0",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Notion/3.14.0 Chrome/126.0.6478.183 Electron/31.3.1 Safari/537.36",
                "desktop windows chrome 126",
            ),
        ],
    ),
];
