"""The term bank as people read it: the list, a concept, one version of it, and how regions apply it."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock, dependants
from registry.actors import Actor, Role
from registry.db import db
from registry.errors import NotFound
from registry.finding_catalogue import ReadableFinding
from registry.findings import Language, Severity
from registry.i18n import current_language, read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.diff import word_diff
from registry.items.lifecycle import CHANGE_LABELS, State
from registry.items.tables import Item, Version
from registry.items.withdrawal_notices import notice_of
from registry.items.withdrawing import may_propose
from registry.paging import page_of_sequence
from registry.provenance import Provenance
from registry.web.forms import whole_number
from registry.web.guards import access, current_actor
from registry.web.negotiation import format_asked_for, located_at, negotiates
from registry.web.page_addresses import address_of_all, page_asked_for
from registry.web.problems import readable
from termbank.applications.regions import REGION_NAMES, region_name
from termbank.applications.statement import ANSWER_TEXTS, PROVENANCE_TEXTS, Application
from termbank.bank import neighbours
from termbank.bank.addresses import address_name, know
from termbank.bank.queries import term_banks
from termbank.bank.queries.statements import (
    Stated,
    application_of,
    in_order,
    open_applications,
    page_of_applied,
    published_statements,
    statement_named,
)
from termbank.bank.queries.term_banks import TermBank
from termbank.bank.search.words import joints_in
from termbank.boundary_cases.queries import rounds_on
from termbank.comparing.comparability import VERDICT_TEXTS, Verdict, compare
from termbank.comparing.queries import compared
from termbank.concepts.concept import Concept
from termbank.concepts.outline import MADE_UP_TEXT, ORIGIN_TEXTS, RENDERING_TEXT
from termbank.confirmations.holding import Holding, holding
from termbank.consultations.notices import on_concept
from termbank.definitions import wording
from termbank.formats import FORMATS
from termbank.news.following import follows
from termbank.notions import APPLICATION, CONCEPT, Origin
from termbank.presentation import confirmations as confirmations_shown
from termbank.presentation import hierarchy, mirrored, statements, texts, uses
from termbank.presentation.boundary_cases import state_text
from termbank.presentation.comparing import pair_row
from termbank.presentation.consultations import state_text as consultation_state
from termbank.presentation.offers import concept_offers
from termbank.views import (
    boundary_cases,
    comparing,
    confirmations,
    diagrams,
    downloads,
    edition_diagrams,
    edition_files,
    editions,
    feed,
    following,
    importing,
    index,
    question_sets,
    scheme_checks,
    schemes,
    sparql,
    stating,
    writing,
)
from termbank.views.addresses import ConceptAt, to_own_address, versions_at
from termbank.views.blueprint import blueprint
from termbank.views.consultations import answering, drafting, reading, settling

__all__ = [
    "answering",
    "blueprint",
    "boundary_cases",
    "comparing",
    "confirmations",
    "diagrams",
    "downloads",
    "drafting",
    "edition_diagrams",
    "edition_files",
    "editions",
    "feed",
    "following",
    "importing",
    "index",
    "question_sets",
    "reading",
    "scheme_checks",
    "schemes",
    "settling",
    "sparql",
    "stating",
    "writing",
]


@blueprint.get("/begrepp/<slug>/")
@access.public
@negotiates
def concept(slug: str) -> str | Response:
    """A concept: its wording in force, what is proposed instead, how regions apply it, and what rests on it. To machines its
    file, in the format that they accept.

    Its own address is its number with its term; its key, and its number with any other name, lead there.
    """
    session, actor = db.session, current_actor()
    named, versions = versions_at(session, actor, slug)
    shown = items.foremost(versions)
    own = address_name(named.number, term_banks.concept_of(shown))
    if slug != own:
        return to_own_address(own)
    if wanted := format_asked_for(FORMATS if downloads.has_file(shown) else ()):
        place = url_for("termbank.download_concept", slug=named.item.slug, extension=wanted.extension)
        return located_at(place, downloads.concept_file(named.item, wanted))
    return _concept_page(session, actor, named, versions, shown)


@blueprint.get("/begrepp/<slug>/version/<int:number>/")
@access.public
@negotiates
def concept_version(slug: str, number: int) -> str | Response:
    """One version of a concept, as it was or as it is proposed. To machines its file, where it was published."""
    session, actor = db.session, current_actor()
    named, versions = versions_at(session, actor, slug)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise NotFound("version")
    if wanted := format_asked_for(FORMATS if version.published_at else ()):
        place = url_for("termbank.download_version", slug=slug, number=number, extension=wanted.extension)
        return located_at(place, downloads.version_file(version, wanted))
    return _concept_page(session, actor, named, versions, version)


@blueprint.get("/tillampningar/")
@access.public
def applications() -> str:
    """How regions apply the wordings, concept by concept; one concept where ``begrepp`` names it."""
    actor, language = current_actor(), current_language()
    chosen = request.args.get("begrepp", "")
    page = page_of_applied(db.session, page_asked_for(), chosen or None)
    keys = list(dict.fromkeys(slug for slug, _region in page.rows))
    bank = term_banks.bank_of(db.session, [*keys, chosen])
    by_region: dict[tuple[str, str], list[Stated]] = {}
    for one in [one for slug in keys for one in published_statements(db.session, slug)]:
        by_region.setdefault((one.application.concept, one.application.region), []).append(one)
    said_of = statements.SaidOf(
        holding(db.session, [one for some in by_region.values() for one in some]), clock.today()
    )
    groups = [
        (
            slug,
            bank.concepts[slug],
            statements.region_rows([one for key in some for one in by_region[key]], language, said_of=said_of),
        )
        for slug, some in groupby(page.rows, key=itemgetter(0))
    ]
    shown = [one.application.provenance for key in page.rows for one in by_region[key]]
    return render_template(
        "termbank/applications.html", groups=groups, page=page, bank=bank, chosen=chosen if chosen in bank.concepts else "",
        term=texts.term, language=language, number_of_regions=len(REGION_NAMES), bar=_bar(shown),
        may_state=actor.has_role(Role.DATA_OFFICER), drafts=[(one, application_of(one)) for one in open_applications(db.session, actor)],
        span=statements.span, region_name=region_name,
    )  # fmt: skip


@blueprint.get("/tillampningar/<slug>/")
@access.public
def application(slug: str) -> str:
    """One region's statement, its versions and the others that it may be compared with."""
    session, actor, language = db.session, current_actor(), current_language()
    item, versions = _visible(session, actor, slug)
    shown = next((one for one in versions if one.state == State.PUBLISHED), None) or items.foremost(versions)
    number = request.args.get("version", type=whole_number)
    if number is not None:
        shown = next((one for one in versions if one.number == number), shown)
    statement = application_of(shown)
    others = [one for one in published_statements(session, statement.concept) if one.version.item_id != item.id]
    applied = items.version_by_hash(session, statement.concept_version)
    used = dependants.directly_on(session, actor, [shown.ref], shown=statements.SHOWN_IN_A_ROW)
    people = identity.person_labels(session, _people(versions))
    of_region = in_order(
        [Stated(shown, statement), *(one for one in others if one.application.region == statement.region)]
    )
    said_of = statements.SaidOf(holding(session, of_region), clock.today())
    return render_template(
        "termbank/application.html", item=item, version=shown, versions=versions, application=statement,
        name=items.kind_named(APPLICATION).title(shown.content), language=language, others=others, wording_link=_wording_link(applied, statement, language),
        region=identity.organisation(session, item.organisation_id), span=statements.span, people=people,
        rows=statements.region_rows(of_region, language, used, here=shown, said_of=said_of),
        newer_wording=0 if said_of.holds(Stated(shown, statement)) else said_of.number(statement.concept),
        confirmed=confirmations_shown.confirmed_line(session, shown),
        decision=statements.decision_line(statement, language), provenance_text=PROVENANCE_TEXTS[statement.provenance],
        region_name=region_name, is_own=actor.has_role(Role.DATA_OFFICER, organisation_id=item.organisation_id),
        open_version=items.open_of(versions),
        bar=_bar([statement.provenance]), withdrawal=notice_of(session, actor, shown),
        may_withdraw=shown.state == State.PUBLISHED and may_propose(actor, shown, items.kind_named(APPLICATION)),
    )  # fmt: skip


