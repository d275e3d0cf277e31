"""Reports, copies and what outlets do to them, made from a seed.

The material of dedupe's tests and of its bench.
"""

import random
from dataclasses import dataclass

SYLLABLES = {
    "en": (
        "ba",
        "cor",
        "den",
        "el",
        "far",
        "gul",
        "har",
        "im",
        "jun",
        "kel",
        "lor",
        "min",
        "nor",
        "ol",
        "par",
        "qua",
        "rin",
        "sol",
        "tam",
        "ur",
        "vel",
        "wes",
    ),
    "ru": (
        "ба",
        "вор",
        "го",
        "дел",
        "ер",
        "жи",
        "зал",
        "ин",
        "кор",
        "ло",
        "мир",
        "ное",
        "оп",
        "пре",
        "рос",
        "ста",
        "тем",
        "ук",
        "фил",
        "хор",
        "цен",
        "чи",
    ),
    "hy": (
        "ար",
        "բան",
        "գոր",
        "դեմ",
        "եղ",
        "զոր",
        "թե",
        "իր",
        "լոս",
        "խոս",
        "կար",
        "հայ",
        "մեծ",
        "նոր",
        "շեն",
        "ոլ",
        "պետ",
        "սար",
        "վեր",
        "տուն",
        "քաղ",
    ),
    "ka": (
        "ბა",
        "გორ",
        "დე",
        "ელ",
        "ვარ",
        "ზე",
        "თბი",
        "ის",
        "კავ",
        "ლი",
        "მთა",
        "ნო",
        "ორ",
        "პი",
        "რუს",
        "სა",
        "ტი",
        "უნ",
        "ქარ",
        "შვი",
    ),
    "fa": (
        "با",
        "تر",
        "جم",
        "خو",
        "دار",
        "را",
        "زن",
        "سر",
        "شه",
        "کا",
        "گر",
        "لی",
        "می",
        "نو",
        "هم",
        "وز",
        "یا",
        "آب",
    ),
    "az": (
        "ba",
        "çay",
        "dağ",
        "ev",
        "gəl",
        "haq",
        "iş",
        "köç",
        "lər",
        "mə",
        "nə",
        "öl",
        "qar",
        "rə",
        "sü",
        "şə",
        "tü",
        "üz",
        "və",
        "xə",
        "yol",
    ),
}
BOILERPLATE = (
    "Sign up for our daily letter and get what matters every morning straight into your "
    "inbox, free of charge, and leave whenever you want to.",
    "All rights reserved. Nothing on these pages may be copied, printed or broadcast again "
    "without the written leave of the publishing house.",
    "Follow our channels so that you miss nothing. Read further on this site: the weather "
    "for the weekend, the new tariffs, the list of the winners.",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One text of a mixture: the story it belongs to, and how it was made."""

    story: int
    kind: str
    text: str


class Writer:
    """Writes reports of invented words, no two alike."""

    def __init__(self, seed: int, language: str = "en") -> None:
        self.random = random.Random(seed)
        syllables = SYLLABLES[language]
        self.words = sorted(
            {
                "".join(self.random.choices(syllables, k=self.random.choice((1, 2, 2, 3))))
                for _ in range(6000)
            }
        )
        self.weights = [1 / (rank + 8) for rank in range(len(self.words))]
        self.random.shuffle(self.words)

    def sentence(self) -> str:
        """Return a sentence of 8 to 24 words."""
        words = self.random.choices(self.words, self.weights, k=self.random.randint(8, 24))
        return " ".join(words).capitalize() + "."

    def sentences(self, count: int) -> list[str]:
        """Return that many sentences."""
        return [self.sentence() for _ in range(count)]

    def report(self, sentences: int = 18) -> str:
        """Return a text of that many sentences."""
        return join(self.sentences(sentences))

    def copies(self, report: str, other: str) -> dict[str, str]:
        """Return what outlets make of a report, by kind; `other` is an unrelated one."""
        lines = split(report)
        half = len(lines) // 2
        box = self.random.choice(BOILERPLATE)
        return {
            "same": report.upper() if self.random.random() < 0.2 else report.replace(". ", ".\n\n"),
            "dateline": f"Tbilisi, 12 November. {report}",
            "trimmed": join(lines[: max(6, len(lines) * 6 // 10)]),
            "boxed": f"{box} {report} {self.random.choice(BOILERPLATE)}",
            "inserted": join(lines[:half] + self.sentences(2) + lines[half:]),
            "reworded": self.reword(report, 0.03),
            "merged": f"{report} {other}",
            "excerpt": join(lines[:4]) + " " + self.sentence(),
            "half": join(lines[: half + 2]) + " " + join(split(other)[: half // 2 + 1]),
        }

    def reword(self, text: str, rate: float) -> str:
        """Return the text with some words replaced."""
        return " ".join(
            self.random.choice(self.words) if self.random.random() < rate else word
            for word in text.split()
        )


def join(sentences: list[str]) -> str:
    """Return sentences as a text."""
    return " ".join(sentences)


def split(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [f"{part.strip('. ')}." for part in text.split(". ") if part.strip(". ")]


def mixture(seed: int, stories: int, *, language: str = "en", alone: int = 0) -> list[Sample]:
    """Return stories with all kinds of copies, unrelated reports.

    And boilerplate over a third of everything, shuffled.
    """
    writer = Writer(seed, language)
    found = []
    for story in range(stories):
        report = writer.report(writer.random.randint(12, 26))
        other = writer.report(writer.random.randint(10, 20))
        found.append(Sample(story, "report", report))
        found.append(Sample(stories + alone + story, "alone", other))
        found += [Sample(story, kind, text) for kind, text in writer.copies(report, other).items()]
    for number in range(alone):
        text = writer.report(writer.random.randint(8, 24))
        found.append(
            Sample(
                stories + number,
                "alone",
                f"{text} {writer.random.choice(BOILERPLATE)}" if number % 3 else text,
            )
        )
    writer.random.shuffle(found)
    return found
