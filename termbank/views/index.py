"""The term bank's first page: searched, by letter, or by level of the hierarchy; and what a search finds while one types."""

from collections.abc import Iterable
from typing import Any

from flask import jsonify, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry.actors import Actor, Role
from registry.db import db
from registry.errors import NotFound
from registry.findings import Language
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.tables import Version
from registry.paging import page_of_sequence
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from termbank.bank import listing
from termbank.bank.listing import Choice
from termbank.bank.numbers import numbers_of
from termbank.bank.queries import published_schemes, term_banks
from termbank.bank.search.searching import Results, search
from termbank.concepts.concept import SHOWN as SHOWN_STATUSES
from termbank.notions import CONCEPT, TermStatus
from termbank.presentation import listed
from termbank.presentation.texts import best
from termbank.views.blueprint import blueprint

HIERARCHY, ALONE = "hierarki", "fristaende"
MOST_TYPED = 10
"""Concepts that are shown while somebody types."""
MOST_DRAFTS = 20


@blueprint.get("/")
@access.public
def index() -> str:
    """Every published concept: by letter or by hierarchy, searched and filtered."""
    session, actor, language = db.session, current_actor(), current_language()
    query = request.args.get("q", "").strip()
    view = request.args.get("ordning", "") if not query else ""
    schemes = published_schemes.schemes(session)
    choice = _choice(schemes)
    narrowed = listing.conditions(session, actor, choice)
    shown: dict[str, Any] = {}
    if query:
        shown = _searched(session, actor, query, search(
            session, query, language, status=choice.status, conditions=narrowed
        ), language)  # fmt: skip
    elif view in (HIERARCHY, ALONE):
        shown = _level(session, view, language)
    else:
        shown = _by_letter(session, actor, choice, narrowed, language)
    return render_template(
        "termbank/index.html", query=query, choice=choice, view=view, language=language, schemes=schemes,
        shown_choices=_shown_choices(), status_choices=_status_choices(), may_write=actor.has_role(Role.TERMINOLOGIST),
        drafts=_new_drafts(session, actor), asked=_asked(), **shown,
    )  # fmt: skip


@blueprint.get("/traffar")
@access.public
def typed() -> Response:
    """What a search finds so far, for the script of a search field: at most ten concepts, as JSON.

    ``hits`` have ``label``, ``named`` (with the number where several are called so), ``url``, ``key``, and where there is something to say ``found``, ``definition`` and its
    ``language``; ``meant`` are those that were probably meant.
    """
    session, language = db.session, current_language()
    choice = _choice(published_schemes.schemes(session) if "system" in request.args else ())
    results = search(
        session, request.args.get("q", ""), language, status=choice.status,
        conditions=listing.conditions(session, current_actor(), choice), most=MOST_TYPED * 3, with_texts=False,
    )  # fmt: skip
    kinds = {"hits": results.hits[:MOST_TYPED], "meant": results.meant[:MOST_TYPED]}
    versions = listing.versions(session, {hit.found.version for hits in kinds.values() for hit in hits})
    said = {key: best(term_banks.concept_of(version).definitions, language) for key, version in versions.items()}
    keys = {key: version.item.slug for key, version in versions.items()}
    numbers = numbers_of(session, set(keys.values()))
    found: dict[str, Any] = {}
    for name, hits in kinds.items():
        rows = listed.suggestions(hits, said, language)
        called = [row["label"] for row in rows]
        found[name] = [
            {
                **row,
                "url": url_for("termbank.concept", slug=slug),
                "key": slug,
                "named": row["label"]
                if called.count(row["label"]) == 1
                else f"{row['label']} ({numbers.get(slug, slug)})",
            }
            for row, slug in zip(rows, (keys[hit.found.version] for hit in hits), strict=True)
        ]
    found["are_cut"] = results.are_cut or len(results.hits) > MOST_TYPED
    answer = jsonify(found)
    answer.vary.update(["Cookie", "Accept-Language"])
    return answer


