"""Swedish compounds cut into their parts by the words that the term bank itself has, with a linking *s* between them. Pure."""

from collections.abc import Collection

SHORTEST_PART = 3
SHORTEST_REST = 3
"""Letters of a part that is no known word, beside one that is."""
LONGEST_COMPOUND = 60
"""Letters of a word that is cut; longer ones are left whole."""
LINK = "s"


def stretches(word: str) -> frozenset[str]:
    """What a part of ``word`` may be: every stretch of it of at least three letters, but the word itself.

    >>> sorted(stretches("sängs"))
    ['ngs', 'sän', 'säng', 'äng', 'ängs']
    """
    if len(word) > LONGEST_COMPOUND:
        return frozenset()
    return frozenset(
        word[start:end]
        for start in range(len(word) - SHORTEST_PART + 1)
        for end in range(start + SHORTEST_PART, len(word) + 1)
    ) - {word}


def parts(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The parts of a compound, in order: as few known words as it can be made of, else the longest known beginning or
    ending with the rest. Empty where it is none.

    >>> parts("utskrivningsdag", {"utskrivning", "dag"}), parts("vårdplats", {"vård", "plats", "lats"})
    (('utskrivning', 'dag'), ('vård', 'plats'))
    >>> parts("sjukhussäng", {"sjukhus"}), parts("patient", {"vård"})
    (('sjukhus', 'säng'), ())
    """
    if len(word) > LONGEST_COMPOUND:
        return ()
    return _whole(word, known) or _with_beginning(word, known) or _with_ending(word, known)


def joints(word: str, known: Collection[str]) -> tuple[int, ...]:
    """Where the parts of a compound meet, in letters from its beginning; a linking *s* stays with what is before it.

    >>> joints("utskrivningsdag", {"utskrivning", "dag"}), joints("sjukhussäng", {"sjukhus"}), joints("patient", {"vård"})
    ((12,), (7,), ())
    """
    found, at = [], 0
    for part in parts(word, known):
        start = at if word.startswith(part, at) else at + len(LINK)
        found.append(start)
        at = start + len(part)
    return tuple(found[1:])


def _whole(word: str, known: Collection[str]) -> tuple[str, ...]:
    """From the end backwards: the fewest words that the rest of the word from each place on is made of."""
    best: dict[int, tuple[str, ...]] = {len(word): ()}
    for start in range(len(word) - SHORTEST_PART, -1, -1):
        found = []
        for end in range(len(word), start + SHORTEST_PART - 1, -1):
            part = word[start:end]
            if part != word and part in known:
                found += [(part, *best[place]) for place in _next(word, end) if place in best]
        if found:
            best[start] = min(found, key=len)
    return best.get(0, ())


def _next(word: str, end: int) -> tuple[int, ...]:
    """Where the next part may begin: at once, or after a linking s. A word does not end with one."""
    return (end, end + 1) if word[end : end + 1] == LINK and end + 1 < len(word) else (end,)


def _with_beginning(word: str, known: Collection[str]) -> tuple[str, ...]:
    for end in range(len(word) - SHORTEST_REST, SHORTEST_PART - 1, -1):
        if word[:end] in known:
            rest = word[end:]
            linked = rest[1:] if rest[0] == LINK and len(rest) > SHORTEST_REST and rest[1] not in _VOWELS else rest
            return (word[:end], linked)
    return ()


def _with_ending(word: str, known: Collection[str]) -> tuple[str, ...]:
    for start in range(SHORTEST_REST, len(word) - SHORTEST_PART + 1):
        if word[start:] in known:
            return (word[:start].removesuffix(LINK), word[start:])
    return ()


_VOWELS = "aeiouyåäö"
