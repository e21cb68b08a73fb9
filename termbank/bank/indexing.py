"""The projections of published concepts: written when a version is published, and made anew by command or at a start.

Handlers run in the transaction that publishes. Which other definitions use the new terms is looked up by their words, and
only where the terms are others than before.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Select, delete, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.events import Happening
from registry.items import queries as items
from registry.items.change_sets.examining import is_large
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from termbank.bank import addresses
from termbank.bank.neighbours import bearers, concept_of, keys_of, located
from termbank.bank.projection import definition_words, read_terms, spelled, starts
from termbank.bank.search import tokens, words
from termbank.bank.tables import (
    ConceptSearch,
    DefinitionUse,
    DefinitionWord,
    RelationRow,
    TermRow,
    TermStart,
    TermWord,
    WordTrigram,
)
from termbank.concepts.concept import Concept
from termbank.definitions.linking import Linker
from termbank.notions import CONCEPT

PROJECTIONS = (TermRow, TermStart, RelationRow, DefinitionWord, DefinitionUse, ConceptSearch)
"""What is written of each version."""
WORDS = (TermWord, WordTrigram)
"""The words of all of them."""
AT_ONCE = 500
MOST_ASKED = 200
"""New words for which the compounds that they cut are looked up one by one."""


def index_published(session: Session, happening: Happening) -> None:
    """Handler of ``VersionPublished``. What is published with others is indexed with them."""
    if happening.data.get("kind") == CONCEPT and "change_set" not in happening.data:
        index_versions(session, [session.get_one(Version, str(happening.data["version"]))])


def index_published_set(session: Session, happening: Happening) -> None:
    """Handler of ``ChangeSetPublished``. A large set is indexed before it is published (`termbank.bank.ahead`)."""
    if is_large(int(happening.data["members"])):
        return
    of_set = Version.change_set_id == str(happening.data["change_set"])
    if versions := _published(session, of_set, Version.state == State.PUBLISHED):
        index_versions(session, versions)
        addresses.keep_all(session, versions)


def unindex_withdrawn(session: Session, happening: Happening) -> None:
    """Handler of ``VersionWithdrawn``: definitions no longer use the terms of a concept that is gone."""
    if happening.data.get("kind") != CONCEPT or happening.data.get("was") != State.PUBLISHED:
        return
    version = session.get_one(Version, str(happening.data["version"]))
    session.flush()
    others = _defined_with(session, starts(concept_of(version)))
    _write_uses(session, [one for one in others if one.id != version.id])


def index_versions(session: Session, versions: Sequence[Version]) -> None:
    """Write the rows of versions that are published together, and of those whom their terms and keys concern."""
    own = {version.id for version in versions}
    read = [concept_of(version) for version in versions]
    forget_rows(session, sorted(own))
    write_own(session, versions)
    new = words.add(session, read)
    write_search(session, versions)
    if cut := [one for one in _cut_by(session, new) if one.id not in own]:
        write_search(session, cut)
    heal(session, select(Item.id, Item.slug).where(Item.id.in_({version.item_id for version in versions})))
    _write_uses(session, versions)
    before = _starts_before(session, versions)
    others = set[tuple[str, str]]()
    for version, concept in zip(versions, read, strict=True):
        others |= starts(concept) ^ before.get(version.item_id, frozenset())
    if others:
        _write_uses(session, [one for one in _defined_with(session, others) if one.id not in own])


def _cut_by(session: Session, new: Collection[str]) -> list[Version]:
    """Versions whose compounds are cut by these words; all there are, where the words are too many to ask for each."""
    if len(new) <= MOST_ASKED:
        return words.versions_cut_by(session, new) if new else []
    return _published(session, items.not_ended())


def heal(session: Session, published: Select[str, str]) -> None:
    """Relations that named the key of one of these (their ids and keys) before it was published lead to it now."""
    known = published.subquery()
    is_dangling = RelationRow.target_id.is_(None)
    dangling = select(known.c[1], known.c[0]).join(RelationRow, RelationRow.target_key == known.c[1]).where(is_dangling)
    for key, item_id in session.execute(dangling.distinct()).all():
        session.execute(update(RelationRow).where(RelationRow.target_key == key, is_dangling).values(target_id=item_id))


def forget_rows(session: Session, ids: Sequence[str]) -> bool:
    """Take away what is written of versions: as of a set that was not published after all, and has been changed since. Gives
    whether there was anything."""
    found = False
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        there = select(TermRow.version_id).where(TermRow.version_id.in_(some)).limit(1)
        found = found or session.scalar(there) is not None
        for table in PROJECTIONS:
            session.execute(delete(table).where(table.version_id.in_(some)))
    return found


def complete(session: Session, actor: Actor, now: datetime) -> int:
    """Write what is missing, as after an upgrade. Gives the number of versions; nothing happens where nothing is missing.

    What has no row of a term has no rows at all, but for a version without a readable term, or where somebody has meddled.
    """
    has_terms = select(TermRow.version_id).where(TermRow.version_id == Version.id)
    is_searched = select(ConceptSearch.version_id).where(ConceptSearch.version_id == Version.id)
    missing = _published(session, or_(~has_terms.exists(), ~is_searched.exists()))
    forget_rows(session, [version.id for version in missing])
    write_own(session, missing)
    words.add(session, map(concept_of, missing))
    write_search(session, missing)
    _write_uses(session, missing)
    named = addresses.complete(session)
    if missing or named:
        events.record(
            session, "TermBankIndexed", actor=actor, now=now, subject="termbank:index",
            data={"versions": len(missing), "addresses": named},
        )  # fmt: skip
    return len(missing)  # fmt: skip


def rebuild(session: Session, actor: Actor, now: datetime) -> int:
    """Make every projection anew from what is published. Gives the number of versions."""
    for table in (*PROJECTIONS, *WORDS):
        session.execute(delete(table))
    session.execute(update(Item).where(Item.kind == CONCEPT).values(address=None))
    return complete(session, actor, now)


def load_index(session: Session, actor: Actor, now: datetime) -> None:
    """The starter's step: an instance of an earlier release gets its projections."""
    complete(session, actor, now)


