"""What is shown where a new version of a code list, a model or a measure is proposed and decided: each difference with what it
does either way, and rows that show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from information_models import definitions, gravity, queries
from information_models.changes import (
    ACCEPTED_LABELS,
    SEMANTIC_LABELS,
    TECHNICAL_LABELS,
    Accepted,
    Compatibility,
    Difference,
    Technical,
)
from information_models.code_lists import CodeList
from information_models.definitions import LoadedModel, Model, missing_code_lists
from information_models.elements import Element, ElementType, Role
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.witnesses import Outcome, Witness, in_words, witnesses
from registry import clock
from registry.actors import Actor
from registry.findings import Text
from registry.items.tables import Version
from registry.period import PeriodKind
from registry.plugin import Evidence
from registry.web.problems import readable

WHOLES = {
    CODE_LIST: Text("Kodlistan", "The code list"),
    MODEL: Text("Modellen", "The model"),
    MEASURE: Text("Måttet", "The measure"),
}
OF_TABLES = {
    Technical.SAME: Text("tabellerna läses som förut", "the tables are read as before"),
    Technical.COMPATIBLE: Text("tabellerna läses som förut", "the tables are read as before"),
    Technical.UNKNOWN: Text("tabellerna ser kanske annorlunda ut", "the tables may look different"),
    Technical.BREAKING: Text("tabellerna ser annorlunda ut", "the tables look different"),
}
"""What a change of a measure does to whoever reads its tables."""
STATUS = {Accepted.YES: "ok", Accepted.UNKNOWN: "warn", Accepted.NO: "stop"}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference: about what, in words; the statuses of what was valid and of what will be; and its meaning."""

    about: Text
    what: Text
    old: Text
    new: Text
    backward: tuple[str, Text]
    forward: tuple[str, Text]
    tables: Text
    """Of a measure, what it does to its tables."""
    semantic: Text


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """A row, or a heading, that tells two versions apart: what stands there, and what each version makes of it."""

    about: Text
    cells: Sequence[tuple[str, str]]
    """Elements with their texts, long ones cut. The cell that decides, or the whole of two rows."""
    whole: str
    """The whole row, as it would stand in a file."""
    old: tuple[str, Text]
    new: tuple[str, Text]


def of_version(session: Session, _actor: Actor, version: Version) -> Evidence | None:
    """What a version changes, computed and shown; nothing of other kinds, or where it succeeds none."""
    if version.item.kind not in (CODE_LIST, MODEL, MEASURE):
        return None
    before = gravity.base_of(session, version)
    if before is None:
        return None
    on = clock.today()
    found = gravity.between(session, before, version, on)
    models = _models(session, before, version)
    labels: Mapping[str, Text] = {} if models is None else _labels(*models)
    facts = {
        "before": before,
        "version": version,
        "technical": (OF_TABLES if version.item.kind == MEASURE else TECHNICAL_LABELS)[found.technical],
        "semantic": SEMANTIC_LABELS[found.semantic],
        "changes": [_change_row(one, {**labels, "": WHOLES[version.item.kind]}) for one in found.differences],
        "is_of_rows": version.item.kind != MEASURE,
        "can_be_run": models is not None,
        **(_shown(models[0], models[1], on, found, labels) if models is not None else {}),
    }
    return Evidence("information_models/evidence.html", facts)


def _models(session: Session, before: Version, version: Version) -> tuple[LoadedModel, LoadedModel] | None:
    """What rows can be checked against: both versions of a model, or a model made for a code list."""
    if version.item.kind == MODEL:
        old, new = queries.load_versions(session, [before, version])
        return (old, new) if _can_be_run(before, old) and _can_be_run(version, new) else None
    if version.item.kind == CODE_LIST:
        return _of_list(queries.code_list_of(before)), _of_list(queries.code_list_of(version))
    return None


def _can_be_run(version: Version, loaded: LoadedModel) -> bool:
    """Whether rows can be checked against it: a draft may be kept with faults, and without its lists."""
    return not definitions.problems(version.content) and not missing_code_lists(loaded.model, [*loaded.code_lists])


