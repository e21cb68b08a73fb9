"""The accounts of a demonstration."""

from datetime import UTC, datetime

from sqlalchemy import select

from registry.actors import Role
from registry.db import db, transaction
from registry.identity.tables import Person
from submission_portal.demonstration import cli, people

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def hashes() -> dict[str, str | None]:
    db.session.rollback()
    return dict(db.session.execute(select(Person.login, Person.password_hash)).all())


def test_a_demonstration_that_came_without_its_password_gets_one_that_fits(app, actor, monkeypatch):
    """A copy of an instance has no password file: the one that is made then is that of all its accounts, and of nobody else."""
    actor("nagon-annan", (Role.DATA_OFFICER, "25"))
    with transaction() as session:
        people.load(session, NOW, "the old hash")
    before = hashes()
    (app.config["INSTANCE"] / people.PASSWORD_FILE).unlink(missing_ok=True)
    monkeypatch.setattr(cli.thread, "is_performed", lambda _session: True)
    said = app.test_cli_runner().invoke(args=["demonstration"])
    assert said.exit_code == 0, said.output
    password = people.password(app.config["INSTANCE"])
    assert password in said.output
    after = hashes()
    changed = {login for login, kept in after.items() if kept != before[login]}
    assert "nagon-annan" in after and changed == {login for login, kept in before.items() if kept == "the old hash"}
    signed_in = app.test_client().post("/logga-in", data={"login": "rattsgranskare", "password": password})
    assert signed_in.status_code == 302
    app.test_cli_runner().invoke(args=["demonstration"])
    assert hashes() == after, "the password that there is stays"
