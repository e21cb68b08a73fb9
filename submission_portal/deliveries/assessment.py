"""From a reading to what there is to say about a delivery: six stages, their findings, and the typed rows.

Takes frames and policies as arguments and queries nothing. Every stage says what ran and what did not, and why.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from information_models import columns
from information_models.checks import Checked
from information_models.definitions import LoadedModel
from information_models.values import status_of
from registry.content import content_hash
from registry.findings import Finding, Place, Severity, Text, worst
from submission_portal.deliveries import cells, corrections, history
from submission_portal.deliveries.corners import corner
from submission_portal.deliveries.judged import not_ended, small_numbers
from submission_portal.deliveries.reading.limits import Progress, untold
from submission_portal.deliveries.reading.reader import ROW
from submission_portal.deliveries.reading.sheets import Corner, shortened
from submission_portal.deliveries.spans import named_span, span_name

ANSWERS = {"closed": "stängd", "not_reported": "ej rapporterat", "zero": "0"}
"""What an empty cell may mean, and the word that is put into it before it is checked again."""
_ROW_NUMBER = re.compile("[0-9]{1,7}")

PLACES_KEPT = 200
"""So many places of a finding are kept with a delivery; the count is always whole, and the page says what it shows."""

STAGES = ("file", "structure", "rows", "consistency", "history", "law")
_CONSISTENCY = ("ROW-005", "ROW-006", "ROW-008", "ROW-009", "RULE-001", "RULE-002")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage's outcome. ``status`` is ``ok``, ``info``, ``warn``, ``stop`` or ``idle`` (not run)."""

    name: str
    status: str
    ran: int = 0
    examples: tuple[Text, ...] = ()
    not_run: tuple[tuple[Text, Text], ...] = ()
    """Checks that did not run, and why."""
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "status": self.status,
            "ran": self.ran,
            "examples": [{"sv": text.sv, "en": text.en} for text in self.examples],
            "not_run": [
                {"what": {"sv": what.sv, "en": what.en}, "why": {"sv": why.sv, "en": why.en}}
                for what, why in self.not_run
            ],
            "facts": dict(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was delivered before in the same flow: typed rows and what the period is called."""

    frame: pl.DataFrame
    period: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """The delivery that this one corrects. ``kind`` is ``"correction"`` or ``"replacement"``."""

    frame: pl.DataFrame
    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Law:
    """What the registry knows that bears on the law, and findings of its own about it."""

    threshold: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that was found, and the rows as they would be sent: of a correction its own rows alone."""

    stages: tuple[Stage, ...]
    findings: tuple[Finding, ...]
    frame: pl.DataFrame | None = None
    corners: Mapping[str, Corner] = field(default_factory=dict)
    """By finding key."""
    changes: tuple[history.Change, ...] = ()
    corrected: tuple[corrections.ChangedValue, ...] = ()
    said: tuple[cells.Said, ...] = ()
    """What the sender said about empty cells."""
    first: date | None = None
    last: date | None = None
    rows: int = 0
    letters: Mapping[str, str] = field(default_factory=dict)

    @property
    def period(self) -> str:
        return span_name(self.first, self.last) if self.first and self.last else ""

    @property
    def is_complete(self) -> bool:
        """Whether neither an error nor a question is left."""
        return self.frame is not None and worst(self.findings) not in (Severity.ERROR, Severity.QUESTION)

    def as_dict(self) -> dict[str, object]:
        """For storage with the delivery: at most `PLACES_KEPT` places per finding, and the whole count."""
        return {
            "stages": [stage.as_dict() for stage in self.stages],
            "findings": [_kept(finding) for finding in self.findings],
            "corners": {key: each.as_dict() for key, each in self.corners.items()},
            "changes": [change.as_dict() for change in self.changes[:PLACES_KEPT]],
            "said": [one.as_dict() for one in self.said],
            "corrected": [change.as_dict() for change in self.corrected[:PLACES_KEPT]],
        }


def finding_key(finding: Finding) -> str:
    """What tells one finding of a delivery from another: its rule, and the element or rule that it is about.

    >>> finding_key(Finding("ROW-004", Severity.QUESTION, {}, (Place(row=3, field="disponibla"),)))
    'ROW-004.disponibla'
    """
    about = str(finding.params.get("rule") or next((place.field for place in finding.places if place.field), "") or "")
    return f"{finding.code}.{about}" if about and not finding.code.startswith(("FIL", "HIS", "COR")) else finding.code


def assess(
    loaded: LoadedModel,
    rows: pl.DataFrame | None,
    *,
    reading_findings: Sequence[Finding] = (),
    letters: Mapping[str, str] | None = None,
    reading_facts: Mapping[str, str | int] | None = None,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    region: str | None = None,
    earlier: Earlier | None = None,
    has_history: bool = True,
    is_chosen: bool = True,
    corrected: Corrected | None = None,
    law: Law | None = None,
    today: date | None = None,
    progress: Progress = untold,
) -> Assessment:
    """All stages over rows of texts (`reading.reader.Reading.frame`); ``None`` where the reading stopped.

    ``has_history`` is false where there is no register to look in (the offline check); ``is_chosen`` while the sender
    has not said whether the file corrects or replaces what stands for its period. ``today`` tells which days have not come.
    """
    letters, facts = letters or {}, reading_facts or {}
    by_stage = _by_stage(reading_findings)
    if rows is None:
        stages = [_stage(name, by_stage[name], facts=facts, ran=1) for name in ("file", "structure")]
        if by_stage["file"] and worst(by_stage["file"]) is Severity.ERROR and not by_stage["structure"]:
            stages[1] = _idle("structure", _AFTER_FILE)
        stages += [_idle(name, _AFTER_STRUCTURE) for name in STAGES[2:]]
        return Assessment(tuple(stages), tuple(reading_findings), letters=letters)

    def columns_done(done: int, total: int) -> None:
        progress("rows" if done < total else "consistency", done, total)

    complete_rows = answered(loaded, rows, answers or {})
    checked = columns.check(loaded, complete_rows, region=region, progress=columns_done)
    written = cells.as_written(rows)
    progress("history", 0, 1)
    early = not_ended(loaded, checked.frame, today) if today is not None else []
    told = cells.written_once(loaded, cells.asked_once(checked.findings, rows), rows)
    for name, in_stage in _by_stage(cells.quoting([*told, *early], rows, written)).items():
        by_stage[name] += in_stage
    frame = checked.frame
    changes: tuple[history.Change, ...] = ()
    changed: tuple[corrections.ChangedValue, ...] = ()
    stopped = worst([*checked.findings, *early]) is Severity.ERROR
    if not stopped and corrected is not None and corrected.kind == "correction":
        frame = corrections.filled(loaded, corrected.frame, frame, rows.columns)
    whole = frame
    if not stopped and corrected is not None:
        whole, found, changed = _corrected(loaded, frame, corrected)
        by_stage["history"] += found
        stopped = worst(found) is Severity.ERROR
    if not stopped and earlier is not None:
        found, changes = history.compare(loaded, whole, earlier.frame, earlier.period)
        by_stage["history"] += found
    left = worst([*reading_findings, *checked.findings])
    complete = not stopped and left not in (Severity.ERROR, Severity.QUESTION)
    if complete and law is not None:
        by_stage["law"] += [*law.findings, *small_numbers(loaded, frame, law.threshold)]
    said = cells.said_of(rows, complete_rows, answers or {}, PLACES_KEPT)
    findings = tuple(lettered(finding, letters) for name in STAGES for finding in by_stage[name])
    why_not = _OFFLINE if not has_history else _NO_HISTORY if is_chosen else _NOT_CHOSEN
    first, last = _span(loaded, checked.frame)
    if corrected is not None and corrected.kind == "correction":
        first, last = corrected.first, corrected.last
    return Assessment(
        stages=(
            _stage("file", by_stage["file"], facts=facts, ran=1),
            _stage("structure", by_stage["structure"], facts=facts, ran=1),
            _checks_stage("rows", checked, by_stage["rows"], {"rows": checked.frame.height}),
            _checks_stage("consistency", checked, by_stage["consistency"], {}),
            _history_stage(by_stage["history"], earlier, corrected, stopped=stopped, why_not=why_not),
            _stage("law", by_stage["law"], facts=law.facts, ran=1)
            if complete and law is not None
            else _idle("law", _OFFLINE if law is None else _AFTER_ROWS),
        ),
        findings=findings,
        frame=frame if complete else None,
        corners={
            finding_key(each): shown
            for each in (*findings, *(_question(one) for one in said))
            if (shown := corner(written, letters, each)) is not None
        },
        said=said,
        changes=changes,
        corrected=changed,
        first=first,
        last=last,
        rows=checked.frame.height,
        letters=letters,
    )


def is_row(text: str) -> bool:
    """Whether a text is the number of a row that a file could have.

    >>> [is_row(each) for each in ("17", "0", "٣", "191212121212", "*")]
    [True, True, False, False, False]
    """
    return _ROW_NUMBER.fullmatch(text) is not None


def answered(loaded: LoadedModel, rows: pl.DataFrame, answers: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """The rows with words in the empty cells that were answered for; a cell that holds something is never changed.

    ``answers`` gives per element a word for all cells (``"*"``) or for single rows.
    """
    for element, given in answers.items():
        if element not in rows.columns or element not in {each.name for each in loaded.model.values}:
            continue
        single = {int(row): ANSWERS[word] for row, word in given.items() if is_row(row) and word in ANSWERS}
        every = pl.lit(ANSWERS.get(given.get("*", "")), pl.String)
        word = pl.col(ROW).replace_strict(list(single), list(single.values()), default=None, return_dtype=pl.String)
        blank = [text for text in rows[element].unique().drop_nulls() if status_of(text) is None]
        is_empty = pl.col(element).is_null() | pl.col(element).is_in(blank)
        said = pl.coalesce(word, every, pl.col(element)) if single else pl.coalesce(every, pl.col(element))
        rows = rows.with_columns(pl.when(is_empty).then(said).otherwise(pl.col(element)).alias(element))
    return rows


def content_hash_of(loaded: LoadedModel, frame: pl.DataFrame) -> str:
    """Hash over the typed rows in the order of their key: the same figures give the same hash, whatever file they came in."""
    names = [
        name
        for element in loaded.model.elements
        for name in (element.name, f"{element.name}__status")
        if name in frame.columns
    ]
    text = frame.select(names).sort(list(loaded.model.key), nulls_last=True).write_csv()
    return content_hash(text)


_AFTER_FILE = Text("Körs när filen kan läsas.", "Runs when the file can be read.")
_AFTER_STRUCTURE = Text("Körs när kolumnerna är rätt.", "Runs when the columns are right.")
_AFTER_ROWS = Text("Körs när raderna är klara.", "Runs when the rows are done.")
_OFFLINE = Text(
    "Körs i portalen: kontrollen här har inget register att se i.",
    "Runs in the portal: this check has no register to look in.",
)
_NO_HISTORY = Text(
    "Det finns ingen tidigare leverans i flödet att jämföra med.",
    "There is no earlier delivery in the flow to compare with.",
)
_NOT_CHOSEN = Text("Körs när ni har valt vad filen är.", "Runs when you have chosen what the file is.")
_COMPARISON = Text("jämförelse med tidigare leverans", "comparison with an earlier delivery")


def _corrected(
    loaded: LoadedModel, frame: pl.DataFrame, corrected: Corrected
) -> tuple[pl.DataFrame, tuple[Finding, ...], tuple[corrections.ChangedValue, ...]]:
    period = loaded.model.period_element
    outside = frame.filter(
        (pl.col(f"{period}__first") < corrected.first) | (pl.col(f"{period}__last") > corrected.last)
    )
    if outside.height:
        places = tuple(Place(row["__sheet"], row["__row"], field=period) for row in outside.iter_rows(named=True))
        params = named_span(span_name(corrected.first, corrected.last))
        return frame, (Finding("COR-004", Severity.ERROR, params, places),), ()
    if corrected.kind == "correction":
        return corrections.merge(loaded, corrected.frame, frame)
    found, changed = corrections.replaced(loaded, corrected.frame, frame)
    return frame, found, changed


def _question(said: cells.Said) -> Finding:
    """The question that was answered, so that its cells are shown with what was said."""
    places = tuple(Place(row=row, field=said.element) for row, _word in said.cells)
    return Finding("ROW-004", Severity.QUESTION, {}, places)


def _span(loaded: LoadedModel, frame: pl.DataFrame) -> tuple[date | None, date | None]:
    period = loaded.model.period_element
    if f"{period}__first" not in frame.columns or not frame.height:
        return None, None
    return frame[f"{period}__first"].min(), frame[f"{period}__last"].max()  # type: ignore[return-value]


def _by_stage(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    sorted_: dict[str, list[Finding]] = {name: [] for name in STAGES}
    for finding in findings:
        sorted_[stage_of(finding.code)].append(finding)
    return sorted_


def stage_of(code: str) -> str:
    """The stage that a finding belongs to.

    >>> stage_of("FIL-009"), stage_of("ROW-004"), stage_of("ROW-008"), stage_of("HIS-002")
    ('file', 'rows', 'consistency', 'history')
    """
    if code in _CONSISTENCY:
        return "consistency"
    by_series = {
        "FIL": "file",
        "PER": "file",
        "STR": "structure",
        "COL": "structure",
        "HIS": "history",
        "COR": "history",
    }
    return by_series.get(code[:3], "law" if code.startswith(("LEG", "SEC", "FLOW")) else "rows")


_SIGNS = {
    Severity.ERROR: "stop",
    Severity.QUESTION: "stop",
    Severity.WARNING: "warn",
    Severity.INFO: "info",
    None: "ok",
}


def _sign(findings: Sequence[Finding]) -> str:
    sign = _SIGNS[worst(findings)]
    return "ok" if sign == "info" else sign


def _stage(
    name: str, findings: Sequence[Finding], *, facts: Mapping[str, str | int] | None = None, ran: int = 0
) -> Stage:
    return Stage(name, _sign(findings), ran, facts=facts or {})


def _idle(name: str, why: Text) -> Stage:
    return Stage(name, "idle", not_run=((Text("", ""), why),))


def _checks_stage(name: str, checked: Checked, findings: Sequence[Finding], facts: Mapping[str, str | int]) -> Stage:
    mine = [run for run in checked.checks_run if (stage_of(run.code) == name)]
    skipped = [run for run in checked.checks_not_run if (stage_of(run.code) == name)]
    return Stage(
        name,
        _sign(findings),
        len(mine),
        tuple(dict.fromkeys(run.what for run in mine))[:3],
        tuple((run.what, run.why) for run in skipped),
        facts,
    )


def _history_stage(
    findings: Sequence[Finding], earlier: Earlier | None, corrected: Corrected | None, *, stopped: bool, why_not: Text
) -> Stage:
    if stopped and not findings:
        return _idle("history", _AFTER_ROWS)
    if earlier is None and corrected is None:
        return _idle("history", why_not)
    missing = () if earlier or (corrected and corrected.kind == "correction") else ((_COMPARISON, _NO_HISTORY),)
    facts = {"period": earlier.period} if earlier else {}
    return Stage("history", _sign(findings), 1, (), missing, facts)


def lettered(finding: Finding, letters: Mapping[str, str]) -> Finding:
    """The finding with the sender's column letters at its places."""
    if not any(place.field in letters and place.column is None for place in finding.places):
        return finding
    places = tuple(
        replace(place, column=place.column or letters.get(place.field or ""))
        if place.field in letters and place.row is not None
        else place
        for place in finding.places
    )
    return replace(finding, places=places)


def _kept(finding: Finding) -> dict[str, object]:
    count = {"count": len(finding.places)} if len(finding.places) > PLACES_KEPT else {}
    places = tuple(
        replace(place, value=shortened(place.value)) if place.value else place for place in finding.places[:PLACES_KEPT]
    )
    kept = replace(finding, params={**finding.params, **count}, places=places)
    return {**kept.as_dict(), "key": finding_key(finding)}
