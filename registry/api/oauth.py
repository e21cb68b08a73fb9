"""The authorization server: a machine client shows who it is and is given a token (RFC 6749, 4.4).

Authlib speaks the protocol; what a client is, and what its tokens are, is in `registry.identity.clients`. A client shows a secret
(in the header or the form) or an assertion that it signed (RFC 7523), which is taken once.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Never

import structlog
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError, InvalidScopeError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from flask import Flask, Response, current_app, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key

from registry import clock
from registry.actors import Scope
from registry.api.addresses import REVOCATION, ROOT, TOKENS
from registry.api.principals import count, public_rate
from registry.db import db, transaction
from registry.identity.client_tables import KEY, SECRET, TOKEN_LASTS, Client
from registry.identity.clients import services
from registry.identity.clients.keys import ALGORITHMS, read_key

METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt")
LONGEST_ASSERTION = timedelta(minutes=10)
"""How long after now an assertion may end: for so long its ``jti`` is kept."""
UNKNOWN = (
    "There is no such client with this secret or key: both have to be sent, and neither may have ended. "
    "The region's administrator sees which are valid."
)
KEPT = "authorization_server"
_ID = re.compile(r"[0-9a-f]{32}")
log = structlog.get_logger("registry.api")


def give_token() -> Response:
    """Answer a request for a token, or say in the form of RFC 6749 (5.2) why there is none."""
    count(f"token:{request.remote_addr}", public_rate())
    answer: Response = _server().create_token_response()
    if answer.status_code != 200:
        log.info("no_token", status=answer.status_code)
    return answer


def revoke_token() -> Response:
    """End a token of the client that asks (RFC 7009); also where there is none, the answer is 200."""
    count(f"token:{request.remote_addr}", public_rate())
    server = _server()
    asked = server.create_oauth2_request(None)
    try:
        client = server.authenticate_client(asked, METHODS, "token")
    except InvalidClientError as error:
        answer: Response = server.handle_error_response(asked, error)
        return answer
    with transaction(bookkeeping=True) as session:
        services.revoke_token(session, client_id=client.row.id, token=request.form.get("token", ""))
    return Response(status=200)


def metadata() -> dict[str, Any]:
    """What this server can do (RFC 8414)."""
    root = _issuer()
    return {
        "issuer": root,
        "token_endpoint": root + TOKENS,
        "revocation_endpoint": root + REVOCATION,
        "token_endpoint_auth_methods_supported": list(METHODS),
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "revocation_endpoint_auth_methods_supported": list(METHODS),
        "revocation_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "scopes_supported": [one.value for one in Scope],
        "service_documentation": f"{root}{ROOT}/",
    }


class _AskingClient(ClientMixin):
    """A client as Authlib wants it."""

    def __init__(self, row: Client) -> None:
        self.row = row

    def get_client_id(self) -> str:
        return self.row.id

    def check_client_secret(self, client_secret: str) -> bool:
        return services.secret_fits(self.row, clock.now(), client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        wanted = KEY if method == "private_key_jwt" else SECRET
        return any(one.kind == wanted for one in self.row.valid_credentials(clock.now()))

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "client_credentials"

    def get_allowed_scope(self, scope: str | None) -> str:
        """The scopes that are asked for, all that the client has where none is. Raises where one is not the client's."""
        held = self.row.held_scopes
        asked = set((scope or "").split()) or {one.value for one in held}
        if not asked <= {one.value for one in held}:
            raise InvalidScopeError("The client does not hold every scope that was asked for.")
        return " ".join(sorted(asked))


class _Grant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = list(METHODS)  # noqa: RUF012  (Authlib's own form)

    def validate_requested_scope(self) -> None:
        """Raises ``InvalidScopeError`` where the client lacks one."""
        self.request.client.get_allowed_scope(self.request.payload.scope)


