"""What the events of deliveries say, by type."""

from registry.findings import Text

TEXTS = {
    "DeliveryStarted": Text("En fil lästes in för en leverans.", "A file was read in for a delivery."),
    "IdentityNumbersRefused": Text(
        "En fil avvisades: den hade personnummer. Inget av den sparades.",
        "A file was refused: it held identity numbers. Nothing of it was kept.",
    ),
    "IdentityQuestionAnswered": Text(
        "Uppgiftslämnaren svarade att det som kunde vara personnummer är något annat.",
        "The data officer answered that what might be identity numbers is something else.",
    ),
    "DeliveryReadAgain": Text("En ny fil lästes in för leveransen.", "A new file was read in for the delivery."),
    "DeliveryCheckAskedFor": Text(
        "En stor fil ställdes i kö för kontroll.", "A large file was put in line to be checked."
    ),
    "DeliveryChecked": Text("En stor fil kontrollerades.", "A large file was checked."),
    "DeliveryAnswered": Text(
        "Uppgiftslämnaren besvarade kontrollens frågor.", "The data officer answered what the check asked."
    ),
    "DeliveryCorrectionChosen": Text(
        "Uppgiftslämnaren valde om leveransen rättar eller ersätter en tidigare.",
        "The data officer chose whether the delivery corrects or replaces an earlier one.",
    ),
    "DeliveryComparedAgain": Text(
        "Leveransen jämfördes på nytt med den som rättas eller ersätts.",
        "The delivery was compared anew with the one that it corrects or replaces.",
    ),
    "DeliveryDisclosed": Text(
        "Regionen beslutade att lämna ut leveransen.", "The region decided to disclose the delivery."
    ),
    "DisclosureDeclined": Text(
        "Regionen beslutade att inte lämna ut leveransen.", "The region decided not to disclose the delivery."
    ),
    "DeliveryRefused": Text("Mottagaren godtog inte leveransen.", "The recipient did not accept the delivery."),
    "DraftObjectErased": Text(
        "Filen till ett övergivet utkast raderades.", "The file of an abandoned draft was erased."
    ),
}
