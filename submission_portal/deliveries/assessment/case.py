"""A delivery's typed rows with everything that its checks may look at, and what checks can need of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from information_models.definitions import LoadedModel
from information_models.typed_rows import TypedRows
from registry.findings import Finding, Severity, Text, worst
from submission_portal.deliveries.assessment import corrections, history
from submission_portal.deliveries.assessment import past as long_past
from submission_portal.deliveries.assessment.confirmed_units import ConfirmedUnits
from submission_portal.deliveries.assessment.filled_rows import units_filled
from submission_portal.deliveries.assessment.gap import Gap, unanswered
from submission_portal.deliveries.assessment.gaps import find_gaps
from submission_portal.deliveries.assessment.known import Corrected, DeliveryBefore, Law, Past
from submission_portal.deliveries.assessment.usual import Usual
from submission_portal.deliveries.checks import Need
from submission_portal.deliveries.lifecycle import CorrectionKind

AFTER_ROWS = Text("Körs när raderna är klara.", "Runs when the rows are done.")

OFFLINE = Text(
    "Körs i portalen: kontrollen här har inget register att se i.",
    "Runs in the portal: this check has no register to look in.",
)

NO_HISTORY = Text(
    "Det finns ingen tidigare leverans i linjen att jämföra med.",
    "There is no earlier delivery in the line to compare with.",
)

NO_YEAR = Text(
    "Det finns ingen leverans i linjen för samma tid förra året.",
    "There is no delivery in the line for the same time last year.",
)

NOT_CHOSEN = Text("Körs när ni har valt vad filen är.", "Runs when you have chosen what the file is.")


@dataclass(frozen=True)
class Case:
    """A delivery under check. ``rows`` are the file's own, typed; in a correction with the earlier values of the columns
    that its file leaves out."""

    loaded: LoadedModel
    rows: TypedRows
    earlier: DeliveryBefore | None = None
    corrected: Corrected | None = None
    law: Law | None = None
    read_in: tuple[Finding, ...] = ()
    """What was found when the file was read."""
    today: date | None = None
    past: Past | None = None
    usual: Usual | None = None
    """The units that are expected, where there are deliveries to know it from."""
    confirmed: ConfirmedUnits | None = None
    """The register of units, where the region has confirmed it."""
    gap_answers: Mapping[str, str] = field(default_factory=dict)
    has_history: bool = True
    is_chosen: bool = True

    @property
    def frame(self) -> pl.DataFrame:
        """The rows with whole columns of values and texts: for what compares them with those of other deliveries."""
        return self.rows.frame

    @property
    def is_correction(self) -> bool:
        return self.corrected is not None and self.corrected.kind == CorrectionKind.CORRECTION

    @property
    def is_replacement(self) -> bool:
        return self.corrected is not None and not self.is_correction

    @cached_property
    def standing(self) -> pl.DataFrame:
        """The rows that will count: of a correction what is corrected with its rows in their place."""
        if self.corrected is None or not self.is_correction:
            return self.frame
        return corrections.merged(self.loaded, self.corrected.frame, self.frame)

    @cached_property
    def is_comparable(self) -> bool:
        """Whether rows can be told apart by the same key as those that are corrected or replaced."""
        return self.corrected is not None and corrections.has_same_key(self.loaded, self.corrected.frame, self.frame)

    @property
    def of_corrected(self) -> Corrected:
        """What is corrected or replaced. Raises ``LookupError`` in a case that corrects nothing."""
        if self.corrected is None:
            raise LookupError("nothing is corrected")
        return self.corrected

    @property
    def of_register(self) -> ConfirmedUnits:
        """The register of units. Raises ``LookupError`` where the region has confirmed none."""
        if self.confirmed is None:
            raise LookupError("no units are confirmed")
        return self.confirmed

    @property
    def is_by_register(self) -> bool:
        """Whether it is the register that says which units are expected."""
        return self.expected_units is not None and self.expected_units.is_confirmed

    @property
    def period_before(self) -> str:
        """What the period of the delivery before is called."""
        return self.earlier.period if self.earlier is not None else ""

    @cached_property
    def added(self) -> pl.DataFrame:
        """The rows that what is corrected or replaced does not have."""
        return corrections.added_rows(self.loaded, self.of_corrected.frame, self.frame)

    @cached_property
    def changed(self) -> tuple[corrections.ChangedValue, ...]:
        """The values that differ from those that are corrected or replaced."""
        if not self.is_comparable:
            return ()
        return corrections.changed_values(self.loaded, self.of_corrected.frame, self.frame)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The periods for which a unit has no row."""
        return find_gaps(self.loaded, self.rows, self.expected_units, self.today)

    @cached_property
    def expected_units(self) -> Usual | None:
        """The units that are expected; in a replacement those of which what it replaces says that they were closed or not
        reported. What else it replaces is compared row by row."""
        if not self.is_replacement:
            return self.usual
        if not self.is_comparable:
            return None
        before = self.of_corrected
        return units_filled(self.loaded, before.frame, before.first, before.last)

    @cached_property
    def asked_gaps(self) -> tuple[Gap, ...]:
        """Those that nothing has been said about."""
        return unanswered(self.gaps, self.gap_answers)

    @cached_property
    def before(self) -> pl.DataFrame:
        """The rows of the delivery before that are of the same kind of period; none where there is no such delivery."""
        if self.earlier is None:
            return self.standing.clear()
        return history.of_the_same_kinds(self.loaded, self.standing, self.earlier.frame)

    @cached_property
    def changes(self) -> tuple[history.Change, ...]:
        """The values that changed much from the delivery before."""
        if self.earlier is None or not self.before.height:
            return ()
        return history.changes(self.loaded, self.standing, self.before)

    @cached_property
    def year_changes(self) -> tuple[history.Change, ...]:
        """The values that changed much from the same period last year."""
        before = self.past.year_before if self.past is not None else None
        if before is None:
            return ()
        frame = history.of_the_same_kinds(self.loaded, self.standing, before.frame)
        return history.changes(self.loaded, self.standing, frame) if frame.height else ()

    @cached_property
    def past_rows(self) -> pl.DataFrame:
        """The rows of earlier periods of the same kind; none where there are none."""
        if self.past is None or not self.past.frame.height:
            return self.standing.clear()
        return history.of_the_same_kinds(self.loaded, self.standing, self.past.frame)

    @cached_property
    def periods_known(self) -> int:
        """With how many earlier periods, or days of the same weekday, values can be compared."""
        return long_past.periods_known(self.loaded, self.standing, self.past_rows)

    @cached_property
    def outliers(self) -> tuple[long_past.Outlier, ...]:
        """The values that lie far from what their unit usually has."""
        return long_past.outliers(self.loaded, self.standing, self.past_rows)


