"""Texts of the findings that the foundation itself reports."""

from registry.findings import FindingText, Text

TEXTS = (
    FindingText(
        "ITEM-001",
        Text("Namnet är upptaget", "The name is taken"),
        Text("Det finns redan en post med namnet {slug}.", "There is already an item called {slug}."),
        Text("Öppna posten och gör en ny version, eller välj ett annat namn.", "Open that item and make a new version, or choose another name."),
    ),
    FindingText(
        "ITEM-002",
        Text("En version är redan under arbete", "A version is already being worked on"),
        Text("Posten har redan ett utkast eller en version som granskas.", "The item already has a draft or a version in review."),
        Text("Arbeta vidare på den, eller återta den först.", "Go on with that one, or withdraw it first."),
    ),
    FindingText(
        "ITEM-003",
        Text("Innehållet är låst", "The content is locked"),
        Text("Versionen har lämnats till granskning och kan inte längre ändras.", "The version was sent to review and can no longer be changed."),
        Text("Gör en ny version, eller be granskaren att lämna tillbaka den.", "Make a new version, or ask the reviewer to return it."),
    ),
    FindingText(
        "ITEM-004",
        Text("Versionen granskas inte längre", "The version is no longer in review"),
        Text("Någon annan hann före: versionen är redan beslutad, tillbakalämnad eller återtagen.", "Somebody else was first: the version is already decided, returned or withdrawn."),
        Text("Läs in sidan igen för att se vad som beslutades.", "Reload the page to see what was decided."),
    ),
    FindingText(
        "ITEM-005",
        Text("Den som föreslår beslutar inte", "The proposer does not decide"),
        Text("Du har själv lämnat versionen till granskning.", "You sent this version to review yourself."),
        Text("Be en kollega med samma roll att besluta.", "Ask a colleague with the same role to decide."),
    ),
    FindingText(
        "ITEM-006",
        Text("Beslutet är redan fattat", "It is already decided"),
        Text("Frågan är redan avgjord i den här granskningen, eller så har du redan beslutat om en annan del av den.", "This question is already settled in this review, or you have already decided another part of it."),
        Text("Läs in sidan igen. Varje del beslutas av olika personer.", "Reload the page. Each part is decided by a different person."),
    ),
    FindingText(
        "ITEM-007",
        Text("Skäl saknas", "Reasons are missing"),
        Text("Ett beslut ska ha skäl som andra kan läsa.", "A decision needs reasons that others can read."),
        Text("Skriv varför.", "Write why."),
    ),
    FindingText(
        "ITEM-008",
        Text("Kommentaren är tom", "The comment is empty"),
        Text("Det finns ingen text att spara.", "There is no text to keep."),
        Text("Skriv något först.", "Write something first."),
    ),
    FindingText(
        "ITEM-009",
        Text("Det går inte nu", "Not possible now"),
        Text("Versionen är inte i det läge där steget kan tas.", "The version is not in the state where the step can be taken."),
        Text("Läs in sidan igen för att se vad som har hänt.", "Reload the page to see what has happened."),
    ),
    FindingText(
        "SIGN-001",
        Text("Inloggningen stämmer inte", "The sign-in is not right"),
        Text("Användarnamnet eller lösenordet är fel, eller så är kontot stängt.", "The user name or the password is wrong, or the account is closed."),
        Text("Försök igen.", "Try again."),
    ),
    FindingText(
        "SIGN-002",
        Text("För många försök", "Too many attempts"),
        Text("Det har gjorts för många misslyckade försök.", "There have been too many failed attempts."),
        Text("Vänta {minutes} minuter och försök igen.", "Wait {minutes} minutes and try again."),
    ),
    FindingText(
        "USER-001",
        Text("Användarnamnet går inte att använda", "The user name cannot be used"),
        Text("Användarnamnet «{login}» är tomt eller redan upptaget.", "The user name “{login}” is empty or taken already."),
        Text("Välj ett annat.", "Choose another."),
    ),
    FindingText(
        "USER-002",
        Text("Lösenordet är för kort", "The password is too short"),
        Text("Ett lösenord ska ha minst {shortest} tecken.", "A password needs at least {shortest} characters."),
        Text("Välj ett längre, gärna flera ord.", "Choose a longer one, several words for instance."),
    ),
)  # fmt: skip
