"""What the term bank gives to the house."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l

from registry.actors import Role
from registry.findings import Text
from registry.plugin import Begin, MenuEntry, Plugin, StarterStep
from termbank import api
from termbank.bank import addresses
from termbank.bank.addresses import keep_address
from termbank.bank.ahead import index_ahead
from termbank.bank.indexing import index_published, index_published_set, load_index, unindex_withdrawn
from termbank.bank.listing import offered_items
from termbank.bank.numbers import give_number
from termbank.bank.touching import touched
from termbank.boundary_cases import event_texts as of_boundary_cases
from termbank.checking import CONCEPTS_TOGETHER
from termbank.cli import termbank
from termbank.confirmations.asking import asked, asked_of_set
from termbank.consultations import event_texts as of_consultations
from termbank.editions import checks as edition_checks
from termbank.editions import files as edition_files
from termbank.editions.services import check_edition
from termbank.finding_texts.all import TEXTS
from termbank.imports import files as imports
from termbank.kinds import application_kind, concept_kind, edition_kind, question_set_kind, scheme_kind
from termbank.news.following import followers, followers_of_set
from termbank.panels import describe_boundary_rounds, describe_consultations, panel
from termbank.scheme_checks import checking as scheme_checks
from termbank.services import check_version
from termbank.starter.load import load_applications, load_concepts, load_proposals, load_question_sets
from termbank.views.pages import blueprint

plugin = Plugin(
    name="termbank",
    blueprints=(blueprint,),
    resources=(api.resources,),
    commands=(termbank,),
    item_kinds=(
        replace(concept_kind, check_set=CONCEPTS_TOGETHER, ahead=index_ahead, touched=touched, offered=offered_items),
        application_kind,
        question_set_kind,
        scheme_kind,
        edition_kind,
    ),
    job_handlers={
        edition_files.READ: edition_files.run_reading,
        edition_checks.CHECK: edition_checks.run,
        edition_files.REMOVE: edition_files.run_removing,
        edition_files.SWEEP: edition_files.run_sweeping,
        imports.TELL: imports.run_telling,
        imports.MAKE: imports.run_making,
        imports.SWEEP: imports.run_sweeping,
        scheme_checks.CHECK: scheme_checks.run,
        addresses.FOLLOW: addresses.run_following,
    },
    daily_jobs=(edition_files.SWEEP, imports.SWEEP, addresses.FOLLOW),
    tells={"VersionPublished": (followers, asked), "ChangeSetPublished": (followers_of_set, asked_of_set)},
    event_handlers={
        "DraftCreated": (give_number, keep_address),
        "DraftRevised": (keep_address,),
        "VersionSubmitted": (check_version, check_edition),
        "VersionPublished": (check_version, check_edition, index_published, keep_address),
        "ChangeSetPublished": (index_published_set,),
        "VersionWithdrawn": (unindex_withdrawn, keep_address),
    },
    begin=(
        Begin(
            (Role.TERMINOLOGIST,),
            _l("New concept"),
            "termbank.create",
            _l("Write a concept as a draft. Another terminologist decides on it."),
        ),
    ),
    panels=(panel,),
    resolvers={"consultation": describe_consultations, "boundary-round": describe_boundary_rounds},
    finding_texts=TEXTS,
    event_texts={
        **of_boundary_cases.TEXTS,
        **of_consultations.TEXTS,
        "ComparabilityAnswered": Text(
            "En region svarade på att dess uppgifter inte kan jämföras med andras.",
            "A region answered that its figures are not comparable with others'.",
        ),
        "ItemFollowed": Text(
            "Någon började följa ett begrepp, ett system, en modell eller en linje.",
            "Somebody began to follow a concept, a scheme, a model or a line.",
        ),
        "ItemUnfollowed": Text(
            "Någon slutade följa ett begrepp, ett system, en modell eller en linje.",
            "Somebody stopped following a concept, a scheme, a model or a line.",
        ),
        "NumbersInVocabularyExplained": Text(
            "Någon intygade att det som kunde vara nummer på personer i en fil med begrepp är något annat.",
            "Somebody stated that what might be numbers of persons in a file of concepts is something else.",
        ),
        "VocabularyFileRefused": Text(
            "En fil med begrepp avvisades: den hade nummer på personer. Ingenting av den sparades.",
            "A file of concepts was refused: it had numbers of persons. Nothing of it was kept.",
        ),
        "StatementsConfirmed": Text(
            "En region bekräftade att dess tillämpningar fortfarande stämmer.",
            "A region confirmed that its statements still hold.",
        ),
        "SchemeChecked": Text("Ett helt begreppssystem kontrollerades.", "A whole concept scheme was checked."),
        "TermBankIndexed": Text("Termbankens index byggdes upp.", "The index of the term bank was built."),
    },
    starter_steps=(
        StarterStep(100, "termbank: concepts", load_concepts),
        StarterStep(105, "termbank: index", load_index),
        StarterStep(107, "termbank: question sets", load_question_sets),
        StarterStep(110, "termbank: application statements", load_applications),
        StarterStep(900, "termbank: proposals", load_proposals),
    ),
    menu=(MenuEntry(_l("Term bank"), "termbank.index", 10),),
)
