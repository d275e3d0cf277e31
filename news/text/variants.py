"""Other spellings to ask for: what the practices of the region's languages make of one name where no class of sounds can join them.

Only a query has them, so they cost the index nothing. Each rule gives whole words in sounds (see names.py), one change at a time; a name rarely meets two.
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
    """Yield what a Latin word without marks may have been: Cavusoglu, çavuşoğlu. Not the word itself, and not an Armenian or Georgian name."""
    if form.endswith(_UNMARKED):
        return
    places = [
        found.start()
        for found in _BARE.finditer(form)
        if found[0] == "c" or not _RUSSIAN.search(form)
    ]
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
    """Return what Persian's own spelling may hide: n before b where others have m (Qambar), -af that is no -ov (Ghalibaf)."""
    return [
        other
        for other in (re.sub("n(?=[bp])", "m", sounds), re.sub("uf$", "af", sounds))
        if other != sounds
    ]


def to_persian(sounds: str) -> list[str]:
    """Return a name's sounds, and those that Persian may write for them."""
    return list(
        dict.fromkeys((sounds, re.sub("m(?=[bp])", "n", sounds), re.sub("af$", "uf", sounds)))
    )


def sounds_like(sounds: str, *, hiatus: bool = True) -> list[str]:
    """Return the other sounds that a name may have elsewhere; `hiatus` when two vowels in a row may have lost an h."""
    consonants = sum(letter not in "aiuy" for letter in sounds)
    found = [_AFFRICATE.sub("s", sounds), *_hissing(sounds)]  # Tsereteli, Azerbaijani Sereteli
    found += [
        _STOP.sub(lambda stop: stop[0].translate(_SWAPPED_VOICE), sounds)
    ]  # Mehdiyev, Мехтиев
    found += [_HIATUS.sub("k", sounds, count=1)] if hiatus else []  # Анаит, Anahit
    found += [_HUSHED_EV.sub(lambda vowel: "ua"[vowel[0] == "u"], sounds)]  # Orucov, Оруджев
    found += (
        [sounds[:-1] + _SWAPPED_HISS[sounds[-1]]]
        if sounds[-1:] in _SWAPPED_HISS and consonants >= _TELLING
        else []
    )  # Nərgiz, نرگس
    found += (
        [sounds[:-1]] if sounds.endswith("ak") and consonants >= _LONG else []
    )  # Абдуллах, Abdulla
    found += _of_the_faith(sounds) if consonants >= _TELLING else []
    if _ARMENIAN.search(sounds):
        found += [sounds.translate(_WESTERN)]  # Petrosyan, Bedrosian
        found += ["k" + sounds] if sounds[0] in "aiu" else []  # Акопян, Hakobyan
    return [each for each in dict.fromkeys(found) if each != sounds]


def _of_the_faith(sounds: str) -> Iterator[str]:
    """Yield the other spellings of a name in -ad-din: Sirojiddin, Siracəddin. Its vowel is any, and a long a before it is o in Tajik and Uzbek."""
    if found := _DIN.search(sounds):
        before, after = sounds[: found.start()], sounds[found.end() :]
        for beginning in (before, before.replace("u", "a"), _LAST_A.sub("u", before)):
            yield from (beginning + vowel + after for vowel in "aiu")


def _hissing(sounds: str) -> list[str]:
    return [
        sounds[: found.start()] + "x" + sounds[found.end() :]
        for found in islice(_HISS.finditer(sounds), 3)
    ]


def unmarked(sounds: str, *, least: int = _LEAST) -> list[str]:
    """Return how English reads a Turkish name that lost its marks: c as s before e and i, else as k (a and e are one sound here). Names in -ov keep theirs as ch, sh.

    A name of fewer consonants than `least` says too little for that.
    """
    consonants = sum(letter not in "aiuy" for letter in sounds)
    if consonants < least or _SURNAME.search(sounds):
        return []
    plain = sounds.replace("h", "s") if consonants > _LEAST else sounds
    readings = [re.sub("c", "k", re.sub(soft, "s", plain)) for soft in ("[cj](?=[ai])", "c(?=i)")]
    hard = re.sub("[cj]", "k", re.sub("[cj](?=i)", "s", plain))  # Babacan
    return list(dict.fromkeys((*readings, hard) if consonants >= _TELLING else readings))


def vowels_like(key: str) -> list[str]:
    """Return the keys of a long name with one vowel changed, lost or found: Turkestan, Türkistan; Erzurum, Էրզրում."""
    skeleton, _, vowels = key.partition("/")
    if len(skeleton) < _LONG:
        return []
    return [
        f"{skeleton}/{vowels[:place]}{other}{vowels[place + 1 :]}"
        for place, vowel in enumerate(vowels)
        for other in "aiu."
        if other != vowel
    ]