@blueprint.get("/jamfor-tillampningar")
@access.public
def compare_applications() -> str:
    """Two statements on the same concept, question by question: do they count the same?"""
    language = current_language()
    slugs = [request.args.get("vanster", ""), request.args.get("hoger", "")]
    sides = [statement_named(db.session, slug) for slug in slugs]
    if sides[0] is None or sides[1] is None:
        raise NotFound("application")
    left, right = (application_of(side) for side in sides if side)
    if left.concept != right.concept:
        raise NotFound("application")
    know(db.session, {left.concept})
    comparison = compare(left, right)
    rows = [
        (
            pair.text.in_language(language),
            statements.answer_markup(pair.left.answer, pair.left.text, language),
            statements.answer_markup(pair.right.answer, pair.right.text, language),
            (_VERDICT_KINDS[pair.verdict], read(VERDICT_TEXTS[pair.verdict])),
        )
        for pair in comparison.pairs
    ]
    others = published_statements(db.session, left.concept)
    pair = Stated(sides[0], left), Stated(sides[1], right)
    known = holding(db.session, pair)
    one_pair = compared(db.session, *pair, known)
    said_of = statements.SaidOf(known, clock.today())
    is_apart = not known.meant(pair[0]) & known.meant(pair[1])
    is_of_older = not is_apart and left.region != right.region and not all(map(said_of.holds, pair))
    return render_template(
        "termbank/compare.html", difference=pair_row(one_pair, current_actor()), is_out=one_pair.is_shown_to(current_actor()), versions=sides, left=left, right=right, comparison=comparison, rows=rows,
        span=statements.span, region_name=region_name, language=language, others=others,
        decisions=[statements.decision_line(one, language) for one in (left, right)],
        is_apart=is_apart, said_of=[said_of.line(one) for one in pair], newer_wording=said_of.number(left.concept) if is_of_older else 0,
        bar=_bar([left.provenance, right.provenance]),
    )  # fmt: skip


