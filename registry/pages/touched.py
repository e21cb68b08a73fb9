"""What a change touches beside what rests on it: other items of the kind, with the way in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.db import db
from registry.i18n import read
from registry.items import queries
from registry.items.tables import Item


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """An item, where its page is, and why a change is of concern to it."""

    name: str
    url: str
    way: str


def touched_rows(changed: Sequence[Item]) -> list[TouchedRow]:
    """What a change of these items touches, by kind; each kind gives at most one more than `MOST_TOUCHED`."""
    by_kind: dict[str, list[str]] = {}
    for item in changed:
        by_kind.setdefault(item.kind, []).append(item.id)
    rows = []
    for name, ids in by_kind.items():
        kind = queries.kind_named(name)
        if kind.touched is not None:
            rows += [
                TouchedRow(read(one.name), kind.url(one.item), read(one.way)) for one in kind.touched(db.session, ids)
            ]
    return rows
