//! What is read of page views, a row each: landing, referrer, what comes of it. Beside each group where its rows come from.
//!
//! A landing follows `https://a.cn/`, and `-` is none. A referrer `app:wechat` is none at all, inside that application. What comes of it:
//! `channel source/medium [campaign] "term" click=id`. The company's other website is `www.b.com`.

use super::*;

const TABLE: &[(&str, &[[&str; 3]])] = &[
    (
        "GA4 help: default channel group",
        &[
            ["-", "-", "direct /"],
            [
                "?utm_source=(direct)&utm_medium=(none)",
                "-",
                "direct (direct)/(none)",
            ],
            ["?utm_source=direct", "-", "direct direct/"],
            [
                "?utm_source=(direct)&utm_medium=(not set)",
                "-",
                "direct (direct)/(not set)",
            ],
            [
                "?utm_source=google&utm_medium=cpc&utm_campaign=cross-network",
                "-",
                "cross_network google/cpc [cross-network]",
            ],
            [
                "?utm_source=x&utm_medium=y&utm_campaign=Spring Cross-Network 2",
                "-",
                "cross_network x/y [Spring Cross-Network 2]",
            ],
            [
                "?utm_source=amazon&utm_medium=cpc",
                "-",
                "paid_shopping amazon/cpc",
            ],
            [
                "?utm_source=google&utm_medium=cpc&utm_campaign=shopping-q4",
                "-",
                "paid_shopping google/cpc [shopping-q4]",
            ],
            [
                "?utm_source=x&utm_medium=ppc&utm_campaign=my-shop",
                "-",
                "paid_shopping x/ppc [my-shop]",
            ],
            [
                "?utm_source=google&utm_medium=cpc&utm_campaign=workshop",
                "-",
                "paid_search google/cpc [workshop]",
            ],
            [
                "?utm_source=google&utm_medium=cpc",
                "-",
                "paid_search google/cpc",
            ],
            [
                "?utm_source=google&utm_medium=ppc",
                "-",
                "paid_search google/ppc",
            ],
            [
                "?utm_source=google&utm_medium=retargeting",
                "-",
                "paid_search google/retargeting",
            ],
            [
                "?utm_source=bing&utm_medium=paid",
                "-",
                "paid_search bing/paid",
            ],
            [
                "?utm_source=bing&utm_medium=paidsearch",
                "-",
                "paid_search bing/paidsearch",
            ],
            [
                "?utm_source=yahoo&utm_medium=xcpx",
                "-",
                "paid_search yahoo/xcpx",
            ],
            [
                "?utm_source=duckduckgo&utm_medium=cpm",
                "-",
                "paid_search duckduckgo/cpm",
            ],
            [
                "?utm_source=facebook&utm_medium=cpc",
                "-",
                "paid_social facebook/cpc",
            ],
            [
                "?utm_source=fb&utm_medium=paid_social",
                "-",
                "paid_social fb/paid_social",
            ],
            [
                "?utm_source=linkedin&utm_medium=cpc",
                "-",
                "paid_social linkedin/cpc",
            ],
            [
                "?utm_source=twitter&utm_medium=ppc",
                "-",
                "paid_social twitter/ppc",
            ],
            [
                "?utm_source=youtube&utm_medium=cpc",
                "-",
                "paid_video youtube/cpc",
            ],
            [
                "?utm_source=vimeo&utm_medium=paid",
                "-",
                "paid_video vimeo/paid",
            ],
            [
                "?utm_source=example&utm_medium=display",
                "-",
                "display example/display",
            ],
            [
                "?utm_source=example&utm_medium=banner",
                "-",
                "display example/banner",
            ],
            [
                "?utm_source=example&utm_medium=expandable",
                "-",
                "display example/expandable",
            ],
            [
                "?utm_source=example&utm_medium=interstitial",
                "-",
                "display example/interstitial",
            ],
            [
                "?utm_source=example&utm_medium=cpm",
                "-",
                "display example/cpm",
            ],
            [
                "?utm_source=google&utm_medium=display",
                "-",
                "display google/display",
            ],
            [
                "?utm_source=example&utm_medium=cpc",
                "-",
                "paid_other example/cpc",
            ],
            [
                "?utm_source=example&utm_medium=cpa",
                "-",
                "paid_other example/cpa",
            ],
            [
                "?utm_source=example&utm_medium=cps",
                "-",
                "paid_other example/cps",
            ],
            [
                "?utm_source=example&utm_medium=paid-native",
                "-",
                "paid_other example/paid-native",
            ],
            ["?utm_medium=cpc", "-", "paid_other /cpc"],
            [
                "?utm_source=ebay&utm_medium=x",
                "-",
                "organic_shopping ebay/x",
            ],
            [
                "?utm_source=x&utm_medium=y&utm_campaign=eshop",
                "-",
                "organic_shopping x/y [eshop]",
            ],
            ["?utm_source=pinterest", "-", "organic_social pinterest/"],
            [
                "?utm_source=x.example&utm_medium=social",
                "-",
                "organic_social x.example/social",
            ],
            [
                "?utm_source=x.example&utm_medium=social-network",
                "-",
                "organic_social x.example/social-network",
            ],
            [
                "?utm_source=x.example&utm_medium=social-media",
                "-",
                "organic_social x.example/social-media",
            ],
            [
                "?utm_source=x.example&utm_medium=sm",
                "-",
                "organic_social x.example/sm",
            ],
            [
                "?utm_source=x.example&utm_medium=social%20network",
                "-",
                "organic_social x.example/social network",
            ],
            [
                "?utm_source=x.example&utm_medium=social+media",
                "-",
                "organic_social x.example/social media",
            ],
            ["?utm_source=youtube", "-", "organic_video youtube/"],
            [
                "?utm_source=x.example&utm_medium=product-video",
                "-",
                "organic_video x.example/product-video",
            ],
            [
                "?utm_source=google&utm_medium=organic",
                "-",
                "organic_search google/organic",
            ],
            [
                "?utm_source=x.example&utm_medium=organic",
                "-",
                "organic_search x.example/organic",
            ],
            [
                "?utm_source=x.example&utm_medium=referral",
                "-",
                "referral x.example/referral",
            ],
            [
                "?utm_source=x.example&utm_medium=app",
                "-",
                "referral x.example/app",
            ],
            [
                "?utm_source=x.example&utm_medium=link",
                "-",
                "referral x.example/link",
            ],
            [
                "?utm_source=x.example&utm_medium=email",
                "-",
                "email x.example/email",
            ],
            [
                "?utm_source=x.example&utm_medium=e-mail",
                "-",
                "email x.example/e-mail",
            ],
            [
                "?utm_source=x.example&utm_medium=e_mail",
                "-",
                "email x.example/e_mail",
            ],
            [
                "?utm_source=x.example&utm_medium=e%20mail",
                "-",
                "email x.example/e mail",
            ],
            ["?utm_source=email", "-", "email email/"],
            [
                "?utm_source=email&utm_medium=referral",
                "-",
                "referral email/referral",
            ],
            [
                "?utm_source=x.example&utm_medium=affiliate",
                "-",
                "affiliates x.example/affiliate",
            ],
            [
                "?utm_source=x.example&utm_medium=audio",
                "-",
                "audio x.example/audio",
            ],
            [
                "?utm_source=x.example&utm_medium=sms",
                "-",
                "sms x.example/sms",
            ],
            ["?utm_source=sms&utm_medium=x", "-", "sms sms/x"],
            [
                "?utm_source=x.example&utm_medium=webpush",
                "-",
                "mobile_push x.example/webpush",
            ],
            [
                "?utm_source=x.example&utm_medium=mobile",
                "-",
                "mobile_push x.example/mobile",
            ],
            [
                "?utm_source=x.example&utm_medium=in-app-notification",
                "-",
                "mobile_push x.example/in-app-notification",
            ],
            [
                "?utm_source=firebase&utm_medium=x",
                "-",
                "mobile_push firebase/x",
            ],
            [
                "?utm_source=x.example&utm_medium=other",
                "-",
                "unassigned x.example/other",
            ],
            ["?utm_source=x.example", "-", "unassigned x.example/"],
        ],
    ),
    (
        "Google Ads help: auto-tagging (gclid, gbraid, wbraid, gad_source), Campaign Manager (dclid)",
        &[
            ["?gclid=Cj0", "-", "paid_search google/cpc gclid=Cj0"],
            [
                "?gclid=Cj0",
                "https://www.google.com/",
                "paid_search google/cpc gclid=Cj0",
            ],
            ["?gbraid=0AA", "-", "paid_search google/cpc gbraid=0AA"],
            ["?wbraid=CjM", "-", "paid_search google/cpc wbraid=CjM"],
            ["?gad_source=1", "-", "paid_search google/cpc gad_source=1"],
            [
                "?gad_source=1&gclid=Cj0",
                "-",
                "paid_search google/cpc gclid=Cj0",
            ],
            [
                "?gclid=Cj0&gad_source=1",
                "-",
                "paid_search google/cpc gclid=Cj0",
            ],
            [
                "?gclid=Cj0&utm_campaign=shop",
                "-",
                "paid_shopping google/cpc [shop] gclid=Cj0",
            ],
            [
                "?gclid=Cj0&utm_source=youtube&utm_medium=cpc",
                "-",
                "paid_video youtube/cpc gclid=Cj0",
            ],
            ["?dclid=CI", "-", "display google/display dclid=CI"],
            [
                "?srsltid=Af",
                "-",
                "organic_search google/organic srsltid=Af",
            ],
            ["?GCLID=Cj0", "-", "paid_search google/cpc gclid=Cj0"],
            ["?gclid=", "-", "direct /"],
        ],
    ),
    (
        "Microsoft Advertising, Yandex Direct, Meta, TikTok, X, LinkedIn, Reddit, Pinterest, Snapchat, Outbrain, Taboola: their click id documentation",
        &[
            ["?msclkid=a1", "-", "paid_search bing/cpc msclkid=a1"],
            ["?yclid=7", "-", "paid_search yandex/cpc yclid=7"],
            [
                "?ysclid=l5",
                "https://yandex.ru/",
                "organic_search yandex/organic ysclid=l5",
            ],
            ["?ymclid=9", "-", "paid_other yandex/cpc ymclid=9"],
            [
                "?fbclid=IwAR",
                "-",
                "organic_social facebook/social fbclid=IwAR",
            ],
            [
                "?fbclid=IwAR",
                "https://l.facebook.com/",
                "organic_social facebook/social fbclid=IwAR",
            ],
            [
                "?fbclid=IwAR&utm_source=facebook&utm_medium=paid",
                "-",
                "paid_social facebook/paid fbclid=IwAR",
            ],
            [
                "?fbclid=IwAR&gclid=Cj0",
                "-",
                "paid_search google/cpc gclid=Cj0",
            ],
            ["?ttclid=E.C", "-", "paid_video tiktok/cpc ttclid=E.C"],
            ["?twclid=2", "-", "paid_social twitter/cpc twclid=2"],
            [
                "?li_fat_id=8a",
                "-",
                "paid_social linkedin/cpc li_fat_id=8a",
            ],
            ["?rdt_cid=5", "-", "paid_social reddit/cpc rdt_cid=5"],
            ["?epik=dj0", "-", "organic_social pinterest/social epik=dj0"],
            ["?ScCid=e1", "-", "paid_social snapchat/cpc sccid=e1"],
            [
                "?igshid=Mz",
                "-",
                "organic_social instagram/social igshid=Mz",
            ],
            [
                "?igsh=Mz",
                "https://l.instagram.com/",
                "organic_social instagram/social igsh=Mz",
            ],
            ["?dicbo=v2", "-", "paid_other outbrain/cpc dicbo=v2"],
            ["?tblci=Gi", "-", "paid_other taboola/cpc tblci=Gi"],
        ],
    ),
    (
        "Mailchimp, HubSpot, Marketo, Klaviyo, Eloqua; Impact, CJ, Awin, Rakuten: their parameter documentation",
        &[
            ["?mc_cid=1&mc_eid=2", "-", "email mailchimp/email mc_cid=1"],
            [
                "?mc_eid=2&utm_source=october&utm_medium=email",
                "-",
                "email october/email mc_eid=2",
            ],
            [
                "?utm_source=october&mc_eid=2",
                "-",
                "email october/email mc_eid=2",
            ],
            ["?_hsenc=p2", "-", "email hubspot/email _hsenc=p2"],
            ["?_hsmi=11", "-", "email hubspot/email _hsmi=11"],
            ["?mkt_tok=MT", "-", "email marketo/email mkt_tok=MT"],
            ["?_kx=ab", "-", "email klaviyo/email _kx=ab"],
            ["?elqTrackId=ab", "-", "email eloqua/email elqtrackid=ab"],
            [
                "?irclickid=x",
                "-",
                "affiliates impact/affiliate irclickid=x",
            ],
            ["?cjevent=x", "-", "affiliates cj/affiliate cjevent=x"],
            ["?awc=1_2", "-", "affiliates awin/affiliate awc=1_2"],
            [
                "?ranSiteID=x",
                "-",
                "affiliates rakuten/affiliate ransiteid=x",
            ],
        ],
    ),
    (
        "Baidu, 360 and Tencent advertising: conversion documentation (bd_vid, qhclickid, gdt_vid, qz_gdt)",
        &[
            ["?bd_vid=abc", "-", "paid_search baidu/cpc bd_vid=abc"],
            [
                "?bd_vid=abc",
                "https://www.baidu.com/baidu.php?url=x",
                "paid_search baidu/cpc bd_vid=abc",
            ],
            [
                "?bd_vid=abc&utm_source=baidu&utm_medium=feed&utm_campaign=Q4",
                "-",
                "paid_search baidu/feed [Q4] bd_vid=abc",
            ],
            [
                "?utm_source=Baidu&utm_medium=CPC&utm_campaign=Q4&utm_term=营销自动化&bd_vid=abc",
                "https://www.baidu.com/s?wd=x",
                "paid_search baidu/cpc [Q4] \"营销自动化\" bd_vid=abc",
            ],
            [
                "?qhclickid=7f",
                "https://www.so.com/s?q=crm",
                "paid_search 360/cpc \"crm\" qhclickid=7f",
            ],
            ["?gdt_vid=wx0", "-", "paid_social wechat/cpc gdt_vid=wx0"],
            ["?qz_gdt=ab", "-", "paid_social tencent/cpc qz_gdt=ab"],
            [
                "?utm_source=baidu&utm_medium=cpc",
                "-",
                "paid_search baidu/cpc",
            ],
            [
                "?utm_source=百度&utm_medium=cpc",
                "-",
                "paid_search 百度/cpc",
            ],
            [
                "?utm_source=sogou&utm_medium=cpc",
                "-",
                "paid_search sogou/cpc",
            ],
            ["?utm_source=360&utm_medium=cpc", "-", "paid_search 360/cpc"],
            [
                "?utm_source=shenma&utm_medium=cpc",
                "-",
                "paid_search shenma/cpc",
            ],
            [
                "?utm_source=神马&utm_medium=cpc",
                "-",
                "paid_search 神马/cpc",
            ],
            [
                "?utm_source=toutiao&utm_medium=cpc",
                "-",
                "paid_search toutiao/cpc",
            ],
            [
                "?utm_source=m.baidu.com&utm_medium=cpc",
                "-",
                "paid_search m.baidu.com/cpc",
            ],
            [
                "?utm_source=x.example&utm_medium=sem",
                "-",
                "paid_search x.example/sem",
            ],
            [
                "?utm_source=baidu&utm_medium=sem",
                "-",
                "paid_search baidu/sem",
            ],
            [
                "?utm_source=baidu&utm_medium=seo",
                "-",
                "organic_search baidu/seo",
            ],
            [
                "?utm_source=zhihu&utm_medium=paid",
                "-",
                "paid_social zhihu/paid",
            ],
            [
                "?utm_source=weixin&utm_medium=cpc",
                "-",
                "paid_social weixin/cpc",
            ],
            [
                "?utm_source=微信&utm_medium=cpc",
                "-",
                "paid_social 微信/cpc",
            ],
            [
                "?utm_source=weibo&utm_medium=信息流",
                "-",
                "paid_social weibo/信息流",
            ],
            ["?utm_source=xhs&utm_medium=cpc", "-", "paid_social xhs/cpc"],
            [
                "?utm_source=douyin&utm_medium=cpm",
                "-",
                "paid_video douyin/cpm",
            ],
            [
                "?utm_source=bilibili&utm_medium=cpc",
                "-",
                "paid_video bilibili/cpc",
            ],
            [
                "?utm_source=抖音&utm_medium=cpc",
                "-",
                "paid_video 抖音/cpc",
            ],
            [
                "?utm_source=1688&utm_medium=cpc",
                "-",
                "paid_shopping 1688/cpc",
            ],
            ["?utm_source=jd", "-", "organic_shopping jd/"],
        ],
    ),
    (
        "Search engines of China: their result pages; Matomo list",
        &[
            [
                "-",
                "https://www.baidu.com/link?url=x",
                "organic_search baidu/organic",
            ],
            [
                "-",
                "https://www.baidu.com/s?wd=crm%E7%B3%BB%E7%BB%9F",
                "organic_search baidu/organic \"crm系统\"",
            ],
            [
                "-",
                "https://m.baidu.com/s?word=crm",
                "organic_search baidu/organic \"crm\"",
            ],
            [
                "-",
                "https://www.baidu.com/s?ie=gb2312&wd=%D3%AA%CF%FA",
                "organic_search baidu/organic",
            ],
            [
                "-",
                "https://www1.baidu.com/s?wd=a",
                "organic_search baidu/organic \"a\"",
            ],
            [
                "-",
                "https://image.baidu.com/search/index?word=a",
                "organic_search baidu/organic \"a\"",
            ],
            [
                "-",
                "android-app://com.baidu.searchbox/",
                "organic_search baidu/organic",
            ],
            [
                "?utm_term=own",
                "https://www.baidu.com/s?wd=theirs",
                "organic_search baidu/organic \"own\"",
            ],
            [
                "-",
                "https://www.sogou.com/web?query=crm",
                "organic_search sogou/organic \"crm\"",
            ],
            [
                "-",
                "https://m.sogou.com/web/searchList.jsp?keyword=crm",
                "organic_search sogou/organic \"crm\"",
            ],
            [
                "-",
                "https://wap.sogou.com/web/sl?keyword=crm",
                "organic_search sogou/organic \"crm\"",
            ],
            [
                "-",
                "https://weixin.sogou.com/weixin?type=2&query=crm",
                "organic_search sogou/organic \"crm\"",
            ],
            [
                "-",
                "https://www.so.com/s?q=crm",
                "organic_search 360/organic \"crm\"",
            ],
            [
                "-",
                "https://m.so.com/s?q=crm",
                "organic_search 360/organic \"crm\"",
            ],
            [
                "-",
                "https://www.so.com/link?m=x",
                "organic_search 360/organic",
            ],
            [
                "-",
                "https://so.360.cn/s?q=crm",
                "organic_search 360/organic \"crm\"",
            ],
            [
                "-",
                "https://www.haosou.com/s?q=crm",
                "organic_search 360/organic \"crm\"",
            ],
            [
                "-",
                "https://m.sm.cn/s?q=crm",
                "organic_search shenma/organic \"crm\"",
            ],
            [
                "-",
                "https://yz.m.sm.cn/s?q=crm",
                "organic_search shenma/organic \"crm\"",
            ],
            [
                "-",
                "https://quark.sm.cn/s?q=crm",
                "organic_search quark/organic \"crm\"",
            ],
            [
                "-",
                "https://ai.quark.cn/s?q=crm",
                "organic_search quark/organic \"crm\"",
            ],
            [
                "-",
                "https://so.toutiao.com/search?keyword=crm",
                "organic_search toutiao/organic \"crm\"",
            ],
            [
                "-",
                "https://www.toutiao.com/article/7",
                "organic_search toutiao/organic",
            ],
            [
                "-",
                "https://so.douyin.com/s?keyword=crm",
                "organic_search douyin search/organic \"crm\"",
            ],
            [
                "-",
                "https://www.chinaso.com/newssearch/all/allResults?q=crm",
                "organic_search chinaso/organic \"crm\"",
            ],
            [
                "-",
                "https://www.petalsearch.com/search?query=crm",
                "organic_search huawei search/organic \"crm\"",
            ],
            [
                "-",
                "https://search.weixin.qq.com/cgi-bin/searchweb?query=crm",
                "organic_search wechat search/organic \"crm\"",
            ],
            [
                "-",
                "android-app://com.quark.browser",
                "organic_search quark/organic",
            ],
        ],
    ),
    (
        "Search engines elsewhere: Matomo list",
        &[
            [
                "-",
                "https://www.google.com/",
                "organic_search google/organic",
            ],
            [
                "-",
                "https://www.google.com.hk/search?q=crm",
                "organic_search google/organic \"crm\"",
            ],
            [
                "-",
                "https://www.google.co.uk/",
                "organic_search google/organic",
            ],
            ["-", "https://google.de/", "organic_search google/organic"],
            [
                "-",
                "https://news.google.com/",
                "organic_search google/organic",
            ],
            [
                "-",
                "android-app://com.google.android.googlequicksearchbox/",
                "organic_search google/organic",
            ],
            [
                "-",
                "https://www.bing.com/search?q=crm",
                "organic_search bing/organic \"crm\"",
            ],
            [
                "-",
                "https://cn.bing.com/search?q=crm",
                "organic_search bing/organic \"crm\"",
            ],
            [
                "-",
                "https://search.yahoo.com/search?p=crm",
                "organic_search yahoo/organic \"crm\"",
            ],
            [
                "-",
                "https://search.yahoo.co.jp/search?p=crm",
                "organic_search yahoo/organic \"crm\"",
            ],
            [
                "-",
                "https://yandex.ru/search/?text=crm",
                "organic_search yandex/organic \"crm\"",
            ],
            [
                "-",
                "https://yandex.com.tr/search/?text=crm",
                "organic_search yandex/organic \"crm\"",
            ],
            [
                "-",
                "https://ya.ru/search/?text=crm",
                "organic_search yandex/organic \"crm\"",
            ],
            [
                "-",
                "https://duckduckgo.com/",
                "organic_search duckduckgo/organic",
            ],
            [
                "-",
                "https://html.duckduckgo.com/html/?q=crm",
                "organic_search duckduckgo/organic \"crm\"",
            ],
            [
                "-",
                "https://www.ecosia.org/search?q=crm",
                "organic_search ecosia/organic \"crm\"",
            ],
            [
                "-",
                "https://search.brave.com/search?q=crm",
                "organic_search brave/organic \"crm\"",
            ],
            [
                "-",
                "https://www.startpage.com/do/search?query=crm",
                "organic_search startpage/organic \"crm\"",
            ],
            [
                "-",
                "https://www.qwant.com/?q=crm",
                "organic_search qwant/organic \"crm\"",
            ],
            [
                "-",
                "https://search.naver.com/search.naver?query=crm",
                "organic_search naver/organic \"crm\"",
            ],
            [
                "-",
                "https://search.seznam.cz/?q=crm",
                "organic_search seznam/organic \"crm\"",
            ],
            [
                "-",
                "https://kagi.com/search?q=crm",
                "organic_search kagi/organic \"crm\"",
            ],
            [
                "-",
                "https://suche.gmx.net/web?q=crm",
                "organic_search google/organic \"crm\"",
            ],
            [
                "-",
                "https://www.mojeek.com/search?q=crm",
                "organic_search mojeek/organic \"crm\"",
            ],
        ],
    ),
    (
        "AI assistants: Matomo list, and the assistants' own hosts",
        &[
            ["-", "https://chatgpt.com/", "ai_assistant chatgpt/referral"],
            ["?utm_source=chatgpt.com", "-", "ai_assistant chatgpt.com/"],
            [
                "?utm_source=chatgpt.com&utm_medium=referral",
                "https://chatgpt.com/",
                "ai_assistant chatgpt.com/referral",
            ],
            ["-", "https://claude.ai/", "ai_assistant claude/referral"],
            [
                "-",
                "https://gemini.google.com/app",
                "ai_assistant gemini/referral",
            ],
            [
                "-",
                "https://copilot.microsoft.com/",
                "ai_assistant copilot/referral",
            ],
            [
                "-",
                "https://www.bing.com/chat?q=a",
                "ai_assistant copilot/referral",
            ],
            [
                "-",
                "https://www.perplexity.ai/",
                "ai_assistant perplexity/referral",
            ],
            ["?utm_source=perplexity", "-", "ai_assistant perplexity/"],
            ["-", "https://grok.com/", "ai_assistant grok/referral"],
            ["-", "https://x.com/i/grok", "ai_assistant grok/referral"],
            [
                "-",
                "https://chat.deepseek.com/",
                "ai_assistant deepseek/referral",
            ],
            [
                "-",
                "https://www.doubao.com/chat/",
                "ai_assistant doubao/referral",
            ],
            ["-", "https://www.kimi.com/", "ai_assistant kimi/referral"],
            [
                "-",
                "https://kimi.moonshot.cn/",
                "ai_assistant kimi/referral",
            ],
            [
                "-",
                "https://yuanbao.tencent.com/",
                "ai_assistant yuanbao/referral",
            ],
            [
                "-",
                "https://yiyan.baidu.com/",
                "ai_assistant yiyan/referral",
            ],
            ["-", "https://www.tongyi.com/", "ai_assistant qwen/referral"],
            ["-", "https://chat.qwen.ai/", "ai_assistant qwen/referral"],
            ["-", "https://chatglm.cn/", "ai_assistant chatglm/referral"],
            ["-", "https://metaso.cn/", "ai_assistant metaso/referral"],
            ["-", "https://duck.ai/", "ai_assistant duck.ai/referral"],
            ["-", "https://you.com/", "ai_assistant you.com/referral"],
            [
                "?utm_source=x.example&utm_medium=llm",
                "-",
                "ai_assistant x.example/llm",
            ],
        ],
    ),
    (
        "Social networks: Matomo list, and the networks' own hosts",
        &[
            [
                "-",
                "https://mp.weixin.qq.com/s/abc",
                "organic_social wechat/referral",
            ],
            [
                "-",
                "https://servicewechat.com/wx1a2b/1/page-frame.html",
                "organic_social wechat/referral",
            ],
            [
                "-",
                "android-app://com.tencent.mm/",
                "organic_social wechat/referral",
            ],
            [
                "-",
                "https://weibo.com/u/1",
                "organic_social weibo/referral",
            ],
            [
                "-",
                "https://m.weibo.cn/detail/1",
                "organic_social weibo/referral",
            ],
            ["-", "https://t.cn/A6", "organic_social weibo/referral"],
            [
                "-",
                "https://www.zhihu.com/question/1",
                "organic_social zhihu/referral",
            ],
            [
                "-",
                "https://link.zhihu.com/?target=x",
                "organic_social zhihu/referral",
            ],
            [
                "-",
                "https://zhuanlan.zhihu.com/p/1",
                "organic_social zhihu/referral",
            ],
            [
                "-",
                "https://www.xiaohongshu.com/explore/1",
                "organic_social xiaohongshu/referral",
            ],
            [
                "-",
                "http://xhslink.com/a",
                "organic_social xiaohongshu/referral",
            ],
            [
                "-",
                "https://www.douban.com/note/1",
                "organic_social douban/referral",
            ],
            [
                "-",
                "https://tieba.baidu.com/p/1",
                "organic_social tieba/referral",
            ],
            [
                "-",
                "https://blog.csdn.net/a",
                "organic_social csdn/referral",
            ],
            [
                "-",
                "https://link.csdn.net/?target=x",
                "organic_social csdn/referral",
            ],
            [
                "-",
                "https://link.juejin.cn/?target=x",
                "organic_social juejin/referral",
            ],
            ["-", "https://36kr.com/p/1", "organic_social 36kr/referral"],
            ["-", "https://maimai.cn/", "organic_social maimai/referral"],
            [
                "-",
                "https://user.qzone.qq.com/1",
                "organic_social qzone/referral",
            ],
            [
                "-",
                "https://www.facebook.com/",
                "organic_social facebook/referral",
            ],
            [
                "-",
                "https://lm.facebook.com/l.php",
                "organic_social facebook/referral",
            ],
            [
                "-",
                "https://www.instagram.com/",
                "organic_social instagram/referral",
            ],
            [
                "-",
                "https://www.linkedin.com/feed/",
                "organic_social linkedin/referral",
            ],
            ["-", "https://lnkd.in/a", "organic_social linkedin/referral"],
            [
                "-",
                "android-app://com.linkedin.android/",
                "organic_social linkedin/referral",
            ],
            ["-", "https://t.co/a", "organic_social t.co/referral"],
            ["-", "https://x.com/a/status/1", "organic_social x/referral"],
            [
                "-",
                "https://out.reddit.com/",
                "organic_social reddit/referral",
            ],
            [
                "-",
                "https://www.pinterest.co.uk/",
                "organic_social pinterest/referral",
            ],
            [
                "-",
                "https://web.telegram.org/",
                "organic_social telegram/referral",
            ],
            [
                "-",
                "https://news.ycombinator.com/item?id=1",
                "organic_social hackernews/referral",
            ],
            [
                "-",
                "https://github.com/a/b",
                "organic_social github/referral",
            ],
            [
                "-",
                "https://fosstodon.org/@a",
                "organic_social mastodon/referral",
            ],
            [
                "?utm_source=wechat&utm_medium=article",
                "-",
                "organic_social wechat/article",
            ],
            [
                "?utm_source=公众号&utm_medium=推文",
                "-",
                "organic_social 公众号/推文",
            ],
            [
                "?utm_source=x.example&utm_medium=kol",
                "-",
                "organic_social x.example/kol",
            ],
        ],
    ),
    (
        "Video sites: GA4's source categories, and the sites' own hosts",
        &[
            [
                "-",
                "https://www.youtube.com/watch?v=1",
                "organic_video youtube/referral",
            ],
            ["-", "https://youtu.be/1", "organic_video youtube/referral"],
            ["-", "https://vimeo.com/1", "organic_video vimeo/referral"],
            [
                "-",
                "https://www.bilibili.com/video/BV1",
                "organic_video bilibili/referral",
            ],
            ["-", "https://b23.tv/a", "organic_video bilibili/referral"],
            [
                "-",
                "https://www.douyin.com/video/1",
                "organic_video douyin/referral",
            ],
            [
                "-",
                "https://www.iesdouyin.com/share/video/1",
                "organic_video douyin/referral",
            ],
            [
                "-",
                "https://www.kuaishou.com/short-video/1",
                "organic_video kuaishou/referral",
            ],
            [
                "-",
                "https://v.youku.com/v_show/1",
                "organic_video youku/referral",
            ],
            [
                "-",
                "https://www.iqiyi.com/v_1.html",
                "organic_video iqiyi/referral",
            ],
            [
                "-",
                "https://v.qq.com/x/1",
                "organic_video tencent video/referral",
            ],
            [
                "-",
                "https://channels.weixin.qq.com/",
                "organic_video channels.weixin/referral",
            ],
            [
                "-",
                "https://www.tiktok.com/@a",
                "organic_video tiktok/referral",
            ],
            [
                "-",
                "https://haokan.baidu.com/v?vid=1",
                "organic_video haokan/referral",
            ],
            [
                "?utm_source=b站&utm_medium=up主",
                "-",
                "organic_video b站/up主",
            ],
        ],
    ),
    (
        "Shops and marketplaces: GA4's source categories, and the shops' own hosts",
        &[
            [
                "-",
                "https://item.taobao.com/item.htm?id=1",
                "organic_shopping taobao/referral",
            ],
            [
                "-",
                "https://detail.tmall.com/item.htm",
                "organic_shopping tmall/referral",
            ],
            [
                "-",
                "https://item.jd.com/1.html",
                "organic_shopping jd/referral",
            ],
            [
                "-",
                "https://detail.1688.com/offer/1.html",
                "organic_shopping 1688/referral",
            ],
            [
                "-",
                "https://mobile.yangkeduo.com/",
                "organic_shopping pinduoduo/referral",
            ],
            [
                "-",
                "https://www.amazon.com/dp/1",
                "organic_shopping amazon/referral",
            ],
            [
                "-",
                "https://www.amazon.co.jp/dp/1",
                "organic_shopping amazon/referral",
            ],
            [
                "-",
                "https://www.ebay.de/itm/1",
                "organic_shopping ebay/referral",
            ],
            [
                "-",
                "https://cn.made-in-china.com/",
                "organic_shopping made-in-china/referral",
            ],
            [
                "-",
                "https://shopping.google.com/",
                "organic_shopping google shopping/referral",
            ],
        ],
    ),
    (
        "Where mail is read: the providers' own hosts",
        &[
            [
                "-",
                "https://mail.qq.com/cgi-bin/readmail",
                "email qqmail/email",
            ],
            ["-", "https://wx.mail.qq.com/", "email qqmail/email"],
            ["-", "https://exmail.qq.com/", "email exmail/email"],
            [
                "-",
                "https://mail.163.com/js6/main.jsp",
                "email 163mail/email",
            ],
            ["-", "https://mail.126.com/", "email 126mail/email"],
            ["-", "https://mail.aliyun.com/", "email aliyun mail/email"],
            [
                "-",
                "https://mail.dingtalk.com/",
                "email dingtalk mail/email",
            ],
            [
                "-",
                "https://outlook.live.com/mail/0/",
                "email outlook/email",
            ],
            ["-", "https://outlook.office.com/", "email outlook/email"],
            [
                "-",
                "https://mail.google.com/mail/u/0/",
                "email gmail/email",
            ],
            [
                "-",
                "android-app://com.google.android.gm/",
                "email gmail/email",
            ],
            ["-", "https://mail.yahoo.com/", "email yahoo mail/email"],
            [
                "-",
                "https://www.icloud.com/mail/",
                "email icloud mail/email",
            ],
            ["-", "https://e.mail.ru/", "email mailru/email"],
            ["?utm_source=edm&utm_medium=edm", "-", "email edm/edm"],
            [
                "?utm_source=x.example&utm_medium=newsletter",
                "-",
                "email x.example/newsletter",
            ],
            [
                "?utm_source=x.example&utm_medium=邮件",
                "-",
                "email x.example/邮件",
            ],
            [
                "?utm_source=x.example&utm_medium=短信",
                "-",
                "sms x.example/短信",
            ],
        ],
    ),
    (
        "Ours: partners and events, as companies that sell to companies tag their links",
        &[
            [
                "?utm_source=acme&utm_medium=partner",
                "-",
                "partner acme/partner",
            ],
            [
                "?utm_source=acme&utm_medium=distributor",
                "-",
                "partner acme/distributor",
            ],
            [
                "?utm_source=acme&utm_medium=reseller",
                "-",
                "partner acme/reseller",
            ],
            [
                "?utm_source=acme&utm_medium=channel",
                "-",
                "partner acme/channel",
            ],
            [
                "?utm_source=acme&utm_medium=agent",
                "-",
                "partner acme/agent",
            ],
            [
                "?utm_source=linkedin&utm_medium=partner",
                "-",
                "partner linkedin/partner",
            ],
            ["?utm_source=acme&utm_medium=渠道", "-", "partner acme/渠道"],
            [
                "?utm_source=expo2026&utm_medium=event",
                "-",
                "event expo2026/event",
            ],
            [
                "?utm_source=brochure&utm_medium=qr",
                "-",
                "event brochure/qr",
            ],
            [
                "?utm_source=wechat&utm_medium=qrcode",
                "-",
                "event wechat/qrcode",
            ],
            [
                "?utm_source=acme&utm_medium=offline",
                "-",
                "event acme/offline",
            ],
            [
                "?utm_source=canton-fair&utm_medium=booth",
                "-",
                "event canton-fair/booth",
            ],
            ["?utm_source=acme&utm_medium=expo", "-", "event acme/expo"],
            [
                "?utm_source=acme&utm_medium=meetup",
                "-",
                "event acme/meetup",
            ],
            ["?utm_source=acme&utm_medium=salon", "-", "event acme/salon"],
            [
                "?utm_source=zoom&utm_medium=webinar",
                "-",
                "event zoom/webinar",
            ],
            [
                "?utm_source=acme&utm_medium=二维码",
                "-",
                "event acme/二维码",
            ],
        ],
    ),
    (
        "Payment pages that send the buyer back: the providers' integration documentation",
        &[
            ["-", "https://openapi.alipay.com/gateway.do", "none"],
            ["-", "https://mclient.alipay.com/", "none"],
            [
                "-",
                "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb",
                "none",
            ],
            ["-", "https://pay.weixin.qq.com/", "none"],
            ["-", "https://gateway.95516.com/", "none"],
            ["-", "https://www.paypal.com/checkoutnow", "none"],
            ["-", "https://checkout.stripe.com/c/pay/1", "none"],
            ["-", "https://pay.jd.com/", "none"],
            [
                "?utm_source=edm&utm_medium=email",
                "https://www.paypal.com/",
                "email edm/email",
            ],
            [
                "-",
                "https://stripe.com/docs",
                "referral stripe.com/referral",
            ],
        ],
    ),
    (
        "Sign-in pages that send the user back: the providers' OAuth documentation",
        &[
            ["-", "https://accounts.google.com/o/oauth2/v2/auth", "none"],
            [
                "-",
                "https://login.microsoftonline.com/common/oauth2",
                "none",
            ],
            ["-", "https://login.live.com/", "none"],
            ["-", "https://appleid.apple.com/auth/authorize", "none"],
            ["-", "https://open.weixin.qq.com/connect/qrconnect", "none"],
            ["-", "https://open.work.weixin.qq.com/wwopen/sso", "none"],
            ["-", "https://graph.qq.com/oauth2.0/show", "none"],
            ["-", "https://passport.baidu.com/v2/", "none"],
            ["-", "https://passport.weibo.com/", "none"],
            ["-", "https://login.dingtalk.com/oauth2/auth", "none"],
            ["-", "https://passport.feishu.cn/", "none"],
            ["-", "https://github.com/login/oauth/authorize", "none"],
            ["-", "https://github.com/login", "none"],
            [
                "-",
                "https://github.com/loginas",
                "organic_social github/referral",
            ],
            ["-", "https://acme.okta.com/app/x", "none"],
            ["-", "https://acme.auth0.com/login", "none"],
            ["-", "https://www.facebook.com/dialog/oauth", "none"],
            [
                "-",
                "https://www.linkedin.com/oauth/v2/authorization",
                "none",
            ],
            [
                "?gclid=Cj0",
                "https://accounts.google.com/",
                "paid_search google/cpc gclid=Cj0",
            ],
        ],
    ),
    (
        "Referrer spam: Matomo list",
        &[
            ["-", "https://semalt.com/", "direct /"],
            ["-", "https://www.semalt.com/crawler.php?u=x", "direct /"],
            ["-", "http://site.buttons-for-website.com/", "direct /"],
            [
                "?utm_source=edm&utm_medium=email",
                "https://semalt.com/",
                "email edm/email",
            ],
        ],
    ),
    (
        "Ours: hosts that look alike, and other referrers",
        &[
            [
                "-",
                "https://www.example.com/post",
                "referral example.com/referral",
            ],
            [
                "-",
                "https://notbaidu.com/",
                "referral notbaidu.com/referral",
            ],
            [
                "-",
                "https://baidu.com.example.org/",
                "referral baidu.com.example.org/referral",
            ],
            [
                "-",
                "https://google.example.com/",
                "referral google.example.com/referral",
            ],
            [
                "-",
                "https://mygoogle.com/",
                "referral mygoogle.com/referral",
            ],
            [
                "-",
                "https://edition.cnn.com/",
                "referral edition.cnn.com/referral",
            ],
            ["-", "https://www.cnn.com/", "referral cnn.com/referral"],
            ["-", "https://hao.360.com/", "referral hao.360.com/referral"],
            ["-", "https://www.qq.com/", "referral qq.com/referral"],
            ["-", "https://192.0.2.7/", "referral 192.0.2.7/referral"],
            [
                "-",
                "https://xn--fiqs8s.example/",
                "referral xn--fiqs8s.example/referral",
            ],
            ["-", "not a url", "direct /"],
            ["-", "about:blank", "direct /"],
            [
                "?utm_source=Acme%20Blog&utm_medium=Post",
                "https://www.baidu.com/",
                "unassigned acme blog/post",
            ],
            [
                "?utm_campaign=q4",
                "https://www.baidu.com/s",
                "organic_search baidu/organic [q4]",
            ],
            [
                "?utm_medium=email",
                "https://www.example.com/",
                "email example.com/email",
            ],
            [
                "?utm_source=&utm_source=x1&UTM_Medium=email",
                "-",
                "email x1/email",
            ],
        ],
    ),
    (
        "Ours: an own page, or one that the tracker carried over",
        &[
            ["pricing", "https://www.a.cn/", "none"],
            ["-", "https://blog.a.cn/post", "none"],
            ["-", "https://shop.b.com/", "none"],
            ["?_trl=*", "https://www.baidu.com/s?wd=x", "none"],
            [
                "?_trl=*&bd_vid=abc",
                "https://c.com/",
                "paid_search baidu/cpc bd_vid=abc",
            ],
        ],
    ),
    (
        "Ours: an application's pages with no referrer (agents in agent/people.rs); what says more comes first",
        &[
            ["-", "app:wechat", "organic_social wechat/app"],
            ["-", "app:wecom", "organic_social wecom/app"],
            ["-", "app:qq", "organic_social qq/app"],
            ["-", "app:dingtalk", "organic_social dingtalk/app"],
            ["-", "app:feishu", "organic_social feishu/app"],
            ["-", "app:weibo", "organic_social weibo/app"],
            ["-", "app:zhihu", "organic_social zhihu/app"],
            ["-", "app:xiaohongshu", "organic_social xiaohongshu/app"],
            ["-", "app:douyin", "organic_video douyin/app"],
            ["-", "app:kuaishou", "organic_video kuaishou/app"],
            ["-", "app:bilibili", "organic_video bilibili/app"],
            ["-", "app:baidu", "organic_search baidu/app"],
            ["-", "app:toutiao", "organic_search toutiao/app"],
            ["-", "app:taobao", "organic_shopping taobao/app"],
            ["-", "app:linkedin", "organic_social linkedin/app"],
            ["-", "app:alipay", "direct /"],
            [
                "?utm_source=expo&utm_medium=qr",
                "app:wechat",
                "event expo/qr",
            ],
            [
                "?gclid=Cj0",
                "app:wechat",
                "paid_search google/cpc gclid=Cj0",
            ],
        ],
    ),
];

