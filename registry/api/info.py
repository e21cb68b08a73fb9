"""What the interface is, and who asks."""

from datetime import date
from typing import Any

from flask import url_for

from registry.api.addresses import RELEASED, VERSION
from registry.api.principals import Anyone, current_client, token_ends
from registry.api.resources import Resources
from registry.api.schemas import ApiInfoSchema, ClientSchema
from registry.db import db
from registry.findings import Text
from registry.identity import queries

resources = Resources(
    "info",
    __name__,
    description=Text("Vad gränssnittet är, och vem som frågar.", "What the interface is, and who asks."),
)
_INFO = {
    "api_name": "Vårdplatsregistret",
    "api_version": VERSION,
    "api_released": RELEASED,
    "api_documentation": "https://registret.example/api/",
    "api_status": "active",
}
_CLIENT = {
    "client_id": "5f0c2c1f6a3e4b0d9b8e7a6c5d4e3f21",
    "organisation": {"kind": "region", "code": "08", "name": {"sv": "Region Kalmar län", "en": "Region Kalmar"}},
    "scopes": ["prepare_deliveries", "read_deliveries"],
    "token_expires_at": "2027-01-18T09:10:00Z",
}


@resources.get("/api-info", needs=Anyone.PUBLIC)
@resources.response(200, ApiInfoSchema, example=_INFO)
def show_api_info() -> dict[str, Any]:
    """What this interface is.

    Its name, its version, when that was released, whether it is to be used, and where it is described.
    """
    return {
        **_INFO,
        "api_released": date.fromisoformat(RELEASED),
        "api_documentation": url_for("api-pages.index", _external=True),
    }


@resources.get("/client", needs=Anyone.CLIENT)
@resources.response(200, ClientSchema, example=_CLIENT)
def show_client() -> dict[str, Any]:
    """Who asks.

    The machine client whose token the request carries, its organisation, and what the token allows until when. A good first
    request: it shows that the token works.
    """
    client = current_client()
    organisation = queries.organisation(db.session, client.organisation_id)
    return {
        "client_id": client.person_id,
        "organisation": organisation,
        "scopes": sorted(one.value for one in client.scopes),
        "token_expires_at": token_ends(),
    }
