"""The six steps of a delivery for whoever writes a program that delivers: what `/api/` shows. The examples are run by a test. Pure."""

from registry.api.guides import HOST, Guide, GuideFile, GuideStep
from registry.findings import Text

YOUR_OWN = "export CLIENT_ID=… CLIENT_SECRET=… LINE=…"
"""What whoever follows the steps fills in."""

STEPS = (
    GuideStep(
        Text("Hämta en token", "Get a token"),
        Text(
            "Regionens administratör ger er klientens id och hemlighet. En token gäller i tio minuter. Svaret på den andra raden är era "
            "leveranslinjer: sätt LINE till den som ni levererar i, och läs i schemat vad en rad ska innehålla.",
            "The region's administrator gives you the client's id and secret. The token lasts ten minutes. The second request lists your "
            "delivery lines: set LINE to the one that you deliver in, and read in the schema what a row has to hold.",
        ),
        f"""export HOST={HOST}
{YOUR_OWN}
export TOKEN=$(curl -sf -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d grant_type=client_credentials "$HOST/oauth/token" | jq -r .access_token)
curl -sf -H "Authorization: Bearer $TOKEN" "$HOST/api/v1/lines" | jq -r '.items[] | .id, .model_schema'""",
    ),
    GuideStep(
        Text("Ladda upp en fil", "Upload a file"),
        Text(
            "CSV, XLSX, JSON, NDJSON eller Parquet, som den är. Svaret 201 betyder att filen är läst, vad som än hittades i den. Inget har "
            "lämnat regionen ännu. Med Idempotency-Key kan ni skicka om utan att det blir två leveranser.",
            "CSV, XLSX, JSON, NDJSON or Parquet, as it is. The answer 201 means that the file was read, whatever was found in it. Nothing "
            "has left the region yet. With the Idempotency-Key you may send again without making two deliveries.",
        ),
        """curl -sf -X POST "$HOST/api/v1/lines/$LINE/deliveries?sender_reference=run-1" -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: text/csv" -H "Idempotency-Key: run-1" --data-binary @month.csv > delivery.json
export ID=$(jq -r .id delivery.json)""",
    ),
    GuideStep(
        Text("Läs vad som hittades", "Read what was found"),
        Text(
            "needs säger vad varje fynd behöver: mend (skicka en annan fil), answer (steg 4), explain (en person förklarar i portalen) "
            "eller nothing. Är state checked återstår ingenting.",
            "needs says what each finding needs: mend (send another file), answer (step 4), explain (a person does, in the portal) or "
            "nothing. Where state is checked, nothing remains.",
        ),
        """curl -sf -H "Authorization: Bearer $TOKEN" "$HOST/api/v1/deliveries/$ID" | jq -r .state
curl -sf -H "Authorization: Bearer $TOKEN" "$HOST/api/v1/deliveries/$ID/findings" \\
  | jq -r '.items[] | .needs, .key, .title, .mend'""",
    ),
    GuideStep(
        Text("Svara", "Answer"),
        Text(
            "Tomma celler och rader som saknas: closed (stängd), not_reported (ej rapporterad) eller zero (noll). Kolumnens namn står före "
            "raden, och * är alla rader. If-Match är den ETag som ni fick när ni läste, så att ingen ändring skrivs över. Finns inget att "
            "svara på hoppar ni över steget.",
            "Empty cells and missing rows: closed, not_reported or zero. The element's name comes before the row, and * is all rows. "
            "If-Match is the tag of what you have read, so that nobody's change is overwritten. Leave the step out where there is nothing "
            "to answer.",
        ),
        """etag() {
  curl -sf -D - -o answer.json -H "Authorization: Bearer $TOKEN" "$HOST/api/v1/deliveries/$ID" \\
    | tr -d '\\r' | sed -n 's/^ETag: //ip'
}
curl -sf -X PUT "$HOST/api/v1/deliveries/$ID/answers" -H "Authorization: Bearer $TOKEN" -H "If-Match: $(etag)" \\
  -H "Content-Type: application/json" -d '{"cells": {"overbelaggningar": {"*": "not_reported"}}}' | jq -r .state""",
    ),
    GuideStep(
        Text("Skicka", "Send"),
        Text(
            "Först nu tas leveransen emot. Omfattas den av regionens stående beslut går den direkt. Annars svarar registret 409 (DEL-040): "
            "då beslutar en person i portalen, och ni skickar igen.",
            "Only now is the delivery received. Where a standing decision of the region covers it, it goes at once. Otherwise the answer is "
            "409 (DEL-040): a person decides in the portal, and you send again.",
        ),
        """curl -sf -X POST "$HOST/api/v1/deliveries/$ID/send" -H "Authorization: Bearer $TOKEN" -H "If-Match: $(etag)" \\
  -H "Idempotency-Key: send-1" | jq -r .number""",
    ),
    GuideStep(
        Text("Spara kvittensen", "Keep the receipt"),
        Text(
            "Den har leveransens nummer, filens och innehållets kontrollsumma och loggens huvud, så att det går att visa vad som togs emot.",
            "It has the delivery's number, the hashes of the file and of its content, and the head of the log, so that what was received "
            "can be proved.",
        ),
        """curl -sf -H "Authorization: Bearer $TOKEN" "$HOST/api/v1/deliveries/$ID/receipt" > receipt.json
jq -r '.number, .received_at' receipt.json""",
    ),
)

GUIDE = Guide(
    Text("En leverans i sex steg", "A delivery in six steps"),
    Text(
        "Exemplen är för bash, med curl och jq. Stegen är desamma i andra språk.",
        "The examples are for bash, with curl and jq. The steps are the same in other languages.",
    ),
    STEPS,
    (
        GuideFile(
            Text("En färdig klient i en fil (Python, httpx)", "A client in one file (Python, httpx)"),
            "receiving.client_file",
        ),
    ),
)
