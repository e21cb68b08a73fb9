"""How regions apply a wording, side by side and question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from registry.dependants import Group
from registry.findings import Language, Text
from registry.i18n import read, show_date
from registry.items.tables import Version
from registry.swedish import sort_key
from registry.web.page_addresses import address_of_all
from termbank.applications.regions import region_name
from termbank.applications.statement import ANSWER_TEXTS, Answer, Application, in_force, measuring_rows
from termbank.bank.queries.statements import Stated
from termbank.concepts.concept import is_web_address
from termbank.confirmations.holding import Holding
from termbank.presentation.texts import cited
from termbank.presentation.uses import linked_to

SHOWN_IN_A_ROW = 6


@dataclass(frozen=True)
class SaidOf:
    """Which versions of the wording statements are said of, and whether that is the version that the page shows: by default the
    one that applies today."""

    holding: Holding
    day: date
    shown: Version | None = None

    def holds(self, one: Stated) -> bool:
        """Whether a statement is said of the wording that is shown; also where there is none."""
        wording = self._wording(one)
        return wording is None or self.holding.holds(one, wording)

    def line(self, one: Stated) -> Markup:
        """The versions that a statement is said of, as links, and whether that is not the one that is shown."""
        links = [_version_link(one.application.concept, number) for number in self.holding.numbers(one)]
        told = Markup(", ").join(links) if links else Markup.escape(_("a version that is not known here"))
        if len(links) > 1:
            told = _m(_("%(versions)s, the later ones by confirmation"), versions=told)
        if self.holds(one):
            return told
        number = self.number(one.application.concept)
        other = (
            _("not of version %(number)s, which is not decided", number=number)
            if self.shown is not None and not self.shown.published_at
            else _("not of version %(number)s, which has another meaning", number=number)
        )
        return Markup("{}; <strong>{}</strong>").format(told, other)

    def number(self, concept: str) -> int:
        """The version that the page shows; 0 where none applies."""
        wording = self.holding.on(concept, self.day)
        return self.shown.number if self.shown else wording.number if wording else 0

    def silent(self, stated: Sequence[Stated]) -> list[str]:
        """The regions whose statements apply on the day, and are not said of the wording that is shown."""
        applying = _applying(stated, self.day)
        return [region_name(one.application.region) for one in applying if not self.holds(one)]

    def _wording(self, one: Stated) -> str | None:
        if self.shown is not None:
            return self.shown.content_hash
        wording = self.holding.on(one.application.concept, self.day)
        return wording.content_hash if wording else None


def _version_link(slug: str, number: int) -> Markup:
    url = url_for("termbank.concept_version", slug=slug, number=number)
    return Markup('<a href="{}">{}</a>').format(url, _("version %(number)s", number=number))


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region's statements on a concept, side by side, with what they rest on."""

    name: str
    columns: list[tuple[Markup, list[tuple[str, Markup]], bool]]
    rests_on: list[Markup]
    provenance: set[str]
    compare_url: str | None


