"""Articles are not taken for what they only mention, and what is no article has its name.

In three layouts, in the region's languages.
"""

from datetime import UTC, datetime

import pytest

from extract import api
from news.article import Article, Page, Reason, Rejected
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://kanar.az/news/77"
MENU = ("News", "Politics", "Economy", "Sport", "Culture", "Contacts")


def semantic(title: str, body: str, head: str) -> str:
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in MENU)
    cards = "".join(
        f'<li><a href="/news/{number}">The council of district {number} met on Monday</a></li>'
        for number in range(6)
    )
    return (
        f"<!doctype html><html><head><title>{title} | Kanar</title>{head}</head><body>"
        f"<header><nav><ul>{menu}</ul></nav><a href=/login>Log in</a> Already a "
        "subscriber?</header>"
        f"<main><article><h1>{title}</h1><time datetime=2026-10-09T08:00:00+04:00>9 "
        f"October 2026</time>{body}</article><aside><h3>Latest</h3><ul>{cards}</ul></aside>"
        "</main>"
        "<footer>Kanar, all rights reserved. Subscribe now to read more</footer></body></html>"
    )


def tables(title: str, body: str, head: str) -> str:
    menu = " | ".join(f'<a href="/{name.lower()}">{name}</a>' for name in MENU)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><table><tr><td colspan=2>"
        f"{menu}</td></tr><tr><td width=150><b>Kanar</b></td><td><b>{title}</b><br><small>"
        f"09.10.2026 08:00</small>{body}</td></tr>"
        "<tr><td colspan=2>&copy; Kanar</td></tr></table></body></html>"
    )


def divs(title: str, body: str, head: str) -> str:
    menu = "".join(f'<a class=x1 href="/{name.lower()}">{name}</a>' for name in MENU)
    return (
        f"<html><head><title>Kanar - {title}</title>{head}</head><body><div class=q>"
        f"{menu}</div><div class=z><h2>{title}</h2><div class=y>9 October 2026, 08:00</div>"
        f"<div class=t>{body}</div></div>"
        "<div class=q>Kanar 2026</div></body></html>"
    )