def _wording_link(version: Version | None, statement: Application, language: Language) -> Markup | None:
    """The version of the wording that a statement applies, by name and number; ``None`` where it is not known here."""
    if version is None:
        return None
    url = url_for("termbank.concept_version", slug=version.item.slug, number=version.number)
    number = _("version %(number)s", number=version.number)
    return Markup('<a href="{}">{}, {}</a>').format(url, statement.term.in_language(language), number)


_VERDICT_KINDS = {Verdict.SAME: "ok", Verdict.DIFFERENT: "warn", Verdict.UNKNOWN: "idle"}
_SHOWN_ROUNDS = 5
"""Rounds of boundary cases that a concept's page shows; the list has them all."""


def _visible(session: Session, actor: Actor, slug: str) -> tuple[Item, list[Version]]:
    item = items.item_by_slug(session, APPLICATION, slug)
    versions = items.versions_of(session, item, actor) if item else []
    if item is None or not versions:
        raise NotFound("application")
    return item, versions


def _concept_page(session: Session, actor: Actor, at: ConceptAt, versions: Sequence[Version], shown: Version) -> str:
    language, item = current_language(), at.item
    bank = term_banks.bank_around(session, item, term_banks.concept_of(shown))
    concept = bank.concept_of(shown)
    uses_of, number_of_uses = neighbours.defined_with(session, item, language)
    everywhere = published_statements(session)
    stated = [one for one in everywhere if one.application.concept == item.slug]
    current = items.in_force_of(versions)
    known = holding(session, stated)
    said_of = statements.SaidOf(known, clock.today(), shown)
    in_use = [one for one in versions if one.published_at]
    statement_refs = [one.version.ref for one in stated]
    used_by_statement = dependants.directly_on(session, actor, statement_refs, shown=statements.SHOWN_IN_A_ROW)
    resting = dependants.resting_on(session, actor, [one.ref for one in in_use], but=statement_refs)
    is_changing = any(one.is_open for one in versions)
    changing = [current.ref] if current and is_changing else []
    affected = dependants.counted(session, actor, changing, but=statement_refs) if changing else []
    other = "en" if language == "sv" else "sv"
    scheme = bank.scheme_named(concept.scheme.key)
    definition = texts.best(concept.definitions, language)
    others = [one for one in concept.definitions if one is not definition]
    is_downloaded = scheme is not None and current is not None and shown.id == current.id
    return render_template(
        "termbank/concept.html", item=item, slug=item.slug, version=shown, current=current, concept=concept, coming=items.coming_of(versions),
        language=language, other_language=other, term=texts.term(concept, language),
        other_term=concept.preferred(other), cited=texts.cited, scheme=scheme,
        downloads=concept_offers(bank, stated, scheme, item.slug) if scheme and is_downloaded else [],
        definition=texts.defined(bank.linker, definition, (item.slug,)), definition_language=definition.language if definition else language,
        other_definitions=[(one.language, texts.defined(bank.linker, one, (item.slug,))) for one in others],
        examples=[texts.noted(bank.linker, note, language, (item.slug,)) for note in concept.examples],
        is_followed=follows(session, actor, item), number=at.number, scheme_url=url_for("termbank.scheme", slug=scheme.slug) if scheme else url_for("termbank.index"),
        notations=", ".join(one.text for one in concept.notations), in_language=texts.in_language,
        more_sources=Markup("<br>").join(texts.cited(one.title, one.url) for one in concept.sources[1:]),
        terms=texts.terms(concept, language), subject_field=texts.read_in(concept.subject_field, language),
        mappings=mirrored.mappings(session, bank, concept, item.id, language),
        notes=[texts.noted(bank.linker, note, language, (item.slug,)) for note in concept.notes],
        problems=[texts.noted(bank.linker, note, language, (item.slug,)) for note in concept.problems],
        relations=hierarchy.relations(bank, item.slug, concept, language, partial(joints_in, db.session)),
        diagram_url=url_for("termbank.concept_diagram", slug=address_name(at.number, concept)) if in_use else "",
        consulted=[(one, consultation_state(one, clock.today())) for one in on_concept(session, actor, item.id)],
        rows=statements.region_rows(stated, language, used_by_statement, said_of=said_of), answer_texts=list(ANSWER_TEXTS.values()),
        answers=statements.answers_on([one for one in stated if said_of.holds(one)], clock.today(), language),
        unsaid=said_of.silent(stated),
        said=statements.number_stated(
            len({one.application.region for one in stated} & set(REGION_NAMES)), len(REGION_NAMES)
        ),
        silent=[name for code, name in REGION_NAMES.items() if code not in {one.application.region for one in stated}],
        history=page_of_sequence(_history(versions, stated, known), page_asked_for()), people=identity.person_labels(session, _people(versions)),
        resting=resting, affected=uses.counted_kinds(affected), numbers={one.ref: one.number for one in in_use}, url_of=address_of_all(item.id),
        defined_with=[(name, texts.concept_url(address)) for address, name in uses_of], more_defined=number_of_uses - len(uses_of),
        is_cut=len(bank.narrower.get(item.slug, ())) >= neighbours.MOST_BELOW - 1,
        origin_text=ORIGIN_TEXTS[concept.origin], rendering_text=RENDERING_TEXT, made_up_text=MADE_UP_TEXT,
        is_proposal=concept.origin is Origin.PROPOSAL, is_made_up=concept.provenance is Provenance.MADE_UP,
        compared=_reworded(current if current and shown.id != current.id else None, concept, language)["tokens"],
        findings=_remarks(bank, item.slug, concept) if shown.is_open else [],
        change_labels=CHANGE_LABELS, applied={one.application.concept for one in everywhere}, region_name=region_name, bar=_bar([one.application.provenance for one in stated]),
        open_version=items.open_of(versions),
        may_write=actor.has_role(Role.TERMINOLOGIST, organisation_id=item.organisation_id),
        may_state=bool(current) and actor.has_role(Role.DATA_OFFICER),
        compare_url=url_for("items.compare", item_id=item.id), withdrawal=notice_of(session, actor, shown),
        rounds=[(one, state_text(one, clock.today())) for one in rounds_on(session, actor, item.id, _SHOWN_ROUNDS)],
        may_withdraw=shown.state == State.PUBLISHED and may_propose(actor, shown, items.kind_named(CONCEPT)),
    )  # fmt: skip


