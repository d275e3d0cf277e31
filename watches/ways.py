"""The ways besides mail by which a reader can be told: Apprise's, and signed webhooks. Pure.

A way is a URL. Whoever may save a watch may name any, so that none may touch this machine: neither
by what it is (a desktop's notifications, the system log) nor by a file that it names.
"""

from urllib.parse import parse_qs, urlsplit

from watches.errors import WatchError

WEBHOOKS = ("webhook+http", "webhook+https")
# Apprise's schemes without those of the machine itself; a test holds the list equal to the library.
# fmt: off
_SCHEMES = frozenset(
    {
        "46elks", "amqp", "amqps", "apprise", "apprises", "aprs", "atalk", "azure", "bark",
        "barks", "betterstack", "bluesky", "brevo", "bsky", "bulksms", "bulkvs", "burstsms",
        "chanify", "clickatell", "clicksend", "cliq", "cm", "d7sms", "dapnet", "deltachat",
        "deltachats", "dingtalk", "discord", "dot", "eight00com", "elks", "emby", "embys",
        "enigma2", "enigma2s", "evolution", "evolutions", "exotel", "fcm", "feishu",
        "firehydrant", "flock", "flowtriq", "flowtriqs", "fluxer", "fluxers", "form", "forms",
        "freemobile", "gchat", "github", "goalert", "goalerts", "gorush", "gorushs", "gotify",
        "gotifys", "groundmail", "groupme", "growl", "guilded", "gupshup", "hassio", "hassios",
        "httpsms", "humhub", "humhubs", "ifttt", "ilert", "incidentio", "infobip", "irc", "ircs",
        "jellyfin", "jellyfins", "jira", "join", "json", "jsons", "kakao", "kakaotalk", "kaleyra",
        "kavenegar", "klr", "kodi", "kodis", "kook", "kudosity", "kumulos", "lametric",
        "lametrics", "lark", "lauther", "lfg", "line", "mailersend", "mailgun", "mailto",
        "mailtos", "mastodon", "mastodons", "matrix", "matrixs", "misskey", "misskeys", "mmost",
        "mmosts", "mobilemessage", "mobilemsg", "mqtt", "mqtts", "msg91", "msgbird", "ncloud",
        "nclouds", "nctalk", "nctalks", "nexmo", "nostr", "notica", "noticas", "notifiarr",
        "notifico", "notificos", "notifyre", "ntfy", "ntfys", "o365", "octopush", "onebot",
        "onebots", "onesignal", "opsgenie", "pagerduty", "pagertree", "parsep", "parseps", "pbul",
        "pinglet", "pinglets", "pingram", "pjet", "pjets", "plivo", "postmark", "pover", "prowl",
        "psafer", "psafers", "push", "pushdeer", "pushdeers", "pushed", "pushme", "pushplus",
        "pushward", "pushy", "qq", "reddit", "resend", "revolt", "ringc", "rocket", "rockets",
        "rsyslog", "ryver", "schan", "sendgrid", "sendpulse", "serwersms", "ses", "session",
        "sessions", "seven", "sfr", "signal", "signalgrid", "signals", "signl4", "simplepush",
        "sinch", "slack", "smpp", "smpps", "smsc", "smseagle", "smseagles", "smsmanager",
        "smsmgr", "smstunnel", "smtp2go", "sns", "sogs", "sparkpost", "spike", "splunk",
        "spugpush", "spush", "squadcast", "stackfield", "strmlabs", "synology", "synologys",
        "telesign", "telnyx", "tgram", "threema", "toot", "toots", "trigv", "trigvs", "tweet",
        "twilio", "twist", "twitter", "vapid", "viber", "victorops", "voipms", "vonage", "webex",
        "wechat", "wecom", "wecombot", "whapi", "whatsapp", "workflow", "workflows", "wpush",
        "wxpusher", "wxteams", "x", "xbmc", "xbmcs", "xmatters", "xml", "xmls", "xmpp", "xmpps",
        "youlmk", "zalo", "zcliq", "zohocliq", "zoom", "zulip",
    }
)
OF_THE_MACHINE = frozenset(
    {
        "blink1", "dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows",
    }
)
# fmt: on
# Parameters that name a file to be read: always, and with some services.
_FILES = frozenset({"keyfile", "subfile", "pgp", "pgppub", "pgpprv", "pem", "cert", "attach"})
_TEMPLATES = frozenset({"discord", "guilded", "slack", "tgram", "workflow", "workflows", "msteams"})


def is_webhook(recipient: str) -> bool:
    """Return whether a recipient is a webhook."""
    scheme, _, _ = recipient.partition("://")

    return scheme.lower() in WEBHOOKS


def check_way(url: str) -> None:
    """Raise WatchError, without the URL's secret, if it is no way to a reader."""
    try:
        parts = urlsplit(url)
        parameters = {name.lower() for name in parse_qs(parts.query, keep_blank_values=True)}
    except ValueError as error:
        raise WatchError("a recipient's URL cannot be read") from error

    scheme = parts.scheme.lower()
    if scheme in OF_THE_MACHINE:
        raise WatchError(f"{scheme}:// tells this machine, and no reader")
    if scheme not in _SCHEMES and scheme not in WEBHOOKS:
        raise WatchError(
            f"{scheme or 'this'}:// is no way to a reader: name a mail address, webhook+https://, "
            "or a service that Apprise knows"
        )

    files = parameters & _FILES
    if scheme in _TEMPLATES:
        files |= parameters & {"template"}
    if files:
        raise WatchError(f"{scheme}://…?{min(files)}= names a file of this machine")
