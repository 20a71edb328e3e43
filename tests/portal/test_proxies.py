"""Who asks: only our own proxies may say so."""

from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from portal.proxies import TrustedProxies, client_address

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]
OURS = st.sampled_from(["10.0.0.1", "10.255.255.255", "fd00::1", "::ffff:10.1.1.1", "10.0.0.1:4711", "[fd00::1]:4711"])


def seen(settings: Settings, **meta: str) -> HttpRequest:
    """The request as what stands behind the middleware sees it."""
    settings.TRUSTED_PROXIES = PROXIES
    request = RequestFactory().get("/", **meta)  # type: ignore[arg-type]
    TrustedProxies(lambda request: HttpResponse())(request)
    return request


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "address"),
    [
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.1", "198.51.100.7, nonsense", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7, unknown, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("", "198.51.100.7", ""),
    ],
)
def test_the_address_is_the_right_most_hop_that_is_no_proxy_of_ours(
    settings: Settings, peer: str, forwarded_for: str, address: str
) -> None:
    request = seen(settings, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded_for)

    assert request.META["REMOTE_ADDR"] == address


@pytest.mark.parametrize(
    ("peer", "proto", "secure"),
    [
        ("203.0.113.5", "https", False),
        ("10.0.0.1", "https", True),
        ("10.0.0.1", "http", False),
        ("10.0.0.1", "http, https", True),
        ("10.0.0.1", "https, http", False),
        ("10.0.0.1", "", False),
    ],
)
def test_the_scheme_is_what_our_nearest_proxy_says(settings: Settings, peer: str, proto: str, secure: bool) -> None:
    assert seen(settings, REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO=proto).is_secure() is secure


@pytest.mark.parametrize("peer", ["203.0.113.5", "10.0.0.1"])
def test_nobody_behind_sees_the_headers(settings: Settings, peer: str) -> None:
    names = ["FOR", "HOST", "PORT", "PROTO"]
    forged = {f"HTTP_X_FORWARDED_{name}": "evil.example" for name in names}

    request = seen(settings, REMOTE_ADDR=peer, HTTP_FORWARDED="for=evil", HTTP_X_REAL_IP="1.2.3.4", **forged)

    assert [name for name in request.META if "FORWARDED" in name or "REAL_IP" in name] == []
    assert request.get_host() == "testserver"


@given(claims=st.lists(st.text(max_size=20) | st.ip_addresses().map(str)), proxies=st.lists(OURS))
def test_what_a_client_claims_has_no_effect(claims: list[str], proxies: list[str]) -> None:
    forwarded_for = ",".join([*claims, "198.51.100.7", *proxies])

    assert client_address("10.0.0.1", forwarded_for, PROXIES) == "198.51.100.7"


@pytest.mark.django_db
def test_two_clients_behind_one_proxy_have_two_limits(client: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}

    def try_to_sign_in(forwarded_for: str) -> int:
        words = {"login": "nobody", "password": "wrong"}
        headers = {"x-forwarded-for": forwarded_for}
        return client.post("/accounts/login/", words, headers=headers, REMOTE_ADDR="10.0.0.1").status_code

    first = try_to_sign_in("198.51.100.7")
    again = try_to_sign_in("1.2.3.4, 198.51.100.7")
    other = try_to_sign_in("198.51.100.8")

    assert (first, again, other) == (200, 429, 200)
