"""What takes long is made once for all who ask, and nobody waits for it for long."""

from threading import Event

import pytest
from flask import Flask, current_app

from registry.errors import BeingMade
from registry.meanwhile import MOST_IN_HAND, Meanwhile


@pytest.fixture
def application():
    app = Flask("a")
    with app.app_context():
        yield app


def test_what_is_quick_is_given_at_once_and_made_within_the_application(application):
    assert Meanwhile(patience=30).made("a", lambda: current_app.name) == "a"


def test_who_does_not_want_to_wait_comes_again_and_gets_what_was_made_once(application):
    meanwhile, ready, made = Meanwhile(patience=0.01), Event(), []

    def make():
        ready.wait(30)
        made.append(1)
        return "file"

    for _ in range(3):
        with pytest.raises(BeingMade):
            meanwhile.made("a", make)
    ready.set()
    meanwhile.patience = 30
    assert meanwhile.made("a", make) == "file" and made == [1]


def test_what_breaks_is_raised_and_made_anew_for_the_next(application):
    meanwhile = Meanwhile(patience=30)

    def breaks():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        meanwhile.made("a", breaks)
    assert meanwhile.made("a", lambda: 2) == 2


def test_no_more_is_in_the_making_than_a_process_has_room_for(application):
    meanwhile, ready = Meanwhile(patience=0.01), Event()
    for place in range(MOST_IN_HAND):
        with pytest.raises(BeingMade):
            meanwhile.made(place, lambda: ready.wait(30))
    asked = []
    with pytest.raises(BeingMade):
        meanwhile.made("one more", lambda: asked.append(1))
    ready.set()
    assert not asked and "one more" not in meanwhile._in_hand
