"""What a modeller's start page says: which models and measures rest on something that has been replaced."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from information_models import queries
from registry import clock
from registry.actors import Actor, Role
from registry.findings import Text
from registry.i18n import current_language
from registry.items import queries as items
from registry.plugin import Task


def outdated_bindings(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """Published models and measures that are bound to something that is no longer in force; four statements."""
    if not actor.has_role(Role.MODELLER):
        return []
    bound = [
        *(
            (version, model.title, queries.bindings(model), "information_models.model")
            for version, model in queries.current_models(session)
        ),
        *(
            (version, measure.title, queries.measure_bindings(measure), "information_models.measure")
            for version, measure in queries.current_measures(session)
        ),
    ]
    today = clock.today(now)
    hashes = {hash_ for _version, _title, pinned, _endpoint in bound for hash_ in pinned}
    replaced = {
        hash_
        for hash_, version in items.versions_by_hash(session, sorted(hashes)).items()
        if not version.is_in_force(today) and not version.is_coming(today)
    }
    opened = {version.item_id for version in queries.open_versions(session, actor)}
    return [
        _task(title, url_for(endpoint, slug=version.item.slug), len(replaced & pinned))
        for version, title, pinned, endpoint in bound
        if replaced & pinned
        and version.item_id not in opened
        and actor.has_role(Role.MODELLER, organisation_id=version.organisation_id)
    ]


def _task(title: Text, url: str, count: int) -> Task:
    return Task(
        "mine",
        "model",
        title.in_language(current_language()),
        url,
        ngettext(
            "It rests on one version that is no longer in force.",
            "It rests on %(num)d versions that are no longer in force.",
            count,
        ),
        ("warn", _("A new version is needed if the change is to reach it")),
    )
