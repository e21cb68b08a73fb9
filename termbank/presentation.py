"""What a concept's page shows, made from the term bank's values: linked texts, relations, rows of applications.

Everything here answers in the reader's language, which it takes as an argument; nothing here queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from registry.findings import Language, Text
from registry.i18n import read, show_date
from registry.items.tables import Version
from registry.references import Described
from registry.swedish import ALPHABET, initial, sort_key
from termbank import diagram
from termbank.applications import ANSWER_TEXTS, Answer, Application
from termbank.concepts import Concept, Note, is_web_address
from termbank.linking import Linker
from termbank.queries import Stated, TermBank
from termbank.questions import question_text, questions_for
from termbank.regions import region_name

KNOTS = ("concept", "application", "model", "flow", "delivery", "decision", "figure")
SHOWN_SIBLINGS = 3
SHOWN_IN_A_ROW = 6


def concept_url(slug: str) -> str:
    return url_for("termbank.concept", slug=slug)


def linked(linker: Linker, text: str, language: Language, but: Iterable[str] = ()) -> Markup:
    """``text`` with the terms in it as links to their concepts; each concept once."""
    seen: set[str] = set()
    parts = []
    for piece in linker.pieces(text, language, but=but):
        if piece.slug and piece.slug not in seen:
            seen.add(piece.slug)
            parts.append(Markup('<a href="{}">{}</a>').format(concept_url(piece.slug), piece.text))
        else:
            parts.append(Markup.escape(piece.text))
    return Markup("").join(parts)


def noted(linker: Linker, note: Note, language: Language, but: Iterable[str] = ()) -> Markup:
    """A note with links in it and its source after it."""
    text = linked(linker, note.text.in_language(language), language, but)
    if not note.source:
        return text
    source = cited(note.source, note.url)
    return Markup('{} <span class="soft small">{}</span>').format(text, source)


def cited(title: str, url: str) -> Markup:
    """A source's name, as a link where it has an address that may be one."""
    return Markup('<a href="{}">{}</a>').format(url, title) if is_web_address(url) else Markup.escape(title)


@dataclass(frozen=True, slots=True)
class Relations:
    """A concept's relations, ready for the page: the drawing, the same as a list, and what is associated."""

    drawing: Markup | None
    hierarchy: list[dict[str, Any]]
    related: list[tuple[str, str]]
    doubts: list[tuple[str, str, str, str]]
    """(slug, term, url, what is applied differently)."""
    left_out: int
    """Coordinate concepts that are in the list and not in the drawing."""


def relations(bank: TermBank, slug: str, concept: Concept, language: Language) -> Relations:
    """How ``concept`` (any version of it) stands among the published concepts."""
    bank = _with(bank, slug, concept)
    labels = {one: term(other, language) for one, other in bank.concepts.items()}
    urls = {one: concept_url(one) for one in bank.concepts}
    broader = {one: tuple(above for above in other.broader if above in labels) for one, other in bank.concepts.items()}
    doubts = [
        (other.concept, labels[other.concept], urls[other.concept], other.text.in_language(language))
        for other in concept.contested
        if other.concept in labels
    ]
    contested = [other.concept for other in concept.contested if other.concept in labels]
    beside = _beside(bank, slug, broader, contested)
    root = diagram.tree(slug, labels, urls, broader, bank.narrower, beside)
    drawn = [diagram.Doubt(slug, other, _("counted in here, and out there")) for other in contested]
    siblings = {one for above in broader[slug] for one in bank.narrower.get(above, ()) if one != slug}
    drawing = None
    if diagram.has_anything_to_show(root, drawn):
        drawing = diagram.draw(
            root, drawn, id="begreppsdiagram", title=_("Concept diagram"),
            description=_("The relations of %(term)s. The list beside it says the same.", term=labels[slug]),
        )  # fmt: skip
    return Relations(
        drawing=drawing,
        hierarchy=_hierarchy(bank, slug, labels, urls, broader),
        related=[(labels[other], urls[other]) for other in bank.related.get(slug, ())],
        doubts=doubts,
        left_out=len(siblings - set(beside) - set(_slugs(root))),
    )


