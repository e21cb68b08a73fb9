"""Guessing passwords: slowed wherever it comes from, and never at the cost of those whose accounts they are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, BoundedSemaphore

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from registry import jobs
from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.identity import attempts, known_browsers, passwords
from registry.identity.delays import ONE_ACCOUNT, ONE_ACCOUNT_FROM_ONE_PLACE, ONE_PLACE
from registry.identity.tables import Attempt, KnownBrowser, SignIn
from tests.by_hand import by_hand
from tests.conftest import NOW, PASSWORD
from tests.factories.guessers import WRONG, Visitor

FREE = ONE_ACCOUNT_FROM_ONE_PLACE.free
QUARTER = 15 * 60


@pytest.fixture
def clock():
    """A clock that stands still until a test moves it."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def officer(actor):
    return actor("officer", (Role.DATA_OFFICER, "25"))


def _guess_until_slowed(visitor: Visitor, login: str = "officer") -> None:
    for _ in range(FREE):
        assert visitor.waits(login) == 0


def test_each_further_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(app, officer, clock):
    guesser = Visitor(app)
    _guess_until_slowed(guesser)
    waits = []
    for _ in range(10):
        waits.append(guesser.waits())
        clock.shift(waits[-1])
        assert guesser.waits() == 0
    assert waits[:9] == [2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert 512 <= waits[9] <= QUARTER  # one failure has been forgotten meanwhile


def test_whoever_waits_is_told_how_long_and_even_the_right_password_waits(app, officer, clock):
    guesser = Visitor(app)
    _guess_until_slowed(guesser)
    answer = guesser.tries(password=PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert "Försök igen om 2 sekunder" in answer.text
    assert "kan administratören ge dig en länk" in answer.text
    clock.shift(1.9)
    assert guesser.waits(password=PASSWORD) == 1
    clock.shift(0.1)
    assert guesser.succeeds()


def test_waiting_is_not_made_longer_by_asking(app, officer, clock):
    guesser = Visitor(app)
    _guess_until_slowed(guesser)
    assert [guesser.waits() for _ in range(50)] == [2] * 50


def test_the_owner_comes_in_from_another_address_and_at_home(app, officer, clock):
    owner, guesser = Visitor(app, "198.51.100.7"), Visitor(app, "192.0.2.1")
    _guess_until_slowed(guesser)
    assert guesser.waits() > 0
    assert owner.succeeds()


def test_a_browser_that_has_signed_in_before_is_not_held_up_on_the_same_address(app, officer, clock):
    owner, guesser = Visitor(app), Visitor(app)
    assert owner.succeeds()
    owner.client.post("/logga-ut")
    _guess_until_slowed(guesser)
    for _ in range(4):
        clock.shift(guesser.waits())
        guesser.tries()
    assert Visitor(app).waits(password=PASSWORD) == guesser.waits() == 32
    assert owner.succeeds()


def test_a_known_browser_has_its_own_wait(app, officer, clock):
    owner = Visitor(app)
    assert owner.succeeds()
    _guess_until_slowed(owner)
    assert owner.waits() == 2
    assert Visitor(app).succeeds()


def test_a_browser_is_known_to_the_accounts_that_signed_in_in_it_only(app, actor, officer, clock):
    actor("other", (Role.DATA_OFFICER, "24"))
    shared, guesser = Visitor(app), Visitor(app)
    assert shared.succeeds("other")
    _guess_until_slowed(guesser)
    assert shared.waits() == 2
    clock.shift(2)
    assert shared.succeeds()
    _guess_until_slowed(guesser, "other")
    assert shared.succeeds("other")


def test_what_makes_a_browser_known_is_out_of_reach_of_scripts_and_kept_as_a_hash(app, officer, clock):
    owner = Visitor(app)
    answer = owner.tries(password=PASSWORD)
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("browser-"))
    assert "officer" not in cookie
    assert {"HttpOnly", "SameSite=Lax", "Path=/logga-in"} <= {part.strip() for part in cookie.split(";")}
    token = cookie.partition("=")[2].partition(";")[0]
    assert token not in db.session.scalar(select(KnownBrowser.token_hash))


def test_a_made_up_cookie_makes_no_browser_known(app, officer, clock):
    owner, guesser = Visitor(app), Visitor(app)
    owner.succeeds()
    cookie = next(one for one in owner.client._cookies.values() if one.key.startswith("browser-"))
    guesser.client.set_cookie(cookie.key, "x" * 43, path="/logga-in")
    _guess_until_slowed(guesser)
    assert guesser.waits() == 2


def test_each_sign_in_gives_the_browser_a_new_cookie_and_the_old_one_is_worth_nothing(app, officer, clock):
    owner, thief = Visitor(app), Visitor(app)
    owner.succeeds()
    cookie = next(one for one in owner.client._cookies.values() if one.key.startswith("browser-"))
    thief.client.set_cookie(cookie.key, cookie.value, path="/logga-in")
    owner.succeeds()
    _guess_until_slowed(Visitor(app))
    assert thief.waits() == 2
    assert db.session.scalar(select(func.count()).select_from(KnownBrowser)) == 1


def test_an_account_that_is_guessed_from_many_addresses_waits_at_each_but_never_longer_than_a_minute(
    app, officer, clock
):
    for number in range(ONE_ACCOUNT.free):
        assert Visitor(app, f"192.0.2.{number}").waits() == 0
    waits = []
    for number in range(7):
        guesser = Visitor(app, f"198.51.100.{number}")
        waits.append(guesser.waits())
        clock.shift(waits[-1])
        assert guesser.waits() == 0
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    owner = Visitor(app, "203.0.113.9")
    assert owner.waits(password=PASSWORD) == 60
    for number in range(40):  # others go on meanwhile, from addresses of their own
        assert Visitor(app, f"2001:db8:{number:x}::1").waits() == 60
    clock.shift(60)
    assert owner.succeeds()


def test_many_accounts_tried_from_one_address_wait_there_but_not_in_known_browsers_nor_elsewhere(
    app, officer, actor, clock
):
    actor("other", (Role.DATA_OFFICER, "24"))
    owner, sprayer = Visitor(app), Visitor(app)
    assert owner.succeeds()
    for number in range(ONE_PLACE.free):
        assert sprayer.waits(f"user-{number}") == 0
    assert sprayer.waits("user-next") == 2
    waits = [sprayer.waits(f"more-{number}") for number in range(9)]
    clock.shift(max(waits))
    assert [sprayer.waits(f"more-{number}") for number in range(9)] == [0] * 9  # each has waited
    assert sprayer.waits("user-last") == 300
    assert owner.succeeds()
    assert Visitor(app, "198.51.100.7").succeeds("other")
    colleague = Visitor(app)
    assert colleague.waits("other", PASSWORD) == 300
    clock.shift(300)
    assert colleague.succeeds("other")


def test_people_who_mistype_and_then_get_in_do_not_slow_their_colleagues(app, actor, clock):
    for number in range(ONE_PLACE.free + 3):
        actor(f"person-{number}", (Role.DATA_OFFICER, "25"))
        visitor = Visitor(app)
        assert visitor.waits(f"person-{number}") == 0
        assert visitor.succeeds(f"person-{number}")
    assert Visitor(app).waits("somebody") == 0


def test_a_person_s_browsers_are_known_until_they_are_not_used_and_no_more_than_twenty(app, officer, clock):
    first = Visitor(app)
    for _ in range(known_browsers.MOST):
        assert first.succeeds()  # the same browser again and again is one
    assert db.session.scalar(select(func.count()).select_from(KnownBrowser)) == 1
    for _ in range(known_browsers.MOST):
        clock.shift(60)
        assert Visitor(app).succeeds()
    assert db.session.scalar(select(func.count()).select_from(KnownBrowser)) == known_browsers.MOST
    _guess_until_slowed(Visitor(app))
    assert first.waits() == 2
    clock.shift(timedelta(days=known_browsers.DAYS))
    assert first.succeeds()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(KnownBrowser)) == 1


