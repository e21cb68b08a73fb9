"""What this sub-package gives to the house."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from registry.actors import Role
from registry.findings import Finding, Text
from registry.items.kinds import ItemKind, Requirement
from registry.items.tables import Item, Version
from registry.plugin import Begin, MenuEntry, Plugin, WayOn
from submission_portal.flows import acts, api, carried, carryover, content, event_texts, services
from submission_portal.flows.agreeing import services as use_services
from submission_portal.flows.agreeing.cli import uses
from submission_portal.flows.agreeing.panels import undecided_publications
from submission_portal.flows.agreeing.views.all import blueprint as use_blueprint
from submission_portal.flows.cli import flows
from submission_portal.flows.finding_texts import TEXTS
from submission_portal.flows.panels import panel
from submission_portal.flows.powers import LINES, USES
from submission_portal.flows.suspension_tasks import suspension_tasks
from submission_portal.flows.timetables import acts as timetable_acts
from submission_portal.flows.timetables.finding_texts import TEXTS as OF_TIMETABLES
from submission_portal.flows.timetables.telling import TELLS
from submission_portal.flows.use_finding_texts import TEXTS as OF_USES
from submission_portal.flows.uses import content as use_content
from submission_portal.flows.uses import queries as use_queries
from submission_portal.flows.views import deciding, proposing, reading, suspending  # noqa: F401  (their pages belong to the blueprint)
from submission_portal.flows.views.blueprint import blueprint


def _recipient(stated: Mapping[str, object]) -> str | None:
    """The organisation that decides: the one that the flow goes to."""
    return str(stated["recipient"]) or None


def _discloser(stated: Mapping[str, object]) -> str | None:
    """The region that accepts a use of what it delivers."""
    return str(stated["discloser"]) or None


def _use_url(item: Item) -> str:
    return url_for("uses.show", slug=item.slug)


def _use_edit_url(item: Item) -> str:
    return url_for("uses.edit", slug=item.slug)


def _use_review_url(version: Version) -> str:
    return url_for("uses.version", slug=version.item.slug, number=version.number)


def _url(item: Item) -> str:
    return url_for("flows.show", slug=item.slug)


def _edit_url(item: Item) -> str:
    return url_for("flows.edit", slug=item.slug)


def _review_url(version: Version) -> str:
    return url_for("flows.version", slug=version.item.slug, number=version.number)


def _as_written(
    session: Session, contents: Sequence[tuple[Item, Mapping[str, Any]]]
) -> list[tuple[Mapping[str, Any], Sequence[Finding]]]:
    """Content from before lines and uses were told apart stays in its schema: only there does it say all that it says."""
    return [(content, ()) for _item, content in contents]


FLOW = ItemKind(
    name=carryover.KIND,
    schema=content.SCHEMA,
    label=Text("Leveranslinje", "Delivery line"),
    author_roles=(Role.DATA_OFFICER,),
    requirements=(
        Requirement(Role.QUALITY_REVIEWER, "recipient", services.QUALITY, Text("Kvalitet", "Quality"), _recipient),
        Requirement(
            Role.LEGAL_REVIEWER, "recipient", services.LEGAL, Text("Juridik", "Law"), _recipient, carried.is_carried
        ),
    ),
    parse=content.parse,
    title=content.title,
    url=_url,
    outline=content.outline,
    depends_on=content.depends_on,
    settle=_as_written,
    knot="flow",
    edit_url=_edit_url,
    review_url=_review_url,
    objection=services.objection,
    is_withdrawn_alone=True,
    may_be_followed=True,
)

USE = ItemKind(
    name=use_queries.KIND,
    schema=use_content.SCHEMA,
    label=Text("Användning", "Use"),
    author_roles=use_services.AUTHORS_OF_EITHER,
    requirements=(
        Requirement(Role.QUALITY_REVIEWER, "recipient", use_services.QUALITY, Text("Kvalitet", "Quality"), _recipient),
        Requirement(Role.LEGAL_REVIEWER, "recipient", use_services.LEGAL, Text("Juridik", "Law"), _recipient),
        Requirement(
            Role.DISCLOSING_OFFICER,
            "discloser",
            use_services.ACCEPTANCE,
            Text("Regionens godtagande", "The region's acceptance"),
            _discloser,
        ),
    ),
    parse=use_content.parse,
    title=use_content.title,
    url=_use_url,
    outline=use_content.outline,
    depends_on=use_content.depends_on,
    knot="flow",
    edit_url=_use_edit_url,
    review_url=_use_review_url,
    objection=use_services.objection,
    is_withdrawn_by_deciders=True,
)

plugin = Plugin(
    name="flows",
    blueprints=(blueprint, use_blueprint),
    resources=(api.resources,),
    commands=(flows, uses),
    item_kinds=(FLOW, USE),
    event_handlers={
        "VersionPublished": (carryover.on_version_published,),
        "ChangeSetPublished": (carryover.on_set_published,),
        "VersionWithdrawn": (carryover.on_version_withdrawn,),
    },
    acts={**acts.ACTS, **timetable_acts.ACTS},
    tells=TELLS,
    powers=(LINES, USES),
    ways_on=(WayOn("information_models.stated_needs", _l("Which lines and uses meet each need"), "uses.needs"),),
    panels=(panel, suspension_tasks, undecided_publications),
    finding_texts=(*TEXTS, *OF_USES, *OF_TIMETABLES),
    event_texts=event_texts.TEXTS,
    menu=(MenuEntry(_l("Delivery lines"), "flows.index", 30), MenuEntry(_l("Uses"), "uses.index", 31)),
    begin=(
        Begin(
            use_services.AUTHORS_OF_EITHER,
            _l("Propose a use"),
            "uses.propose",
            _l("What a recipient may do with what is delivered, for which purpose and on which ground."),
        ),
        Begin(
            (Role.DATA_OFFICER,),
            _l("Propose a line"),
            "flows.propose",
            _l("Which figures your organisation delivers, in which parts, how often and by which roads."),
        ),
    ),
)
