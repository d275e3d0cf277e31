"""What is said again and again and is true: templates by seed, in several languages.

An outlet's pages tell the same thing in the same words each day. Reading them together may cost
none of it, while teaser cards and channel lines, which stand beside the text, go.
"""

import random
from datetime import UTC, datetime

import pytest

from extract import api
from news.article import Article, Page
from pipeline.run.sites import outlet_of

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
# A kind of news: the headline, what every page says, what each says of its own day, the line
# by which the outlet calls for its channel.
KINDS = {
    "tremors": (
        "Tremor number {n} felt on the island",
        (
            "There were no reports of casualties or damage in the villages of the island.",
            "The station at the old lighthouse asks everybody to write down what was felt.",
        ),
        "At {h} o'clock the needle moved by {n} marks, and the bells of {h} houses rang alone.",
        "Follow the Harbour Bell on Telegram and hear of everything first.",
    ),
    "courts": (
        "Hearings of day {n} at the lower court",
        (
            "Hearings are open to the public unless the bench decides otherwise that morning.",
            "Those who want to listen should come to the eastern door with a paper of identity.",
        ),
        "In room {h} the matter of the {n} missing barrels will be heard before the midday bell.",
        "Subscribe to our newsletter and read the court pages every Friday morning.",
    ),
    "rates": (
        "{n} noyabr üçün məzənnələr",
        (
            "Liman bankı hər səhər gəmiçilər üçün yeni məzənnələri elan edir və qapıdan asır.",
            "Məzənnələr növbəti səhərə qədər qüvvədə qalır və bütün köşklərdə eynidir.",
        ),
        "Bu gün bir gümüş sikkə {n} qəpiyə, bir mis sikkə isə {h} qəpiyə dəyişdirilir.",
        "Liman xəbərlərini Telegram kanalımızda izləyin və hamıdan əvvəl oxuyun.",
    ),
    "weather": (
        "Погода на {n} ноября",
        (
            "Служба маяка просит капитанов не выходить за мол без разрешения дежурного.",
            "Следующий прогноз будет вывешен у ворот порта завтра в шесть часов утра.",
        ),
        "Днём на рейде ожидается ветер {h} метров в секунду и волна до {n} локтей у старого мола.",
        "Подписывайтесь на наш канал в Telegram, чтобы узнавать всё первыми.",
    ),
    "minister": (
        "{n}. toplantı liman hanında yapıldı",
        (
            "Bakan, doğu rıhtımının ayın birinden itibaren bütün teknelere kapalı kalacağını "
            "söyledi.",
            "Tekne sahiplerine iç havuzda aynı ücretle ve aynı haklarla yer gösterilecek.",
        ),
        "Toplantıya {h} kayık sahibi katıldı ve masaya {n} ayrı dilekçe bırakıldı.",
        "Haberleri Telegram kanalımızdan takip edin, hiçbir şeyi kaçırmayın.",
    ),
    "obituaries": (
        "Հիշատակի խոսք, թիվ {n}",
        (
            "Նավահանգստի թերթը ցավակցում է հանգուցյալի հարազատներին և ընկերներին։",
            "Հրաժեշտը տեղի կունենա հին փարոսի մոտ, առավոտյան ժամը տասին։",
        ),
        "Նա {n} տարի աշխատեց արևելյան նավամատույցում և սովորեցրեց {h} աշակերտի։",
        "Հետևեք մեզ Telegram ալիքում և առաջինը իմացեք բոլոր լուրերը։",
    ),
    "traffic": (
        "გზების მდგომარეობა, დღე {n}",
        (
            "პორტის სამსახური მძღოლებს სთხოვს, ხიდზე სიჩქარე შეამცირონ და რიგი დაიცვან.",
            "გზა ღამით დახურულია და დილით ექვს საათზე ისევ იხსნება ყველასთვის.",
        ),
        "დღეს ძველ ხიდზე {n} ურემმა გაიარა, ხოლო კარიბჭესთან {h} ურემი ელოდებოდა.",
        "გამოიწერეთ ჩვენი Telegram არხი და პირველებმა გაიგეთ ყველაფერი.",
    ),
    "prayer": (
        "اوقات روز {n} در بندر",
        (
            "دفتر بندر هر روز ساعت باز شدن دروازه‌ها را برای ناخدایان و مسافران اعلام می‌کند.",
            "این ساعت‌ها تا صبح روز بعد معتبر است و بر همه اسکله‌ها یکسان اجرا می‌شود.",
        ),
        "امروز دروازه شرقی ساعت {h} باز می‌شود و {n} قایق اجازه عبور گرفته‌اند.",
        "ما را در کانال تلگرام دنبال کنید و پیش از همه باخبر شوید.",
    ),
    "prices": (
        "{n} қарашадағы базар бағасы",
        (
            "Порт базарының кеңсесі күн сайын таңертең жаңа бағаларды қақпаға іліп қояды.",
            "Бағалар келесі таңға дейін өзгермейді және барлық сатушыға бірдей болады.",
        ),
        "Бүгін бір қап ұн {n} тиын, ал бір құты бал {h} тиын тұрады деп жазылды.",
        "Біздің Telegram арнамызға жазылыңыз және бәрінен бұрын біліңіз.",
    ),
    "matches": (
        "{n}-tur oʻyinlari yakunlandi",
        (
            "Oʻyinlar eski mayoq yonidagi maydonda oʻtkaziladi va kirish hammaga bepul.",
            "Keyingi tur haqida xabar port darvozasi oldidagi taxtaga yozib qoʻyiladi.",
        ),
        "Bu safar sharqiy iskala jamoasi {n} ochko, gʻarbiy iskala jamoasi {h} ochko oldi.",
        "Telegram kanalimizga obuna boʻling va hammadan oldin biling.",
    ),
}
PAGES = 7