fn shown(touch: Touch) -> String {
    let campaign = touch.campaign.map(|name| format!("[{name}]"));
    let term = touch.term.map(|term| format!("\"{term}\""));
    let click = touch
        .click
        .map(|click| format!("{}={}", click.name, click.id));
    let from = format!("{} {}/{}", touch.channel.name(), touch.source, touch.medium);
    let parts = [Some(from), campaign, term, click];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn check(landing: &str, referrer: &str, expect: &str) {
    let given = |text: &'static str, text_of: &str| (text_of != text).then(|| text_of.to_owned());
    let landing = format!("https://a.cn/{}", given("-", landing).unwrap_or_default());
    let app = referrer.strip_prefix("app:").map(|name| {
        let app = App::ALL.iter().find(|app| app.name() == name);
        *app.expect("an application")
    });
    let from = given("-", referrer).filter(|_| app.is_none());
    let own = ["www.b.com".to_owned()];
    let touch = read(&landing, from.as_deref(), &own, app.unwrap_or_default());
    let found = touch.map_or("none".to_owned(), shown);
    assert_eq!(found, expect, "{landing} from {referrer}");
}

#[test]
fn every_row_is_read_as_the_table_says() {
    let mut count = 0;
    for (source, rows) in TABLE {
        assert!(!source.is_empty(), "each group says where it comes from");
        for [landing, referrer, expect] in *rows {
            check(landing, referrer, expect);
            count += 1;
        }
    }
    assert!(count >= 250, "{count} rows");
}

/// Long and hostile addresses: each is some megabytes of one kind. Time that grew with the square of the length
/// would be minutes here.
#[test]
fn a_long_address_costs_what_its_length_does() {
    const TIMES: usize = 150_000;
    let long = |text: &str| text.repeat(TIMES);
    let addresses = [
        format!("https://a.cn/?{}", long("utm_source=&")),
        format!("https://a.cn/?{}", long("gclid&x=1&")),
        format!("https://a.cn/?utm_campaign={}", long("workshop")),
        format!("https://a.cn/?utm_source={}", long("a.")),
        format!("https://a.cn/?utm_medium={}", long("pc")),
        format!("https://{}com/", long("a.")),
        format!("https://www.baidu.com/s?{}", long("wd=&word=&")),
        format!("https://github.com/{}", long("login/")),
        format!("android-app://{}", long("google.")),
    ];
    for address in &addresses {
        read(address, Some(address), &[], App::Other);
        read("https://a.cn/", Some(address), &[], App::Wechat);
        read(address, None, &["b.cn".to_owned()], App::Other);
    }
}
