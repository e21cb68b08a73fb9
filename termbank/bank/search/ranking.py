"""The order of what a search found, and by which label each concept was found. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from registry.swedish import words
from termbank.bank.search.tokens import SHORTEST_ENDING, whole
from termbank.definitions.inflection import is_form_of, stem
from termbank.notions import TermStatus


class Rank(IntEnum):
    """How well a label fits what was asked, the best last."""

    TEXT = 0
    """No label: the words are in the definition or in a note."""
    INSIDE = 1
    """The words are parts of compounds."""
    WORDS = 2
    BEGINNING = 3
    FORM = 4
    """It is the label in another form: *vårdplatser* for *vårdplats*."""
    EXACT = 5


@dataclass(frozen=True, slots=True)
class Label:
    """A term of a concept, as far as a search shows it."""

    text: str
    language: str
    status: TermStatus


@dataclass(frozen=True, slots=True)
class Found:
    """A concept that may fit, with its labels. ``has_label`` says that it was found by them, not by its texts.

    ``title`` is what it is called in the reader's language, and ``sort_key`` where that stands in a list.
    """

    item: str
    version: str
    title: str
    sort_key: bytes
    labels: tuple[Label, ...]
    has_label: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that fits. ``label`` is the one that it was found by; none where its texts have the words."""

    found: Found
    rank: Rank
    label: Label | None = None


_STATUS_ORDER = (TermStatus.HIDDEN, TermStatus.DEPRECATED, TermStatus.ADMITTED, TermStatus.PREFERRED)


def ranked(
    candidates: Iterable[Found], asked: Sequence[str], language: str, status: TermStatus | None = None
) -> list[Hit]:
    """The candidates, best first, then in Swedish order; with ``status``, those that were found by such a label.

    How well the label fits counts first, then whether it is to be used, then whether it is of the reader's language.
    """
    placed = []
    for one in candidates:
        score, hit = _best(one, asked, language, status)
        if status is None or hit.label is not None:
            placed.append((tuple(-number for number in score), one.sort_key, one.item, hit))
    return [hit for *_, hit in sorted(placed, key=lambda place: place[:3])]


def _best(
    one: Found, asked: Sequence[str], language: str, status: TermStatus | None
) -> tuple[tuple[int, int, int], Hit]:
    best, hit = (-1, 0, 0), Hit(one, Rank.TEXT)
    for label in one.labels:
        rank = fit(label, asked, is_inside=one.has_label)
        if rank is None or (status is not None and label.status is not status):
            continue
        score = (int(rank), _STATUS_ORDER.index(label.status), int(label.language == language))
        if score > best:
            best, hit = score, Hit(one, rank, label)
    return best, hit


def fit(label: Label, asked: Sequence[str], *, is_inside: bool) -> Rank | None:
    """How well a label fits; ``is_inside`` lets words be any part of it, where the database knows that they are.

    >>> säng = Label("sjukhussäng", "sv", TermStatus.PREFERRED)
    >>> [fit(säng, (word,), is_inside=False) for word in ("sjukhussängar", "sjukhus", "säng", "hus")]
    [<Rank.FORM: 4>, <Rank.BEGINNING: 3>, <Rank.INSIDE: 1>, None]
    """
    spelled, targets = whole(label.text), words(label.text)
    if spelled == (said := " ".join(asked)):
        return Rank.EXACT
    if len(asked) == len(targets) and all(
        is_form_of(word, target, label.language) for word, target in zip(asked, targets, strict=True)
    ):
        return Rank.FORM
    if spelled.startswith(said) and len(said) > 1:
        return Rank.BEGINNING
    if all(any(_begins(word, target, label.language) for target in targets) for word in asked):
        return Rank.WORDS
    if all(any(_is_part(word, target, label.language, is_inside=is_inside) for target in targets) for word in asked):
        return Rank.INSIDE
    return None


def _begins(word: str, target: str, language: str) -> bool:
    return (len(word) > 1 and target.startswith(word)) or is_form_of(word, target, language)


def _is_part(word: str, target: str, language: str, *, is_inside: bool) -> bool:
    if _begins(word, target, language):
        return True
    forms = (word, stem(word, language))
    if len(word) >= SHORTEST_ENDING and target.endswith(forms):
        return True
    return is_inside and any(len(form) > 2 and form in target for form in forms)