LAYOUTS = [semantic, tables, divs]
# A brief of about 300 characters in each language, and a title that another page could have.
BRIEFS = {
    "en": (
        "Climber not found after three days",
        "<p>Rescuers have not found the climber who left the hut on Thursday, the ministry "
        "said on Sunday.</p><p>Twelve people and two dogs went along the river as far as "
        "the bridge. The search goes on in the morning, and the road above the village "
        "stays closed.</p>",
    ),
    "ru": (
        "Пропавший альпинист не найден",
        "<p>Спасатели не нашли альпиниста, который в четверг вышел из хижины, сообщили в "
        "министерстве в воскресенье.</p><p>Двенадцать человек и две собаки прошли вдоль "
        "реки до моста. Поиски продолжатся утром, дорога над селом остается закрытой.</p>",
    ),
    "az": (
        "İtkin düşən alpinist tapılmadı",
        "<p>Xilasedicilər cümə axşamı daxmadan çıxan alpinisti tapmayıblar, nazirlikdən "
        "bazar günü bildirilib.</p><p>On iki nəfər və iki it çay boyu körpüyə qədər gedib. "
        "Axtarışlar səhər davam edəcək, kəndin üstündəki yol bağlı qalır.</p>",
    ),
    "tr": (
        "Kayıp dağcı üç gündür bulunamadı",
        "<p>Kurtarma ekipleri perşembe günü kulübeden ayrılan dağcıyı bulamadı, bakanlık "
        "pazar günü açıkladı.</p><p>On iki kişi ve iki köpek nehir boyunca köprüye kadar "
        "gitti. Arama sabah sürecek, köyün üstündeki yol kapalı kalacak.</p>",
    ),
    "hy": (
        "Անհետացած լեռնագնացը չի գտնվել",
        "<p>Փրկարարները չեն գտել լեռնագնացին, որը հինգշաբթի դուրս էր եկել տնակից, հայտնել "
        "են նախարարությունից կիրակի օրը։</p><p>Տասներկու մարդ և երկու շուն գետի երկայնքով "
        "հասել են մինչև կամուրջ։ Որոնումները կշարունակվեն առավոտյան, գյուղի վերևի "
        "ճանապարհը փակ է մնում։</p>",
    ),
    "ka": (
        "დაკარგული მთამსვლელი ვერ მოიძებნა",
        "<p>მაშველებმა ვერ იპოვეს მთამსვლელი, რომელიც ხუთშაბათს ქოხიდან გავიდა, განაცხადეს "
        "სამინისტროში კვირას.</p><p>თორმეტი ადამიანი და ორი ძაღლი მდინარის გასწვრივ "
        "ხიდამდე მივიდა. ძებნა დილით გაგრძელდება, სოფლის ზემოთ გზა დაკეტილი რჩება.</p>",
    ),
    "fa": (
        "کوهنورد گمشده پیدا نشد",
        "<p>امدادگران کوهنوردی را که پنجشنبه از کلبه بیرون رفته بود پیدا نکردند، وزارتخانه "
        "روز یکشنبه گفت.</p><p>دوازده نفر و دو سگ در امتداد رودخانه تا پل رفتند. جستجو صبح "
        "ادامه خواهد داشت و جاده بالای روستا بسته می‌ماند.</p>",
    ),
}
MENTIONS = {
    "security check": (
        "Security check at the port delays passengers",
        "<p>A new security check at the ferry port delayed hundreds of passengers on "
        "Friday, the harbour office said.</p><p>Access denied, the screens told those who "
        "had no ticket; the office asked people to come an hour earlier.</p>",
    ),
    "404": (
        "Flight 404 lands in Baku after a storm",
        "<p>Flight 404 landed in Baku at noon after a storm had closed the airport for "
        "five hours, the company said on Friday.</p><p>Nobody was hurt, and the passengers "
        "reached the town by bus before the evening.</p>",
    ),
    "subscribers": (
        "Telephone company loses subscribers",
        "<p>The telephone company lost ten thousand subscribers in the first quarter, its "
        "report said on Friday.</p><p>The director expects the number to grow again when "
        "the new masts by the lake are switched on in autumn.</p>",
    ),
    "video": (
        "Video of the storm shown in court",
        "<p>A video of the storm was shown in court on Friday, the judge said.</p><p>It "
        "lasts for nine minutes and shows how the crane fell onto the empty quay before "
        "the workers came; the next sitting is on Monday.</p>",
    ),
    "robots": (
        "Are you a robot? A play about machines opens",
        "<p>A play about machines opened in the town theatre on Friday; it will be given "
        "until the end of November.</p><p>The author said that she had worked on it for "
        "three years, and that no machine had helped her at all.</p>",
    ),
    "access": (
        "Access denied: why the archive stays closed",
        "<p>The archive by the old port stays closed until spring, the town council said "
        "on Friday.</p><p>The roof lets in the rain, and the reading room has been without "
        "light since the storm of September.</p>",
    ),
}


def judged(html: str, **more):
    page = Page(
        url=URL,
        final_url=URL,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=html.encode(),
        fetched_at=NOW,
        **more,
    )
    return api.extract(page, outlet_of(URL), None)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", BRIEFS)
def test_a_search_without_success_is_news(layout, language):
    title, body = BRIEFS[language]
    found = judged(layout(title, body, ""))
    assert isinstance(found, Article), (found.reason, found.detail)
    assert (found.language, found.title) == (language, title)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", MENTIONS)
def test_an_article_may_speak_of_anything(layout, name):
    title, body = MENTIONS[name]
    found = judged(layout(title, body, ""))
    assert isinstance(found, Article), (found.reason, found.detail)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="video.other">',
        '<script type="application/ld+json">{"@type":"ImageGallery"}</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
        '"isAccessibleForFree":"False"}</script>',
    ],
)
def test_a_whole_text_beside_a_player_a_gallery_or_a_shop_is_an_article(layout, head):
    (title, body), (_, more) = MENTIONS["video"], MENTIONS["access"]
    found = judged(
        layout(title, f"<iframe src='https://video.example/1'></iframe>{body}{more}", head)
    )
    assert isinstance(found, Article), (found.reason, found.detail)