def _searched(session: Session, actor: Actor, query: str, results: Results, language: Language) -> dict[str, Any]:
    page = page_of_sequence(results.hits, page_asked_for())
    return {
        "page": page,
        "found": listed.of_hits(session, actor, page.rows, language),
        "meant": listed.of_hits(session, actor, results.meant, language),
        "are_cut": results.are_cut,
        "former": listed.former(session, listing.formerly(session, query, begun=not results.hits), language),
    }


def _by_letter(session: Session, actor: Actor, choice: Choice, narrowed: Any, language: Language) -> dict[str, Any]:
    letters = listing.letters(session, language, choice, narrowed)
    asked = request.args.get("bokstav", "")
    letter = asked if asked in letters.numbers else ""
    total = letters.numbers[letter] if letter else letters.total
    page = listing.page_of_letters(session, language, choice, narrowed, page_asked_for(), total, letter)
    entries = listed.of_terms(session, actor, page.rows, language)
    groups = listed.grouped(entries, page.rows)
    here = {group.letter: f"#{group.id}" for group in groups} if page.pages == 1 and not letter else {}
    shown = list(letters.numbers)[: listing.MOST_LETTERS]
    links = [(one, here.get(one) or _letter_address(one)) for one in shown]
    return {"page": page, "groups": groups, "letter": letter, "letter_links": links}


def _letter_address(letter: str) -> str:
    asked: dict[str, Any] = _asked()
    return url_for("termbank.index", **asked, bokstav=letter)


def _level(session: Session, view: str, language: Language) -> dict[str, Any]:
    under, number = request.args.get("under", ""), page_asked_for()
    path: list[tuple[str, str]] = []
    if under:
        item = items.item_by_slug(session, CONCEPT, under)
        if item is None or not (terms := listing.path_to(session, item, language)):
            raise NotFound("concept")
        path = listed.path(session, terms)
        page = listing.below(session, item, language, number)
    else:
        page = listing.tops(session, language, number, alone=view == ALONE)
    return {
        "page": page,
        "nodes": listed.level(session, page.rows, language),
        "path": path,
        "under": under,
        "is_alone": view == ALONE,
    }


def _choice(schemes: Iterable[Any]) -> Choice:
    status = request.args.get("termstatus", "")
    shown = request.args.get("visa", "")
    return Choice(
        next((one for one in schemes if one.slug == request.args.get("system", "")), None),
        shown if shown in listing.SHOWN else "",
        TermStatus(status) if status in [one.value for one in SHOWN_STATUSES] else None,
    )


def _asked() -> dict[str, str]:
    """What narrows the list, to be kept in the addresses that lead on."""
    return {name: request.args[name] for name in ("system", "visa", "termstatus") if request.args.get(name)}


def _shown_choices() -> list[tuple[str, str]]:
    return [
        ("", _("all concepts")),
        (listing.DEFINED, _("with a definition")),
        (listing.UNDEFINED, _("without a definition")),
        (listing.PROPOSED, _("with a proposal")),
        (listing.COMING, _("with a version to come")),
        (listing.APPLIED, _("with stated applications")),
    ]


def _status_choices() -> list[tuple[str, str]]:
    return [
        ("", _("any status")),
        (TermStatus.PREFERRED.value, _("recommended")),
        (TermStatus.ADMITTED.value, _("permitted")),
        (TermStatus.DEPRECATED.value, _("advised against")),
    ]


def _new_drafts(session: Session, actor: Actor) -> list[tuple[str, Version]]:
    """Concepts that are not published yet, for those who may see them; the newest."""
    if not actor.has_role(Role.TERMINOLOGIST):
        return []
    language = current_language()
    rows = listing.unpublished(session, actor, MOST_DRAFTS)
    return [(term_banks.concept_of(version).title.in_language(language), version) for version in rows]
