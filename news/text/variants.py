"""Other spellings to ask for: one name in the practices of the region's languages.

They are for what no class of sounds can join. Only a query has them, so they cost the index
nothing. Each rule gives whole words in sounds (see names.py), one change at a time; a name rarely
meets two.
"""

import re
from collections.abc import Iterator
from itertools import islice, product

_MOST_PLAIN = 8  # readings of letters that lost their marks
_LEAST = 3
_TELLING = 4  # consonants of a name that may differ in one
_LONG = 5  # classes of a skeleton that say enough for one vowel to be wrong

_MARKED = {"c": "cç", "s": "sş"}
_UNMARKED = ("yan", "ian", "dze", "shvili", "iani")
_BARE = re.compile(r"(?<![st])c(?![hk])|s(?!h)")
_RUSSIAN = re.compile("[oe][vf]{1,2}a?$")
_HUSHED_EV = re.compile(r"(?<=[jhcx])([au])(?=[vf][aiu]?$)")
_ARMENIAN = re.compile("[iy]an[aiu]?$")
_WESTERN = str.maketrans("bpdt", "pbtd")
_SWAPPED_VOICE = str.maketrans({"t": "d", "d": "t"})
_SURNAME = re.compile("[ua][vf][aiu]?$")
_STOP = re.compile("(?<=k)[td]")
_SWAPPED_HISS = {"s": "z", "z": "s"}
_DIN = re.compile("(?<=[^aiuy])[aiu](?=din[aiu]?$)")
_LAST_A = re.compile("a(?=[^aiuy]+$)")
_AFFRICATE = re.compile("^x|x(?=[^aiuy])|(?<=[^aiuy])x")
_HISS = re.compile("^s|s(?=[^aiuy])|(?<=[^aiuy])s")
_HIATUS = re.compile("(?<=[au])(?=[aiu])")
_VOWEL = "[aeiouəıöüаաեէիօոაეიოუاوی]"
_BREATH = re.compile(rf"(?<={_VOWEL})[hհჰه](?={_VOWEL})|^[hհჰه](?=.*(?:[yi]an|յան|იანი?|یان)$)")


def marked(form: str) -> Iterator[str]:
    """Yield what a Latin word without marks may have been: Cavusoglu, çavuşoğlu.

    Not the word itself, and nothing for an Armenian or Georgian name.
    """
    if form.endswith(_UNMARKED):
        return

    russian = _RUSSIAN.search(form) is not None
    places: list[int] = []

    for bare in _BARE.finditer(form):
        if bare[0] == "c" or not russian:
            places.append(bare.start())

    choices = [_MARKED[form[place]] for place in places]
    for letters in islice(product(*choices), 1, _MOST_PLAIN):
        spelled = list(form)
        for place, letter in zip(places, letters, strict=True):
            spelled[place] = letter

        yield "".join(spelled)


def breathless(form: str) -> str:
    """Return a spelling without the h that Russian leaves out between vowels: anahit, anait."""
    return _BREATH.sub("", form)


def from_persian(sounds: str) -> list[str]:
    """Return what Persian's own spelling may hide.

    n before b where others have m (Qambar), -af that is no -ov (Ghalibaf).
    """
    with_m = re.sub("n(?=[bp])", "m", sounds)
    with_af = re.sub("uf$", "af", sounds)

    return [other for other in (with_m, with_af) if other != sounds]


def to_persian(sounds: str) -> list[str]:
    """Return a name's sounds, and those that Persian may write for them."""
    with_n = re.sub("m(?=[bp])", "n", sounds)
    with_uf = re.sub("af$", "uf", sounds)

    return list(dict.fromkeys((sounds, with_n, with_uf)))


