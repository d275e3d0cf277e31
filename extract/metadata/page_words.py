"""What pages say that are no article: bot checks, missing pages, logins, walls, live text."""

import re

# What only a bot check says, and what is one only as a page's whole title: articles
# speak of security checks too.
CHECKED = re.compile(
    r"just a moment\.\.\.|checking your browser|verify (?:that )?you are (?:a )?human|"
    r"ddos[- ](?:protection by|guard)|enable (?:javascript and cookies|"
    r"cookies and javascript) to continue|"
    r"проверка браузера|подтвердите, что вы не робот|tarayıcınız kontrol ediliyor|"
    r"brauzeriniz yoxlanılır",
    re.IGNORECASE,
)
BARRED = re.compile(
    r"attention required!?|access(?: to this page has been)? denied|403 forbidden|"
    r"are you a robot\??|security check|please enable (?:javascript|cookies)|"
    r"pardon our interruption|request unsuccessful|"
    r"just a moment|вы не робот\??|доступ (?:запрещ[её]н|ограничен)|giriş qadağandır|"
    r"erişim engellendi",
    re.IGNORECASE,
)
# What names a page that is not there; and what does so only as the whole title:
# climbers are not found either.
NO_PAGE = re.compile(
    r"(?:page|article|url|document) (?:was |is |could )?not (?:be )?found|(?:page|"
    r"article) (?:does not|doesn'?t|no longer) exists?|no longer (?:exists|available)|"
    r"страниц[аы] не (?:найден[аы]?|существует)|такой страницы нет|səhifə (?:tapılmadı|"
    r"mövcud deyil|yoxdur)|sayfa bulunamadı|էջը (?:չի գտնվել|գոյություն չունի|չգտնվեց)|"
    r"էջ չի գտնվել|"
    r"გვერდი (?:ვერ|არ) (?:მოიძებნა|არსებობს)|صفحه (?:مورد نظر |درخواستی )?(?:یافت|پیدا) نشد|"
    r"(?:бет|парақ|барак|баракча) (?:табылмады|табылган жок)|sahifa (?:topilmadi|mavjud emas)|"
    r"саҳифа топилмади|"
    r"саҳифа ёфт нашуд|sahypa tapylmady|seite (?:wurde )?nicht gefunden|page (?:introuvable|"
    r"non trouvée)|página no encontrada",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"not found|nothing (?:was )?found|no results(?: found)?|(?:ничего )?не найдено|"
    r"(?:heç nə )?tapılmadı|(?:sonuç )?bulunamadı|չի գտնվել|ვერ მოიძებნა|(?:یافت|پیدا) نشد|"
    r"табылмады|topilmadi",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\W*(?:(?:http|error|page|ошибка|xəta|hata|сообщение|სტატუსი|შეცდომა|սխալ|خطای?|қате|ката|"
    r"xato|fehler|erreur)\W*){0,2}(?:404|410)\b\W*(?:(?:error|page|ошибка|xətası|hatası|"
    r"fehler)\b\W*)?",
    re.IGNORECASE,
)
LOGIN = re.compile(
    r"(?:please )?(?:log ?in|sign ?in|login|member login|authori[sz]ation)|вход(?: на сайт|"
    r" в (?:систему|аккаунт|личный кабинет))?|войти|авторизация|daxil ol(?:un|maq)?|giriş(?: et|"
    r" yap| səhifəsi)?|üye girişi|մուտք(?: գործել)?|"
    r"შესვლა|ავტორიზაცია|ورود(?: به (?:سایت|حساب کاربری))?|кіру|кирүү|kirish|giriş|anmelden|"
    r"einloggen|connexion|iniciar sesión",
    re.IGNORECASE,
)
WALL = re.compile(
    r"subscribe (?:now )?to (?:read|continue|keep)|subscribers? only|(?:only )?for subscribers|"
    r"already a subscriber|to continue reading|premium (?:content|article)|"
    r"this article is (?:for|reserved)|"
    r"только для подписчиков|доступ\w* (?:только )?по подписке|оформите подписку|"
    r"чтобы (?:читать|прочитать) (?:дальше|полностью)|(?:полн\w+ текст|"
    r"полная версия)\W.{0,40}подпис|"
    r"yalnız abunəçilər|abunə ol(?:un|araq) (?:və )?oxu|abunəçilər üçün|(?:sadece |"
    r"yalnızca )?aboneler(?:e özel|imize|in)|devamını okumak için|միայն բաժանորդների|"
    r"მხოლოდ გამომწერ|გამომწერთათვის|"
    r"ویژه (?:مشترکین|مشترکان)|مخصوص مشترک|тек жазылушылар|жазылушылар үшін|обуначилар учун|"
    r"faqat obunachilar|obunachilar uchun|"
    r"jetzt weiterlesen|weiterlesen mit|artikel ist nur für abonnent|réservé aux abonnés|"
    r"solo para suscriptores",
    re.IGNORECASE,
)
# What only a wall says: it may stand behind a table of prices.
WALLED = re.compile(
    r"to continue reading|this article is (?:for|reserved)|чтобы (?:читать|прочитать) (?:дальше|"
    r"полностью)|devamını okumak için|jetzt weiterlesen|weiterlesen mit|réservé aux abonnés",
    re.IGNORECASE,
)
LIVE = re.compile(
    r"\blive[- ]?(?:blog|updates?|coverage|text|ticker|feed)\b|(?:^|[:|–—-]\s*)live\s*(?:$|"
    r"[:|–—-])|as it happened|minute by minute|"
    r"онлайн[- ](?:трансляци|репортаж|хроник)|текстов\w+ трансляци|прям\w+ (?:трансляци|эфир)|"
    r"(?:^|[:|–—-]\s*)(?:онлайн|canlı)\s*(?:$|[:|–—-])|хроника событий|canlı (?:anlatım|blog|"
    r"yayım|yayın|xronika)|dəqiqəbədəqiqə|dakika dakika|"
    r"პირდაპირი ეთერი|ონლაინ რეჟიმ|ուղիղ (?:միացում|եթեր)|առցանց|پوشش زنده|لحظه به لحظه|"
    r"گزارش زنده|тікелей эфир|түз эфир|jonli efir|en direct|en directo|en vivo|minuto a minuto",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"^\W*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s*[ap]\.?m\.?)?(?:\W*$|\s+\S)", re.IGNORECASE
)
INTERVIEW = re.compile(
    r"interview|интервью|müsahibə|röportaj|հարցազրույց|ინტერვიუ|مصاحبه|گفتگو|сұхбат|suhbat",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"opinion|analysis|comment|колонк|мнени|blog|rəy\b|köşe|yorum|կարծիք|მოსაზრება|یادداشت|пікір",
    re.IGNORECASE,
)
