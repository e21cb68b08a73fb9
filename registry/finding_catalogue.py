"""The catalogue of findings: for each code what a program and a reader need to know about it.

A check names a code; everything else follows from the code's entry: how much it holds up, where it is found, what it is
about, what the sender answers, what it says. Programs and templates switch on these fields, never on a code. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.findings import Finding, Language, LazyPlaces, Param, Place, Severity, Text


class Stage(StrEnum):
    """Where a finding is made. The first seven are the stages of the check of a delivery, in order."""

    FILE = "file"
    STRUCTURE = "structure"
    ROWS = "rows"
    CONSISTENCY = "consistency"
    HISTORY = "history"
    CORRECTION = "correction"
    """Compared with the delivery that is corrected or replaced; shown with the history."""
    LAW = "law"
    DELIVERY = "delivery"
    """A step taken with a delivery: answering, deciding, sending, withdrawing."""
    QUESTIONS = "questions"
    """The control questions of the law."""
    REVIEW = "review"
    FLOW = "flow"
    TERMS = "terms"
    MODELS = "models"
    ITEMS = "items"
    """A step taken with a version of anything that is decided: proposing, deciding, withdrawing."""
    TABLES = "tables"
    PROTECTION = "protection"
    """Small numbers in a table that is to be published."""
    ACCOUNTS = "accounts"
    FORMATS = "formats"
    """Writing something as a file: what the format cannot carry."""
    OPERATION = "operation"
    """Stored objects, backups, restoring."""


class Scope(StrEnum):
    """What a finding is about. It decides which parts of a place tell one finding from another of the same code."""

    INSTANCE = "instance"
    PERSON = "person"
    ITEM = "item"
    SCHEME = "scheme"
    """An item among the others of its scheme: nothing that one item says by itself."""
    DELIVERY = "delivery"
    FILE = "file"
    COLUMN = "column"
    ROW = "row"
    CELL = "cell"
    EMPTY_CELL = "empty-cell"
    UNIT = "unit"
    TABLE = "table"

    @property
    def names_element(self) -> bool:
        """Whether an element is part of what it is about."""
        return self in (Scope.COLUMN, Scope.CELL, Scope.EMPTY_CELL)

    @property
    def names_unit(self) -> bool:
        """Whether a unit (hospital, ward, region) is part of what it is about."""
        return self in (Scope.ROW, Scope.CELL, Scope.EMPTY_CELL, Scope.UNIT)

    @property
    def names_period(self) -> bool:
        """Whether a period is part of what it is about."""
        return self in (Scope.ROW, Scope.CELL, Scope.EMPTY_CELL)


class AnswerKind(StrEnum):
    """What is asked of the person who meets a finding, beside mending it."""

    NONE = "none"
    WAIT = "wait"
    """Nothing: it ends by itself."""
    DISCLOSURE = "disclosure"
    """That the region decides on disclosure; the same is then sent again."""
    EXPLANATION = "explanation"
    EXPLANATION_OR_CORRECTION = "explanation-or-correction"
    """An explanation, or the choice that the file corrects single rows instead of replacing all."""
    CLOSED_OR_NOT_REPORTED = "closed-or-not-reported"
    """What an empty cell means: closed, not reported, or zero."""
    CLOSED_NOT_REPORTED_OR_ENDED = "closed-not-reported-or-ended"
    """Why a unit has no row for a period: closed, not reported, or it has ended."""
    DATE_ORDER = "date-order"
    """Whether dates have the day or the month first."""
    CORRECTION_OR_REPLACEMENT = "correction-or-replacement"
    """Whether the file corrects single rows or replaces the whole delivery."""
    CHOSEN_ANEW = "chosen-anew"
    """That the file neither corrects nor replaces the delivery that was chosen; it can be mended in the file as well."""
    SHEET = "sheet"
    """Which sheet of the workbook is meant."""
    ENCODING = "encoding"
    """Which encoding the text is in."""
    LAYOUT = "layout"
    """What a column, a cell or an element that is not there is in the sender's export; answered once."""
    NOT_IDENTITY = "not-identity"
    """Why what looks like identity numbers is something else; the file is sent again with it."""
    CHOICE = "choice"
    """One of a control question's answers."""
    REASON = "reason"
    """The reason for an answer to a control question."""
    REPLY = "reply"
    """How answers to control questions fit together."""
    CONFIRMATION = "confirmation"
    """A flow is confirmed under the changed meaning."""
    NEW_VERSION = "new-version"
    """A new version of a flow is proposed and decided on."""

    @property
    def is_explanation(self) -> bool:
        return self in (AnswerKind.EXPLANATION, AnswerKind.EXPLANATION_OR_CORRECTION)


