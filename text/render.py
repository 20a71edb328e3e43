"""Stored text to HTML by its format: what patients wrote is plain, what staff write is Markdown."""

from text import clean, markdown, plain


def to_html(source: str, format: str) -> str:  # noqa: A002 - the name of the field
    """Clean HTML of a text. Raises ValueError for a format that does not exist."""
    return plain.to_html(source) if _is_plain(format) else markdown.render(source)


def to_plain(source: str, format: str) -> str:  # noqa: A002
    """The words alone, for teasers, search and mail. Raises ValueError for a format that does not exist."""
    return clean.clean_text(source) if _is_plain(format) else markdown.to_plain(source)


def _is_plain(name: str) -> bool:
    if name not in ("plain", "markdown"):
        raise ValueError(f"There is no text format {name!r}.")
    return name == "plain"
