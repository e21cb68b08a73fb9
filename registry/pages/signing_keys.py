"""The public keys that this instance signs with, at an address of their own: for whoever verifies what it has signed."""

from flask import Response, jsonify

from registry.db import db
from registry.pages.machines import blueprint
from registry.signing.queries import key_ring
from registry.web.guards import access, for_machines

ADDRESS = "/.well-known/signing-keys.json"


@blueprint.get(ADDRESS)
@access.public
@for_machines
def signing_keys() -> Response:
    """A JSON Web Key Set (RFC 7517), with the keys that are not used any more."""
    answer = jsonify(key_ring(db.session).as_jwks())
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