def test_an_account_that_does_not_exist_is_slowed_in_the_same_way(app, officer, clock):
    for login in ("officer", "nobody"):
        visitor = Visitor(app, "198.51.100.1" if login == "officer" else "198.51.100.2")
        told = []
        for _ in range(FREE + 3):
            answer = visitor.tries(login)
            told.append((answer.status_code, answer.headers.get("Retry-After")))
        assert told == [(401, None)] * FREE + [(429, "2")] * 3


def test_an_unknown_user_and_a_wrong_password_cost_the_same_hashing(app, officer, clock, monkeypatch):
    verified = []
    real = passwords._verify
    monkeypatch.setattr(passwords, "_verify", lambda kept, given: verified.append(kept[:20]) or real(kept, given))
    for login in ("officer", "nobody"):
        Visitor(app).tries(login)
    assert len(verified) == 2
    assert verified[0] == verified[1] != ""  # the same algorithm at the same cost


def test_an_ipv6_network_is_one_address(app, officer, clock):
    for number in range(FREE):
        assert Visitor(app, f"2001:db8:1:2::{number}").waits() == 0
    assert Visitor(app, "2001:db8:1:2:ffff::1").waits() == 2
    assert Visitor(app, "2001:db8:1:3::1").waits() == 0


def test_failures_are_forgotten_one_by_one(app, officer, clock):
    guesser = Visitor(app)
    _guess_until_slowed(guesser)
    clock.shift(3 * QUARTER)
    assert [guesser.waits() for _ in range(5)] == [0, 0, 0, 2, 2]