def _is_sound(_case: Case, found: Sequence[Finding]) -> bool:
    return worst(found) is not Severity.ERROR


def _is_whole(case: Case, found: Sequence[Finding]) -> bool:
    return worst([*found, *case.read_in]) not in (Severity.ERROR, Severity.QUESTION)


def _no_earlier(case: Case) -> Text | None:
    if case.is_correction:  # it is compared with what it corrects
        return None
    return OFFLINE if not case.has_history else NO_HISTORY if case.is_chosen else NOT_CHOSEN


def _no_year(case: Case) -> Text | None:
    return _no_earlier(case) if case.past is None else NO_YEAR


def _too_few(case: Case) -> Text | None:
    if case.past is None:
        return _no_earlier(case)
    least = case.loaded.model.thresholds.periods
    return Text(
        f"Ej körd: {case.periods_known} av {least} perioder att jämföra med.",
        f"Not run: {case.periods_known} of {least} periods to compare with.",
    )


def _no_threshold(case: Case) -> Text | None:
    if not any(element.concerns_persons and element.additive for element in case.loaded.model.values):
        return None
    return Text(
        "Ingen användning som linjen kan lämnas till säger under vilket tal ett antal personer är ett småtal.",
        "No use that the line may be handed out for says below which number a count of persons is small.",
    )


def _no_usual(case: Case) -> Text | None:
    return None if case.is_replacement else _no_earlier(case)


def _not_concerned(_case: Case) -> None:
    return None


SOUND = Need[Case](_is_sound, lambda _case: AFTER_ROWS)
"""Nothing wrong has been found so far."""
WHOLE = Need[Case](_is_whole, lambda _case: AFTER_ROWS)
"""Nothing wrong has been found so far, and nothing is asked."""
TODAY = Need[Case](lambda case, _found: case.today is not None, _not_concerned)
WHOLE_FILE = Need[Case](lambda case, _found: not case.is_correction, _not_concerned)
"""The file holds all rows of its period, not single rows of a correction."""
USUAL = Need[Case](lambda case, _found: case.expected_units is not None, _no_usual)
BY_DELIVERIES = Need[Case](lambda case, _found: not case.is_by_register, _not_concerned)
BY_REGISTER = Need[Case](lambda case, _found: case.is_by_register, _not_concerned)
CONFIRMED = Need[Case](lambda case, _found: case.confirmed is not None, _not_concerned)
EARLIER = Need[Case](lambda case, _found: case.earlier is not None, _no_earlier)
YEAR_BEFORE = Need[Case](lambda case, _found: case.past is not None and case.past.year_before is not None, _no_year)
LONG_PAST = Need[Case](lambda case, _found: case.periods_known >= case.loaded.model.thresholds.periods, _too_few)
"""As many earlier periods as the model asks for."""
BY_PERIOD = Need[Case](lambda case, _found: long_past.of_weekdays(case.loaded, case.standing) is False, _not_concerned)
BY_WEEKDAY = Need[Case](lambda case, _found: long_past.of_weekdays(case.loaded, case.standing) is True, _not_concerned)
CORRECTED = Need[Case](lambda case, _found: case.corrected is not None, _not_concerned)
CORRECTION = Need[Case](lambda case, _found: case.is_correction, _not_concerned)
REPLACEMENT = Need[Case](lambda case, _found: case.is_replacement, _not_concerned)
COMPARABLE = Need[Case](lambda case, _found: case.is_comparable, _not_concerned)
INCOMPARABLE = Need[Case](lambda case, _found: not case.is_comparable, _not_concerned)
KNOWN_LAW = Need[Case](lambda case, _found: case.law is not None, lambda _case: OFFLINE)
THRESHOLD = Need[Case](lambda case, _found: case.law is not None and case.law.threshold > 0, _no_threshold)
"""A use says below which number a count of persons is small."""
