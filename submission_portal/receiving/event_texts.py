"""What the events of receiving say, by type."""

from registry.findings import Text

TEXTS = {
    "DeliverySent": Text("En leverans skickades till mottagaren.", "A delivery was sent to the recipient."),
    "DeliveryPutToReview": Text(
        "En leverans gick till granskning hos mottagaren.", "A delivery went to review at the recipient."
    ),
    "DeliveryWithdrawn": Text("En leverans återtogs.", "A delivery was withdrawn."),
}