def test_a_day_of_guessing_from_one_address_gives_about_a_hundred_guesses(app, officer, clock):
    guesser, made, end = Visitor(app), 0, NOW + timedelta(days=1)
    with app.app_context():
        lane = attempts.Lane.of("key", login="officer", address=guesser.address)
        now = NOW
        while now < end:
            with by_hand() as session:
                wait = attempts.count(session, now, lane)
            made += not wait
            now += wait
    assert 96 <= made <= 115


def test_counts_that_mean_nothing_any_more_are_removed(app, officer, clock):
    for number in range(30):
        Visitor(app, f"198.51.100.{number}").tries(f"user-{number}")
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 90
    clock.shift(timedelta(days=2))
    Visitor(app).tries()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 3


def test_the_worker_removes_once_a_day_what_tries_have_not_come_to(app, officer, clock, monkeypatch):
    monkeypatch.setattr(attempts, "AT_ONCE_FORGOTTEN", 7)
    for number in range(30):
        Visitor(app, f"198.51.100.{number}").tries(f"user-{number}")
    clock.shift(timedelta(days=2))
    jobs.ask_for_daily(NOW + timedelta(days=2))
    jobs.drain()
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_what_is_counted_names_nobody(app, officer, clock):
    Visitor(app).tries()
    kept = " ".join(db.session.scalars(select(Attempt.key)))
    assert "officer" not in kept and "192.0.2.1" not in kept


def test_a_sign_in_that_succeeds_leaves_no_count(app, officer, clock):
    owner = Visitor(app)
    owner.tries()
    assert owner.succeeds()
    assert [row.failures for row in db.session.scalars(select(Attempt))] == [0, 0]


def test_a_clock_that_was_set_back_locks_nobody_out(app, officer, clock):
    guesser = Visitor(app)
    _guess_until_slowed(guesser)
    clock.move_to(NOW - timedelta(days=30))
    assert guesser.waits() <= QUARTER
    clock.shift(QUARTER)
    Visitor(app).succeeds()


def test_guesses_at_the_same_moment_are_counted_each_for_itself(any_app, actor, clock, room_for_all):
    actor("officer", (Role.DATA_OFFICER, "25"))
    told = _at_once(any_app, [("192.0.2.1", "officer")] * (FREE + 6))
    assert told.count(401) == FREE
    assert told.count(429) == 6


def test_guesses_at_the_same_moment_from_many_addresses_are_counted_for_the_account(
    any_app, actor, clock, room_for_all
):
    actor("officer", (Role.DATA_OFFICER, "25"))
    told = _at_once(any_app, [(f"192.0.2.{number}", "officer") for number in range(ONE_ACCOUNT.free + 6)])
    assert told.count(401) == ONE_ACCOUNT.free
    assert told.count(429) == 6


