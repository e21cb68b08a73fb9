"""What the database has for a query: at most two hundred concepts, those that fit best first of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.swedish import sort_key
from termbank.bank.search.asking import wanted
from termbank.bank.search.matching import matched
from termbank.bank.search.ranking import Found, Label
from termbank.bank.search.tokens import reduced
from termbank.bank.tables import ConceptSearch, TermRow
from termbank.concepts.wordings import OWN_LANGUAGES
from termbank.notions import TermStatus

MOST = 200
_AFTER = b"\xff"
"""Sorts after every byte of UTF-8."""


def begins_so(text: str) -> ColumnElement[bool]:
    """The condition on `TermRow` that the term begins with the text, as a dictionary has it; a range of an index."""
    begins = sort_key(text).encode()
    return TermRow.sort_key.between(begins, begins + _AFTER)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found, with the labels to order it by. ``are_cut`` says that there is more than was looked at."""

    found: tuple[Found, ...]
    are_cut: bool


def candidates(
    session: Session,
    asked: Sequence[str],
    language: str,
    conditions: Sequence[ColumnElement[bool]] = (),
    most: int = MOST,
    *,
    with_texts: bool = True,
) -> Candidates:
    """What has all of the words and fits the ``conditions`` (on `ConceptSearch` and `Item`); five statements.

    Labels that are what is asked, or a form of it, are looked for first, then those that begin so, then those that have the
    words, and texts last: where there are too many, what is found first stays.
    """
    whole = " ".join(asked)
    is_label = or_(TermRow.whole == whole, TermRow.reduced.in_([reduced(whole, tag) for tag in OWN_LANGUAGES]))
    words = [wanted(word) for word in asked]
    by_terms = [_of_terms(conditions).where(is_label)]
    if len(whole) > 1:
        by_terms.append(_of_terms(conditions).where(begins_so(whole)).order_by(TermRow.sort_key))
    by_label: dict[str, str] = {}
    for query in (*by_terms, matched(session, _of_rows(conditions), words, "labels")):
        by_label = _more(session, by_label, query, most)
    versions = by_label
    if with_texts:
        versions = _more(session, by_label, matched(session, _of_rows(conditions), words, "texts"), most)
    chosen = dict(list(versions.items())[:most])
    return Candidates(tuple(_read(session, chosen, by_label.keys(), language)), len(versions) > most)


def _of_terms(conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    query: Select[Any] = _pairs(TermRow)
    if conditions:
        query = query.join(ConceptSearch, ConceptSearch.version_id == TermRow.version_id)
        query = query.join(Item, Item.id == TermRow.item_id)
    found: Select[Any] = query.where(_is_in_use(TermRow), *conditions)
    return found


def _of_rows(conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    query: Select[Any] = _pairs(ConceptSearch)
    if conditions:
        query = query.join(Item, Item.id == ConceptSearch.item_id)
    found: Select[Any] = query.where(_is_in_use(ConceptSearch), *conditions)
    return found


def _is_in_use(table: type[TermRow | ConceptSearch]) -> ColumnElement[bool]:
    """The condition that the row's version is in force or coming. It is asked row by row: a join would begin with all that is
    published."""
    return select(Version.id).where(Version.id == table.version_id, items.not_ended()).exists()


def _pairs(table: type[TermRow | ConceptSearch]) -> Any:
    return select(table.item_id, table.version_id)


def _more(session: Session, before: dict[str, str], query: Select[Any], most: int) -> dict[str, str]:
    """Versions by item: those that were found before, then those of the query that were not."""
    found = dict(before)
    for item_id, version_id in session.execute(query.limit(most + 1)):
        found.setdefault(item_id, version_id)
    return found


def _read(session: Session, chosen: dict[str, str], by_label: Any, language: str) -> list[Found]:
    """The labels of the versions in force, or coming where there is none. What only a later version has is not found."""
    number = select(Version.number).where(Version.id == TermRow.version_id).scalar_subquery()
    names = TermRow.names_sv if language == "sv" else TermRow.names_en
    query = select(
        number, TermRow.position, TermRow.item_id, TermRow.version_id, TermRow.text, TermRow.language, TermRow.status,
        TermRow.sort_key, names,
    ).where(TermRow.item_id.in_(chosen), _is_in_use(TermRow))  # fmt: skip
    terms: dict[str, list[Any]] = {}
    for row in sorted(session.execute(query).all(), key=lambda one: one[:2]):
        kept = terms.setdefault(row.item_id, [])
        if not kept or kept[0].version_id == row.version_id:
            kept.append(row)
    found = []
    for item_id, version_id in chosen.items():
        of_item = terms.get(item_id, [])
        if of_item and of_item[0].version_id == version_id:
            naming = next((row for row in of_item if row[-1]), of_item[0])
            labels = tuple(Label(row.text, row.language, TermStatus(row.status)) for row in of_item)
            found.append(Found(item_id, version_id, naming.text, naming.sort_key, labels, item_id in by_label))
    return found
