"""The law of canonical URLs' parameters: which of them say which article an address names.

Campaigns, clicks, sessions and faces of the same page go; every other parameter stays.
"""

import re
import unicodedata
from operator import itemgetter
from urllib.parse import unquote_to_bytes

# Campaign and click parameters, by their makers' documentation (Google, Meta, Microsoft, Yandex,
# Mailchimp, AT Internet, HubSpot...).
_MAKERS = (
    r"utm[_-][\w-]+",  # Google and all who followed
    r"(?:ga|gps|gad|hsa|oly|vero|itm|otm|hmb|dpg|mtm|pk|bsft|oft|adjust|fb)_\w+",
    r"at_(?:campaign\w*|medium|custom\w*|link\w*|bbc\w*|ptr\w*|recipient\w*)",
    r"(?:piwik|nb)_\w+|brave-[\w-]+|yad\w+id|ml_sub(?:scriber)?(?:_hash)?|\w+_email_(?:id|address)",
    r"_(?:hs\w+|_hs\w+|ga|gl|openstat|kx|clde|cldee|bhlid|branch_\w+|io_session_id|zucks_suid)",
    r"_sgm_\w+|__(?:io_lv|hs\w+|twitter_impression)|hsctatracking",
    r"mc_[cet](?:id|c)|mkt_tok|mindbox-[\w-]+|action_(?:object|type|ref)_map|s_cid|s?tracking_\w+",
)
# What a name of any maker ends in, where it counts clicks, campaigns or those who read a mail.
_ENDS = (
    r"\w*(?:clid|clkid|click_?id)|gclsrc|[gw]braid",
    r"\w+_(?:campaign(?:id|_\w+)?|medium|xuid|adid)",
)
_LONE = (
    r"igshid|igsh|xtor|cmpid|ncid|gs_l|wt_?z?mc|wtrid|sr_share|smid|smtyp|trk|trkcampaign|"
    r"ref_(?:src|url)|replytocom|erid|srsltid|mibextid|tg_rhash|rdt_cid|li_fat_id|epik|"
    r"amp_(?:js_v|gsa)|usqp|guccounter|guce_referrer(?:_sig)?|irgwc|wickedid|ebisadid|"
    r"admitad_uid|adfrom|oprtrack|asgtbndr|sscid|tduid|vc_lpp|et_rid|bbeml|echobox|"
    r"ceneo_spo|os_ehash"
)
_TRACKING = re.compile("|".join((*_MAKERS, *_ENDS, _LONE)))
# Short names of trackers that an outlet may use for its own: they go where the path says enough.
_SHORT = re.compile(
    r"__s|awc|cuid|e?mc|gci|maf|ymid|rtkcid|ex_cid|h_s(?:id|lt)|"
    r"(?:gs|ir|cm|cx|vn|nx|sc|at|et|ss)_\w+"
)
_TOKEN = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[0-9A-Za-z_-]{16,}")
# Names that campaigns and identities share: the value and the path tell which it is.
_VAGUE_NAMES = (
    "ref ref_ source src from via medium campaign referrer referer share feature cmp spm rss isrss "
    "from_rss src_rss srcrss partner_id partnerid"
)
_VAGUE = frozenset(_VAGUE_NAMES.split())
# Values by which a campaign is known wherever it stands: a channel, a place on a page, a site.
_CAMPAIGN = re.compile(
    r"(?:rss|feed|fb|facebook|twitter|x|telegram|tg|vk|ok|whatsapp|wa|viber|instagram|insta|"
    r"bluesky|mastodon|threads|linkedin|pinterest|reddit|tumblr|pocket|line|skype|xing|jetpack-\w+|"
    r"youtube|youtu\.be|google\w*|yandex\w*|bing|dzen|e?mail|newsletter|push|home\w*|main\w*|"
    r"index|front\w*|mobile|mob|app|web|site|social\w*|share\w*|top\w*|slider|sidebar|widget|"
    r"related|menu|banner|direct|emb_\w+|(?:[\w-]+\.)+[a-z]{2,})",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:phpsessid|jsessionid|aspsessionid\w*|session_?id|sessid|sid|cfid|cftoken|zenid|oscsid|s)"
)
_SESSION_VALUE = re.compile(r"[0-9A-Za-z]{8,128}(?:[.!-][0-9A-Za-z.!-]*)?")
_ALWAYS_SESSION = frozenset({"phpsessid", "jsessionid"})
_FACES = {
    "amp": None,
    "output": "amp",
    "outputtype": "amp",
    "display": "amp",
    "print": None,
    "printable": None,
    "nocache": None,
    "noamp": None,
    "desktop": None,
    "tmpl": "component",
}
_FACE_VALUES = frozenset({"", "0", "1", "true", "yes", "y", "amp", "print", "mobile", "component"})
_LONGEST_NAME = 64  # of a parameter that is known to track
_ID_DIGITS = 7  # of an article's number, at most
_ESCAPED = re.compile(r"^(?:amp;)+")
SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@&=+")
_QUERY_SAFE = SAFE - frozenset(b"&=+") | frozenset(b"/?")