def _of_list(codes: CodeList) -> LoadedModel:
    """A model of a day, a code and a count."""
    words = Text("", "")
    elements = (
        Element("dag", Text("Dag", "Day"), words, Role.DIMENSION, ElementType.PERIOD, period_kinds=(PeriodKind.DAY,)),
        Element("kod", Text("Kod", "Code"), words, Role.DIMENSION, ElementType.CODE, code_list=codes.slug),
        Element("antal", Text("Antal", "Count"), words, Role.VALUE, ElementType.INTEGER),
    )
    return LoadedModel(Model(codes.slug, words, words, elements, ("dag", "kod"), "dag"), {codes.slug: codes})


def _labels(old: LoadedModel, new: LoadedModel) -> Mapping[str, Text]:
    """What elements and rules are called, by name."""
    found: dict[str, Text] = {}
    for loaded in (old, new):
        found |= {rule.id: rule.text for rule in loaded.model.rules}
        found |= {element.name: element.label for element in loaded.model.elements}
    return found


def _change_row(one: Difference, labels: Mapping[str, Text]) -> ChangeRow:
    return ChangeRow(
        labels.get(one.subject, Text(one.subject, one.subject)),
        one.what,
        one.old,
        one.new,
        (STATUS[one.backward], ACCEPTED_LABELS[one.backward]),
        (STATUS[one.forward], ACCEPTED_LABELS[one.forward]),
        OF_TABLES[one.technical],
        SEMANTIC_LABELS[one.semantic],
    )


_KEPT: dict[tuple[str, str, date], tuple[list[Witness], list[Witness]]] = {}
MOST_KEPT = 64


def _searched(old: LoadedModel, new: LoadedModel, on: date) -> tuple[list[Witness], list[Witness]]:
    """Witnesses either way. The same versions on the same day have the same ones."""
    key = (old.content_hash or "", new.content_hash or "", on)
    if (kept := _KEPT.get(key)) is not None:
        return kept
    found = witnesses(old, new, on=on), witnesses(new, old)
    if all(key[:2]):
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.pop(next(iter(tuple(_KEPT)), key), None)
        _KEPT[key] = found
    return found


def _shown(
    old: LoadedModel, new: LoadedModel, on: date, found: Compatibility, labels: Mapping[str, Text]
) -> dict[str, object]:
    """Rows that the old takes and the new does not, and the other way round; what is said to break and has none; and what has one
    though nothing said so."""
    backward, forward = _searched(old, new, on)
    return {
        "backward": [_witness_row(one, labels, is_back=True) for one in backward],
        "forward": [_witness_row(one, labels, is_back=False) for one in forward],
        "unshown": found.backward is Accepted.NO and not any(one.outcome is Outcome.REFUSED for one in backward),
        "unforeseen": found.backward is Accepted.YES and any(one.outcome is Outcome.REFUSED for one in backward),
    }


def _witness_row(one: Witness, labels: Mapping[str, Text], *, is_back: bool) -> WitnessRow:
    taken = ("ok", Text("godtas", "accepted"))
    if one.was and one.outcome is Outcome.OTHERWISE and not one.heading:
        taken = ("ok", Text(f"läses som {one.was}", f"is read as {one.was}"))
    elif one.heading:
        label = labels.get(one.was, Text(one.was, one.was))
        taken = ("ok", Text(f"kolumnen läses som {label.sv}", f"the column is read as {label.en}"))
    if one.finding is not None:
        said = readable(one.finding)
        other = ("stop", Text(said.title, said.title))
    else:
        now = labels.get(one.now, Text(one.now, one.now))
        other = ("warn" if one.outcome is Outcome.OTHERWISE else "stop", in_words(one, now))
    about = labels.get(one.rule or one.element, Text(one.element, one.element))
    names = list(dict.fromkeys(name for row in one.rows for name in row))
    whole = " / ".join("; ".join(f"{name}={_cut(row.get(name, ''))}" for name in names) for row in one.rows)
    cells = [(one.element, one.cell)] if one.rows else []
    if len(one.rows) > 1:
        cells = [(one.element, row.get(one.element, "")) for row in one.rows]
    elif one.rule and one.finding is not None:
        named = [name for name in names if name in {field for p in one.finding.places for field, _ in p.key}]
        cells = [(name, one.rows[0][name]) for name in named] or cells
    old, new = (taken, other) if is_back else (other, taken)
    said_there = [(name, _cut(text)) for name, text in cells or [("", one.heading)]]
    return WitnessRow(about, said_there, whole, old, new)


LONGEST_CELL = 60


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}… ({len(text)})"
