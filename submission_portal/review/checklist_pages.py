"""The checklist as the page of a delivery shows it: each check in words, its state, and where it is on the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry.actors import Actor
from registry.i18n import show_figure
from submission_portal.deliveries.pages.names import label_of
from submission_portal.deliveries.pages.view import DeliveryView
from submission_portal.deliveries.tables import Delivery
from submission_portal.review.checklist import Check, Explained, Facts, State, Total, states
from submission_portal.review.checklist_facts import facts_of

KINDS: Mapping[State, str] = {State.CLEAR: "ok", State.LOOK: "warn", State.STOP: "stop"}


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One check."""

    title: str
    status: tuple[str, str]
    text: str
    lines: tuple[tuple[str, str], ...]
    """What is told rule by rule or element by element, each with where it is."""
    url: str


def checklist_rows(
    session: Session, actor: Actor, delivery: Delivery, loaded: LoadedModel, view: DeliveryView
) -> list[ChecklistRow]:
    """The whole list. Nothing in it depends on who reads it, but how many figures the reader sees a correction change."""
    facts, words = facts_of(session, actor, delivery, loaded), _state_words()
    return [
        ChecklistRow(
            _titles()[check],
            (KINDS[state], words[state]),
            TEXTS[check](facts),
            _lines(check, facts, loaded, view),
            _url(check, delivery, facts, view),
        )
        for check, state in states(facts).items()
    ]


def _state_words() -> dict[State, str]:
    return {State.CLEAR: _("Clear"), State.LOOK: _("Look at it"), State.STOP: _("Stops a release")}


def _titles() -> dict[Check, str]:
    return {
        Check.POINTS: _("Points and questions"),
        Check.WARNINGS: _("Warnings and explanations"),
        Check.SMALL_NUMBERS: _("Small numbers about persons"),
        Check.DISCLOSURE: _("The region's decision"),
        Check.LAYOUT: _("Answers about the export"),
        Check.UNITS: _("Units and missing rows"),
        Check.TOTALS: _("Totals beside the last approved period"),
        Check.APPLICATION: _("Statements of application"),
        Check.CORRECTION: _("Effect of the correction"),
    }


def _url(check: Check, delivery: Delivery, facts: Facts, view: DeliveryView) -> str:
    """Where it is: a section of the page, or a page of its own."""
    if check is Check.TOTALS:
        return url_for("review.differences", reference=delivery.number)
    if check is Check.POINTS:
        if facts.open_points:
            return "#punkter"
        return "#dialog" if facts.open_question else ""
    if check is Check.CORRECTION:
        return "#rattas" if view.corrected else "#fynd"
    return {
        Check.WARNINGS: "#fynd",
        Check.SMALL_NUMBERS: "#fynd",
        Check.DISCLOSURE: "#vem",
        Check.LAYOUT: "#binder",
        Check.UNITS: "#fynd",
        Check.APPLICATION: "#fynd",
    }[check]


def _points(facts: Facts) -> str:
    if facts.open_points:
        told: str = ngettext("One point is open.", "%(num)d points are open.", facts.open_points)
        return told
    return str(_("The region has not answered your question.") if facts.open_question else _("Nothing is open."))


def _warnings(facts: Facts) -> str:
    if not facts.explained:
        return str(_("No rule warned."))
    told: str = ngettext("One rule warned.", "%(num)d rules warned.", len(facts.explained))
    return told


def _small_numbers(facts: Facts) -> str:
    if not facts.small_numbers:
        return str(_("There are none."))
    told: str = ngettext(
        "One cell. It is protected with those of the other regions before anything is published.",
        "%(figure)s cells. They are protected with those of the other regions before anything is published.",
        facts.small_numbers,
        figure=show_figure(facts.small_numbers),
    )
    return told


def _disclosure(facts: Facts) -> str:
    if not facts.is_disclosed:
        return str(_("There is no decision on what was sent."))
    if not facts.is_standing:
        return str(_("An officer decided on this delivery."))
    of, met = facts.conditions_met + facts.conditions_unmet, facts.conditions_met
    told = _("It went under a standing decision: %(met)s of %(all)s conditions met.", met=met, all=of)
    over = _("The decision covers nothing any more.")
    return f"{told} {over}" if facts.standing_is_over else str(told)