def _published(session: Session, *conditions: object) -> list[Version]:
    query = select(Version).join(Item).where(Item.kind == CONCEPT, Version.published_at.is_not(None), *conditions)  # type: ignore[arg-type]
    return list(session.scalars(query.order_by(Version.published_at, Version.id)))


def _starts_before(session: Session, versions: Sequence[Version]) -> dict[str, frozenset[tuple[str, str]]]:
    """How the terms of the version before each of these may begin, by item; nothing where it is the first."""
    numbers = {version.item_id: version.number for version in versions if version.number > 1}
    ids, found = sorted(numbers), dict[str, frozenset[tuple[str, str]]]()
    for start in range(0, len(ids), AT_ONCE):
        earlier = select(Version).where(
            Version.item_id.in_(ids[start : start + AT_ONCE]), Version.published_at.is_not(None)
        )
        for version in session.scalars(earlier.order_by(Version.item_id, Version.number)):
            if version.number < numbers[version.item_id]:
                found[version.item_id] = starts(concept_of(version))
    return found


def write_own(session: Session, versions: Sequence[Version]) -> None:
    """The rows that follow from each version alone."""
    for start in range(0, len(versions), AT_ONCE):
        some = [(version, concept_of(version)) for version in versions[start : start + AT_ONCE]]
        keys = {relation.key for _, concept in some for relation in concept.relations if relation.key}
        ids = items_by_key(session, keys)
        for table, rows in (
            (TermRow, _term_rows),
            (TermStart, _start_rows),
            (RelationRow, partial(_relation_rows, ids)),
            (DefinitionWord, _word_rows),
        ):
            _insert(session, table, (row for version, concept in some for row in rows(version, concept)))


def _term_rows(version: Version, concept: Concept) -> Iterator[dict[str, object]]:
    for place, one in enumerate(read_terms(concept)):
        yield {
            "version_id": version.id,
            "item_id": version.item_id,
            "position": place,
            "text": one.term.text,
            "language": one.term.language,
            "status": one.term.status.value,
            "whole": tokens.whole(one.term.text),
            "reduced": tokens.reduced(one.term.text, one.term.language),
            "sort_key": one.sort_key,
            "initial": one.initial,
            "names_sv": "sv" in one.names,
            "names_en": "en" in one.names,
        }