def _remarks(bank: TermBank, slug: str, concept: Concept) -> list[ReadableFinding]:
    """What the wording checks say of a version that is being worked on, among the concepts around it; advice that everybody
    may read. When it is sent, the whole scheme is looked at."""
    found = wording.check(slug, concept, {other: one for other, one in bank.concepts.items() if other != slug})
    return [readable(finding) for finding in found if finding.severity in (Severity.ERROR, Severity.WARNING)]


def _history(versions: Sequence[Version], stated: Sequence[Stated], known: Holding) -> list[dict[str, Any]]:
    """What happened, newest first: proposals, versions, and changes of application between them."""
    language = current_language()
    steps: list[dict[str, Any]] = []
    current = items.in_force_of(versions)
    for version in reversed(versions):
        concept = term_banks.concept_of(version)
        is_open = version.is_open
        before = next((one for one in reversed(versions) if one.number < version.number and one.published_at), None)
        steps.append(
            {
                "version": version,
                "is_open": is_open,
                "is_made_up": concept.provenance is Provenance.MADE_UP,
                "is_proposal": concept.origin is Origin.PROPOSAL,
                "rendering": concept.rendering,
                "changed_meaning": version.published_at is not None and version.number > 1 and version.changes_meaning,
                **_reworded(before, concept, language),
                "application": None,
            }
        )
        if version is current:
            steps[-1:-1] = _changes_of_application(stated, known)
    return steps


