"""Name keys: one spelling for a name in all scripts."""


def keys(word: str, folded: str, script: str, group: str) -> tuple[str, ...]:
    """Return the keys of a document's token, none unless it may be a name."""
    del word, folded, script, group
    return ()


def query_keys(word: str, folded: str, script: str, group: str) -> tuple[str, ...]:
    """Return the keys under which a query's word finds names, none unless it may be a name."""
    return keys(word, folded, script, group)
