"""What the events of webhooks say, by type."""

from registry.findings import Text

TEXTS = {
    "WebhookCreated": Text("En webhook skapades.", "A webhook was made."),
    "WebhookSecretRotated": Text("En webhook fick en ny hemlighet.", "A webhook was given a new secret."),
    "WebhookTurnedOff": Text("En webhook stängdes av.", "A webhook was turned off."),
    "WebhookTurnedOn": Text("En webhook sattes på.", "A webhook was turned on."),
    "WebhookWithdrawn": Text("En webhook togs bort.", "A webhook was withdrawn."),
    "WebhookGaveUp": Text(
        "Ett meddelande till en webhook kunde inte skickas, och registret har slutat försöka.",
        "A message to a webhook could not be sent, and the registry has stopped trying.",
    ),
    "WebhookSentAgain": Text(
        "Meddelanden till en webhook skickas på nytt.", "Messages to a webhook are being sent again."
    ),
}