def _start_rows(version: Version, concept: Concept) -> Iterator[dict[str, object]]:
    for language, start in sorted(starts(concept)):
        yield {"version_id": version.id, "item_id": version.item_id, "language": language, "start": start}


def _relation_rows(ids: Mapping[str, str], version: Version, concept: Concept) -> Iterator[dict[str, object]]:
    for place, one in enumerate(concept.relations):
        yield {
            "version_id": version.id,
            "item_id": version.item_id,
            "position": place,
            "kind": one.kind.value,
            "target_id": one.target.item or ids.get(one.key),
            "target_key": one.key[:120] or None,
            "target_iri": one.target.iri or None,
        }


def _word_rows(version: Version, concept: Concept) -> Iterator[dict[str, object]]:
    for language, word in sorted(definition_words(concept)):
        yield {"version_id": version.id, "language": language, "word": word}


def write_search(session: Session, versions: Sequence[Version]) -> None:
    """What versions are found by, their compounds cut by the words of the term bank as they are now."""
    for start in range(0, len(versions), AT_ONCE):
        some = versions[start : start + AT_ONCE]
        read = [(version, concept_of(version)) for version in some]
        known = words.known_parts(session, [concept for _, concept in read])
        session.execute(delete(ConceptSearch).where(ConceptSearch.version_id.in_([version.id for version in some])))
        _insert(
            session,
            ConceptSearch,
            (
                {
                    "version_id": version.id,
                    "item_id": version.item_id,
                    "scheme_id": concept.scheme.item or None,
                    "scheme_key": concept.scheme.key or None,
                    "is_defined": bool(concept.definitions),
                    "labels": tokens.label_tokens(concept.terms, known),
                    "texts": tokens.text_tokens(concept),
                }
                for version, concept in read
            ),
        )


def _write_uses(session: Session, versions: Sequence[Version]) -> None:
    """Which concepts each definition uses, as terms are now."""
    for start in range(0, len(versions), AT_ONCE):
        some = versions[start : start + AT_ONCE]
        defined = [(version, concept_of(version)) for version in some]
        texts = [(one.language, one.text) for _, concept in defined for one in concept.definitions]
        around = bearers(session, spelled(texts))
        keys = keys_of(around)
        concepts = {version.item_id: located(concept_of(version), keys) for version in around}
        linker = Linker(concepts)
        ids = {slug: item_id for item_id, slug in keys.items()}
        session.execute(delete(DefinitionUse).where(DefinitionUse.version_id.in_([version.id for version in some])))
        rows = {
            (version.id, one.language, used)
            for version, concept in defined
            for one in located(concept, keys).definitions
            for used in linker.uses(
                one.text, one.language, but=(version.item_id,), picks={word: ids[key] for word, key in one.picks.items() if key in ids}
            )
        }  # fmt: skip
        _insert(session, DefinitionUse, ({"version_id": a, "language": b, "item_id": c} for a, b, c in sorted(rows)))


def _defined_with(session: Session, new: Iterable[tuple[str, str]]) -> list[Version]:
    """Published versions in whose definitions one of these words stands."""
    found: dict[str, Version] = {}
    pairs = sorted(new)
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        named = select(DefinitionWord.version_id).where(tuple_(DefinitionWord.language, DefinitionWord.word).in_(some))
        query = select(Version).where(Version.id.in_(named), items.not_ended())
        found |= {version.id: version for version in session.scalars(query)}
    return list(found.values())


def items_by_key(session: Session, keys: set[str]) -> dict[str, str]:
    """The ids of concepts by key, as far as there are any; one statement."""
    if not keys:
        return {}
    rows = session.execute(select(Item.slug, Item.id).where(Item.kind == CONCEPT, Item.slug.in_(sorted(keys))))
    return dict(rows.all())


def _insert(session: Session, table: type, rows: Iterable[dict[str, object]]) -> None:
    if found := list(rows):
        session.execute(insert(table), found)