def term(concept: Concept, language: Language) -> str:
    return concept.title.in_language(language)


def whole_hierarchy(bank: TermBank, language: Language) -> list[dict[str, Any]]:
    """Every concept under its broader ones; those with neither broader nor narrower last, under a heading of their own."""
    labels = {slug: term(concept, language) for slug, concept in bank.concepts.items()}

    def node(slug: str, above: frozenset[str]) -> dict[str, Any]:
        below = [one for one in bank.narrower.get(slug, ()) if one not in above]
        return {
            "label": labels[slug],
            "url": concept_url(slug),
            "note": None if bank.concepts[slug].definition else _("no definition"),
            "children": [node(one, above | {slug}) for one in below],
        }

    tops = [slug for slug, concept in bank.concepts.items() if not any(one in labels for one in concept.broader)]
    ordered = sorted(tops, key=lambda slug: (slug not in bank.narrower, sort_key(labels[slug])))
    return [node(slug, frozenset()) for slug in ordered]


def alphabet(bank: TermBank, slugs: Sequence[str], language: Language) -> list[tuple[str, list[str]]]:
    """Slugs under the letters that their terms begin with, in Swedish order."""
    groups: dict[str, list[str]] = {}
    for slug in sorted(slugs, key=lambda one: sort_key(term(bank.concepts[one], language))):
        groups.setdefault(initial(term(bank.concepts[slug], language)), []).append(slug)
    order = "#" + ALPHABET
    return sorted(groups.items(), key=lambda group: order.find(group[0]))


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
    used: Mapping[str, Sequence[Described]] | None = None,
    here: Version | None = None,
) -> list[RegionRow]:
    """Statements grouped by region; ``used`` gives, by content hash, what rests on a statement. ``here`` is the version
    whose own page it is."""
    groups: dict[str, list[Stated]] = {}
    for one in stated:
        groups.setdefault(one.application.region, []).append(one)
    rows = []
    for code, members in sorted(groups.items(), key=lambda group: sort_key(region_name(group[0]))):
        columns = [
            (
                span(one.application),
                _answers(one, language, (used or {}).get(one.version.content_hash, ()), here),
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


def counted_kinds(groups: Iterable["UseGroup"]) -> str:
    """``Data flow (1), Delivery (2)``: how many of each kind rest on a wording."""
    return ", ".join(f"{group.kind} ({len(group.members)})" for group in groups)


@dataclass(frozen=True, slots=True)
class Use:
    """Something that rests on a version of a concept. ``number`` is the version's."""

    reference: Described
    is_direct: bool = True
    number: int | None = None


@dataclass(frozen=True, slots=True)
class UseGroup:
    """What rests on a concept, of one kind."""

    kind: str
    members: list[Use]


def use_groups(uses: Iterable[Use], language: Language) -> list[UseGroup]:
    """References grouped by kind, in the order of the thread; each group in Swedish order."""
    groups: dict[tuple[int, str], list[Use]] = {}
    for one in uses:
        knot = one.reference.knot
        place = KNOTS.index(knot) if knot in KNOTS else len(KNOTS)
        groups.setdefault((place, one.reference.kind.in_language(language)), []).append(one)
    return [
        UseGroup(kind, sorted(members, key=lambda use: sort_key(use.reference.label.in_language(language))))
        for (_place, kind), members in sorted(groups.items(), key=lambda group: group[0])
    ]


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
    one: Stated, language: Language, used: Sequence[Described], here: Version | None
) -> list[tuple[str, Markup]]:
    application = one.application
    asked = [question.id for question in questions_for(application.concept)]
    for answered in application.answers:
        if answered.question not in asked:
            asked.append(answered.question)
    rows = [
        (
            question_text(application.concept, question).in_language(language),
            answer_markup(application.answer_to(question).answer, application.answer_to(question).text, language),
        )
        for question in asked
    ]
    for group in use_groups((Use(reference) for reference in used), language):
        links = [_linked_to(use.reference) for use in group.members[:SHOWN_IN_A_ROW]]
        more = len(group.members) - SHOWN_IN_A_ROW
        if more > 0:
            links.append(Markup.escape(ngettext("and one more", "and %(num)d more", more)))
        rows.append((group.kind, Markup(", ").join(links)))
    page = Markup('<a href="{}">{}</a>').format(
        url_for("termbank.application", slug=one.version.item.slug), _("Version %(number)s", number=one.version.number)
    )
    if here is not None and one.version.id == here.id:
        page = Markup.escape(_("Version %(number)s (you are here)", number=one.version.number))
    rows.append((_("Stated in"), page))
    return rows


def _linked_to(reference: Described) -> Markup:
    label = read(reference.label)
    return Markup('<a href="{}">{}</a>').format(reference.url, label) if reference.url else Markup.escape(label)


def _beside(bank: TermBank, slug: str, broader: Mapping[str, tuple[str, ...]], contested: Sequence[str]) -> list[str]:
    """Coordinate concepts worth drawing: those that the concept is contested with or related to, a few at most."""
    siblings = [one for above in broader[slug] for one in bank.narrower.get(above, ()) if one != slug]
    close = [one for one in siblings if one in bank.related.get(slug, ())]
    return list(dict.fromkeys([*contested, *close[:SHOWN_SIBLINGS]]))


def _hierarchy(
    bank: TermBank,
    slug: str,
    labels: Mapping[str, str],
    urls: Mapping[str, str],
    broader: Mapping[str, tuple[str, ...]],
) -> list[dict[str, Any]]:
    def below(one: str, above: frozenset[str]) -> list[dict[str, Any]]:
        return [
            {"label": labels[other], "url": urls[other], "children": below(other, above | {other})}
            for other in bank.narrower.get(one, ())
            if other not in above
        ]

    here = {
        "label": labels[slug],
        "here": True,
        "note": _("(you are here)"),
        "children": below(slug, frozenset({slug})),
    }
    nodes = [here]
    for above in broader[slug][:1]:
        siblings = [
            {
                "label": labels[one],
                "url": urls[one],
                "note": _("(coordinate)"),
                "children": below(one, frozenset({one, slug})),
            }
            for one in bank.narrower.get(above, ())
            if one != slug
        ]
        nodes = [{"label": labels[above], "url": urls[above], "note": _("(broader)"), "children": [here, *siblings]}]
        nodes = _upwards(above, nodes, labels, urls, broader, {slug, above})
    for above in broader[slug][1:]:
        nodes.append({"label": labels[above], "url": urls[above], "note": _("(broader as well)"), "children": []})
    return nodes


def _upwards(
    slug: str,
    nodes: list[dict[str, Any]],
    labels: Mapping[str, str],
    urls: Mapping[str, str],
    broader: Mapping[str, tuple[str, ...]],
    seen: set[str],
) -> list[dict[str, Any]]:
    above = next((one for one in broader.get(slug, ()) if one not in seen), None)
    if above is None:
        return nodes
    upper = [{"label": labels[above], "url": urls[above], "note": None, "children": nodes}]
    return _upwards(above, upper, labels, urls, broader, seen | {above})


def _with(bank: TermBank, slug: str, concept: Concept) -> TermBank:
    if bank.concepts.get(slug) is concept:
        return bank
    return TermBank(bank.versions, {**bank.concepts, slug: concept})


def _slugs(node: diagram.Node) -> list[str]:
    return [node.slug, *(slug for child in node.children for slug in _slugs(child))]


def _time(day: Any) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), show_date(day))


def _m(pattern: str, **values: Markup) -> Markup:
    """A translated sentence with markup put into it; the translation itself is escaped."""
    return Markup.escape(pattern) % values if "%(" in pattern else Markup.escape(pattern)


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
