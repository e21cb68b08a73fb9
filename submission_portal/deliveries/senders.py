"""How many regions stand behind some figures, as rules on compilations count them.

A region for trials is made up, and counts for none. What is no region, such as whoever reproduces what others have published, may
send for any.
"""

from collections.abc import Collection

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from information_models import code_lists
from legal_checks.compilations.rules import RULES
from registry.identity.tables import Organisation
from registry.items.queries import latest_published

REGION_LIST = "regioner"
"""The code list of the 21 regions, by which the country is complete or not; those for trials are in it too."""
MANY = max(rule.regions for rule in RULES)


def made_up_regions(session: Session) -> frozenset[str]:
    """The codes of the regions that are for trials."""
    version = latest_published(session, "code_list", REGION_LIST)
    if version is None:
        return frozenset()
    return frozenset(code.code for code in code_lists.read(version.content).codes if code.test)


def regions_among(session: Session, organisation_ids: Select[str], made_up: Collection[str]) -> int:
    """How many regions some organisations are, or may send for."""
    is_region = Organisation.kind == "region"
    weight = case((is_region & Organisation.code.in_(made_up), 0), (is_region, 1), else_=MANY)
    return session.scalar(select(func.sum(weight)).where(Organisation.id.in_(organisation_ids))) or 0
