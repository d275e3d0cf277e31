"""The law of canonical URLs' parameters: which of them say which article an address names.

Campaigns, clicks, sessions and faces of the same page go; every other parameter stays.
"""

import re
from operator import itemgetter
from urllib.parse import unquote_to_bytes

# Campaign and click parameters, by their makers' documentation (Google, Meta, Microsoft, Yandex,
# Mailchimp, AT Internet, HubSpot...).
_TRACKING = re.compile(
    r"(?:utm_\w*|ga_\w+|pk_\w+|mtm_\w+|hsa_\w+|_hs\w+|oly_\w+|vero_\w+|"
    r"at_(?:medium|campaign|custom\w*|link\w*|bbc\w*|ptr\w*)|"
    r"fbclid|fb_\w+|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|ysclid|ymclid|"
    r"_openstat|igshid|igsh|mc_[ce]id|mkt_tok|"
    r"xtor|cmpid|ncid|wt_mc|_ga|_gl|s_cid|sr_share|smid|smtyp|trk|trkcampaign|"
    r"__twitter_impression|ref_(?:src|url)|replytocom|"
    r"erid|gad_(?:source|campaignid)|srsltid|mibextid|tg_rhash|rdt_cid|li_fat_id|epik|"
    r"_branch_match_id|amp_(?:js_v|gsa)|usqp|guccounter|guce_referrer(?:_sig)?)",
)
# Names that campaigns and identities share: the value and the path tell which it is.
_VAGUE_NAMES = (
    "ref source src from via medium campaign referrer referer share feature cmp spm rss isrss "
    "from_rss src_rss srcrss partner_id partnerid"
)
_VAGUE = frozenset(_VAGUE_NAMES.split())
# Values by which a campaign is known wherever it stands: a channel, a place on a page, a site.
_CAMPAIGN = re.compile(
    r"(?:rss|feed|fb|facebook|twitter|x|telegram|tg|vk|ok|whatsapp|wa|viber|instagram|insta|"
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
    "print": None,
    "printable": None,
    "nocache": None,
    "noamp": None,
    "desktop": None,
    "tmpl": "component",
}
_FACE_VALUES = frozenset({"", "0", "1", "true", "yes", "y", "amp", "print", "mobile", "component"})
SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@&=+")
_QUERY_SAFE = SAFE - frozenset(b"&=+") | frozenset(b"/?")


def identifying(query: str, *, specific: bool) -> str:
    """Return the parameters that identify, sorted by name (order of equal names kept)."""
    kept: list[tuple[str, str]] = []
    for item in query.split("&"):
        if not item:
            continue

        raw_name, mark, raw_value = item.partition("=")
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
    if _TRACKING.fullmatch(name) or name in _ALWAYS_SESSION:
        return True
    if name in _VAGUE:
        return _is_campaign(value, specific=specific)

    if _SESSION.fullmatch(name):
        # PHP-Nuke calls the story's number sid: a bare number goes only where the path needs none.
        looks_random = not (value.isdigit() or value.isalpha())
        return bool(_SESSION_VALUE.fullmatch(value)) and (specific or looks_random)

    if name in _FACES:
        return value.lower() in _FACE_VALUES

    return False


def _is_campaign(value: str, *, specific: bool) -> bool:
    """Tell whether the value of a vague name says where a reader came from.

    A number may be an article's; a word may be one where the path does not say which it is.
    """
    if not value or _CAMPAIGN.fullmatch(value):
        return True
    return specific and (not value.isdigit() or value == "1")


def encode(text: str, safe: frozenset[int]) -> str:
    """Return text percent-encoded in one way.

    What may stand bare does, everything else stands as UTF-8 in capital hex.
    """
    encoded: list[str] = []
    for byte in unquote_to_bytes(text):
        bare = byte in safe
        encoded.append(chr(byte) if bare else f"%{byte:02X}")

    return "".join(encoded)
