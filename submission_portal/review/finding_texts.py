"""Texts of the findings of review."""

from registry.finding_catalogue import Catalogue, FindingEntry, Scope, Stage
from registry.findings import Severity, Text

RELOAD = Text("Läs in sidan igen för att se vad som har hänt.", "Reload the page to see what has happened.")

TEXTS = (
    FindingEntry(
        "REV-001", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Leveransen granskas inte längre", "The delivery is no longer in review"),
        Text(
            "Någon annan hann före, eller så har regionen återtagit den. Ditt beslut är inte sparat.",
            "Somebody else was first, or the region has withdrawn it. Your decision is not recorded.",
        ),
        RELOAD,
    ),
    FindingEntry(
        "REV-002", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Den som har handlat för regionen beslutar inte för mottagaren", "Whoever has acted for the region does not decide for the recipient"),
        Text(
            "Du har själv föreslagit, förberett, lämnat ut eller skickat något för regionen i den här linjen. Det gäller också när du har bytt roll.",
            "You have proposed, prepared, disclosed or sent something for the region in this line. That counts also when your role is another now.",
        ),
        Text("Be en kollega med samma roll att besluta.", "Ask a colleague with the same role to decide."),
    ),
    FindingEntry(
        "REV-003", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Utlämnarens folk beslutar inte för mottagaren", "The discloser's people do not decide for the recipient"),
        Text("Du hör också till organisationen som lämnade ut uppgifterna.", "You also belong to the organisation that disclosed the data."),
        Text("Be en kollega hos mottagaren som inte hör dit att besluta.", "Ask a colleague at the recipient who does not belong there to decide."),
    ),
    FindingEntry(
        "REV-004", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Skäl saknas", "Reasons are missing"),
        Text("Ett beslut eller en fråga ska ha ord som regionen kan läsa.", "A decision or a question needs words that the region can read."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingEntry(
        "REV-005", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("En fråga är redan ställd", "A question is already asked"),
        Text("Regionen har inte svarat på den förra frågan än.", "The region has not answered the last question yet."),
        Text("Vänta på svaret, eller besluta på det som finns.", "Wait for the answer, or decide on what there is."),
    ),
    FindingEntry(
        "REV-006", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Det finns ingen fråga att svara på", "There is no question to answer"),
        Text("Frågan är redan besvarad, eller så är leveransen avgjord.", "The question is answered already, or the delivery is decided."),
        RELOAD,
    ),
    FindingEntry(
        "REV-007", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Någon annan har tagit leveransen för granskning", "Somebody else has taken the delivery for review"),
        Text(
            "Den som har tagit den beslutar ensam i ett dygn, eller tills den släpps. Du kan läsa allt under tiden.",
            "Whoever has taken it decides alone for a day, or until they let it go. You can read everything meanwhile.",
        ),
        Text("Be kollegan släppa den, eller ta över den när dygnet har gått.", "Ask your colleague to let it go, or take it over when the day has passed."),
    ),
    FindingEntry(
        "REV-008", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Öppna punkter finns kvar", "Open points remain"),
        Text(
            "En leverans släpps inte fram så länge en punkt varken är besvarad eller återtagen; här är det {count}.",
            "A delivery is not released while a point is neither answered nor taken back; here there are {count}.",
        ),
        Text(
            "Vänta på regionens svar, återta punkten, eller avböj leveransen.",
            "Wait for the region's answer, take the point back, or refuse the delivery.",
        ),
    ),
    FindingEntry(
        "REV-009", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Leveransen har inte det som punkten gäller", "The delivery does not have what the point is about"),
        Text("Fyndet, uppgiften eller raden finns inte i den.", "It has no such finding, element or row."),
        Text(
            "Välj ur listan, och ange radens nummer i regionens fil.",
            "Choose from the list, and give the number of the row in the region's file.",
        ),
    ),
    FindingEntry(
        "REV-010", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Leveransen har redan {most} punkter", "The delivery has {most} points already"),
        Text("Fler går inte att hålla reda på.", "Nobody can keep track of more."),
        Text("Avböj leveransen, och skriv varför.", "Refuse the delivery, and write why."),
    ),
    FindingEntry(
        "REV-011", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Det finns ingen ny punkt att återlämna med", "There is no new point to return it with"),
        Text("Regionen har redan läst alla öppna punkter, eller så finns inga.", "The region has read every open point already, or there are none."),
        Text("Skriv en punkt först.", "Write a point first."),
    ),
    FindingEntry(
        "REV-012", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Punkten är inte öppen", "The point is not open"),
        Text(
            "Den är redan besvarad eller återtagen, leveransen är inte återlämnad med den, eller så är leveransen avgjord.",
            "It is answered or taken back already, the delivery is not returned with it, or the delivery is decided.",
        ),
        RELOAD,
    ),
    FindingEntry(
        "REV-013", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Rättelsen kan inte åtgärda punkten", "The correction cannot mend the point"),
        Text(
            "Det ska vara en rättelse av den här leveransen, som är mottagen efter att punkten skrevs och fortfarande gäller.",
            "It has to be a correction of this delivery that was received after the point was written and still stands.",
        ),
        Text("Välj en annan rättelse, eller svara med ord.", "Choose another correction, or answer in words."),
    ),
    FindingEntry(
        "REV-014", Severity.ERROR, Stage.REVIEW, Scope.DELIVERY,
        Text("Rättelsen har inte raden som punkten gäller", "The correction does not have the row that the point is about"),
        Text(
            "Punkten gäller en enda rad, och rättelsen ändrar andra rader.",
            "The point is about a single row, and the correction changes other rows.",
        ),
        Text(
            "Skicka en rättelse som har raden, eller svara med ord varför den ska stå som den är.",
            "Send a correction that has the row, or answer in words why it should stay as it is.",
        ),
    ),
)  # fmt: skip

FINDINGS = Catalogue(TEXTS)
