"""What the events of review say, by type."""

from registry.findings import Text

TEXTS = {
    "DeliveryDecided": Text("En granskare beslutade om en leverans.", "A reviewer decided on a delivery."),
    "CompletionAsked": Text("Granskaren bad om en komplettering.", "The reviewer asked for a completion."),
    "DeliveryCompleted": Text(
        "Uppgiftslämnaren svarade på en begäran om komplettering.",
        "The data officer answered a request for completion.",
    ),
    "DeliveryClaimed": Text("En granskare tog en leverans för granskning.", "A reviewer took a delivery for review."),
    "DeliveryClaimLetGo": Text("En granskare släppte en leverans.", "A reviewer let a delivery go."),
    "ReviewPointWritten": Text(
        "En granskare skrev en punkt om en leverans.", "A reviewer wrote a point about a delivery."
    ),
    "ReviewPointTakenBack": Text("En granskare återtog en punkt.", "A reviewer took a point back."),
    "DeliveryReturned": Text(
        "En leverans återlämnades till regionen för komplettering.",
        "A delivery was returned to the region for completion.",
    ),
    "ReviewPointAnswered": Text("Regionen besvarade en punkt.", "The region answered a point."),
    "ReviewPointReopened": Text(
        "En punkt öppnades igen, eftersom rättelsen inte gäller längre.",
        "A point was opened again, since the correction does not stand any more.",
    ),
}
