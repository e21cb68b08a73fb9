"""What a change touches beside what rests on it: other items of the kind, with the way in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.db import db
from registry.i18n import read
from registry.items import queries
from registry.items.kinds import MOST_TOUCHED
from registry.items.tables import Item


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """An item, where its page is, and why a change is of concern to it."""

    name: str
    url: str
    way: str


@dataclass(frozen=True, slots=True)
class TouchedRows:
    """What a change touches, and whether there is more."""

    rows: Sequence[TouchedRow] = ()
    is_cut: bool = False


def touched_rows(changed: Sequence[Item]) -> TouchedRows:
    """What a change of these items touches, by kind: each once, with all its ways."""
    by_kind: dict[str, list[str]] = {}
    for item in changed:
        by_kind.setdefault(item.kind, []).append(item.id)
    ways: dict[tuple[str, str], list[str]] = {}
    is_cut = False
    for name, ids in by_kind.items():
        kind = queries.kind_named(name)
        found = kind.touched(db.session, ids) if kind.touched is not None else ()
        is_cut |= len(found) > MOST_TOUCHED
        for one in found[:MOST_TOUCHED]:
            ways.setdefault((read(one.name), kind.url(one.item)), []).append(read(one.way))
    return TouchedRows([TouchedRow(*key, "; ".join(dict.fromkeys(said))) for key, said in ways.items()], is_cut)
