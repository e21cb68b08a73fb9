"""Who may do what with deliveries, until the other side has answered for them."""

from registry.actors import Role
from registry.findings import Text
from registry.powers import THE_OTHER_SIDE, THE_RECIPIENT, THE_REGION, Power, Powers

DELIVERIES = Powers(
    Text("Leveranser", "Deliveries"),
    30,
    (
        Power(
            Text("Läsa in, besvara frågor och förklara varningar", "Read in, answer questions and explain warnings"),
            THE_REGION,
            (Role.DATA_OFFICER,),
            THE_OTHER_SIDE,
            (
                "DeliveryStarted",
                "DeliveryReadAgain",
                "IdentityQuestionAnswered",
                "DeliveryCheckAskedFor",
                "DeliveryAnswered",
                "DeliveryCorrectionChosen",
                "DeliveryComparedAgain",
                "LayoutAnswered",
                "LayoutChanged",
                "ExplanationsKept",
                "KeptExplanationEnded",
            ),
        ),
        Power(
            Text(
                "Pröva om uppgifterna får lämnas ut, och för vad",
                "Decide whether the data may be disclosed, and for what",
            ),
            THE_REGION,
            (Role.DISCLOSING_OFFICER,),
            Text(
                "Den som har förberett leveransen, och den som har agerat för mottagaren i linjen.",
                "Whoever prepared the delivery, and whoever has acted for the recipient in the line.",
            ),
            ("DeliveryDisclosed", "DisclosureDeclined"),
        ),
        Power(
            Text(
                "Besluta stående om utlämnande, under villkor, och återta ett sådant beslut",
                "Take a standing decision on disclosure, under conditions, and withdraw one",
            ),
            THE_REGION,
            (Role.DISCLOSING_OFFICER,),
            Text(
                "Den som har gjort eller ändrat regionens maskinklienter, och den som har agerat för mottagaren i linjen. Den som "
                "beslutade förbereder inga leveranser under beslutet.",
                "Whoever has made or changed the region's machine clients, and whoever has acted for the recipient in the line. "
                "Whoever decided prepares no deliveries under the decision.",
            ),
            ("StandingDisclosureDecided", "StandingDisclosureWithdrawn"),
        ),
        Power(
            Text("Skicka, eller återta", "Send, or withdraw"),
            THE_REGION,
            (Role.DATA_OFFICER,),
            THE_OTHER_SIDE,
            ("DeliverySent", "DeliveryWithdrawn"),
        ),
        Power(
            Text("Släppa fram, avböja, eller be om komplettering", "Release, refuse, or ask for completion"),
            THE_RECIPIENT,
            (Role.QUALITY_REVIEWER,),
            Text(
                "Den som hör till regionen, eller har agerat för den i linjen.",
                "Whoever belongs to the region, or has acted for it in the line.",
            ),
            ("DeliveryDecided", "CompletionAsked"),
        ),
        Power(
            Text(
                "Ta en leverans för granskning, skriva punkter och återlämna den för komplettering",
                "Take a delivery for review, write points and return it for completion",
            ),
            THE_RECIPIENT,
            (Role.QUALITY_REVIEWER,),
            Text(
                "Den som hör till regionen, eller har agerat för den i linjen, och så länge någon annan har tagit leveransen.",
                "Whoever belongs to the region, or has acted for it in the line, and while somebody else has taken the delivery.",
            ),
            (
                "DeliveryClaimed",
                "DeliveryClaimLetGo",
                "ReviewPointWritten",
                "ReviewPointTakenBack",
                "DeliveryReturned",
            ),
        ),
        Power(
            Text("Svara på en begäran om komplettering, och på punkter", "Answer a request for completion, and points"),
            THE_REGION,
            (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER),
            THE_OTHER_SIDE,
            ("DeliveryCompleted", "ReviewPointAnswered"),
        ),
    ),
)