def _layout(facts: Facts) -> str:
    if facts.layout_broken:
        return str(_("An answer was changed since the last approved delivery: the figures may mean something else."))
    if facts.layout_changed:
        return str(_("The file was read by other answers than the last approved delivery."))
    return str(_("As in the last approved delivery, or there is none to compare with."))


def _units(facts: Facts) -> str:
    if not facts.gaps and not facts.unit_warnings:
        return str(_("Every expected unit has its rows."))
    told: list[str] = []
    if facts.gaps:
        told.append(ngettext("One gap.", "%(num)d gaps.", facts.gaps))
    if facts.gaps_unanswered:
        told.append(ngettext("One is not answered.", "%(num)d are not answered.", facts.gaps_unanswered))
    if facts.unit_warnings:
        told.append(ngettext("One finding about units.", "%(num)d findings about units.", facts.unit_warnings))
    return " ".join(told)


def _totals(facts: Facts) -> str:
    if facts.totals is None:
        return str(_("There is nothing to hold them against."))
    large = sum(one.is_large for one in facts.totals)
    if not large:
        return str(_("None differs more than the model's threshold."))
    told: str = ngettext("One total differs much.", "%(num)d totals differ much.", large)
    return told


def _application(facts: Facts) -> str:
    if facts.application_missing:
        return str(_("For some concept no statement was in force in the period."))
    if facts.application_changed:
        return str(_("Other statements were in force than for the last approved delivery."))
    told: str = ngettext("One statement was in force.", "%(num)d statements were in force.", facts.applications)
    return told if facts.applications else str(_("The model needs none."))


def _correction(facts: Facts) -> str:
    if not facts.corrects:
        return str(_("It corrects nothing."))
    if facts.corrects_unreleased:
        return str(
            _("%(number)s, which it corrects, is not released: decide on that first.", number=facts.corrects_unreleased)
        )
    if facts.changed_figures is None:
        return str(_("Nobody can tell yet what it changes in published figures."))
    if not facts.changed_figures:
        return str(_("No published figure changes."))
    told: str = ngettext("One published figure changes.", "%(num)d published figures change.", facts.changed_figures)
    return told


TEXTS: Mapping[Check, Callable[[Facts], str]] = {
    Check.POINTS: _points,
    Check.WARNINGS: _warnings,
    Check.SMALL_NUMBERS: _small_numbers,
    Check.DISCLOSURE: _disclosure,
    Check.LAYOUT: _layout,
    Check.UNITS: _units,
    Check.TOTALS: _totals,
    Check.APPLICATION: _application,
    Check.CORRECTION: _correction,
}


def _lines(check: Check, facts: Facts, loaded: LoadedModel, view: DeliveryView) -> tuple[tuple[str, str], ...]:
    if check is Check.WARNINGS:
        shown = [*view.to_do, *view.answered, *view.said]
        found = {one.entry.code: (one.text.title, f"#{one.id}") for one in reversed(shown)}
        rules = [(one, *found.get(one.rule, (one.rule, ""))) for one in facts.explained]
        return tuple((_rule(one, title), url) for one, title, url in rules)
    if check is Check.TOTALS:
        return tuple((_total(one, loaded), "") for one in facts.totals or ())
    return ()


def _rule(one: Explained, title: str) -> str:
    told: str = _(
        "%(rule)s: kept explanations %(kept)s, new %(new)s, none %(without)s",
        rule=title,
        kept=one.kept,
        new=one.new,
        without=one.without,
    )
    return told


def _total(one: Total, loaded: LoadedModel) -> str:
    label, before, now = label_of(loaded, one.element), _figure(one.before), _figure(one.now)
    if one.percent is None:
        return f"{label}: {before} → {now}"
    return f"{label}: {before} → {now} ({show_figure(one.percent)} %)"


def _figure(value: object) -> str:
    text = str(value)
    return show_figure(text.rstrip("0").rstrip(".") if "." in text else text)
