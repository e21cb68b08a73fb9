"""What a change set consists of, as one canonical text: its hash is what is decided. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.content import canonical as canonical_content
from registry.content.schemas import KEY as SCHEMA_KEY

SCHEMA = "change-set/1"


class MemberAct(StrEnum):
    """What is to become of an item."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Line:
    """One item's part in a change set: the version that is published or withdrawn, by its hash, and what it was begun from."""

    item: str
    version: str
    base: str | None
    act: MemberAct
    change: str | None = None
    """The class of the change, in the judgement of a person; ``None`` for a withdrawal."""
    transition_until: date | None = None
    """By when what rests on the version before it ought to rest on this one. Left out of the text where there is none."""


def manifest(lines: Iterable[Line]) -> str:
    """The lines as canonical text, sorted by item. Raises ``ValueError`` where an item comes twice.

    >>> manifest([Line("b", "2", None, MemberAct.PUBLISH, "new")])
    '{"content_schema":"change-set/1","members":[{"act":"publish","base":null,"class":"new","item":"b","version":"2"}]}'
    """
    ordered = sorted(lines, key=lambda line: line.item)
    if len({line.item for line in ordered}) < len(ordered):
        raise ValueError("an item comes twice in a change set")
    return canonical_content.canonical({SCHEMA_KEY: SCHEMA, "members": [_written(one) for one in ordered]})


def lines_of(text: str) -> Sequence[Line]:
    """The lines of a manifest, sorted by item. Raises ``ValueError`` where it is none."""
    content = canonical_content.parse(text)
    if not isinstance(content, dict) or content.get(SCHEMA_KEY) != SCHEMA:
        raise ValueError(f"not a {SCHEMA}")
    return tuple(
        Line(one["item"], one["version"], one["base"], MemberAct(one["act"]), one["class"], _day(one.get(_UNTIL)))
        for one in content["members"]
    )


_UNTIL = "transition_until"


def _written(line: Line) -> dict[str, str | None]:
    member = {
        "item": line.item,
        "version": line.version,
        "base": line.base,
        "act": line.act.value,
        "class": line.change,
    }
    return {**member, _UNTIL: line.transition_until.isoformat()} if line.transition_until else member


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
