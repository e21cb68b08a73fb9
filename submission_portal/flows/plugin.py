"""What this sub-package gives to the house."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import lazy_gettext as _l

from registry.actors import Role
from registry.findings import Text
from registry.items.kinds import ItemKind, Requirement
from registry.items.tables import Item, Version
from registry.plugin import Begin, MenuEntry, Plugin
from submission_portal.flows import acts, carryover, content, event_texts, services
from submission_portal.flows.cli import flows
from submission_portal.flows.finding_texts import TEXTS
from submission_portal.flows.panels import panel
from submission_portal.flows.suspension_tasks import suspension_tasks
from submission_portal.flows.views import deciding, proposing, reading, suspending  # noqa: F401  (their pages belong to the blueprint)
from submission_portal.flows.views.blueprint import blueprint


def _recipient(stated: Mapping[str, object]) -> str | None:
    """The organisation that decides: the one that the flow goes to."""
    return str(stated["recipient"]) or None


def _url(item: Item) -> str:
    return url_for("flows.show", slug=item.slug)


def _edit_url(item: Item) -> str:
    return url_for("flows.edit", slug=item.slug)


def _review_url(version: Version) -> str:
    return url_for("flows.version", slug=version.item.slug, number=version.number)


FLOW = ItemKind(
    name=carryover.KIND,
    schema=content.SCHEMA,
    label=Text("Dataflöde", "Data flow"),
    author_roles=(Role.DATA_OFFICER,),
    requirements=(
        Requirement(Role.QUALITY_REVIEWER, "recipient", services.QUALITY, Text("Kvalitet", "Quality"), _recipient),
        Requirement(Role.LEGAL_REVIEWER, "recipient", services.LEGAL, Text("Juridik", "Law"), _recipient),
    ),
    parse=content.parse,
    title=content.title,
    url=_url,
    outline=content.outline,
    depends_on=content.depends_on,
    knot="flow",
    edit_url=_edit_url,
    review_url=_review_url,
    objection=services.objection,
    is_withdrawn_alone=True,
)

plugin = Plugin(
    name="flows",
    blueprints=(blueprint,),
    commands=(flows,),
    item_kinds=(FLOW,),
    event_handlers={
        "VersionPublished": (carryover.on_version_published,),
        "ChangeSetPublished": (carryover.on_set_published,),
        "VersionWithdrawn": (carryover.on_version_withdrawn,),
    },
    acts=acts.ACTS,
    panels=(panel, suspension_tasks),
    finding_texts=TEXTS,
    event_texts=event_texts.TEXTS,
    menu=(MenuEntry(_l("Data flows"), "flows.index", 30),),
    begin=(
        Begin(
            (Role.DATA_OFFICER,),
            _l("Propose a flow"),
            "flows.propose",
            _l("Which figures your organisation discloses, to whom, for what and on which ground."),
        ),
    ),
)
