"""What the events of review say, by type."""

from registry.findings import Text

TEXTS = {
    "DeliveryDecided": Text("En granskare beslutade om en leverans.", "A reviewer decided on a delivery."),
    "CompletionAsked": Text("Granskaren bad om en komplettering.", "The reviewer asked for a completion."),
    "DeliveryCompleted": Text(
        "Uppgiftslämnaren svarade på en begäran om komplettering.",
        "The data officer answered a request for completion.",
    ),
}
