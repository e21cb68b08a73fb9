"""Made-up boundary cases that try one wording, out for answers: something for every data officer to try."""

from datetime import timedelta

from registry import clock
from registry.db import db, transaction
from registry.findings import Text
from registry.items import queries as items
from submission_portal.demonstration import people
from termbank.bank.queries.term_banks import concept_of
from termbank.boundary_cases import queries, services
from termbank.boundary_cases.services import WrittenCase

CONCEPT = "disponibel-vardplats"
WAYS = ("klockan 06", "vid midnatt")
OPEN_FOR = timedelta(days=365)
CASES = (
    WrittenCase(
        "Påhittat fall: En avdelning har 20 bemannade vårdplatser. Klockan 05 stängs två av dem till klockan 18, "
        "eftersom en sjuksköterska är sjuk.",
        ("18", "20"),
        "Vid midnatt är alla bemannade, klockan 06 är två det inte.",
    ),
    WrittenCase(
        "Påhittat fall: En patient har permission över natten. Sängen står bäddad, och ingen annan läggs i den.",
        ("1", "1"),
        "Platsen är bemannad och utrustad, vem som än ligger i den.",
    ),
    WrittenCase(
        "Påhittat fall: Två sängar står i korridoren sedan i går. Personalen räcker, men det finns inget vårdrum.",
        ("0", "0"),
        "Lokalen saknas.",
    ),
)


def send_out() -> Text | None:
    """Send the made-up cases to all regions, once; ``None`` where it has been done, or the wording is not there."""
    version = items.current_by_slug(db.session, "concept", CONCEPT)
    actor = people.actor(db.session, "terminolog")
    if version is None or queries.rounds_on(db.session, actor, version.item_id, 1):
        return None
    now = clock.now()
    with transaction() as session:
        one = services.draft(session, actor, now, version=version, ways=WAYS, cases=CASES)
        wording = concept_of(version).definition
        services.open_round(session, actor, now, one, wording=wording, closes_on=clock.today(now) + OPEN_FOR)
    return Text(
        f"{len(CASES)} påhittade gränsfall är ute för svar hos regionerna.",
        f"{len(CASES)} made-up boundary cases are out for answers from the regions.",
    )