def identifying(query: str, *, specific: bool) -> str:
    """Return the parameters that identify, sorted by name (order of equal names kept)."""
    kept: list[tuple[str, str]] = []
    for item in query.split("&"):
        if not item:
            continue

        # A link that was escaped twice says `&amp;` where it means `&`.
        raw_name, mark, raw_value = _ESCAPED.sub("", item).partition("=")
        name = _encoded(raw_name)
        value = _encoded(raw_value)

        if not _dropped(name.lower(), value, specific=specific):
            kept.append((name, f"{name}{mark}{value}"))

    kept.sort(key=itemgetter(0))
    items = [item for _, item in kept]

    return "&".join(items)


def _encoded(part: str) -> str:
    """Return a name or value in one writing; a plus sign stands for a blank."""
    return encode(part.replace("+", "%20"), _QUERY_SAFE)


def _dropped(name: str, value: str, *, specific: bool) -> bool:
    """Tell whether a parameter says nothing about which article this is."""
    if len(name) > _LONGEST_NAME:
        return False

    if _TRACKING.fullmatch(name) or name in _ALWAYS_SESSION:
        return True
    if _SHORT.fullmatch(name):
        return _is_tracker(value, specific=specific)

    if name in _VAGUE or name.endswith("_source"):
        return _is_campaign(value, specific=specific)

    if _SESSION.fullmatch(name):
        # PHP-Nuke calls the story's number sid: a bare number goes only where the path needs none.
        looks_random = not (value.isdigit() or value.isalpha())
        return bool(_SESSION_VALUE.fullmatch(value)) and (specific or looks_random)

    if name in _FACES:
        only = _FACES[name]
        return value.lower() == only if only else value.lower() in _FACE_VALUES

    return False


def _is_tracker(value: str, *, specific: bool) -> bool:
    """Tell whether the value of a tracker's short name is no identity of the outlet's.

    Where the path names the article, all but a number of an article's size; elsewhere what is
    long and mixed.
    """
    if _TOKEN.fullmatch(value):
        return True

    is_number = value.isdigit() and len(value) <= _ID_DIGITS

    return specific and not is_number


def _is_campaign(value: str, *, specific: bool) -> bool:
    """Tell whether the value of a vague name says where a reader came from.

    A number may be an article's; a word may be one where the path does not say which it is.
    """
    if not value or _CAMPAIGN.fullmatch(value):
        return True
    return specific and (not value.isdigit() or value == "1")


def _composed(raw: bytes) -> bytes:
    """Return UTF-8 with each letter and its marks as one: file systems take й apart."""
    if raw.isascii():
        return raw
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw
    return unicodedata.normalize("NFC", text).encode("utf-8")


def encode(text: str, safe: frozenset[int]) -> str:
    """Return text percent-encoded in one way.

    What may stand bare does, everything else stands as UTF-8 in capital hex.
    """
    encoded: list[str] = []
    for byte in _composed(unquote_to_bytes(text)):
        bare = byte in safe
        encoded.append(chr(byte) if bare else f"%{byte:02X}")

    return "".join(encoded)