def _changes_of_application(stated: Sequence[Stated], known: Holding) -> list[dict[str, Any]]:
    """A step for each region that began to apply the same words in another way, newest first."""
    changes = []
    for before, after in pairwise(stated):
        if (
            before.application.region == after.application.region
            and compare(before.application, after.application).differing
        ):
            is_same = bool(known.meant(before) & known.meant(after))
            changes.append({"application": after, "before": before, "version": None, "is_same_wording": is_same})
    return sorted(changes, key=lambda step: str(step["application"].application.valid_from or ""), reverse=True)


def _reworded(before: Version | None, concept: Concept, language: str) -> dict[str, Any]:
    """How a definition differs from that of the version before: in the reader's language, or else in the first that differs,
    which ``spoken`` is then."""
    earlier = term_banks.concept_of(before) if before else None
    tags = [one.language for one in earlier.definitions] if earlier else []
    for tag in sorted(dict.fromkeys(tags), key=lambda one: one != language):
        old, new = (one.defined_in(tag) if one else None for one in (earlier, concept))
        if old and (new.text if new else "") != old.text:
            tokens = word_diff(old.text, new.text if new else "")
            return {"tokens": tokens, "spoken": tag if tag != language else ""}
    return {"tokens": (), "spoken": ""}


def _people(versions: Sequence[Version]) -> list[str | None]:
    return [
        person for one in versions for person in (one.author_id, *(decision.person_id for decision in one.decisions))
    ]


def _bar(provenances: Sequence[Provenance]) -> str | None:
    """What the notice bar of a page says, where it is true of everything on it."""
    kinds = set(provenances)
    return kinds.pop().value if len(kinds) == 1 and kinds <= {Provenance.MADE_UP, Provenance.REPRODUCED} else None