MISSING = {
    "en": (
        "Page not found",
        "The page you are looking for does not exist. Try the search or go to the front page.",
    ),
    "ru": (
        "Страница не найдена",
        "Запрашиваемая страница не существует или была удалена. Перейдите на главную.",
    ),
    "az": ("Səhifə tapılmadı", "Axtardığınız səhifə mövcud deyil. Ana səhifəyə qayıdın."),
    "tr": ("Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış olabilir. Ana sayfaya dönün."),
    "hy": ("Էջը չի գտնվել", "Ձեր փնտրած էջը գոյություն չունի։ Վերադարձեք գլխավոր էջ։"),
    "ka": (
        "გვერდი ვერ მოიძებნა",
        "თქვენ მიერ მოთხოვნილი გვერდი არ არსებობს. დაბრუნდით მთავარ გვერდზე.",
    ),
    "fa": (
        "صفحه مورد نظر یافت نشد",
        "صفحه‌ای که به دنبال آن هستید وجود ندارد. به صفحه نخست بازگردید.",
    ),
    "kk": ("Бет табылмады", "Сіз іздеген бет жоқ немесе жойылған. Басты бетке оралыңыз."),
    "uz": ("Sahifa topilmadi", "Siz qidirgan sahifa mavjud emas. Bosh sahifaga qayting."),
    "number": ("404", "Nothing here."),
    "error": ("Error 404", "Oops! Something went wrong, that page is gone."),
    "ошибка": ("Ошибка 404", "К сожалению, такой страницы нет. Возможно, она была перемещена."),
    "xəta": ("Xəta 404", "Belə bir səhifə yoxdur, yaxud silinib."),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", MISSING)
def test_a_missing_page_is_named(layout, name):
    title, text = MISSING[name]
    found = judged(layout(title, f"<p>{text}</p>", ""))
    assert isinstance(found, Rejected)
    assert found.reason is Reason.ERROR_PAGE, found.detail


LOGINS = {
    "en": ("Log in", "Please log in to your account to go on.", "Forgot your password?"),
    "ru": ("Вход", "Войдите в свой аккаунт, чтобы продолжить.", "Забыли пароль?"),
    "az": ("Daxil ol", "Davam etmək üçün hesabınıza daxil olun.", "Şifrəni unutmusunuz?"),
    "tr": ("Üye girişi", "Devam etmek için hesabınıza giriş yapın.", "Şifremi unuttum"),
    "ka": ("შესვლა", "გასაგრძელებლად შედით თქვენს ანგარიშზე.", "დაგავიწყდათ პაროლი?"),
    "hy": ("Մուտք", "Շարունակելու համար մուտք գործեք ձեր հաշիվ։", "Մոռացե՞լ եք գաղտնաբառը"),
    "fa": ("ورود", "برای ادامه وارد حساب خود شوید.", "رمز عبور را فراموش کرده‌اید؟"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", LOGINS)
def test_a_login_page_is_named(layout, name):
    title, text, forgotten = LOGINS[name]
    form = (
        f"<form method=post><p>{text}</p><input name=user><input type=password name=p><button>"
        f"OK</button><p><a href=/forgot>{forgotten}</a></p></form>"
    )
    found = judged(layout(title, form, ""))
    assert isinstance(found, Rejected)
    assert found.reason is Reason.LOGIN, (found.reason, found.detail)


def test_a_login_box_beside_an_article_is_no_login_page():
    title, body = BRIEFS["en"]
    assert isinstance(
        judged(semantic(title, body + "<form><input type=password></form>", "")), Article
    )


WALLS = {
    "en": "Subscribe to continue reading",
    "ru": "Чтобы прочитать полностью, оформите подписку",
    "az": "Məqalənin tam mətni yalnız abunəçilər üçündür",
    "tr": "Haberin devamını okumak için abone olun",
    "hy": "Հոդվածը հասանելի է միայն բաժանորդների համար",
    "ka": "სტატიის სრული ტექსტი მხოლოდ გამომწერთათვისაა",
    "fa": "متن کامل ویژه مشترکین است",
    "de": "Jetzt weiterlesen mit Plus",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", WALLS)
def test_a_wall_behind_the_first_lines_is_named(layout, language):
    title, body = BRIEFS.get(language, BRIEFS["en"])
    first = body.split("</p>")[0] + "</p>"
    found = judged(
        layout(
            title, f"{first}<div class=w><b>{WALLS[language]}</b><a href=/plans>OK</a></div>", ""
        )
    )
    assert isinstance(found, Rejected)
    assert found.reason is Reason.PAYWALL, (found.reason, found.detail)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "player",
    [
        "<video src=/a.mp4></video>",
        '<iframe src="https://www.youtube.com/embed/x"></iframe>',
        '<div class=player><script>play("/a.m3u8")</script></div><iframe '
        'src="//player.example/1"></iframe>',
    ],
)
def test_a_page_that_is_only_a_video_is_named(layout, player):
    found = judged(
        layout(
            "The storm as seen from the quay",
            f"{player}<p>Watch the storm.</p>",
            '<meta property="og:type" content="video.other">',
        )
    )
    assert isinstance(found, Rejected)
    assert found.reason is Reason.VIDEO, (found.reason, found.detail)


@pytest.mark.parametrize("layout", [semantic, divs])
def test_a_gallery_is_named(layout):
    pictures = "".join(
        f"<figure><img src=/i/{number}.jpg><figcaption>Photo {number} of 12</figcaption></figure>"
        for number in range(12)
    )
    found = judged(layout("The storm in pictures", pictures, ""))
    assert isinstance(found, Rejected)
    assert found.reason is Reason.GALLERY, (found.reason, found.detail)


LIVE = {
    "en": "Storm on the coast: live updates",
    "ru": "Шторм на побережье: онлайн-трансляция",
    "az": "Sahildə fırtına: CANLI",
    "tr": "Sahilde fırtına: canlı anlatım",
    "ka": "შტორმი სანაპიროზე: პირდაპირი ეთერი",
    "hy": "Փոթորիկ ափին. ուղիղ միացում",
    "fa": "توفان در ساحل: پوشش زنده",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LIVE)
def test_a_live_blog_is_named(layout, language):
    entries = "".join(
        f"<div class=e><b>{10 + number}:{number}7</b><p>"
        f"{BRIEFS[language][1].split('</p>')[0][3:]} ({number})</p></div>"
        for number in range(9)
    )
    found = judged(layout(LIVE[language], entries, ""))
    assert isinstance(found, Rejected)
    assert found.reason is Reason.LIVE_BLOG, (found.reason, found.detail)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_schedule_is_no_live_blog(layout):
    _, body = MENTIONS["404"]
    times = "".join(
        f"<p>{10 + number}:30</p><p>Ferry to the northern quay</p>" for number in range(4)
    )
    assert isinstance(
        judged(layout("Live music on the ferries this week", body * 3 + times, "")), Article
    )


EXCERPT = (
    "The council of district {0} met on Monday and spoke of the road above the village, which "
    "the storm of September had closed; the mayor said that work begins in spring."
)


@pytest.mark.parametrize(
    "card",
    [
        '<div><h2><a href="/n/{0}">District {0} meets on the road</a></h2><p>{1}</p></div>',
        '<div><a href="/n/{0}"><h3>District {0} meets on the road</h3><p>{1}</p></a></div>',
        '<p><b><a href="/n/{0}">District {0} meets on the road</a></b> 12.10.2026<br>{1}</p>',
        '<div><a href="/n/{0}">District {0} meets on the road</a><div>{1}</div><a '
        'href="/n/{0}">Read more</a></div>',
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_listing_with_excerpts_is_named(layout, card):
    cards = "".join(card.format(number, EXCERPT.format(number)) for number in range(12))
    found = judged(layout("Politics", cards, ""))
    assert isinstance(found, Rejected), found.text
    assert found.reason is Reason.LISTING, (found.reason, found.detail)
