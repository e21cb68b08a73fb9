"""Rows that have the words that are asked for, in each of the two databases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, cast, column, literal, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from termbank.bank.search.asking import Wanted, fts5, tsquery
from termbank.bank.tables import TOKENS, ConceptSearch

_TOKENS = table(TOKENS, column("rowid"))


def matched(session: Session, query: Select[Any], asked: Sequence[Wanted], where: str) -> Select[Any]:
    """``query`` on `ConceptSearch`, for the rows that have all of the words in ``labels``, where endings count too, or in
    ``texts``; in the order in which they were written."""
    with_endings = where == "labels"
    if session.get_bind().dialect.name == "postgresql":
        said = cast(literal(tsquery(asked, with_endings=with_endings)), TSQUERY)
        return query.where(getattr(ConceptSearch, where).bool_op("@@")(said)).order_by(ConceptSearch.id)
    expression = literal(fts5(asked, where, with_endings=with_endings))
    found = query.join(_TOKENS, _TOKENS.c.rowid == ConceptSearch.id).where(column(TOKENS).bool_op("MATCH")(expression))
    return found.order_by(_TOKENS.c.rowid)
