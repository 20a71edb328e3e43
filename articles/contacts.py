"""A contact block as HTML, in the language of the text that shows it."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override, pgettext

from articles.models import ContactBlock
from people.languages import HTML_LANG, prefix_of
from text.template import plain_html


def contact_html(block: ContactBlock, language: str) -> SafeString:
    """Label, words, telephone, e-mail and address, as far as the block has them; number and e-mail can be pressed."""
    lines = format_html_join("", "<dt>{}</dt><dd>{}</dd>", _lines(block, language))
    return format_html(
        '<div class="contact-block" lang="{}"><p class="contact-block__label">{}</p>{}{}</div>',
        HTML_LANG[prefix_of(language)],
        block.label(language),
        plain_html(block.text(language)),
        format_html("<dl>{}</dl>", lines) if lines else "",
    )


def _lines(block: ContactBlock, language: str) -> list[tuple[str, str | SafeString]]:
    with override(prefix_of(language)):
        rows = [
            (gettext("Telephone"), _link("tel", _dialled(block.phone), block.phone)),
            (gettext("E-mail"), _link("mailto", block.email, block.email)),
            (pgettext("where somebody is", "Address"), block.address(language)),
        ]
    return [(name, value) for name, value in rows if value]


def _link(scheme: str, address: str, words: str) -> SafeString | str:
    return format_html('<a href="{}:{}">{}</a>', scheme, address, words) if words else ""


def _dialled(phone: str) -> str:
    """What a telephone dials: digits alone, without the extension."""
    return re.sub(r"[^0-9+]", "", phone.partition("#")[0])
