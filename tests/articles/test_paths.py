"""Addresses as editors type them."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from articles.paths import inside_path, is_outside, known_as, target


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("/en/about/", "/en/about/"),
        (" /en/about/ ", "/en/about/"),
        ("http://testserver/en/about/?a=1#b", "/en/about/?a=1#b"),
        ("/zh-hant/關於/", "/zh-hant/%E9%97%9C%E6%96%BC/"),
        ("/zh-hant/%E9%97%9C%E6%96%BC/", "/zh-hant/%E9%97%9C%E6%96%BC/"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
    ],
)
def test_an_address_is_stored_as_browsers_send_it(typed: str, stored: str) -> None:
    assert target(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "about",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%2Fevil.example",
        "/%5cevil.example",
        "http://example.org/",
        "https://",
        "https://wenyi@evil.example/",
        "https://a b/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "/" + "a" * 600,
    ],
)
def test_what_would_lead_astray_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        target(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_stays_on_the_site_or_is_https(typed: str) -> None:
    for start in ("", "/", "https://example.org/"):
        try:
            stored = target(start + typed)
        except ValidationError:
            continue
        assert is_outside(stored) == stored.startswith("https://")
        assert is_outside(stored) or (stored[0] == "/" and stored[1:2] not in {"/", "\\"})
        assert stored.isascii()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_what_is_typed_is_found_again_when_a_browser_asks_for_it(words: str) -> None:
    try:
        stored = inside_path(f"/en/{words}")
    except ValidationError:
        return

    asked = RequestFactory().get(stored.partition("#")[0]).get_full_path()

    assert known_as(asked)[0] == known_as(stored)[0]


def test_an_address_has_the_same_key_with_and_without_its_last_slash_and_its_part() -> None:
    assert known_as("/a/?b=1#c") == ["/a?b=1", "/a"]
    assert known_as("/a") == known_as("/a/") == known_as("/a/#part") == ["/a"]
    assert known_as("/") == ["/"]
