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
        "ITEM-010",
        Text("Versionen gäller inte", "The version is not in force"),
        Text("Det är bara en publicerad version som återtas genom beslut.", "Only a published version is withdrawn by decision."),
        Text("Ett utkast, eller en version som granskas, tas tillbaka på versionens granskningssida.", "A draft, or a version in review, is taken back on the version's review page."),
    ),
    FindingText(
        "ITEM-011",
        Text("Versionen är redan ersatt", "The version is superseded already"),
        Text("En nyare version har tagit dess plats. Det finns inget att återta.", "A newer version has taken its place. There is nothing to withdraw."),
        Text("Öppna den version som gäller om det är den som ska återtas.", "Open the version in force if that is the one to withdraw."),
    ),
    FindingText(
        "ITEM-012",
        Text("Versionen är redan återtagen", "The version is withdrawn already"),
        Text("Någon annan hann före. Ditt beslut är inte sparat.", "Somebody else was first. Nothing of yours is recorded."),
        Text("Läs in sidan igen för att se när och varför.", "Reload the page to see when and why."),
    ),
    FindingText(
        "ITEM-013",
        Text("Det som är publicerat återtas inte av en ensam", "What is published is not withdrawn by one person alone"),
        Text("Andra kan vila på versionen. Den ena föreslår, den andra beslutar, och de som berörs ser förslaget däremellan.", "Others may rest on the version. One proposes, another decides, and those concerned see the proposal in between."),
        Text("Föreslå återtagandet på versionens sida för det.", "Propose the withdrawal on the version's page for that."),
    ),
    FindingText(
        "ITEM-014",
        Text("Återtagandet är redan föreslaget", "The withdrawal is proposed already"),
        Text("Någon annan har föreslagit det, och förslaget väntar på beslut.", "Somebody else has proposed it, and the proposal waits for a decision."),
        Text("Läs in sidan igen för att se förslaget.", "Reload the page to see the proposal."),
    ),
    FindingText(
        "ITEM-015",
        Text("Den som föreslår beslutar inte", "The proposer does not decide"),
        Text("Du har själv föreslagit att versionen återtas.", "You proposed the withdrawal of the version yourself."),
        Text("Be en kollega att besluta, eller ta tillbaka förslaget.", "Ask a colleague to decide, or take the proposal back."),
    ),
    FindingText(
        "ITEM-016",
        Text("Förslaget är redan avgjort", "The proposal is settled already"),
        Text("Någon annan hann före: förslaget att återta versionen är beslutat eller tillbakataget. Ditt beslut är inte sparat.", "Somebody else was first: the proposal to withdraw the version is decided or taken back. Your decision is not recorded."),
        Text("Läs in sidan igen för att se vad som hände.", "Reload the page to see what happened."),
    ),
    FindingText(
        "ITEM-017",
        Text("Ersättaren går inte att välja", "The replacement cannot be chosen"),
        Text("Det som ersätter ska vara av samma slag, publicerat, och något annat än det som återtas.", "What replaces must be of the same kind, published, and something else than what is withdrawn."),
        Text("Välj ur listan, eller lämna valet tomt.", "Choose from the list, or leave the choice empty."),
    ),
    FindingText(
        "ITEM-018",
        Text("Dagen är för tidig", "The day is too early"),
        Text("Version {number} gäller från och med {valid_from}. En version som ska ersätta den kan inte gälla från samma dag eller tidigare.", "Version {number} applies from {valid_from}. A version that is to replace it cannot apply from the same day or earlier."),
        Text("Välj {earliest} eller en senare dag. Gäller version {number} ännu inte kan den i stället återtas.", "Choose {earliest} or a later day. If version {number} is not in force yet, it can be withdrawn instead."),
    ),
    FindingText(
        "ITEM-019",
        Text("En ny version är på väg", "A new version is coming"),
        Text("Versionen gäller till dess att nästa, som redan är publicerad, tar vid.", "The version applies until the next one, which is published already, takes its place."),
        Text("Återta den kommande versionen först. Då gäller den här vidare och kan återtas.", "Withdraw the coming version first. This one then goes on, and can be withdrawn."),
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
    FindingText(
        "USER-003",
        Text("Användarnamnet går inte att använda", "The user name cannot be used"),
        Text("«{login}» har mellanslag i sig, eller är längre än 120 tecken.", "“{login}” has blanks in it, or is longer than 120 characters."),
        Text("Skriv det utan mellanslag, med punkt eller bindestreck i stället.", "Write it without blanks, with a full stop or a hyphen instead."),
    ),
    FindingText(
        "USER-004",
        Text("Namnet saknas", "The name is missing"),
        Text("Ett konto hör till en person med ett namn, som står för sig och kan raderas.", "An account belongs to a person with a name, which is kept apart and can be erased."),
        Text("Skriv personens namn.", "Write the person's name."),
    ),
    FindingText(
        "USER-005",
        Text("Rollen finns inte i den organisationen", "The role does not exist in that organisation"),
        Text("Rollen {role_sv} betyder ingenting i {name_sv}. Där finns: {roles_sv}.", "The role {role_en} means nothing in {name_en}. There are: {roles_en}."),
        Text("Välj en annan roll eller en annan organisation.", "Choose another role or another organisation."),
    ),
    FindingText(
        "USER-006",
        Text("Någon måste kunna administrera", "Somebody must be able to administer"),
        Text("{login} är det enda öppna kontot med rollen administratör. Utan det kan ingen lägga upp eller öppna konton.", "{login} is the only open account with the role of administrator. Without it nobody can make or reopen accounts."),
        Text("Ge rollen till någon annan först.", "Give the role to somebody else first."),
    ),
    FindingText(
        "USER-007",
        Text("Kontot kan inte öppnas igen", "The account cannot be reopened"),
        Text("Namnet på {login} är raderat, och ingen vet längre vems kontot är.", "The name of {login} has been erased, and nobody knows any longer whose account it is."),
        Text("Lägg upp ett nytt konto.", "Make a new account."),
    ),
)  # fmt: skip
