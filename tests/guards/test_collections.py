"""Guards over what is loaded along with a row: nothing that grows."""

from sqlalchemy.orm import RelationshipProperty

from registry.columns import BOUNDED, Base

EAGER = ("selectin", "joined", "subquery", "immediate")


def _collections() -> list[RelationshipProperty]:
    return [one for mapper in Base.registry.mappers for one in mapper.relationships if one.uselist]


def test_a_collection_is_loaded_as_a_whole_only_where_it_says_what_bounds_it(app):
    free = [
        str(one)
        for one in _collections()
        if one.lazy not in ("raise", "write_only", "noload") and not one.info.get(BOUNDED)
    ]
    assert free == [], "count and read these in SQL, or say in info[BOUNDED] by what they are bounded"


def test_what_is_loaded_eagerly_is_one_row_or_bounded(app):
    eager = [one for mapper in Base.registry.mappers for one in mapper.relationships if one.lazy in EAGER]
    assert [str(one) for one in eager if one.uselist and not one.info.get(BOUNDED)] == []


def test_a_table_version_has_no_collection_of_what_it_was_made_from(app):
    """The graph whose loading ended the web server: 500 releases for each of nine versions, on every page of a measure."""
    from submission_portal.followup.tables import TableVersion

    assert [one.key for one in TableVersion.__mapper__.relationships] == []
