"""Guards over acts: each type of event is an act for a side, or is none, for a reason."""

import wsgi
from registry.plugin import House

NO_ACT = {
    "nobody's two sides meet in it: terms, models and sets of them belong to one organisation": (
        "ItemFollowed", "ItemUnfollowed", "VersionRebased", "WithdrawalProposed", "WithdrawalSettled",
        "ChangeSetCreated", "ChangeSetChanged", "ChangeSetChecked", "ChangeSetSubmitted", "ChangeSetCalledBack",
        "ChangeSetDecided", "ChangeSetPublished", "ChangeSetWithdrawn", "BoundaryCasesDrafted",
        "BoundaryCasesRevised", "BoundaryCasesRemoved", "BoundaryCasesOpened", "BoundaryCasesClosed",
        "BoundaryAnswersSaved", "BoundaryAnswersSent", "BoundaryDisagreementExplained", "SchemeChecked", "ConsultationDrafted", "ConsultationRevised",
        "ConsultationRemoved", "ConsultationOpened", "ConsultationExtended", "ConsultationSettled", "OpinionSaved",
        "OpinionSent", "OpinionRecorded", "OpinionCorrected", "OpinionJudged", "ComparabilityAnswered",
        "StatementsConfirmed",
    ),
    "it follows in the transaction of an act that is kept": (
        "VersionPublished", "DeliveryReleased", "DeliveryRefused", "ReleaseWithdrawn", "TablePublished",
        "TableRefused", "FlowCarriedOver", "FlowAskedToReconfirm",
    ),
    "the registry itself does it": (
        "DeliveryChecked", "DeliveryPutToReview", "ReleaseForwarded", "TableComposed", "TablesAskedForAgain",
        "TermBankIndexed", "DraftObjectErased", "LostObjectFound", "BackupTaken", "InstanceRestored", "InstanceMarkedDemonstration",
        "DemonstrationPerformed",
    ),
    "nothing is decided: somebody reads, or says something": (
        "HiddenValuesRead", "VersionCommented", "NumbersInVocabularyExplained",
    ),
    "nothing of it is kept": ("IdentityNumbersRefused", "VocabularyFileRefused"),
    "it is about accounts and organisations": (
        "OrganisationCreated", "AdministratorProposed", "AdministratorAppointed", "AdministratorProposalWithdrawn", "PersonCreated", "RoleGiven", "RoleTaken", "PersonDisabled", "PersonReopened",
        "PersonNameErased", "PasswordChanged", "PasswordLinkMade", "SignedIn", "SignedOut", "SignInFailed",
    ),
}  # fmt: skip


def test_each_type_of_event_is_an_act_for_a_side_or_is_none_for_a_reason():
    house = House(wsgi.PLUGINS)
    excused = [type_ for types in NO_ACT.values() for type_ in types]
    assert len(excused) == len(set(excused))
    assert set(house.acts) & set(excused) == set()
    assert set(house.event_texts) == set(house.acts) | set(excused)
