"""What a modeller's start page says about models: which of them rest on something that has been replaced."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from information_models import queries
from registry.i18n import current_language
from registry.identity.actors import Actor, Role
from registry.items import queries as items
from registry.items.kinds import State
from registry.plugin import Task


def outdated_bindings(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """Published models that are bound to a wording or a code list that is no longer in force; three statements."""
    if not actor.has_role(Role.MODELLER):
        return []
    language = current_language()
    models = [
        (version, model)
        for version, model in queries.current_models(session)
        if actor.has_role(Role.MODELLER, organisation_id=version.organisation_id)
    ]
    hashes = {hash_ for _version, model in models for hash_ in queries.bindings(model)}
    replaced = {
        hash_
        for hash_, version in items.versions_by_hash(session, sorted(hashes)).items()
        if version.state != State.PUBLISHED
    }
    opened = {version.item_id for version in queries.open_versions(session, actor)}
    tasks = []
    for version, model in models:
        count = len(replaced & queries.bindings(model))
        if count and version.item_id not in opened:
            tasks.append(
                Task(
                    "mine",
                    "model",
                    model.title.in_language(language),
                    url_for("information_models.model", slug=model.slug) + "#vilar",
                    ngettext(
                        "It rests on one wording or code list that has been replaced.",
                        "It rests on %(num)d wordings or code lists that have been replaced.",
                        count,
                    ),
                    ("warn", _("A new version is needed if the change is to reach it")),
                )
            )
    return tasks
