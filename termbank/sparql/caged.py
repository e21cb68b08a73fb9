"""Answers questions in a child that can be ended at any time, and reaches nobody (`registry.cage`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from registry.cage.bounds import MEBIBYTE, Bounds
from registry.cage.pool import Died, Pool
from registry.findings import Finding
from termbank.finding_texts.all import FINDINGS
from termbank.sparql.forms import Form, Kind, form_named

BOUNDS = Bounds(
    resident_bytes=1536 * MEBIBYTE,
    processor_seconds=5.0,
    seconds_per_mebibyte=0.05,
    most_processor_seconds=60.0,
    works=500,
    idle_resident_bytes=1024 * MEBIBYTE,
    answer_bytes=64 * MEBIBYTE,
)
"""The triples earn the time that reading them takes; a child keeps them, and is replaced where a question left much behind."""
POOL = Pool("termbank.sparql.child", size=1, bounds=BOUNDS)
log = structlog.get_logger("registry.sparql")
Value = tuple[str, str, str, str] | None
"""A term as its kind (iri, literal, other), its text, its language and its type; ``None`` where there is none."""


class UnansweredError(Exception):
    """The question is not answered; ``finding`` says why. ``is_too_much``: it was stopped, and might have been answered."""

    def __init__(self, finding: Finding, *, is_too_much: bool = False) -> None:
        super().__init__(finding.code)
        self.finding = finding
        self.is_too_much = is_too_much


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in a form; ``form`` is ``None`` where no accepted form can hold an answer of this kind."""

    kind: Kind
    form: Form | None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Shown:
    """The beginning of an answer: a truth, or rows with the names of their columns."""

    kind: Kind
    truth: bool = False
    names: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The triples that questions are asked of: a name that changes with them, and how to come by them."""

    key: str
    read: Callable[[], bytes]
    prefixes: Mapping[str, str]


def written(source: Source, text: str, forms: Sequence[Form], *, pool: Pool = POOL) -> Written:
    """The answer in the first of ``forms`` that can hold it. Raises `UnansweredError`."""
    value, parts = _ask(source, {"query": text, "forms": [form.name for form in forms]}, pool)
    form = form_named(str(value["form"])) if value["form"] else None
    return Written(Kind(value["kind"]), form, parts[0] if parts else b"")


def shown(source: Source, text: str, most: int, *, pool: Pool = POOL) -> Shown:
    """The first ``most`` rows of the answer. Raises `UnansweredError`."""
    value, _ = _ask(source, {"query": text, "most": most}, pool)
    kind = Kind(value["kind"])
    if kind is Kind.TRUTH:
        return Shown(kind, truth=bool(value["truth"]))
    rows = tuple(tuple(_value(one) for one in row) for row in value["rows"])
    return Shown(kind, False, tuple(map(str, value["names"])), rows, bool(value["is_more"]))


def _ask(source: Source, request: Mapping[str, Any], pool: Pool) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    asked = {**request, "key": source.key, "prefixes": dict(source.prefixes)}
    try:
        answer = pool.run(asked)
        if answer.value.get("needs"):
            answer = pool.run(asked, [source.read()])
    except Died as died:
        log.warning("question_unanswered", reason=str(died.reason))
        bounds = {"seconds": int(BOUNDS.processor_seconds), "size": BOUNDS.resident_bytes // MEBIBYTE}
        raise UnansweredError(FINDINGS.found("SPARQL-010", bounds), is_too_much=True) from None
    if refused := answer.value.get("refused"):
        raise UnansweredError(Finding.from_dict(refused))
    return answer.value, answer.parts


def _value(told: Any) -> Value:
    if told is None:
        return None
    kind, text, language, datatype = map(str, told)
    return kind, text, language, datatype