class Evidence(StrEnum):
    """How what a finding rests on is shown."""

    PLACES = "places"
    """The cells in a corner of the sender's sheet, or a list of places."""
    CHANGES = "changes"
    """A table of values beside those of the delivery before."""
    YEAR_CHANGES = "year-changes"
    """The same beside the same period last year."""
    OUTLIERS = "outliers"
    """A table of values with what is usual for each, and how far from it they lie."""
    CORRECTED = "corrected"
    """A table of values before and after the correction, in a section of its own."""
    ROWS = "rows"
    """Rows that a replacement takes away or adds, by their keys."""


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """The catalogue's entry for one finding code.

    ``title``, ``body`` and ``mend`` may use the finding's parameters as ``{name}``; ``{count}`` is the number of places.
    ``{name:row|rows}`` is the word for that number of them.
    """

    code: str
    severity: Severity
    stage: Stage
    scope: Scope
    title: Text
    """What it is."""
    body: Text
    """What was found."""
    mend: Text
    """How to mend it."""
    source: str = ""
    """The law, standard or document that the check follows."""
    answer: AnswerKind = AnswerKind.NONE
    evidence: Evidence = Evidence.PLACES
    field: str = ""
    """The form field in which it is mended, where that is always the same."""
    stops: bool = False
    """Whether nothing after it can be read or checked."""
    is_waived_by_correction: bool = False
    """Whether it is no fault in a file that corrects single rows of what was delivered."""
    event: str = ""
    """The event that is recorded where it is found in a file that was sent."""
    is_between_rows: bool = False
    """Whether it is about rows beside each other, of which each may be right by itself."""
    looks_for: Text | None = None
    """What the check looks for, where checks that ran and did not run are listed."""
    absent: Mapping[str, Param] | None = None
    """Parameters that findings of earlier versions do not have, with what is read in their place."""

    def found(self, params: Mapping[str, Param] | None = None, places: Iterable[Place] = ()) -> Finding:
        """A finding of this code, as grave as the entry says."""
        return Finding(
            self.code, self.severity, params or {}, places if isinstance(places, LazyPlaces) else tuple(places)
        )


@dataclass(frozen=True, slots=True)
class ReadableFinding:
    """A finding in one language."""

    code: str
    severity: Severity
    title: str
    body: str
    mend: str
    places: Sequence[Place]
    field: str = ""
    """The form field in which it is mended, where that is always the same."""
    links: Sequence[tuple[str, str]] = ()
    """Name and address of what it names and the reader has a page of."""

    @property
    def in_full(self) -> str:
        """All that it says, one sentence after the other: for where there is room for a text and no more."""
        end = "" if self.title.endswith("?") else "."
        return f"{self.title}{end} {self.body} {self.mend}"


class _Counted(int):
    """A number that also picks the word for so many.

    >>> "{0} {0:row|rows}, {1} {1:row|rows}".format(_Counted(1), _Counted(3))
    '1 row, 3 rows'
    """

    def __format__(self, spec: str) -> str:
        one, bar, several = spec.partition("|")
        return (one if self == 1 else several) if bar else super().__format__(spec)


OF_AN_EARLIER_VERSION = Text(
    "Hittades av en tidigare version av registret; texten har ändrats sedan dess.",
    "Found by an earlier version of the registry; the text for it has changed since.",
)
"""Said of a stored finding whose code or text is not in the catalogue any more."""


class Catalogue:
    """Entries by code. An unknown code is a broken contract, and raises ``KeyError``."""

    def __init__(self, entries: Iterable[FindingEntry]) -> None:
        self._by_code: dict[str, FindingEntry] = {}
        for entry in entries:
            if entry.code in self._by_code:
                raise ValueError(f"finding code {entry.code} is defined twice")
            self._by_code[entry.code] = entry

    def __iter__(self) -> Iterator[FindingEntry]:
        return iter(self._by_code.values())

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> FindingEntry:
        return self._by_code[code]

    def of(self, finding: Finding) -> FindingEntry:
        """The entry of a finding."""
        return self._by_code[finding.code]

    def asking(self, answer: AnswerKind) -> FindingEntry:
        """The one entry that asks for this. Raises ``ValueError`` where there is none, or several."""
        (entry,) = (entry for entry in self if entry.answer is answer)
        return entry

    def stored(self, finding: Finding) -> FindingEntry:
        """The entry of a stored finding; of a code that an earlier version had, one that follows from its severity."""
        if finding.code in self:
            return self.of(finding)
        title = Text(finding.code, finding.code)
        asks = AnswerKind.EXPLANATION if finding.severity is Severity.WARNING else AnswerKind.NONE
        return FindingEntry(
            finding.code,
            finding.severity,
            Stage.ROWS,
            Scope.DELIVERY,
            title,
            OF_AN_EARLIER_VERSION,
            Text("", ""),
            answer=asks,
        )

    def found(self, code: str, params: Mapping[str, Param] | None = None, places: Iterable[Place] = ()) -> Finding:
        """A finding of this code, as grave as its entry says. The only way that a check makes one."""
        return self._by_code[code].found(params, places)

    def read(self, finding: Finding, language: Language) -> ReadableFinding:
        """The finding in words."""
        entry = self._by_code[finding.code]
        params = {"count": finding.count, **_in_language({**(entry.absent or {}), **finding.params}, language)}
        params = {name: _Counted(value) if isinstance(value, int) else value for name, value in params.items()}

        def render(text: Text) -> str:
            return text.in_language(language).format_map(params)

        return ReadableFinding(
            finding.code,
            finding.severity,
            render(entry.title),
            render(entry.body),
            render(entry.mend),
            finding.places,
            entry.field,
        )


def _in_language(params: Mapping[str, Param], language: Language) -> dict[str, str | int]:
    """Parameters as a text of the catalogue names them."""
    return {name: value.in_language(language) if isinstance(value, Text) else value for name, value in params.items()}
