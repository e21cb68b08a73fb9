"""The term bank's resources for machines. Files in SKOS, TBX and the like are at the pages' addresses (docs/api/term-bank.md)."""

from registry.api.items import add_items
from registry.api.resources import Resources
from registry.findings import Text
from termbank.notions import CONCEPT

resources = Resources(
    "concepts",
    __name__,
    description=Text("Begrepp med termer och definitioner.", "Concepts with terms and definitions."),
)
add_items(
    resources,
    "/concepts",
    CONCEPT,
    one="concept",
    several="concepts",
    example={
        "id": "disponibel-vardplats",
        "number": 1,
        "title": {"sv": "disponibel vårdplats", "en": "available bed"},
        "state": "published",
        "valid_from": "2026-01-01",
        "valid_to": None,
        "published_at": "2026-01-01T08:00:00Z",
        "content_hash": "0" * 64,
        "content": {"content_schema": "concept/3", "terms": [{"language": "sv", "text": "disponibel vårdplats"}]},
    },
)