def region_rows(
    stated: Sequence[Stated],
    language: Language,
    used: Mapping[str, Sequence[Group]] | None = None,
    here: Version | None = None,
    said_of: SaidOf | None = None,
) -> list[RegionRow]:
    """Statements grouped by region; ``used`` gives, by reference, what rests on a statement. ``here`` is the version
    whose own page it is, and ``said_of`` tells which wordings they are said of."""
    groups: dict[str, list[Stated]] = {}
    for one in stated:
        groups.setdefault(one.application.region, []).append(one)
    rows = []
    for code, members in sorted(groups.items(), key=lambda group: sort_key(region_name(group[0]))):
        columns = [
            (
                span(one.application),
                _answers(one, language, (used or {}).get(one.version.ref, ()), here, said_of),
                index > 0,
            )
            for index, one in enumerate(members)
        ]
        rests_on = list(dict.fromkeys(line for one in members if (line := decision_line(one.application, language))))
        compare_url = (
            url_for(
                "termbank.compare_applications",
                vanster=members[-2].version.item.slug,
                hoger=members[-1].version.item.slug,
            )
            if len(members) > 1
            else None
        )
        rows.append(
            RegionRow(
                region_name(code), columns, rests_on, {one.application.provenance for one in members}, compare_url
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """How the regions answer one question: for each answer, the regions that give it."""

    question: str
    regions: list[list[tuple[str, str]]]
    """In the order of `Answer`: (name, address of the statement)."""


def answers_on(stated: Sequence[Stated], day: date, language: Language) -> list[AnswerRow]:
    """What the regions' statements in force on ``day`` say, question by question; all of one concept."""
    current = _applying(stated, day)
    if not current:
        return []
    rows = []
    asked = {question: one.application for one in current for question in one.application.questions}
    for question, first in asked.items():
        given: dict[Answer, list[tuple[str, str]]] = {answer: [] for answer in Answer}
        for one in current:
            url = url_for("termbank.application", slug=one.version.item.slug)
            given[one.application.answer_to(question).answer].append((region_name(one.application.region), url))
        rows.append(AnswerRow(first.question(question).in_language(language), list(given.values())))
    return rows


def span(application: Application) -> Markup:
    """From when to when a statement applies, in words."""
    first, last = (_time(day) if day else None for day in (application.valid_from, application.valid_to))
    if first and last:
        return _m(_("%(first)s through %(last)s"), first=first, last=last)
    if first:
        return _m(_("From %(day)s"), day=first)
    if last:
        return _m(_("Through %(day)s"), day=last)
    return Markup.escape(_("Without dates"))


def decision_line(application: Application, language: Language) -> Markup | None:
    """The decision that a statement rests on, in one line."""
    decision = application.decision
    if decision is None:
        return None
    parts: list[str] = [decision.body.in_language(language) or decision.body.sv]
    if decision.date:
        parts.append(show_date(decision.date))
    if decision.registry_number:
        parts.append(_("registry number %(number)s", number=decision.registry_number))
    line = ", ".join(part for part in parts if part)
    if is_web_address(decision.url):
        return Markup("{} ({})").format(line, cited(_("source"), decision.url))
    return Markup.escape(line)


def answer_markup(answer: Answer, text: Text, language: Language) -> Markup:
    """An answer, with the region's own words after it."""
    words = text.in_language(language) or text.sv
    if answer is Answer.NOT_STATED:
        return Markup('<span class="soft">{}</span>').format(words or ANSWER_TEXTS[answer].in_language(language))
    said = Markup("<strong>{}</strong>").format(ANSWER_TEXTS[answer].in_language(language))
    return Markup("{}, {}").format(said, _lower_first(words)) if words else said


def number_stated(number: int, regions: int) -> str:
    """How many regions have said how they apply a wording, in words."""
    if not number:
        return str(_("No region has stated how it applies the wording."))
    said = ngettext(
        "One region's application of it is stated.",
        "The applications of %(num)d regions are stated.",
        number,
    )
    if number >= regions:
        return str(said)
    rest = ngettext("One region's is not.", "Those of %(num)d regions are not.", regions - number)
    return f"{said} {rest}"


def _answers(
    one: Stated, language: Language, used: Sequence[Group], here: Version | None, said_of: SaidOf | None
) -> list[tuple[str, Markup]]:
    application, all_of = one.application, address_of_all(one.version.item_id, version=one.version.number)
    rows = [
        (
            application.question(question).in_language(language),
            answer_markup(application.answer_to(question).answer, application.answer_to(question).text, language),
        )
        for question in application.questions
    ]
    rows += [(read(label), Markup.escape(said)) for label, said in measuring_rows(application) if said]
    for group in used:
        links = [linked_to(one.reference) for one in group.newest]
        if more := group.total - len(links):
            words, url = ngettext("and one more", "and %(num)d more", more), all_of(group.key)
            links.append(Markup('<a href="{}">{}</a>').format(url, words))
        rows.append((read(group.kind.label), Markup(", ").join(links)))
    page = Markup('<a href="{}">{}</a>').format(
        url_for("termbank.application", slug=one.version.item.slug), _("Version %(number)s", number=one.version.number)
    )
    if here is not None and one.version.id == here.id:
        page = Markup.escape(_("Version %(number)s (you are here)", number=one.version.number))
    rows.append((_("Stated in"), page))
    if said_of is not None:
        rows.append((_("Stated of the wording"), said_of.line(one)))
    return rows


def _applying(stated: Sequence[Stated], day: date) -> list[Stated]:
    """The statement of each region that applies on a day, in Swedish order of the regions' names; all of one concept."""
    by_region: dict[str, list[Stated]] = {}
    for one in stated:
        by_region.setdefault(one.application.region, []).append(one)
    current = [chosen for members in by_region.values() if (chosen := _in_force(members, day))]
    return sorted(current, key=lambda one: sort_key(region_name(one.application.region)))


def _in_force(members: Sequence[Stated], day: date) -> Stated | None:
    chosen = in_force([one.application for one in members], day)
    return next((one for one in members if one.application is chosen), None)


def _time(day: Any) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), show_date(day))


def _m(pattern: str, **values: Markup) -> Markup:
    """A translated sentence with markup put into it; the translation itself is escaped."""
    return Markup.escape(pattern) % values if "%(" in pattern else Markup.escape(pattern)


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
