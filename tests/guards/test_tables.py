"""Guards over every table: whose each row is, and which tables are nobody's on purpose."""

from registry.columns import Base

NOBODYS = {
    "organisation": "it is the organisation",
    "person": "people belong to several organisations, by their roles",
    "person_name": "the erasable part of a person",
    "sign_in": "a person's own",
    "sign_in_attempt": "counts by hashed user name and address",
    "known_browser": "a person's own",
    "password_link": "a person's own",
    "client_credential": "a line of its machine client, which carries the organisation",
    "client_token": "a line of its machine client",
    "client_assertion": "a line of its machine client",
    "message": "a person's own",
    "mail_choice": "a person's own",
    "signing_key": "the instance's own",
    "sealed_row": "hashes of rows of every organisation; the log's own",
    "log_node": "hashes of events of every organisation; the log's own",
    "signed_head": "the log's own",
    "instance_mark": "facts about the instance",
    "question_words": "the control questions as they were asked, of every organisation",
    "reference_edge": "edges between references; resolvers decide what each actor may see of them",
    "concept_number": "a fact about its item, which carries the organisation",
    "term": "follows from its item version, which carries the organisation",
    "term_start": "follows from its item version",
    "relation": "follows from its item version",
    "definition_word": "follows from its item version",
    "definition_use": "follows from its item version",
    "following": "a person's own",
    "concept_search": "follows from its item version",
    "term_word": "a word of published terms",
    "word_trigram": "letters of a word of published terms",
    "edition_resource": "follows from its file, which carries the organisation",
    "edition_finding": "follows from its file",
    "edition_spelling": "follows from its file",
    "edition_text": "follows from its file",
    "edition_relation": "follows from its file",
    "edition_statement": "follows from its file",
    "edition_word": "follows from its file",
    "hand": "one side of each person in an object; its acts carry whom they were done for",
    "item_contribution": "a line of its item version, which carries the organisation",
    "change_set_finding": "a line of its change set, which carries the organisation",
    "concept_import_row": "a line of its import, which carries the organisation",
    "scheme_check_finding": "a line of its check, which carries the organisation",
    "change_set_contribution": "a line of its change set, which carries the organisation",
    "hidden_evidence": "a line of its table version, which carries the organisation",
    "hidden_period": "a line of what was found of a table version",
    "table_release": "a line between a table version and a release, which both carry it",
    "delivery_number_series": "one series for the whole registry, without gaps",
}


def test_every_table_carries_its_organisation_or_says_why_not(app):
    without = {table.name for table in Base.metadata.sorted_tables if "organisation_id" not in table.columns}
    assert without - set(NOBODYS) == set()


def test_nothing_is_excused_that_is_gone_or_has_an_organisation(app):
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    stale = [name for name in NOBODYS if name not in tables or "organisation_id" in tables[name].columns]
    assert stale == []


def test_an_organisation_that_owns_a_row_exists(app):
    """Owned rows point at their organisation. Events and jobs keep the bare id: they outlive what they tell of."""
    loose = {
        table.name
        for table in Base.metadata.sorted_tables
        if "organisation_id" in table.columns and not table.columns["organisation_id"].foreign_keys
    }
    assert loose <= {"event", "job"}
