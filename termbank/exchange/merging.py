"""What a concept becomes where a file says it otherwise: three sides, so that only what the file changes changes. Pure.

``existing`` is the concept in force, ``seen`` is the same as the file's format shows it (`records`), ``told`` is what the file
says. What the format cannot show is not in ``seen``, and stays.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from termbank.concepts.concept import Concept, Definition, Foreign, Notation, Note, Relation, Term
from termbank.concepts.wordings import Wording, ordered
from termbank.exchange.records import Says, covers
from termbank.notions import RelationKind

T = TypeVar("T", bound=Hashable)


def merged(existing: Concept, seen: Concept, told: Concept, says: Says) -> Concept:
    """The concept with what ``told`` has otherwise than ``seen``; what ``says`` does not cover is left."""
    seen, told = sayable(seen, says), sayable(told, says)
    return replace(
        existing,
        terms=_terms(existing.terms, seen.terms, told.terms),
        definitions=_definitions(existing.definitions, seen.definitions, told.definitions),
        notes=_notes(existing.notes, seen.notes, told.notes),
        examples=_notes(existing.examples, seen.examples, told.examples),
        problems=_notes(existing.problems, seen.problems, told.problems),
        relations=_relations(existing.relations, seen.relations, told.relations),
        subject_field=ordered(_changed(existing.subject_field, seen.subject_field, told.subject_field, _same_wording)),
        notations=_changed(existing.notations, seen.notations, told.notations, _same_notation),
        foreign=_foreign(existing.foreign, seen.foreign, told.foreign) if covers(says, "foreign") else existing.foreign,
    )


def sayable(concept: Concept, says: Says) -> Concept:
    """What of a concept a file can say at all."""
    return replace(
        concept,
        terms=tuple(one for one in concept.terms if covers(says, "terms", one.status.value, one.language)),
        definitions=tuple(one for one in concept.definitions if covers(says, "definitions", one.language)),
        notes=_sayable_notes(concept.notes, says, "notes"),
        examples=_sayable_notes(concept.examples, says, "examples"),
        problems=_sayable_notes(concept.problems, says, "problems"),
        relations=tuple(one for one in concept.relations if covers(says, "relations", one.kind.value)),
        subject_field=tuple(one for one in concept.subject_field if covers(says, "subject_field", one.language)),
        notations=concept.notations if covers(says, "notations") else (),
    )


def _sayable_notes(notes: Iterable[Note], says: Says, field: str) -> tuple[Note, ...]:
    kept = (
        replace(one, texts=tuple(said for said in one.texts if covers(says, field, said.language))) for one in notes
    )
    return tuple(one for one in kept if one.texts)


def _changed(
    existing: Sequence[T], seen: Sequence[T], told: Sequence[T], same: Callable[[T, T], bool]
) -> tuple[T, ...]:
    """Existing parts without those whose view was taken away, and then what was added."""
    gone = [one for one in seen if one not in set(told)]
    added = [one for one in told if one not in set(seen)]
    kept = [one for one in existing if not any(same(one, other) for other in gone)]
    return tuple(dict.fromkeys([*kept, *added]))


def _terms(existing: Sequence[Term], seen: Sequence[Term], told: Sequence[Term]) -> tuple[Term, ...]:
    gone = {one: None for one in seen if one not in set(told)}
    added = [one for one in told if one not in set(seen)]
    found: list[Term] = []
    for term in existing:
        views = [one for one in gone if _same_word(term, one)]
        if not views:
            found.append(term)
            continue
        again = next((one for one in added if _same_word(term, one)), None)
        if again is not None:
            added.remove(again)
            found.append(_updated(term, views[0], again))
    return tuple(dict.fromkeys([*found, *added]))


def _updated(term: Term, seen: Term, told: Term) -> Term:
    """The term with what the file says of it otherwise."""
    changes = {
        name: getattr(told, name)
        for name in ("status", "source", "grammar", "abbreviation", "homograph")
        if getattr(told, name) != getattr(seen, name)
    }
    return replace(term, text=told.text, **changes)


def _definitions(
    existing: Sequence[Definition], seen: Sequence[Definition], told: Sequence[Definition]
) -> tuple[Definition, ...]:
    """A definition whose text is the same keeps its source and the senses that were chosen in it."""
    gone = [one for one in seen if one not in set(told)]
    added = [one for one in told if one not in set(seen)]
    found: list[Definition] = []
    for one in existing:
        if not any(_same_wording(one, other) for other in gone):
            found.append(one)
            continue
        again = next((other for other in added if _same_wording(one, other)), None)
        if again is None:
            again = next((other for other in added if other.language == one.language), None)
            if again is not None:
                added.remove(again)
                found.append(again)
        else:
            added.remove(again)
            found.append(replace(one, source=again.source or one.source))
    return tuple(dict.fromkeys([*found, *added]))


def _notes(existing: Sequence[Note], seen: Sequence[Note], told: Sequence[Note]) -> tuple[Note, ...]:
    """Notes text by text: one that the file says otherwise keeps its place beside those in other languages."""
    shown, said = _texts(seen), _texts(told)
    gone = [one for one in shown if one not in set(said)]
    added = [one for one in said if one not in set(shown)]
    if not gone and not added:
        return tuple(existing)
    found: list[Note] = []
    for note in existing:
        texts: list[Wording] = []
        for one in note.texts:
            view = next((other for other in gone if _is_view(note, one, other)), None)
            if view is None:
                texts.append(one)
                continue
            new = next((other for other in added if other.language == one.language), None)
            if new is not None:
                added.remove(new)
                texts.append(new)
        if texts:
            found.append(replace(note, texts=tuple(texts)))
    return tuple(dict.fromkeys([*found, *_together(added, told)]))


def _together(added: Sequence[Wording], told: Sequence[Note]) -> list[Note]:
    """The notes that are new, with those of their texts that are."""
    new = set(added)
    found = [replace(note, texts=tuple(one for one in note.texts if one in new)) for note in told]
    return [note for note in found if note.texts]


def _texts(notes: Iterable[Note]) -> list[Wording]:
    return [one for note in notes for one in note.texts]


def _relations(
    existing: Sequence[Relation], seen: Sequence[Relation], told: Sequence[Relation]
) -> tuple[Relation, ...]:
    """A relation stays as long as some view of it stays: a format may show its kind as another."""
    views, said = [_bare(one) for one in seen], [_bare(one) for one in told]
    there, before = set(said), set(views)
    found: list[Relation] = []
    for one in existing:
        own = [view for view in views if view.target == _bare(one).target and _side(view, one, views)]
        if not own or any(view in there for view in own):
            found.append(one)
    known = {_bare(one) for one in found}
    return tuple(dict.fromkeys([*found, *(one for one in said if one not in before and one not in known)]))


def _side(view: Relation, one: Relation, views: Sequence[Relation]) -> bool:
    """Whether a view is of this relation: of its kind, or of another where the format has no such kind for its target."""
    if view.kind == one.kind:
        return True
    return _bare(one) not in views and one.kind is not RelationKind.CONTESTED


def _bare(relation: Relation) -> Relation:
    return Relation(relation.kind, replace(relation.target, key=""))


def _foreign(existing: Foreign | None, seen: Foreign | None, told: Foreign | None) -> Foreign | None:
    if told is None:
        return replace(existing, statements=()) if existing and seen and seen.statements else existing
    if existing is None:
        return told
    before = set(seen.statements) if seen else set()
    gone, added = before - set(told.statements), set(told.statements) - before
    return replace(existing, statements=tuple(sorted((set(existing.statements) - gone) | added)))


def _same_word(one: Term, other: Term) -> bool:
    return (_spaced(one.text), one.language) == (_spaced(other.text), other.language)


def _same_wording(one: Wording | Definition, other: Wording | Definition) -> bool:
    return (_spaced(one.text), one.language) == (_spaced(other.text), other.language)


def _same_notation(one: Notation, other: Notation) -> bool:
    return one.text == other.text and (not other.datatype or one.datatype == other.datatype)


def _is_view(note: Note, text: Wording, view: Wording) -> bool:
    """Whether ``view`` is the text as a format shows it: with or without its source in brackets."""
    shown = {_spaced(text.text), *(_spaced(f"{text.text} ({cited})") for cited in (note.source, note.url) if cited)}
    return text.language == view.language and _spaced(view.text) in shown


def _spaced(text: str) -> str:
    """
    >>> _spaced("a\\n b")
    'a b'
    """
    return " ".join(text.split())


def is_same(one: Concept, other: Concept) -> bool:
    """Whether two concepts say the same, whatever the order of what has none."""
    return one.as_content() == other.as_content()
