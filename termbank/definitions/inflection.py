"""Whether a word in a text is a form of a given term's word: *disponibla* of *disponibel*, *huvudmän* of *huvudman*.

Stems come from Snowball. The comparison has a direction: the text's word is reduced towards the term's, never the
other way, because a stemmer takes *vårdenhet* for a form of *vården*.
"""

from functools import cache, lru_cache

import snowballstemmer

_NAMES = {"sv": "swedish", "en": "english"}
_VOWEL_DROPPED = ("en", "el", "er")


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; in a language without a stemmer here, the word itself.

    >>> stem("beläggningen", "sv"), stem("wards", "en")
    ('beläggning', 'ward')
    """
    name = _NAMES.get(language)
    return str(snowballstemmer.stemmer(name).stemWord(word)) if name else word


@cache
def bases(word: str, language: str) -> frozenset[str]:
    """What forms of a term's word may be reduced to.

    >>> sorted(bases("sluten", "sv"))
    ['slut', 'sluten', 'slutn']
    """
    found = {word, stem(word, language)}
    if language == "sv":
        if word.endswith(_VOWEL_DROPPED) and len(word) > 4:
            found.add(word[:-2] + word[-1])
        if word.endswith("man"):
            found.add(word[:-3] + "män")
        if word.endswith(("e", "bar", "klar")):
            found.add(stem(word + "t", language))
        if word.endswith("d"):
            found.add(stem(word[:-1] + "t", language))
    return frozenset(found)


@lru_cache(maxsize=65_536)
def is_form_of(word: str, term_word: str, language: str) -> bool:
    """Whether ``word``, met in a text, is a form of ``term_word``; both folded.

    >>> is_form_of("slutna", "sluten", "sv"), is_form_of("vården", "vårdenhet", "sv")
    (True, False)
    """
    return word == term_word or stem(word, language) in bases(term_word, language)
