"""What a new version of a code list or a model changes beyond its wording: what *editorial* needs a reason to overrule."""

from sqlalchemy.orm import Session

from information_models import code_lists, queries
from information_models.compatibility import Compatibility, compare, compare_codes
from registry import clock
from registry.findings import Text
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.tables import Version


def graver_in_model(session: Session, version: Version) -> list[Text]:
    """What a model changes beyond its wording, against the version that it was begun from."""
    if (before := _base_of(session, version)) is None:
        return []
    old, new = queries.load_versions(session, [before, version])
    wordings = items.versions_by_hash(session, sorted(new.model.lockfile))
    editorial = frozenset(hash_ for hash_, one in wordings.items() if one.change == Change.EDITORIAL)
    return compare(old, new, editorial=editorial, on=clock.today()).beyond_wording


def graver_in_code_list(session: Session, version: Version) -> list[Text]:
    """What a code list changes beyond its wording, against the version that it was begun from."""
    if (before := _base_of(session, version)) is None:
        return []
    old, new = code_lists.read(before.content), code_lists.read(version.content)
    return Compatibility(tuple(compare_codes("", old, new, clock.today()))).beyond_wording


def _base_of(session: Session, version: Version) -> Version | None:
    if version.base_hash is None:
        return None
    return items.versions_by_hash(session, [version.base_hash]).get(version.base_hash)