def test_many_accounts_tried_at_the_same_moment_are_counted_for_the_address(any_app, clock, room_for_all):
    told = _at_once(any_app, [("192.0.2.1", f"user-{number}") for number in range(ONE_PLACE.free + 6)])
    assert told.count(401) == ONE_PLACE.free
    assert told.count(429) == 6


@pytest.fixture
def room_for_all(monkeypatch):
    """Room for more who wait than a server has threads, so that every try is either made or slowed."""
    monkeypatch.setattr(passwords, "_places", BoundedSemaphore(100))
    monkeypatch.setattr(passwords, "PATIENCE", 60.0)


def _at_once(app, visits: list[tuple[str, str]]) -> list[int]:
    barrier = Barrier(len(visits))

    def visit(where_and_who: tuple[str, str]) -> int:
        address, login = where_and_who
        client: FlaskClient = FlaskClient(app, app.response_class)
        barrier.wait(timeout=20)
        data = {"login": login, "password": WRONG}
        return client.post("/logga-in", data=data, environ_base={"REMOTE_ADDR": address}).status_code

    with ThreadPoolExecutor(len(visits)) as pool:
        return list(pool.map(visit, visits))


def test_no_password_is_hashed_while_others_wait_for_the_database(app):
    with pytest.raises(RuntimeError, match="within a write transaction"), by_hand():
        passwords.hashed("four unrelated words here")
    with pytest.raises(RuntimeError, match="within a write transaction"), by_hand():
        passwords.matches("", "anything")


def test_when_too_many_are_being_verified_the_next_is_asked_to_come_back(app, officer, monkeypatch):
    monkeypatch.setattr(passwords, "PATIENCE", 0.05)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0
    held = [passwords._at_work.acquire(blocking=False) for _ in range(passwords.AT_ONCE)]
    try:
        answer = Visitor(app).tries(password=PASSWORD)
    finally:
        for _ in held:
            passwords._at_work.release()
    assert all(held)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert "Många loggar in just nu" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0  # nobody is slowed by the crowd
    assert Visitor(app).succeeds()


def test_those_who_wait_for_their_turn_never_hold_every_thread(app, officer):
    places = [passwords._places.acquire(blocking=False) for _ in range(passwords.AT_ONCE + passwords.WAITING)]
    try:
        crowded = Visitor(app).tries(password=PASSWORD)  # answered at once, not after passwords.PATIENCE
    finally:
        for _ in places:
            passwords._places.release()
    assert all(places)
    assert crowded.status_code == 503
    assert Visitor(app).succeeds()


@pytest.mark.parametrize(
    ("threads", "places"), [(1, 1), (2, 1), (4, 2), (8, 4), (1000, passwords.AT_ONCE + passwords.WAITING)]
)
def test_passwords_take_at_most_half_of_a_servers_threads(monkeypatch, threads, places):
    monkeypatch.setattr(passwords, "_places", passwords._places)  # put back afterwards
    passwords.leave_threads(threads)
    taken = 0
    while passwords._places.acquire(blocking=False):
        taken += 1
    assert taken == places


def test_an_account_closed_while_its_password_was_verified_is_not_signed_in_to(app, officer, monkeypatch):
    from registry.identity import services
    from registry.identity.tables import Person

    real = passwords.matches

    def matches_while_somebody_closes(kept, given):
        fits = real(kept, given)
        with transaction() as session:
            session.get_one(Person, officer.person_id).disabled_at = NOW
            services.events.record(session, "PersonDisabled", actor=SYSTEM, now=NOW, subject="person:x")
        return fits

    monkeypatch.setattr(passwords, "matches", matches_while_somebody_closes)
    assert Visitor(app).tries(password=PASSWORD).status_code == 401
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_ones_own_password_is_not_guessed_from_an_open_sign_in_either(app, officer, signed_in, clock):
    client = signed_in(officer)
    new = "four unrelated words here"
    for _ in range(FREE):
        assert client.post("/konto/", data={"current": WRONG, "new": new, "again": new}).status_code == 422
    answer = client.post("/konto/", data={"current": PASSWORD, "new": new, "again": new})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    clock.shift(2)
    assert client.post("/konto/", data={"current": PASSWORD, "new": new, "again": new}).status_code == 302