class Template:
    """An outlet's page made by seed: tags, names, where cards and the channel's line stand."""

    def __init__(self, seed):
        self.rng = random.Random(f"template {seed}")
        self.kind = list(KINDS)[seed % len(KINDS)]
        self.host = f"outlet{seed}.example"
        pick = self.rng.choice
        self.tag = pick(("p", "p", "div"))
        self.box = pick(
            (
                '<div class="{0}">{{}}</div>',
                '<article class="{0}">{{}}</article>',
                '<main><div id="{0}">{{}}</div></main>',
            )
        ).format(pick(("x1", "news-text", "c-9", "entry")))
        self.card = pick(
            (
                '<div class="k"><a href="{0}">{1}</a><p>{2}</p></div>',
                '<li><h4><a href="{0}">{1}</a></h4><div>{2}</div></li>',
                '<a class="k2" href="{0}"><h3>{1}</h3><p>{2}</p></a>',
            )
        )
        self.cards_first = self.rng.random() < 0.3
        self.channel = pick(
            ("<div class='tg'><p>{}</p></div>", "<aside>{}</aside>", "<div class=s3>{}</div>")
        )
        self.repeated_first = self.rng.random() < 0.5

    def lines(self, number):
        """Return a page's headline and paragraphs; the last is its own day's."""
        headline, repeated, own, _ = KINDS[self.kind]
        said = own.format(n=number + 11, h=number + 2)
        paragraphs = [*repeated, said] if self.repeated_first else [said, *repeated]
        return headline.format(n=number + 11), paragraphs, said

    def html(self, number):
        """Return a page with cards of two others beside its text."""
        headline, paragraphs, _ = self.lines(number)
        body = "".join(f"<{self.tag}>{line}</{self.tag}>" for line in paragraphs)
        cards = ""
        for other in self.rng.sample([n for n in range(PAGES) if n != number], 2):
            name, _, said = self.lines(other)
            cards += self.card.format(f"/n/{other}", name, said)
        cards = f"<div class=r7>{cards}</div>"
        text = f"<h1>{headline}</h1>" + self.box.format(body)
        channel = self.channel.format(KINDS[self.kind][3])
        parts = [cards, text, channel] if self.cards_first else [text, channel, cards]
        return (
            f"<html><head><title>{headline}</title></head><body><div><a href='/'>Home</a> "
            f"<a href='/a'>All</a></div>{''.join(parts)}</body></html>"
        )

    def pages(self):
        """Return the outlet's pages."""
        made = []
        for number in range(PAGES):
            url = f"https://{self.host}/n/{number}"
            body = self.html(number).encode()
            made.append(
                Page(url=url, final_url=url, status=200, headers=(), body=body, fetched_at=NOW)
            )
        return made


@pytest.mark.parametrize("seed", range(20))
def test_what_is_true_every_day_is_kept_while_cards_and_channels_go(seed):
    template = Template(seed)
    pages = template.pages()
    outlet = outlet_of(pages[0].url)
    shuffled = random.Random(f"order {seed}").sample(pages, len(pages))
    channel = KINDS[template.kind][3]
    for order in (pages, shuffled):
        site = None
        for page in order:
            site = api.learn(site, [page], outlet)
        for number, page in enumerate(pages):
            found = api.extract(page, outlet, site)
            assert isinstance(found, Article)
            _, paragraphs, _ = template.lines(number)
            assert [line for line in paragraphs if line not in found.text] == []
            others = [template.lines(other)[2] for other in range(PAGES) if other != number]
            assert [line for line in others if line in found.text] == []
            assert channel not in found.text
