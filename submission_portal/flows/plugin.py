"""What this sub-package gives to the house."""

from collections.abc import Mapping

from registry.findings import Text
from registry.identity.actors import Role
from registry.items.kinds import ItemKind, Requirement
from registry.plugin import Plugin
from submission_portal.flows import carryover, content, services
from submission_portal.flows.finding_texts import TEXTS


def _recipient(stated: Mapping[str, object]) -> str | None:
    """The organisation that decides: the one that the flow goes to."""
    return str(stated["recipient"]) or None


FLOW = ItemKind(
    name=carryover.KIND,
    content_schema=content.CONTENT_SCHEMA,
    label=Text("Dataflöde", "Data flow"),
    author_roles=(Role.DATA_OFFICER,),
    requirements=(
        Requirement(Role.QUALITY_REVIEWER, "recipient", services.QUALITY, Text("Kvalitet", "Quality"), _recipient),
        Requirement(Role.LEGAL_REVIEWER, "recipient", services.LEGAL, Text("Juridik", "Law"), _recipient),
    ),
    parse=content.parse,
    title=content.title,
    url=lambda item: f"/floden/{item.slug}/",
    outline=content.outline,
    depends_on=content.depends_on,
    knot="flow",
    objection=services.objection,
)

plugin = Plugin(
    name="flows",
    item_kinds=(FLOW,),
    event_handlers={"VersionPublished": (carryover.on_version_published,)},
    finding_texts=TEXTS,
)
