"""The concepts around one: those that it names or that name it, the hierarchy above and below, and those in its words.

A page of a concept reads these and no others, so that it costs the same however many concepts there are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, union
from sqlalchemy.orm import Session

from registry import clock
from registry.content import canonical as canonical_content
from registry.items import queries as items
from registry.items.tables import Item, Version
from termbank.bank.projection import linked_texts, spelled
from termbank.bank.search.tokens import whole
from termbank.bank.tables import DefinitionUse, RelationRow, TermRow, TermStart
from termbank.concepts.concept import Concept
from termbank.concepts.content import read
from termbank.notions import CONCEPT, HIERARCHICAL, SCHEME, RelationKind

MOST_BELOW = 200
"""Narrower concepts, coordinate ones, and those that name the concept, that a page shows of each; it says where there are more."""
DEEPEST = 3
MOST_CHECKED = 2_000
"""Concepts below one, and concepts that definitions rest on through others, that a check looks at of each."""
DEEPEST_CHECKED = 30
MOST_WORDS = 5_000
"""Words of a concept's texts that are looked up; a longer text has no more links."""
MOST_TOGETHER = 50
"""Concepts that one statement looks around."""
AT_ONCE = 500
"""Ids in one statement."""


def concept_of(version: Version) -> Concept:
    """The version's content as a concept, which names others as it was written. What was read once is kept: it never changes."""
    return _read(version.content_text)


@lru_cache(maxsize=4096)
def _read(content_text: str) -> Concept:
    return read(canonical_content.parse(content_text))


def located(concept: Concept, keys: Mapping[str, str]) -> Concept:
    """The concept with the keys of what it names; the same object where it names everything by key already."""
    if not concept.item:
        return concept
    return replace(concept.located(keys), scheme=concept.scheme.located(keys))


def keys_of(versions: Iterable[Version]) -> dict[str, str]:
    """The keys of the items of versions, by id."""
    return {version.item_id: version.item.slug for version in versions}


def bearers(session: Session, words: Iterable[tuple[str, str]]) -> list[Version]:
    """The versions in force or coming of the concepts that have a term beginning with one of these words."""
    found: dict[str, Version] = {}
    by_language: dict[str, list[str]] = {}
    for language, word in sorted(words):
        by_language.setdefault(language, []).append(word)
    for language, some in by_language.items():
        for start in range(0, len(some), MOST_WORDS):
            named = _bearing(language, some[start : start + MOST_WORDS])
            query = select(Version).join(Item).where(Version.item_id.in_(named), items.not_ended())
            found |= {version.id: version for version in session.scalars(query)}
    return list(found.values())


def around(session: Session, item: Item, concept: Concept, on: date | None = None) -> list[Version]:
    """The versions in force or coming of the concepts around one, of itself, and of the schemes; one statement."""
    day = on or clock.today()
    broader = _named(concept, HIERARCHICAL)
    wanted: list[Select[str]] = [
        _above(broader, day),
        _below([item.id], day, DEEPEST, MOST_BELOW),
        _limited(select(RelationRow.item_id).where(RelationRow.target_id.in_(_ids(broader)), _is_hierarchical())),
        _limited(
            select(RelationRow.item_id).where(
                RelationRow.target_id == item.id, RelationRow.kind == RelationKind.ASSOCIATIVE.value
            )
        ),
        _ids(_named(concept, tuple(RelationKind))),
        *(_bearing(language, words) for language, words in _words(concept).items()),
    ]
    ids = union(*wanted).subquery()
    return _versions(session, or_(Item.id == item.id, Item.id.in_(select(ids.c[0]))), day)


