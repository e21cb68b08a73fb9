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
    "LayoutAnswered": Text(
        "Uppgiftslämnaren svarade på vad kolumner och celler i en export är.",
        "The data officer answered what the columns and cells of an export are.",
    ),
    "LayoutChanged": Text(
        "Uppgiftslämnaren ändrade svar om en export.", "The data officer changed answers about an export."
    ),
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
    "ExplanationsKept": Text(
        "Uppgiftslämnaren sparade förklaringar att använda igen.",
        "The data officer kept explanations to be used again.",
    ),
    "KeptExplanationEnded": Text(
        "En sparad förklaring erbjuds inte längre.", "A kept explanation is not offered any more."
    ),
    "FlowFileMade": Text(
        "En flödesfil för kontroll på egen dator hämtades.",
        "A flow file for checking on one's own computer was fetched.",
    ),
    "DeliveryDisclosed": Text(
        "Regionen beslutade att lämna ut leveransen.", "The region decided to disclose the delivery."
    ),
    "DeliveryDisclosedUnderStanding": Text(
        "Leveransen lämnades ut enligt regionens stående beslut.",
        "The delivery was disclosed under the region's standing decision.",
    ),
    "StandingDisclosureDecided": Text(
        "Regionen tog ett stående beslut om utlämnande.", "The region took a standing decision on disclosure."
    ),
    "StandingDisclosureWithdrawn": Text(
        "Regionen återtog ett stående beslut om utlämnande.", "The region withdrew a standing decision on disclosure."
    ),
    "DisclosureDeclined": Text(
        "Regionen beslutade att inte lämna ut leveransen.", "The region decided not to disclose the delivery."
    ),
    "DeliveryRefused": Text("Mottagaren godtog inte leveransen.", "The recipient did not accept the delivery."),
    "DraftObjectErased": Text(
        "Filen till ett övergivet utkast raderades.", "The file of an abandoned draft was erased."
    ),
}
