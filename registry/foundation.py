"""The foundation's own plug-in."""

from flask_babel import lazy_gettext as _l

from registry import cli, event_texts, migrate, prepare, serve, starter
from registry.actors import Role
from registry.backup.cli import backup_command, restore_command
from registry.backup.finding_texts import TEXTS as BACKUP_TEXTS
from registry.backup.objects import OBJECTS
from registry.finding_texts import TEXTS
from registry.identity import tries
from registry.identity.administration import account
from registry.identity.administration import blueprint as administration
from registry.identity.cli import users
from registry.identity.views import blueprint as identity
from registry.items import resting_views, withdrawal_views  # noqa: F401  (their pages belong to the items' blueprint)
from registry.items.panels import panel
from registry.items.references import LISTING as VERSIONS
from registry.items.references import describe_versions
from registry.items.views import blueprint as items
from registry.plugin import Begin, MenuEntry, Plugin
from registry.stored import sweeping
from registry.stored.cli import storage
from registry.web.health import blueprint as health
from registry.web.pages import blueprint as pages
from registry.web.patterns import blueprint as patterns
from registry.web.views import blueprint as web

plugin = Plugin(
    name="registry",
    blueprints=(web, health, identity, account, administration, items, pages, patterns),
    commands=(
        cli.audit,
        cli.worker,
        storage,
        users,
        migrate.database,
        starter.starter_command,
        prepare.prepare_command,
        serve.serve_command,
        backup_command,
        restore_command,
    ),
    job_handlers={sweeping.SWEEP: sweeping.run, tries.FORGET: tries.forget_all_old},
    daily_jobs=(sweeping.SWEEP, tries.FORGET),
    panels=(panel,),
    resolvers={"version": describe_versions},
    listings={"version": VERSIONS},
    finding_texts=(*TEXTS, *BACKUP_TEXTS),
    event_texts=event_texts.TEXTS,
    kept=(OBJECTS,),
    starter_steps=(starter.ORGANISATIONS,),
    begin=(
        Begin(
            (Role.ADMINISTRATOR,), _l("Administration"), "administration.index", _l("People, roles and the audit log.")
        ),
    ),
    menu=(MenuEntry(_l("Tasks"), "web.tasks", 0, signed_in=True),),
)