def concerned(session: Session, looked_at: Mapping[str, Concept], on: date | None = None) -> list[Version]:
    """The versions in force or coming of the concepts that a check of some looks at, of these themselves, and of the schemes.

    ``looked_at``: concepts by the ids of their items; by an empty one, a concept that is not kept yet. One statement for one
    concept; for several, two for as many as have `MOST_WORDS` words together.

    Those around each, all above and below it, those with its terms, those with a word of its texts, and what the
    definitions of the latter rest on.
    """
    day = on or clock.today()
    parts = list(_in_parts(looked_at))
    if len(parts) == 1:
        return _versions(session, Item.id.in_(_ids_concerned(parts[0], day)), day)
    ids = sorted({one for part in parts for one in session.scalars(_ids_concerned(part, day))})
    found: dict[str, Version] = {}
    for start in range(0, len(ids), AT_ONCE):
        found |= {one.id: one for one in _versions(session, Item.id.in_(ids[start : start + AT_ONCE]), day)}
    return list(found.values())


def with_keys(session: Session, slugs: Iterable[str], on: date | None = None) -> list[Version]:
    """The versions in force or coming of the concepts with these keys, and of the schemes; a statement for five hundred."""
    day, keys = on or clock.today(), sorted(slugs)
    found: dict[str, Version] = {}
    for start in range(0, max(len(keys), 1), AT_ONCE):
        found |= {one.id: one for one in _versions(session, Item.slug.in_(keys[start : start + AT_ONCE]), day)}
    return list(found.values())


def _in_parts(looked_at: Mapping[str, Concept]) -> Iterator[dict[str, Concept]]:
    """As many concepts together as one statement can look around."""
    part: dict[str, Concept] = {}
    number = 0
    for item_id, concept in looked_at.items():
        words = sum(map(len, _words(concept).values()))
        if part and (number + words > MOST_WORDS or len(part) == MOST_TOGETHER):
            yield part
            part, number = {}, 0
        part[item_id] = concept
        number += words
    yield part


def _ids_concerned(looked_at: Mapping[str, Concept], day: date) -> Select[str]:
    """The ids of the items of these concepts and of those that a check of them looks at."""
    concepts, most = list(looked_at.values()), len(looked_at)
    own = sorted(filter(None, looked_at))
    named = or_(*(_named(one, tuple(RelationKind)) for one in concepts), false())
    words: dict[str, set[str]] = {}
    for concept in concepts:
        for language, some in _words(concept).items():
            words.setdefault(language, set()).update(some)
    bearing = [_bearing(language, sorted(some)) for language, some in sorted(words.items())]
    terms = sorted({whole(term.text) for concept in concepts for term in concept.terms})
    wanted: list[Select[str]] = [
        _above(named, day, most),
        _ids(or_(named, Item.id.in_(own))),
        _limited(select(TermRow.item_id).where(TermRow.whole.in_(terms)), MOST_BELOW * most),
        *(_limited(query, MOST_CHECKED * most) for query in bearing),
        *(_rested_on(query, day, place, most) for place, query in enumerate(bearing)),
    ]
    if own:
        wanted += [
            _below(own, day, DEEPEST_CHECKED, MOST_CHECKED * most),
            _limited(select(RelationRow.item_id).where(RelationRow.target_id.in_(own)), MOST_BELOW * most),
        ]
    ids = union(*wanted).subquery()
    return select(ids.c[0])


def _versions(session: Session, chosen: ColumnElement[bool], day: date) -> list[Version]:
    """The versions in force or coming of the concepts chosen, and of the schemes."""
    return list(
        session.scalars(
            select(Version)
            .join(Item)
            .where(or_(and_(Item.kind == CONCEPT, chosen), Item.kind == SCHEME), items.not_ended(day))
            .order_by(Item.slug, Version.number)
        )
    )


def _rested_on(start: Select[str], day: date, place: int, most: int) -> Select[str]:
    """What the definitions of some concepts rest on, and those of these, as far as there are any."""
    on = start.cte(f"rested_on_{place}", recursive=True)
    steps = (
        select(Version.item_id.label("of"), DefinitionUse.item_id.label("used"))
        .join(Version, Version.id == DefinitionUse.version_id)
        .where(items.in_force(day))
        .subquery(f"rests_{place}")
    )
    on = on.union(select(steps.c.used).join(on, steps.c.of == on.c[0]))
    return _limited(select(on.c[0]), MOST_CHECKED * most)


