"""Whose word about an address is believed, and what counts as one address."""

import pytest

from registry.addresses import TrustedProxies, household, read_address
from registry.settings import load

PROXY = TrustedProxies.parse("10.0.0.0/8, 2001:db8:ff::/48")


@pytest.mark.parametrize(
    ("peer", "header", "client"),
    [
        ("10.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("10.0.0.1", "1.1.1.1, 192.0.2.7", "192.0.2.7"),  # what the client wrote itself stands first
        ("10.0.0.1", "192.0.2.7, 10.9.9.9", "192.0.2.7"),  # two proxies in a row
        ("10.0.0.1", "10.0.0.9, 192.0.2.7, 10.9.9.9", "192.0.2.7"),
        ("10.0.0.1", "192.0.2.7:4711", "192.0.2.7"),
        ("10.0.0.1", "[2001:db8::7]:443", "2001:db8::7"),
        ("10.0.0.1", '"[2001:db8::7]"', "2001:db8::7"),
        ("10.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:10.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("2001:db8:ff::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "192.0.2.7, unknown", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "192.0.2.7,", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.8", "10.0.0.8"),
        ("192.0.2.66", "10.0.0.1", "192.0.2.66"),
        ("192.0.2.66", "10.0.0.1, 198.51.100.1", "192.0.2.66"),
    ],
)
def test_the_header_is_believed_as_far_as_trusted_proxies_wrote_it(peer, header, client):
    assert PROXY.client(peer, header)[0] == client


def test_by_default_nobody_is_believed():
    assert not TrustedProxies()
    assert TrustedProxies().client("127.0.0.1", "192.0.2.7") == ("127.0.0.1", 0)


def test_a_unix_socket_is_trusted_where_the_setting_says_so():
    assert TrustedProxies.parse("unix").client("", "192.0.2.7") == ("192.0.2.7", 1)
    assert PROXY.client("", "192.0.2.7") == ("", 0)


@pytest.mark.parametrize("text", ["10.0.0.300", "10.0.0.1/8", "proxy.example", "10.0.0.0/8 10.0.0.1", "*"])
def test_a_setting_that_cannot_be_read_is_named_with_what_was_wrong(text):
    with pytest.raises(ValueError, match=r"REGISTRY_TRUSTED_PROXIES cannot be .*X-Forwarded-For") as error:
        load({"REGISTRY_TRUSTED_PROXIES": text})
    assert text in str(error.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("COOKIE_SECURE", "ye"),
        ("UPLOAD_BYTES", "0"),
        ("UPLOAD_BYTES", "25 MB"),
        ("SESSION_HOURS", "-1"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_other_settings_that_cannot_be_read_are_named_too(name, text):
    with pytest.raises(ValueError, match=f"REGISTRY_{name} cannot be '{text}'"):
        load({f"REGISTRY_{name}": text})


@pytest.mark.parametrize(("text", "value"), [("nej", False), ("JA", True), ("0", False), (" on ", True)])
def test_yes_and_no_are_read_in_both_languages(text, value):
    assert load({"REGISTRY_COOKIE_SECURE": text})["COOKIE_SECURE"] is value


def test_one_household_is_an_ipv4_address_or_an_ipv6_network():
    assert household("192.0.2.1") != household("192.0.2.2")
    assert household("2001:db8::1") == household("2001:db8::ffff:ffff:ffff:ffff")
    assert household("2001:db8:0:1::1") != household("2001:db8::1")
    assert household("::ffff:192.0.2.1") == household("192.0.2.1")
    assert household("not an address") == household("") == ""


@pytest.mark.parametrize("text", ["", "1.2.3", "1.2.3.4.5", "[::1", "fe80::1%eth0 x", "١.٢.٣.٤"])
def test_what_is_no_address_is_none(text):
    assert read_address(text) is None or text.startswith("fe80")