def sounds_like(sounds: str, *, hiatus: bool = True) -> list[str]:
    """Return the other sounds that a name may have elsewhere.

    `hiatus`: two vowels in a row may have lost an h.
    """
    found = [
        _AFFRICATE.sub("s", sounds),  # Tsereteli, Azerbaijani Sereteli
        *_hissing(sounds),
        _STOP.sub(_other_voice, sounds),  # Mehdiyev, Мехтиев
    ]

    if hiatus:
        with_h = _HIATUS.sub("k", sounds, count=1)  # Анаит, Anahit
        found.append(with_h)

    with_ov = _HUSHED_EV.sub(_other_vowel, sounds)  # Orucov, Оруджев
    found.append(with_ov)
    found += _of_a_long_name(sounds)

    if _ARMENIAN.search(sounds):
        western = sounds.translate(_WESTERN)  # Petrosyan, Bedrosian
        found.append(western)
        if sounds[0] in "aiu":
            found.append("k" + sounds)  # Акопян, Hakobyan

    others = dict.fromkeys(found)
    others.pop(sounds, None)

    return list(others)


def _of_a_long_name(sounds: str) -> Iterator[str]:
    """Yield the other ends of a name of so many consonants that one may differ."""
    consonants = _count_consonants(sounds)
    if consonants < _TELLING:
        return

    last = sounds[-1]
    if last in _SWAPPED_HISS:
        yield sounds[:-1] + _SWAPPED_HISS[last]  # Nərgiz, نرگس

    if sounds.endswith("ak") and consonants >= _LONG:
        yield sounds[:-1]  # Абдуллах, Abdulla

    yield from _of_the_faith(sounds)


def _count_consonants(sounds: str) -> int:
    """Return how many sounds of a name are no vowels and no glide."""
    return sum(letter not in "aiuy" for letter in sounds)


def _other_voice(stop: re.Match[str]) -> str:
    """Return t for d and d for t."""
    return stop[0].translate(_SWAPPED_VOICE)


def _other_vowel(vowel: re.Match[str]) -> str:
    """Return a for u and u for a."""
    if vowel[0] == "u":
        return "a"

    return "u"


def _of_the_faith(sounds: str) -> Iterator[str]:
    """Yield the other spellings of a name in -ad-din: Sirojiddin, Siracəddin.

    Its vowel is any, and a long a before it is o in Tajik and Uzbek.
    """
    found = _DIN.search(sounds)
    if found is None:
        return

    before = sounds[: found.start()]
    after = sounds[found.end() :]

    with_long_a = before.replace("u", "a")
    with_o = _LAST_A.sub("u", before)

    for start in (before, with_long_a, with_o):
        for vowel in "aiu":
            yield start + vowel + after


def _hissing(sounds: str) -> list[str]:
    """Return a name with one of its first three s as ts."""
    found: list[str] = []
    for hiss in islice(_HISS.finditer(sounds), 3):
        before = sounds[: hiss.start()]
        after = sounds[hiss.end() :]
        found.append(f"{before}x{after}")

    return found


def unmarked(sounds: str, *, least: int = _LEAST) -> list[str]:
    """Return how English reads a Turkish name that lost its marks.

    c as s before e and i, else as k (a and e are one sound here). Names in -ov keep theirs as ch,
    sh. A name of fewer consonants than `least` says too little for that.
    """
    consonants = _count_consonants(sounds)
    if consonants < least or _SURNAME.search(sounds):
        return []

    plain = sounds
    if consonants > _LEAST:
        plain = sounds.replace("h", "s")

    readings: list[str] = []

    for soft in ("[cj](?=[ai])", "c(?=i)"):
        softened = re.sub(soft, "s", plain)
        readings.append(re.sub("c", "k", softened))

    if consonants >= _TELLING:
        softened = re.sub("[cj](?=i)", "s", plain)
        readings.append(re.sub("[cj]", "k", softened))  # Babacan

    return list(dict.fromkeys(readings))


def vowels_like(key: str) -> list[str]:
    """Return the keys of a long name with one vowel changed, lost or found.

    Turkestan, Türkistan; Erzurum, Էրզրում.
    """
    skeleton, _, vowels = key.partition("/")
    if len(skeleton) < _LONG:
        return []

    near: list[str] = []
    for place, vowel in enumerate(vowels):
        before = f"{skeleton}/{vowels[:place]}"
        after = vowels[place + 1 :]
        near += [before + other + after for other in "aiu." if other != vowel]

    return near
