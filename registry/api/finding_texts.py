"""Why a request to the interface for machines is not taken: each is a problem of RFC 9457, with its code as its type."""

from registry.finding_catalogue import AnswerKind, Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

_NOTHING_KEPT = "Ingenting har sparats.", "Nothing was kept."


def _entry(code: str, title: Text, body: Text, mend: Text, answer: AnswerKind = AnswerKind.NONE) -> FindingEntry:
    return FindingEntry(code, Severity.ERROR, Stage.OPERATION, Scope.INSTANCE, title, body, mend, answer=answer)


TEXTS = (
    _entry(
        "API-001",
        Text("Det finns ingenting på adressen", "There is nothing at the address"),
        Text("Adressen finns inte, eller det som den leder till hör till en annan organisation.", "The address does not exist, or what it leads to belongs to another organisation."),
        Text("Se vilka resurser som finns i /api/v1/openapi.json.", "See which resources there are in /api/v1/openapi.json."),
    ),
    _entry(
        "API-002",
        Text("Okänd parameter", "Unknown parameter"),
        Text("Resursen har ingen parameter {name}. Den har: {known}.", "The resource has no parameter {name}. It has: {known}."),
        Text("Rätta namnet eller ta bort parametern.", "Mend the name, or leave the parameter out."),
    ),
    _entry(
        "API-003",
        Text("Parametern finns två gånger", "The parameter is there twice"),
        Text("{name} har flera värden.", "{name} has several values."),
        Text("Skriv den en gång.", "Write it once."),
    ),
    _entry(
        "API-004",
        Text("{name} går inte att använda", "{name} cannot be used"),
        Text("{problem}", "{problem}"),
        Text("Rätta värdet och försök igen.", "Mend the value and try again."),
    ),
    _entry(
        "API-005",
        Text("Innehållet är inte JSON", "The content is not JSON"),
        Text("Innehållet kan inte läsas som JSON (RFC 8259).", "The content cannot be read as JSON (RFC 8259)."),
        Text("Kontrollera att hela innehållet sändes, som UTF-8.", "See that all of the content was sent, as UTF-8."),
    ),
    _entry(
        "API-006",
        Text("Innehållet har en typ som inte tas emot", "The content has a type that is not taken"),
        Text("Content-Type är {given}. Resursen tar emot: {known}.", "Content-Type is {given}. The resource takes: {known}."),
        Text("Ange rätt Content-Type.", "Give the right Content-Type."),
    ),
    _entry(
        "API-007",
        Text("Innehållet är inte det som sändes", "The content is not what was sent"),
        Text("Content-Digest stämmer inte med det innehåll som kom fram. " + _NOTHING_KEPT[0], "Content-Digest does not agree with the content that arrived. " + _NOTHING_KEPT[1]),
        Text("Sänd det igen. Räkna summan på innehållet som det sänds.", "Send it again. Compute the digest of the content as it is sent."),
    ),
    _entry(
        "API-008",
        Text("Content-Digest kan inte läsas", "Content-Digest cannot be read"),
        Text("Rubriken är inte skriven som RFC 9530 säger.", "The header is not written as RFC 9530 says."),
        Text("Skriv till exempel sha-256=:…: med summan i base64.", "Write for instance sha-256=:…: with the digest in base64."),
    ),
    _entry(
        "API-009",
        Text("Nyckeln är använd för något annat", "The key was used for something else"),
        Text("Idempotency-Key har redan använts för en begäran med annat innehåll eller annan adress.", "Idempotency-Key was used before, for a request with other content or another address."),
        Text("Gör en ny nyckel för varje ny begäran.", "Make a new key for each new request."),
    ),
    _entry(
        "API-010",
        Text("Samma begäran pågår", "The same request is under way"),
        Text("En begäran med samma Idempotency-Key har inte fått sitt svar än.", "A request with the same Idempotency-Key has not got its answer yet."),
        Text("Vänta så länge som Retry-After säger och sänd den igen.", "Wait as long as Retry-After says, and send it again."),
        AnswerKind.WAIT,
    ),
    _entry(
        "API-011",
        Text("Idempotency-Key kan inte användas", "Idempotency-Key cannot be used"),
        Text("En nyckel har 1 till 200 skrivbara tecken i ASCII.", "A key has 1 to 200 printable characters of ASCII."),
        Text("Använd till exempel ett UUID.", "Use a UUID, for instance."),
    ),
    _entry(
        "API-012",
        Text("Åtkomsttoken gäller inte", "The access token is not valid"),
        Text("Den har gått ut, är spärrad eller har aldrig funnits.", "It has expired, was revoked, or never was."),
        Text("Hämta en ny på /oauth/token. Den gäller i tio minuter.", "Get a new one at /oauth/token. It lasts ten minutes."),
    ),
    _entry(
        "API-013",
        Text("En åtkomsttoken behövs", "An access token is needed"),
        Text("Begäran har ingen.", "The request has none."),
        Text("Hämta en på /oauth/token och sänd den som Authorization: Bearer …", "Get one at /oauth/token, and send it as Authorization: Bearer …"),
    ),
    _entry(
        "API-014",
        Text("Behörigheten räcker inte", "The scope does not suffice"),
        Text("Det här kräver {scope}. Token har: {held}.", "This needs {scope}. The token has: {held}."),
        Text("Be om den när token hämtas. Saknar klienten den ger organisationens administratör den.", "Ask for it when getting the token. Where the client lacks it, the organisation's administrator gives it."),
    ),
    _entry(
        "API-015",
        Text("För många förfrågningar", "Too many requests"),
        Text("Högst {limit} förfrågningar på {seconds} sekunder.", "At most {limit} requests in {seconds} seconds."),
        Text("Vänta så länge som Retry-After säger.", "Wait as long as Retry-After says."),
        AnswerKind.WAIT,
    ),
    _entry(
        "API-016",
        Text("Någon annan har ändrat den sedan du läste den", "Somebody else has changed it since you read it"),
        Text("If-Match är inte den version som gäller nu.", "If-Match is not the version that is valid now."),
        Text("Läs den igen och gör om ändringen på det som gäller.", "Read it again, and make the change to what is valid."),
    ),
    _entry(
        "API-017",
        Text("If-Match behövs", "If-Match is needed"),
        Text("Ändringen säger inte vilken version den gäller.", "The change does not say of which version it is."),
        Text("Sänd den ETag som du fick när du läste den, som If-Match.", "Send the ETag that you got when you read it, as If-Match."),
    ),
    _entry(
        "API-018",
        Text("Adressen kan inte användas så", "The address cannot be used so"),
        Text("Metoden {method} finns inte här. Det gör: {known}.", "The method {method} is not here. These are: {known}."),
        Text("Se i /api/v1/openapi.json vad resursen har.", "See in /api/v1/openapi.json what the resource has."),
    ),
    _entry(
        "API-019",
        Text("Begäran kunde inte läsas", "The request could not be read"),
        Text("Adressen, en rubrik eller innehållet har tecken som ingen text har.", "The address, a header or the content has characters that no text has."),
        Text("Sänd den igen som UTF-8.", "Send it again, as UTF-8."),
    ),
    _entry(
        "API-020",
        Text("Innehållet är för stort", "The content is too large"),
        Text("Högst {bytes} byte tas emot. " + _NOTHING_KEPT[0], "At most {bytes} bytes are taken. " + _NOTHING_KEPT[1]),
        Text("Dela det, till exempel efter period.", "Split it, by period for instance."),
    ),
    _entry(
        "API-021",
        Text("Registret kan inte svara just nu", "The registry cannot answer right now"),
        Text("Det har för mycket att göra, startar om eller har fullt på disken.", "It has too much to do, is restarting, or its disk is full."),
        Text("Vänta så länge som Retry-After säger. Sänd samma Idempotency-Key igen, så görs ingenting två gånger.", "Wait as long as Retry-After says. Send the same Idempotency-Key again, so that nothing is done twice."),
        AnswerKind.WAIT,
    ),
    _entry(
        "API-022",
        Text("Något är fel i registret", "Something is wrong with the registry"),
        Text("Det är vårt fel, inte ert. Ingenting ändrades.", "It is our fault, not yours. Nothing was changed."),
        Text("Försök igen om en stund, och meddela förvaltningen tidpunkten om det händer igen.", "Try again in a while, and tell the stewards at what time it was if it happens again."),
    ),
    _entry(
        "API-023",
        Text("Det är inte klientens att göra", "It is not the client's to do"),
        Text("Det här beslutar en person.", "A person decides on this."),
        Text("Låt den som har rollen göra det i gränssnittet.", "Let whoever holds the role do it in the interface."),
    ),
    _entry(
        "API-024",
        Text("Innehållet kan inte sparas som det är", "The content cannot be kept as it is"),
        Text("Det som hindrar står under findings.", "What stops it is under findings."),
        Text("Rätta det och sänd igen.", "Mend it and send it again."),
    ),
    _entry(
        "API-025",
        Text("Begäran kunde inte tas emot", "The request could not be taken"),
        Text("Den besvarades med {status}.", "It was answered with {status}."),
        Text("Se i /api/v1/openapi.json hur resursen används.", "See in /api/v1/openapi.json how the resource is used."),
    ),
    _entry(
        "API-026",
        Text("Innehållet är packat på ett sätt som inte tas emot", "The content is packed in a way that is not taken"),
        Text("Content-Encoding är {given}. Resursen tar emot: {known}. " + _NOTHING_KEPT[0], "Content-Encoding is {given}. The resource takes: {known}. " + _NOTHING_KEPT[1]),
        Text("Sänd innehållet som det är, utan Content-Encoding.", "Send the content as it is, without Content-Encoding."),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
