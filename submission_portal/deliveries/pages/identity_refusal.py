"""A file that was refused for identity numbers, as a page or text that the data officer hands on to the data protection officer."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Language, Text
from registry.identity import queries as identity
from registry.items import queries as items
from submission_portal.deliveries.identity_numbers import PARTS
from submission_portal.deliveries.identity_refusals import IdentityRefusal
from submission_portal.deliveries.reading.identity_scan import KINDS
from submission_portal.flows import content as flow_content

TITLE = Text(
    "Underlag till dataskyddsombudet: en fil med personnummer avvisades",
    "For the data protection officer: a file with identity numbers was refused",
)
HAPPENED = Text(
    "Filen togs emot, lästes i minnet och kastades. Varken filen, dess namn eller något nummer skrevs till disk, databas eller "
    "logg, och ingen har kunnat läsa innehållet i registret. Här står därför inga nummer.",
    "The file was received, read in memory and thrown away. Neither the file, its name nor any number was written to a disk, a "
    "database or a log, and nobody could read the content in the registry. No number stands here for that reason.",
)
TO_JUDGE = (
    Text(
        "Regionen är personuppgiftsansvarig för filen. Dataskyddsombudet bedömer om det är en personuppgiftsincident, och om den "
        "sannolikt medför en risk för dem som numren gäller.",
        "The region is the controller of the file. The data protection officer judges whether this is a personal data breach, and "
        "whether it is likely to result in a risk to those whose numbers they are.",
    ),
    Text(
        "Medför den en risk ska den anmälas till Integritetsskyddsmyndigheten inom 72 timmar från att regionen fick vetskap om "
        "den (GDPR artikel 33.1). Varje incident dokumenteras, också en som inte anmäls (artikel 33.5).",
        "If it does, it is notified to the Swedish Authority for Privacy Protection within 72 hours of the region becoming aware of "
        "it (GDPR article 33(1)). Every breach is documented, also one that is not notified (article 33(5)).",
    ),
    Text(
        "Det som registret inte vet: vilka personer det gäller, vilka andra uppgifter som stod i filen, var filen finns kvar "
        "(e-post, mappar, uttagssystem), vilka som har kunnat läsa den där, och varför uttaget hade numren.",
        "What the registry does not know: whose numbers they are, what else was in the file, where it still is (mail, folders, the "
        "system that it was taken from), who could read it there, and why the extract held the numbers.",
    ),
)
_OTHER_PART = Text("andra delar av filen", "other parts of the file")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of the refusal."""

    name: Text
    value: Text


def facts_of(session: Session, refusal: IdentityRefusal) -> tuple[Fact, ...]:
    """What is known of a refusal, in the order in which it is asked for."""
    organisation = identity.organisation(session, refusal.organisation_id)
    sender = identity.person_labels(session, [refusal.person_id]).get(refusal.person_id or "")
    version = items.version_by_hash(session, refusal.flow_version)
    moment = f"{clock.local(refusal.recorded_at):%Y-%m-%d %H:%M}"
    found = ", ".join
    facts = (
        (Text("När", "When"), Text(moment, moment)),
        (Text("Organisation", "Organisation"), organisation.name if organisation else _same("")),
        (Text("Skickad av", "Sent by"), sender or _same("")),
        (Text("Leveranslinje", "Delivery line"), flow_content.read(version.content).title if version else _same("")),
        (Text("Olika nummer", "Different numbers"), _same(str(refusal.numbers))),
        (
            Text("Slag av nummer", "Kinds of numbers"),
            Text(
                found(f"{KINDS[kind].sv} {count}" for kind, count in refusal.kinds.items()),
                found(f"{KINDS[kind].en} {count}" for kind, count in refusal.kinds.items()),
            ),
        ),
        (
            Text("Ställen i filen", "Places in the file"),
            Text(
                found(f"{PARTS.get(part, _OTHER_PART).sv} {count}" for part, count in refusal.parts.items()),
                found(f"{PARTS.get(part, _OTHER_PART).en} {count}" for part, count in refusal.parts.items()),
            ),
        ),
        (
            Text("Filens storlek", "Size of the file"),
            Text(f"{refusal.file_size} byte", f"{refusal.file_size} bytes"),
        ),
        (Text("Filens namn (HMAC)", "Name of the file (HMAC)"), _same(refusal.file_name_hmac)),
        (Text("Filens innehåll (HMAC)", "Content of the file (HMAC)"), _same(refusal.file_hmac)),
        (Text("Händelse i loggen", "Event in the log"), _same(str(refusal.event_number))),
    )
    return tuple(Fact(name, value) for name, value in facts if value.sv)


def as_text(facts: tuple[Fact, ...], language: Language) -> str:
    """The page as plain text, to be sent on or filed."""
    lines = [TITLE.in_language(language), ""]
    lines += [f"{fact.name.in_language(language)}: {fact.value.in_language(language)}" for fact in facts]
    lines += ["", HAPPENED.in_language(language), ""]
    lines += [f"- {one.in_language(language)}" for one in TO_JUDGE]
    return "\n".join(lines) + "\n"


def _same(text: str) -> Text:
    return Text(text, text)