class _Assertions(JWTBearerClientAssertion):
    """Signed assertions, by any of the client's keys, with the signatures that are taken and no other."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def get_audiences(self) -> list[str]:
        return [_issuer(), _issuer() + TOKENS]

    def resolve_client_public_key(self, client: _AskingClient) -> list[Key]:
        """The client's keys; Authlib would have one."""
        valid = client.row.valid_credentials(clock.now())
        return [read_key(one.public_key) for one in valid if one.public_key is not None]

    def __call__(self, query_client: Any, request: Any) -> _AskingClient | None:
        form = request.form
        if form.get("client_assertion_type") != self.CLIENT_ASSERTION_TYPE or not form.get("client_assertion"):
            return None
        assertion = form["client_assertion"]
        _headers, unverified = self.extract_assertion(assertion)
        subject = unverified.get("sub")
        client = query_client(subject) if isinstance(subject, str) else None
        if client is None:
            _refuse("The client does not exist on this server.")
        request.client = client
        claims = _verified(assertion, self.resolve_client_public_key(client))
        if claims is None:
            _refuse("The assertion is not signed by a key of the client.")
        self.verify_claims(claims)
        found: _AskingClient = self.authenticate_client(client)
        return found

    def validate_jti(self, claims: Any, jti: Any) -> bool:
        """Whether it is shown for the first time. Raises where it could be shown again after it is forgotten."""
        ends, now = claims["exp"], clock.now()
        if not isinstance(jti, str) or not jti:
            _refuse("Invalid claim: 'jti'")
        if ends > (now + LONGEST_ASSERTION).timestamp() + self.leeway:
            _refuse("The assertion lasts for too long: ten minutes at most.")
        forgotten_at = datetime.fromtimestamp(ends, UTC) + timedelta(seconds=self.leeway)
        with transaction(bookkeeping=True) as session:
            return services.take_assertion(
                session, now, client_id=claims["sub"], jti=jti, expires_at=max(forgotten_at, now)
            )


def _verified(assertion: str, keys: list[Key]) -> jwt.Claims | None:
    """The claims, where one of the keys made the signature."""
    for key in keys:
        try:
            return jwt.decode(assertion, key, algorithms=list(ALGORITHMS)).claims
        except (JoseError, ValueError):
            continue
    return None


def _refuse(description: str) -> Never:
    raise InvalidClientError(description=description)


def _query_client(client_id: str) -> _AskingClient | None:
    row = db.session.get(Client, client_id) if _ID.fullmatch(client_id) else None
    return _AskingClient(row) if row is not None and row.is_open(clock.now()) else None


def _new_token(grant_type: str, client: _AskingClient, scope: str | None = None, **_more: Any) -> dict[str, Any]:
    """A token that is kept already when it is handed to Authlib, by its hash."""
    allowed, client_id = client.get_allowed_scope(scope), client.row.id
    with transaction(bookkeeping=True) as session:
        token = services.give_token(
            session, clock.now(), client_id=client_id, scopes=[Scope(one) for one in allowed.split()]
        )
    return {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LASTS.total_seconds()),
        "scope": allowed,
    }


def _nothing_more_to_keep(_token: object, _request: object) -> None:
    """`_new_token` has kept it."""


class _Server(AuthorizationServer):
    def authenticate_client(self, request: Any, methods: Any, endpoint: str = "token") -> Any:
        """The client that asks. Raises ``InvalidClientError``, with words that help whoever wrote the program."""
        try:
            return super().authenticate_client(request, methods, endpoint)
        except InvalidClientError as error:
            if str(methods) not in (error.description or ""):
                raise  # in our own words
            raise InvalidClientError(status_code=error.status_code, description=UNKNOWN) from None


def _server() -> AuthorizationServer:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if KEPT not in app.extensions:
        server = _Server(app, query_client=_query_client, save_token=_nothing_more_to_keep)
        server.register_client_auth_method("private_key_jwt", _Assertions())
        server.register_token_generator("client_credentials", _new_token)
        server.register_grant(_Grant)
        app.extensions[KEPT] = server
    return app.extensions[KEPT]


def _issuer() -> str:
    """Who assertions are for: as the instance is configured, since a request says of itself which host it asked."""
    return str(current_app.config["BASE_ADDRESS"]).rstrip("/")
