"""Situations of two reports, written from what stories promise and not from how they are made."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

import dedupe
from news.story import Doc

MORNING = datetime(2026, 11, 20, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Situation:
    """Two texts, whether they are one story, and what is known of the second beside its text.

    Its outlet is another one's and it comes two hours later, unless `later` says otherwise.
    """

    name: str
    one: str
    other: str
    same: bool
    later: dict = field(default_factory=dict)


VERDICT = (
    "The city court of Shemir has sentenced the former deputy minister of transport, Vahid Orman,"
    " to seven years in prison for taking bribes. Judge Nana Kereli said that Orman had received"
    " 210,000 dollars from two road builders between 2021 and 2024. His lawyer, Tural Aghayan,"
    " announced an appeal. The prosecutor had asked for nine years. Orman has been in custody since"
    " March, when officers searched his house and the offices of both companies in Shemir."
)
BANK = (
    "The national bank of Aldora cut its main rate by half a point to 9.25 percent on Thursday."
    " Governor Mira Tolan said that inflation had slowed to 4.8 percent in October and would reach"
    " the goal of four percent in spring. The bank expects the economy to grow by 3.1 percent this"
    " year. The next meeting of the board is on 22 January."
)
BANK_HELD = (
    "The national bank of Aldora left its main rate unchanged at 9.25 percent on Thursday."
    " Governor Mira Tolan said that inflation had risen to 5.3 percent in December and would reach"
    " the goal of four percent in autumn. The bank expects the economy to grow by 2.7 percent this"
    " year. The next meeting of the board is on 5 March."
)
WEATHER = (
    "Погода {}. Завтра {} ожидается переменная облачность, преимущественно без осадков. Ветер"
    " западный, {} метров в секунду. Температура воздуха ночью {} градуса, днём {} градусов тепла."
    " Относительная влажность составит {} процентов. Атмосферное давление будет около {}"
    " миллиметров ртутного столба, сообщили в службе гидрометеорологии."
)
WINNERS = (
    "{}, {} yarışlarında {} kq çəki dərəcəsində {} medal qazanıb. Azərbaycan Güləş Federasiyasından"
    " verilən məlumata görə, idmançımız finalda {} təmsilçisi ilə qarşılaşıb və {} hesabı ilə"
    " görüşü başa vurub. Turnir noyabrın 18-dən başlayıb və bu gün başa çatacaq."
)
OBITUARY = (
    "با نهایت تأسف خبر درگذشت استاد {} را دریافت کردیم. {} که سال‌ها در دانشگاه {} به تدریس {}"
    " پرداخت، در سن {} سالگی درگذشت. مراسم تشییع روز {} ساعت ۱۰ صبح از مقابل تالار وحدت برگزار"
    " می‌شود. وزیر فرهنگ در پیامی این ضایعه را به خانواده ایشان و جامعه هنری تسلیت گفت."
)
RATE_KA = (
    "ეროვნულმა ბანკმა ლარის ახალი კურსი დაადგინა. ვაჭრობის შედეგად ერთი დოლარის ღირებულება {}"
    " ლარი გახდა. ევროს კურსი {} ლარს შეადგენს, ფუნტის კურსი კი {} ლარს. ოფიციალური კურსი ძალაშია"
    " {} ნოემბრიდან, ნათქვამია ეროვნული ბანკის ინფორმაციაში."
)
COURT_HY = (
    "Երևանի ընդհանուր իրավասության դատարանում այսօր կայացել է {} գործով հերթական նիստը։ Նիստը"
    " վարում էր դատավոր {}։ Պաշտպան {} միջնորդել է հետաձգել նիստը, դատախազը չի առարկել։ Հաջորդ"
    " նիստը նշանակվել է {}-ին՝ ժամը {}։ Ամբաստանյալը իրեն մեղավոր չի ճանաչում։"
)
ACCIDENT_TR = (
    "{} ilçesinde meydana gelen trafik kazasında {} kişi öldü, {} kişi yaralandı. Alınan bilgiye"
    " göre {} idaresindeki {} plakalı otomobil, karşı yönden gelen kamyonla çarpıştı. Yaralılar"
    " olay yerine sevk edilen ambulanslarla hastaneye kaldırıldı. Kazayla ilgili inceleme"
    " başlatıldı."
)
KAZAKH = (
    "Қазақстан Үкіметі биыл ауылдық жерлерде 120 мектеп салуды жоспарлап отыр. Бұл туралы министр"
    " Ерлан Қасымов брифингте айтты. Оның сөзінше, құрылысқа 340 миллиард теңге бөлінген, ал"
    " алғашқы мектептер қыркүйекте ашылады. Түркістан облысында 40 мектеп тұрғызылады. Министр үш"
    " ауысымды мектептер мәселесі екі жылда шешіледі деп уәде берді."
)
FIRE = (
    "A fire broke out in a furniture market in the Kazran district of Shemir on Friday morning."
    " Firefighters brought the flames under control after four hours, the ministry of emergency"
    " situations said. Twelve shops were destroyed. Nobody was hurt. Investigators are looking into"
    " a short circuit, spokesman Davit Mirel said."
)
FIRE_RETOLD = (
    "Flames swept through rows of sofas and wardrobes in Kazran early on Friday, and smoke hung"
    " over the capital until noon. Traders carried out what they could. Davit Mirel, who speaks for"
    " the rescue services, counted a dozen burned shops and no victims; bad wiring may be to blame."
)
TALKS = (
    "Foreign ministers Arman Delo and Sevda Karim met in Port Lusar on Tuesday to discuss the"
    " border crossing at Tavrin. The two sides agreed to form a commission, which will hold its"
    " first session in December. Delo called the talks frank. Karim said that the road would be"
    " open for lorries before the end of the year, if the bridge is repaired in time."
)
APPEAL = (
    "If you see a mistake in this text, mark it and press Ctrl and Enter, and the editors will hear"
    " of it. Reproduction only with an active hyperlink to the source. The opinions of authors need"
    " not be those of the newsroom. Follow us on social networks to be the first to know the news."
)
CREDIT = "Lusar News Agency, all rights reserved."
FOOTBALL = (
    "{} beat {} {} in round {} of the premier league on {}. {} opened the score after {} minutes,"
    " and {} made it two shortly after the break. Coach {} praised the defence. In the next round"
    " the team plays away at {}."
)
GOSSIP = (
    "Singer Lamia Feroz will give a concert in the opera of Port Lusar on 3 December. Tickets cost"
    " between 20 and 90 dinars, the manager said. She will sing songs of her new record together"
    " with the city's string orchestra, led by Otar Veshli."
)

SITUATIONS = (
    # Copies
    Situation("a copy with another headline sentence", VERDICT,
              "A former official goes to prison. " + VERDICT, same=True),
    Situation("a copy with its last two sentences cut", VERDICT,
              VERDICT.partition(" The prosecutor")[0], same=True),
    Situation("a copy with a dateline and credit", TALKS,
              f"PORT LUSAR, November 17 (Tavrin Press) - {TALKS} (Tavrin Press)", same=True),
    Situation("a copy in paragraphs with an inserted advertisement", TALKS,
              TALKS.replace(". ", ".\n\n").replace("frank.", "frank.\n\nRead also: drying figs."),
              same=True),
    Situation("a copy whose numbers are written as words", FIRE,
              FIRE.replace("four hours", "4 hours").replace("Twelve", "12"), same=True),
    Situation("a copy with background of its own at the end", FIRE,
              f"{FIRE} The market in Kazran burned in 2019 already, when the owners were fined.",
              same=True),
    Situation("a Kazakh copy typed with Russian letters", KAZAKH,
              KAZAKH.translate(str.maketrans("қғүұөәіңһҚҒҮҰӨӘІҢ", "кгууоаинхКГУУОАИН")),
              same=True),
    Situation("an Azerbaijani copy without its diacritics",
              WINNERS.format("Rəşad Məmmədov", "Avropa", 74, "qızıl", "Gürcüstan", "5:2"),
              WINNERS.format("Rəşad Məmmədov", "Avropa", 74, "qızıl", "Gürcüstan", "5:2").translate(
                  str.maketrans("əöüğışçƏÖÜĞİŞÇ", "eougiscEOUGISC")), same=True),
    Situation("a Persian copy with Arabic letters and no joiners",
              OBITUARY.format("نادر صفایی", "صفایی", "تهران", "موسیقی", "۸۱", "جمعه"),
              OBITUARY.format("نادر صفایی", "صفایی", "تهران", "موسیقی", "۸۱", "جمعه").translate(
                  str.maketrans({"ی": "ي", "ک": "ك", "\u200c": None})), same=True),
    Situation("a copy that names the agency it is from", BANK,
              f"{BANK} Lusar News Agency reported this, citing the bank's website.", same=True),
    # Corrections and what comes later
    Situation("a typing error in a name put right", TALKS,
              TALKS.replace("Sevda", "Seveda"), same=True),
    Situation("a death toll that has risen",
              ACCIDENT_TR.format("Karlıova", 2, 5, "Murat Akın", "34 KLM 21"),
              ACCIDENT_TR.format("Karlıova", 4, 3, "Murat Akın", "34 KLM 21"), same=False),
    Situation("a later outcome told over the same background", FIRE,
              "Police have detained the owner of a furniture market in Shemir, Rauf Teli, for"
              " breaking fire rules. A court will decide on his custody on Monday. Teli denies"
              " guilt. " + FIRE.partition(". ")[2].partition(" Nobody")[0], same=False),
    Situation("one outlet's report of the next day with a new fact", VERDICT,
              f"{VERDICT} On Saturday the court of appeal accepted the complaint.", same=False,
              later={"outlet": "one", "after": timedelta(days=1)}),
    Situation("one outlet's article that moved to a new address", VERDICT, VERDICT, same=True,
              later={"outlet": "one", "after": timedelta(days=2)}),
    # Reports of one form
    Situation("two meetings of a bank's board", BANK, BANK_HELD, same=False),
    Situation("the weather of two cities",
              WEATHER.format("в Ташкенте", "в городе", "2–7", "1–3", "9–11", "45–50", 731),
              WEATHER.format("в Самарканде", "в городе", "3–8", "0–2", "7–9", "50–60", 699),
              same=False),
    Situation("two medals of one tournament",
              WINNERS.format("Rəşad Məmmədov", "Avropa", 74, "qızıl", "Gürcüstan", "5:2"),
              WINNERS.format("Elvin Quliyev", "Avropa", 97, "gümüş", "Türkiyə", "1:4"), same=False),
    Situation("two obituaries",
              OBITUARY.format("نادر صفایی", "صفایی", "تهران", "موسیقی", "۸۱", "جمعه"),
              OBITUARY.format("پروین کاشانی", "کاشانی", "شیراز", "نقاشی", "۷۴", "دوشنبه"),
              same=False),
    Situation("the rates of two days",
              RATE_KA.format("2.7134", "3.1420", "3.5511", 20),
              RATE_KA.format("2.7098", "3.1377", "3.5602", 21), same=False),
    Situation("two hearings of one court",
              COURT_HY.format("Արամ Սահակյանի", "Լիլիթ Ավագյանը", "Կարեն Գրիգորյանը",
                              "դեկտեմբերի 3", "14:00"),
              COURT_HY.format("Հայկ Մկրտչյանի", "Տիգրան Պետրոսյանը", "Աննա Դավթյանը",
                              "դեկտեմբերի 9", "11:30"), same=False),
    Situation("two accidents",
              ACCIDENT_TR.format("Karlıova", 2, 5, "Murat Akın", "34 KLM 21"),
              ACCIDENT_TR.format("Solhan", 1, 3, "Serkan Tunç", "06 BTR 77"), same=False),
    Situation("two matches of one club",
              FOOTBALL.format("Dinar Lusar", "Metal Kazran", "2–0", 11, "Saturday", "Ilir Bako", 12,
                              "Yan Otari", "Pavle Simo", "Tavrin"),
              FOOTBALL.format("Dinar Lusar", "Tavrin", "3–1", 12, "Friday", "Yan Otari", 31,
                              "Goran Hal", "Pavle Simo", "Shemir"), same=False),
    # Wires, refrains, other words
    Situation("unrelated reports that end in the same words of the house", f"{GOSSIP} {APPEAL}",
              f"{FIRE_RETOLD} {APPEAL}", same=False),
    Situation("short unrelated briefs under one credit", f"{CREDIT} {GOSSIP}",
              f"{CREDIT} {TALKS.partition(' Delo')[0]}", same=False),
    Situation("one event in other words", FIRE, FIRE_RETOLD, same=False),
    Situation("a quotation in an analysis", TALKS,
              "What the border crossing means for trade has been argued about for a decade, and"
              " nobody knows it better than the drivers who wait there. Karim said that the road"
              " would be open for lorries before the end of the year, if the bridge is repaired in"
              " time. Drivers doubt it: the bridge was promised in 2019, in 2021 and last spring,"
              " and the queue is eleven kilometres long. Tea costs more than petrol here.",
              same=False),
)  # fmt: skip


def stories_of(*docs):
    prints = dedupe.make_prints([doc.text for doc in docs])
    numbered = dict(zip([doc.id for doc in docs], prints, strict=True))
    edges = dedupe.relate_batch(numbered, dedupe.MemoryWindow()).edges
    return dedupe.form_stories(docs, dedupe.decide_edges(docs, edges))


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_two_reports_are_one_story_only_where_they_say_the_same(situation):
    later = {"outlet": "two", "after": timedelta(hours=2)} | situation.later
    one = Doc(id=1, text=situation.one, outlet="one", url="/a", published=MORNING)
    other = Doc(
        id=2,
        text=situation.other,
        outlet=later["outlet"],
        url="/b",
        published=MORNING + later["after"],
    )
    assert (len(stories_of(one, other)) == 1) == situation.same


@pytest.mark.parametrize("order", [(GOSSIP, TALKS), (TALKS, GOSSIP), (VERDICT, FIRE)])
def test_a_merged_wire_holds_its_sources_and_joins_none(order):
    texts = (*order, " ".join(order))
    stories = stories_of(*(Doc(id=number, text=text) for number, text in enumerate(texts)))
    assert len(stories) == 2
    assert not any({0, 1} <= set(story.members) for story in stories)
    assert {member for story in stories for member in (*story.members, *story.quoted_by)} == {
        0,
        1,
        2,
    }
