from django.template import Context, Engine
from hypothesis import given
from hypothesis import strategies as st

from text import plain

ENGINE = Engine(libraries={"text": "text.template"}, builtins=["text.template"])


def shown(template: str, value: object) -> str:
    return ENGINE.from_string(template).render(Context({"value": value}))


def test_stored_html_is_shown_as_it_is() -> None:
    assert shown("{{ value|stored_html }}", "<p>a &amp; b</p>") == "<p>a &amp; b</p>"


@given(st.text(st.sampled_from("a<>&\"'\r\n {}%")))
def test_plain_html_shows_what_plain_to_html_makes(source: str) -> None:
    assert shown("{{ value|plain_html }}", source) == plain.to_html(source)
