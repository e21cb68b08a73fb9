"""The foundation's own plug-in."""

from flask_babel import lazy_gettext as _l

from registry import cli, event_texts, grants, prepare, serve, starter
from registry.actors import Role
from registry.api import info
from registry.api.finding_texts import TEXTS as API_TEXTS
from registry.auditing import jobs as auditing_jobs
from registry.auditing.cli import audit, receipts
from registry.backup.cli import backup_command, restore_command
from registry.backup.finding_texts import TEXTS as BACKUP_TEXTS
from registry.backup.objects import OBJECTS
from registry.backup.signing_keys import SIGNING_KEYS
from registry.directions import misdirection_in
from registry.finding_texts import TEXTS
from registry.identity import attempts
from registry.identity.appointing_cli import administrators
from registry.identity.cli import users
from registry.identity.clients.cli import clients as client_commands
from registry.identity.clients.finding_texts import TEXTS as CLIENT_TEXTS
from registry.identity.powers import ROLES
from registry.items.change_sets import jobs as change_set_jobs
from registry.items.change_sets.cli import change_sets as change_set_commands
from registry.items.references import LISTING as VERSIONS
from registry.items.references import describe_versions
from registry.messages import mailing
from registry.messages.cli import messages as message_commands
from registry.messages.telling import SEND
from registry.pages import change_sets, dependants, joining_sets, signing_keys, withdrawals  # noqa: F401  (pages of other blueprints)
from registry.pages.about import blueprint as pages
from registry.pages.account import blueprint as account
from registry.pages.administration import blueprint as administration
from registry.pages.appointment_tasks import tasks as appointment_tasks
from registry.pages.appointments import blueprint as appointments
from registry.pages.clients import blueprint as clients
from registry.pages.health import blueprint as health
from registry.pages.item_tasks import panel
from registry.pages.items import blueprint as items
from registry.pages.log_heads import blueprint as log_heads
from registry.pages.machines import blueprint as machines
from registry.pages.messages import blueprint as messages
from registry.pages.messages import tasks as message_tasks
from registry.pages.patterns import blueprint as patterns
from registry.pages.sign_in import blueprint as identity
from registry.pages.start import blueprint as web
from registry.plugin import Begin, MenuEntry, Plugin
from registry.signing.cli import keys
from registry.signing.finding_texts import TEXTS as SIGNING_TEXTS
from registry.stored import sweeping
from registry.stored.cli import storage

plugin = Plugin(
    name="registry",
    blueprints=(
        web,
        health,
        identity,
        account,
        messages,
        administration,
        appointments,
        items,
        pages,
        patterns,
        machines,
        log_heads,
        clients,
    ),
    resources=(info.resources,),
    commands=(
        audit,
        receipts,
        cli.worker,
        storage,
        users,
        administrators,
        client_commands,
        change_set_commands,
        message_commands,
        keys,
        grants.database,
        starter.starter_command,
        prepare.prepare_command,
        serve.serve_command,
        backup_command,
        restore_command,
    ),
    job_handlers={
        sweeping.SWEEP: sweeping.run,
        attempts.FORGET: attempts.forget_all_old,
        change_set_jobs.EXAMINE: change_set_jobs.run,
        change_set_jobs.ACT: change_set_jobs.run_act,
        SEND: mailing.run,
        auditing_jobs.SIGN: auditing_jobs.run,
    },
    daily_jobs=(sweeping.SWEEP, attempts.FORGET, auditing_jobs.SIGN),
    panels=(panel, appointment_tasks, message_tasks),
    resolvers={"version": describe_versions},
    listings={"version": VERSIONS},
    finding_texts=(*TEXTS, *BACKUP_TEXTS, *CLIENT_TEXTS, *API_TEXTS, *SIGNING_TEXTS),
    event_texts=event_texts.TEXTS,
    powers=(ROLES,),
    unseen_events=("MailChosen", "MailBounced"),
    text_objections=(misdirection_in,),
    kept=(OBJECTS, SIGNING_KEYS),
    starter_steps=(starter.ORGANISATIONS,),
    begin=(
        Begin(
            (Role.ADMINISTRATOR,), _l("Administration"), "administration.index", _l("People, roles and the audit log.")
        ),
        Begin(
            (Role.REGION_ADMINISTRATOR,),
            _l("Administration"),
            "administration.index",
            _l("Your region's people and their roles."),
        ),
        Begin(
            (Role.ADMINISTRATOR,),
            _l("The regions' administrators"),
            "appointments.index",
            _l("Who gives the roles in each region, and proposals that wait for a second administrator."),
        ),
        Begin(
            (Role.TERMINOLOGIST, Role.MODELLER),
            _l("Change sets"),
            "items.change_sets",
            _l("Changes of several things that are reviewed, decided and published together."),
        ),
    ),
    menu=(MenuEntry(_l("Tasks"), "web.tasks", 0, signed_in=True),),
)
