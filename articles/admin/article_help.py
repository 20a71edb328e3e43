"""How the blocks of a text are written, with an example of each that can be copied."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Example:
    """What something is called, and the lines that make it."""

    name: str
    what: str | Promise
    lines: str


EXAMPLES: Final = (
    Example("headings", _("Headings, one of them with a name of its own"), "## Sun {#sun}\n\n### A heading under it"),
    Example("words", _("Weight, and a link that says whose page it is"),
            "**important** and [Ministry of Health](https://www.example.org/)"),
    Example("lists", _("Lists"), "- one thing\n- another\n  - a part of it\n\n1. first\n2. then"),
    Example("quotation", _("Quotation with name, post and source"),
            "> Sunscreen belongs on the ears, too.\n>\n> — Name, post, [source](https://www.example.org/)"),
    Example("table", _("Table"), "| Month | Dose |\n| --- | ---: |\n| May | 5 mg |"),
    Example("care", _("Care card: non-urgent, urgent or emergency"),
            "::: care urgent See a doctor today if\n- you have a fever\n- the rash spreads\n:::"),
    Example("warning", _("Warning"), "::: warning Before you stop a medicine\nAsk your doctor first.\n:::"),
    Example("do", _("What to do"), "::: do\n- wear a hat\n:::"),
    Example("dont", _("What not to do"), "::: dont\n- lie in the sun at noon\n:::"),
    Example("details", _("Details that open"), "::: details How the test is done\nA little blood is taken.\n:::"),
    Example("picture", _("Picture, by its number in the library, with a caption"),
            "::: picture 12\nA caption, or nothing.\n:::"),
    Example("contact", _("Contact block, by its name"), "::: contact front-desk\n:::"),
)  # fmt: skip
"""The blocks of `text.markdown` in the order in which they are needed."""
