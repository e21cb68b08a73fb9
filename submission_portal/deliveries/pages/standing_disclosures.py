"""What the pages show of standing disclosure decisions: rows and texts, ready for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry import clock
from registry.finding_catalogue import ReadableFinding
from registry.findings import Text
from registry.i18n import read, show_date
from registry.items import queries as items
from registry.items.tables import Version
from registry.web.problems import readable
from submission_portal.deliveries.assessment.conditions import Condition, Judged, Small
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.pages.names import label_of
from submission_portal.deliveries.standing_disclosures.queries import decision_of_line
from submission_portal.deliveries.standing_disclosures.resting import why_over, why_over_each
from submission_portal.deliveries.tables import Delivery, StandingDisclosure
from submission_portal.flows import content as flow_content

RULES = {
    Small.NONE: Text("inga små tal", "no small numbers"),
    Small.AT_MOST: Text("högst {most}", "at most {most}"),
    Small.AS_PROTECTED: Text("hur många som helst: användningarna döljer dem", "any number: the uses hide them"),
}


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A standing decision in a list: its line, its days, and whether anything goes under it today."""

    decision: StandingDisclosure
    line: Text
    url: str
    days: str
    status: tuple[str, str]


def decision_rows(session: Session, decisions: Sequence[StandingDisclosure], on: date) -> list[DecisionRow]:
    """Decisions as a list shows them; eight statements, however many there are."""
    over = why_over_each(session, decisions, on)
    versions = items.versions_by_hash(session, list({one.line_version_hash for one in decisions}))
    return [
        DecisionRow(
            one,
            line_title(versions.get(one.line_version_hash)),
            url_for("deliveries.standing_disclosure", decision_id=one.id),
            _("%(first)s to %(last)s", first=show_date(one.valid_from), last=show_date(one.valid_to)),
            _status(one, on, is_over=over[one.id] is not None),
        )
        for one in decisions
    ]


def line_title(version: Version | None) -> Text:
    """What the line of a decision is called in the version that it is about."""
    return flow_content.read(version.content).title if version is not None else Text("–", "–")


def _status(decision: StandingDisclosure, on: date, *, is_over: bool) -> tuple[str, str]:
    if decision.withdrawn_at is not None:
        return "idle", _("Withdrawn")
    if on < decision.valid_from:
        return "wait", _("To come")
    if on > decision.valid_to:
        return "idle", _("Ended")
    return ("stop", _("Covers nothing now")) if is_over else ("ok", _("In force"))


def condition_rows(decision: StandingDisclosure, loaded: LoadedModel) -> list[tuple[str, str]]:
    """The conditions of a decision: what each is about, and what it demands."""
    rows = [
        (read(Condition.WARNINGS.label), _("none")),
        (read(Condition.NEW_UNITS.label), _("none, beside those of twelve accepted periods")),
        (read(Condition.NOT_LATER_THAN.label), _("at most %(days)s", days=decision.conditions.latest_days)),
    ]
    for one in decision.conditions.small_numbers:
        level = ", ".join(label_of(loaded, name) for name in one.level)
        about = _("%(element)s, above 0 and below %(below)s", element=label_of(loaded, one.element), below=one.below)
        says = read(RULES[one.rule]).format(most=one.most)
        ground = f". {one.ground}" if one.ground else ""
        rows.append((f"{about} ({level})", f"{says}{ground}"))
    return rows


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A condition of a delivery with its value."""

    kind: str
    about: str
    says: str


def value_rows(judged: Sequence[Judged], loaded: LoadedModel) -> list[ValueRow]:
    """Each condition with its value, those that are not met first."""
    return [_value_row(one, loaded) for one in sorted(judged, key=lambda one: one.is_met)]


def values_of(delivery: Delivery, loaded: LoadedModel) -> list[ValueRow]:
    """The conditions that a delivery went under, with their values; none where an officer decided on it."""
    decision = delivery.disclosure
    return value_rows(decision.judged, loaded) if decision is not None else []


def _value_row(one: Judged, loaded: LoadedModel) -> ValueRow:
    about = read(one.condition.label)
    if one.element:
        about = f"{about}: {label_of(loaded, one.element)}"
    if one.limit is None:
        says = _("%(found)s, protected by the uses", found=one.found)
    else:
        says = _("%(found)s, at most %(limit)s", found=one.found, limit=one.limit)
    told = map(_rule_told, one.names) if one.condition is Condition.WARNINGS else map(read, one.names)
    names = "; ".join(told)
    return ValueRow("ok" if one.is_met else "stop", about, f"{says}. {names}" if names else says)


def _rule_told(key: Text) -> str:
    """What a warning is about, of which a condition has kept the key: what was looked for."""
    code = key.sv.partition(".")[0]
    looks_for = FINDINGS[code].looks_for if code in FINDINGS else None
    return f"{read(looks_for)} ({key.sv})" if looks_for else key.sv


@dataclass(frozen=True, slots=True)
class UnderStanding:
    """What a standing decision comes to for a delivery that waits."""

    decision: StandingDisclosure
    url: str
    covers: bool
    """Whether the delivery may be sent under it, as far as the last check tells."""
    objection: ReadableFinding | None
    values: tuple[ValueRow, ...]

    @property
    def differs(self) -> tuple[ValueRow, ...]:
        """The conditions that are not met."""
        return tuple(one for one in self.values if one.kind != "ok")


def under_standing(session: Session, delivery: Delivery, loaded: LoadedModel) -> UnderStanding | None:
    """What the standing decision of a delivery's line comes to for it; ``None`` where nothing is to be decided on it, or there is no
    such decision that covers today. Of one that was taken since the rows were checked nothing is known before it is sent."""
    if delivery.state != DeliveryState.CHECKED:
        return None
    on = clock.today()
    decision = decision_of_line(session, delivery.flow_item_id, on)
    if decision is None:
        return None
    judgement = delivery.standing_judgement
    if judgement is None or judgement.decision_id != decision.id:
        if not decision.covers_day(on):
            return None
        finding = why_over(session, decision, on)
        return UnderStanding(decision, _url(decision), finding is None, readable(finding) if finding else None, ())
    objection = why_over(session, decision, on) or judgement.objection
    return UnderStanding(
        decision,
        _url(decision),
        objection is None and judgement.covers,
        readable(objection) if objection else None,
        tuple(value_rows(judgement.conditions, loaded)),
    )


def _url(decision: StandingDisclosure) -> str:
    return url_for("deliveries.standing_disclosure", decision_id=decision.id)
