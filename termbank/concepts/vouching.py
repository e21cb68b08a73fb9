"""Whether what vouches for a text vouches for this text: source, date, status and how it was read are of one wording. Pure.

Whoever writes a new version begins with the one before it. What stands there of the source would then vouch for words that nobody
has read there. So a changed wording needs new words on how, or of which date, the source says it; or none of them, where it is
the writer's own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from registry.findings import Finding, Place, Text
from registry.swedish import words
from termbank.concepts.concept import Concept, Definition, Note, Relation, Source, Term
from termbank.concepts.wordings import Said
from termbank.finding_texts.all import FINDINGS
from termbank.notions import Origin, TermStatus

Remark = TypeVar("Remark", Note, Relation, Term)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier published version: its number, and what it said."""

    number: int
    concept: Concept


def unvouched(now: Concept, earlier: Sequence[Earlier], base: Concept | None) -> list[Finding]:
    """What vouches for other words than a version says. ``earlier`` are the item's published versions, the newest first;
    ``base`` is the one that it was begun from: what that says already is not asked about again."""
    return [*_of_sources(now, earlier, base), *_of_definitions(now, earlier, base), *_of_remarks(now, base)]


def _of_sources(now: Concept, earlier: Sequence[Earlier], base: Concept | None) -> Iterator[Finding]:
    if not now.sources or (base is not None and _is_said_alike(now, base)):
        return
    told = [(source, _told_otherwise(now, source, earlier)) for source in now.sources]
    is_any_new = any(other is None for _, other in told)
    for source, other in told:
        if other is None:
            continue
        code = "TERM-017" if is_any_new else "TERM-016"
        params: dict[str, str | int | Text] = {"source": source.title or source.url, "number": other.number}
        yield FINDINGS.found(code, params, (Place(field="source_verification_sv"),))
        if not is_any_new:
            return


def _told_otherwise(now: Concept, source: Source, earlier: Sequence[Earlier]) -> Earlier | None:
    """The newest version for which the same was said of the source, and that had other words, or gave them as something else."""
    claim = _claim(source)
    for one in earlier:
        if claim in map(_claim, one.concept.sources):
            is_given_alike = now.origin is Origin.PROPOSAL or _given_as(now) == _given_as(one.concept)
            if not is_given_alike or has_other_words(now, one.concept):
                return one
    return None


def _is_said_alike(now: Concept, base: Concept) -> bool:
    return (
        not has_other_words(now, base)
        and _given_as(now) == _given_as(base)
        and {_claim(one) for one in now.sources} <= {_claim(one) for one in base.sources}
    )


def _given_as(concept: Concept) -> tuple[Origin, bool]:
    """What the words are said to be: the source's own or somebody's proposal, quoted or rendered."""
    return concept.origin, concept.rendering


def _claim(source: Source) -> tuple[tuple[str, ...], ...]:
    """What is said of when and how a source was read, whatever its punctuation. Its address says where, not what."""
    return _folded(source.title), _folded(source.date), *sorted(_folded(one.text) for one in source.verification)


def has_other_words(now: Concept, before: Concept) -> bool:
    """Whether terms or definitions are others than before, in a language in which there are some now."""
    said = _wording(before)
    return any(said.get(language) != texts for language, texts in _wording(now).items())


def _wording(concept: Concept) -> Mapping[tuple[str, str], list[str]]:
    preferred = [one for one in concept.terms if one.status is TermStatus.PREFERRED]
    found: dict[tuple[str, str], list[str]] = {}
    for part, texts in (("term", preferred), ("definition", concept.definitions)):
        for one in texts:
            found.setdefault((part, one.language), []).append(_spaced(one.text))
    return found


def _of_definitions(now: Concept, earlier: Sequence[Earlier], base: Concept | None) -> Iterator[Finding]:
    """Definitions with a source of their own that was given for another text."""
    known = {_cited(one) for one in base.definitions} if base else set()
    for one in now.definitions:
        if not _vouch(one) or _cited(one) in known:
            continue
        for version in earlier:
            same = [
                had
                for had in version.concept.definitions
                if had.language == one.language and _vouch(had) == _vouch(one)
            ]
            if same and all(_spaced(had.text) != _spaced(one.text) for had in same):
                params: dict[str, str | int | Text] = {"source": one.source or one.url, "number": version.number}
                yield FINDINGS.found("TERM-018", params, (Place(field=f"definition_{one.language}"),))
                break


def _cited(one: Definition) -> tuple[str, str, object]:
    return one.language, _spaced(one.text), _vouch(one)


def _of_remarks(now: Concept, base: Concept | None) -> Iterator[Finding]:
    """Notes, examples, problems, terms and relations that name a source and were rewritten, while the source was left."""
    if base is None:
        return
    yield from _left_at("notes", now.notes, base.notes, lambda note: note.texts)
    yield from _left_at("examples", now.examples, base.examples, lambda note: note.texts)
    yield from _left_at("problems", now.problems, base.problems, lambda note: note.texts)
    yield from _left_at("contested", now.contested, base.contested, lambda relation: relation.texts)
    yield from _left_at("more_terms", now.terms, base.terms, lambda term: (term,))


def _left_at(
    field: str, now: Iterable[Remark], before: Iterable[Remark], texts_of: Callable[[Remark], Iterable[Said]]
) -> Iterator[Finding]:
    said_now = {_remark(one, texts_of) for one in now}
    said_before = {_remark(one, texts_of) for one in before}
    gone = {vouch for texts, vouch in said_before - said_now if vouch}
    left = [one for one in now if _vouch(one) in gone and _remark(one, texts_of) not in said_before]
    for one in left:
        yield FINDINGS.found("TERM-019", {"source": one.source}, (Place(field=field),))


def _remark(
    one: Remark, texts_of: Callable[[Remark], Iterable[Said]]
) -> tuple[frozenset[tuple[str, str]], tuple[tuple[str, ...], ...]]:
    return frozenset((said.language, _spaced(said.text)) for said in texts_of(one)), _vouch(one)


def _vouch(one: Definition | Note | Relation | Term) -> tuple[tuple[str, ...], ...]:
    """What is cited for a text; empty where nothing is."""
    cited = (_folded(one.source), _folded(getattr(one, "url", "")))
    return cited if any(cited) else ()


def _folded(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _spaced(text: str) -> str:
    return " ".join(text.split())