def defined_with(session: Session, item: Item, language: str) -> tuple[list[tuple[str, str]], int]:
    """The concepts in force whose Swedish definitions use a term of this one: (address, what it is called) of the first, in
    order, and how many there are; one statement."""
    names = TermRow.names_en if language == "en" else TermRow.names_sv
    rows = session.execute(
        select(func.coalesce(Item.address, Item.slug), TermRow.text, func.count().over())
        .join(Version, Version.item_id == Item.id)
        .join(DefinitionUse, DefinitionUse.version_id == Version.id)
        .join(TermRow, and_(TermRow.version_id == Version.id, names))
        .where(DefinitionUse.item_id == item.id, DefinitionUse.language == "sv", items.in_force())
        .order_by(TermRow.sort_key)
        .limit(MOST_BELOW)
    ).all()
    return [(address, text) for address, text, _ in rows], rows[0][2] if rows else 0


def _named(concept: Concept, kinds: tuple[RelationKind, ...]) -> ColumnElement[bool]:
    """The condition on `Item` for what the concept names in relations of these kinds, or as a chosen sense."""
    targets = [relation.target for relation in concept.related_by(*kinds)]
    if len(kinds) == len(RelationKind):
        targets = list(concept.targets)
    ids = sorted({target.item for target in targets if target.item})
    keys = sorted({target.key for target in targets if target.key and not target.item})
    return and_(Item.kind == CONCEPT, or_(Item.id.in_(ids), Item.slug.in_(keys)))


def _ids(condition: ColumnElement[bool]) -> Select[str]:
    return select(Item.id).where(condition)


def _is_hierarchical() -> ColumnElement[bool]:
    return RelationRow.kind.in_([kind.value for kind in HIERARCHICAL])


def _in_force(day: date) -> Select[str, str | None]:
    return (
        select(RelationRow.item_id, RelationRow.target_id)
        .join(Version, Version.id == RelationRow.version_id)
        .where(_is_hierarchical(), items.in_force(day))
    )


def _above(broader: ColumnElement[bool], day: date, most: int = 1) -> Select[str]:
    """The broader concepts, and those above them as far as there are any. A circle ends where it begins."""
    up = _ids(broader).cte("above", recursive=True)
    steps = _in_force(day).subquery("step_up")
    up = up.union(select(steps.c.target_id).join(up, steps.c.item_id == up.c.id).where(steps.c.target_id.is_not(None)))
    return _limited(select(up.c.id), MOST_BELOW * most)


def _below(item_ids: Sequence[str], day: date, deepest: int, most: int) -> Select[str]:
    """The narrower concepts of some, the nearest first, to a depth."""
    first = select(Item.id.label("id"), literal(0).label("depth")).where(Item.id.in_(item_ids))
    down = first.cte("below", recursive=True)
    steps = _in_force(day).subquery("step_down")
    down = down.union(
        select(steps.c.item_id, down.c.depth + 1)
        .join(down, steps.c.target_id == down.c.id)
        .where(down.c.depth < deepest)
    )
    nearest = select(down.c.id, down.c.depth).order_by(down.c.depth, down.c.id).limit(most).subquery()
    return select(nearest.c.id)


def _limited(query: Select[str], most: int = MOST_BELOW) -> Select[str]:
    some = query.limit(most).subquery()
    return select(some.c[0])


def _bearing(language: str, words: list[str]) -> Select[str]:
    return select(TermStart.item_id).where(TermStart.language == language, TermStart.start.in_(words))


def _words(concept: Concept) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language, word in sorted(spelled(linked_texts(concept)))[:MOST_WORDS]:
        found.setdefault(language, []).append(word)
    return found
