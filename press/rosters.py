"""The two worlds: a tour of outlets laid out like real ones, and a month with every door and every bad habit."""

from press.errors import PressError
from press.month import MONTH
from press.site import Behaviour, Roster, Site

_TOUR = (
    Site(name="hazarwire", region="caspian", title="Hazar Wire", country="AZ", languages=("en", "az", "ru", "tr", "fa", "hy", "ka"),
         zone="Asia/Baku", theme="wire", url="wire", doors=("rss", "latest"), per_day=240, backlog=24, wire=True, copies=0,
         behaviour=Behaviour(feed_items=40, deletes=0.0)),
    Site(name="commonfield", region="caucasus", title="Common Field", country="Caucasus", languages=("en",), zone="Europe/Brussels",
         theme="field", url="plain", doors=("listing",), per_day=70, copies=0.5,
         behaviour=Behaviour(index_twins=True, crawl_delay=0.5)),
    Site(name="harbourtimes", region="caspian", title="Harbour Times", country="AZ", languages=("en",), zone="Asia/Baku",
         theme="zox", url="dated", doors=("wordpress", "rss"), per_day=90, copies=0.5, behaviour=Behaviour(meta_noise=True)),
    Site(name="aralcenter", region="central-asia", title="Aral Policy Center", country="KZ", languages=("en", "az", "ru"), zone="Asia/Almaty",
         theme="center", url="post", doors=("listing",), per_day=60, copies=0.15),
    Site(name="berdlur", region="caucasus", title="Բերդ Լուր", country="AM", languages=("hy",), zone="Asia/Yerevan",
         theme="column", url="number", doors=("rss",), per_day=100, copies=0.45),
    Site(name="goriposta", region="caucasus", title="გორი პოსტა", country="GE", languages=("ka",), zone="Asia/Tbilisi",
         theme="column", url="numbered", doors=("atom",), per_day=100, copies=0.45, behaviour=Behaviour(validators=False)),
    Site(name="bozkirgazete", region="turkey", title="Bozkır Gazete", country="TR", languages=("tr",), zone="Europe/Istanbul",
         theme="tabloid", url="haber", doors=("news-sitemap",), per_day=100, behaviour=Behaviour(upper_case=True)),
    Site(name="limanpostasi", region="turkey", title="Liman Postası", country="TR", languages=("tr", "en"), zone="Europe/Istanbul",
         theme="app", url="haber", doors=("json",), per_day=90, behaviour=Behaviour(full_text=False)),
    Site(name="khazarnameh", region="caspian", title="خزرنامه", country="IR", languages=("fa",), zone="Asia/Tehran",
         theme="broad", url="persian", doors=("rss", "listing"), per_day=100, behaviour=Behaviour(crawl_delay=0.5)),
    Site(name="stepnoykurier", region="central-asia", title="Степной курьер", country="KZ", languages=("ru",), zone="Asia/Almaty",
         theme="broad", url="novosti", doors=("rss",), per_day=110, charset="windows-1251", behaviour=Behaviour(tracking=True, full_text=True)),
    Site(name="yulduzinfo", region="central-asia", title="Yulduz Info", country="UZ", languages=("ru", "en"), zone="Asia/Tashkent",
         theme="tabloid", url="dated", doors=("sitemap-index",), per_day=80, behaviour=Behaviour(slash_twins=True)),
    Site(name="sahilxeber", region="caspian", title="Sahil Xəbər", country="AZ", languages=("az",), zone="Asia/Baku",
         theme="app", url="stamp", doors=("listing",), per_day=100, copies=0.5),
    Site(name="dagmedia", region="caspian", title="Dağ Media", country="AZ", languages=("az", "ru"), zone="Asia/Baku",
         theme="zox", url="dated", doors=("archive", "rss"), per_day=90, copies=0.5),
)
TOUR = Roster(name="tour", sites=_TOUR, gap_before=130, gap_after=18)
_ALL = {roster.name: roster for roster in (TOUR, MONTH)}


def roster(name: str) -> Roster:
    """Return a world's outlets by its name."""
    if name not in _ALL:
        raise PressError(f"no roster {name!r}: there are {', '.join(_ALL)}")
    return _ALL[name]
