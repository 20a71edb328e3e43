import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from text.slug import slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Stem Cell Therapy for Lupus?", "stem-cell-therapy-for-lupus"),
        ("幹細胞治療　紅斑性狼瘡（SLE）", "幹細胞治療-紅斑性狼瘡-sle"),
        ("What's Crohn’s disease", "whats-crohns-disease"),
        ("ＳＬＥ & 懷孕", "sle-懷孕"),
        ("?!", "-"),
        ("", "-"),
        ("../../etc/passwd%00", "etc-passwd-00"),
    ],
)
def test_a_title_becomes_a_readable_address(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_a_title_without_letters_takes_the_fallback() -> None:
    assert slugify("！？", fallback="question") == "question"


def test_a_long_slug_ends_with_a_whole_word() -> None:
    assert slugify("alpha beta gamma", limit=12) == "alpha-beta"
    assert slugify("alpha beta gamma", limit=10) == "alpha-beta"
    assert slugify("abcdefghij", limit=4) == "abcd"
    assert slugify("紅斑性狼瘡治療", limit=5) == "紅斑性狼瘡"


@given(st.one_of(st.text(), st.text(st.characters(codec=None))), st.integers(1, 80))
def test_a_slug_is_stable_short_and_safe_in_an_address(title: str, limit: int) -> None:
    slug = slugify(title, limit)

    assert slugify(slug, limit) == slug
    assert len(slug) <= limit
    assert slug == "-" or regex.fullmatch(r"[\p{L}\p{N}\p{M}]+(-[\p{L}\p{N}\p{M}]+)*", slug)
