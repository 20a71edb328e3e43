"""Stored text to HTML by its format: what patients wrote is plain, what staff write is Markdown."""

from text import clean, markdown, plain
from text.places import Insets


def to_html(source: str, format: str, insets: Insets | None = None) -> str:  # noqa: A002 - the name of the field
    """Clean HTML of a text, `insets` as in `markdown.render`. Raises ValueError for a format that does not exist."""
    return plain.to_html(source) if _is_plain(format) else markdown.render(source, insets=insets)


def to_plain(source: str, format: str) -> str:  # noqa: A002
    """The words alone, for teasers, search and mail. Raises ValueError for a format that does not exist."""
    return clean.clean_text(source) if _is_plain(format) else markdown.to_plain(source)


def _is_plain(name: str) -> bool:
    if name not in ("plain", "markdown"):
        raise ValueError(f"There is no text format {name!r}.")
    return name == "plain"
