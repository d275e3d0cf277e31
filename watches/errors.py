"""The errors of watches and their mails."""

from news.errors import KhabarError


class WatchError(KhabarError):
    """A watch, an address or a mail setting is wrong; the message names it and says what to do.

    `where` names the watch before the sentence, `field` the field of `Watch` that is wrong.
    """

    def __init__(self, sentence: str, *, where: str = "", field: str = "") -> None:
        super().__init__(f"{where}: {sentence}" if where else sentence)
        self.sentence = sentence
        self.field = field
