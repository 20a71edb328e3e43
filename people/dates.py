"""Form fields for days, as people of both languages write them, and years with those of Taiwan beside them."""

import datetime as dt
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from people.languages import active_prefix
from text.dates import AMBIGUOUS, IMPOSSIBLE, OUT_OF_RANGE, UNREADABLE, DateError, parse_date, taiwan_year

WITH_NAMES: Final = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%B %d %Y", "%b %d, %Y", "%b %d %Y")
"""Beside what `parse_date` reads: 4 March 2026. Of Django's own formats those are left out that could be two days."""
SENTENCES: Final = {
    UNREADABLE: _("This is not a date. Write it like 2026-03-04, or 民國115年3月4日."),
    AMBIGUOUS: _("This could be two different days. Write the year in full, like 2026-03-04, or 民國115年3月4日."),
    OUT_OF_RANGE: _("The year must lie between 1900 and 2199."),
    IMPOSSIBLE: _("There is no such day."),
}


class DayField(forms.DateField):
    """A day: 2026-03-04, 2026/3/4, 115/3/4, 民國115年3月4日, 4 March 2026. One that could be two days is refused."""

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day, or None for an empty text; raises ValidationError with what to do."""
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return parse_date(value)
        except DateError as error:
            if (day := self._with_name(value)) is None:
                raise ValidationError(str(SENTENCES[error.reason]), code="invalid") from None
            return day

    def _with_name(self, value: str) -> dt.date | None:
        for written in WITH_NAMES:
            try:
                return dt.datetime.strptime(value.strip(), written).replace(tzinfo=dt.UTC).date()
            except (ValueError, OverflowError):
                continue
        return None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Show how a day may be written."""
        return {**super().widget_attrs(widget), "placeholder": translate("2026-03-04")}


class MomentField(forms.SplitDateTimeField):
    """A day and a time of it, in two boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        day = DayField(localize=kwargs.get("localize", False))
        day.error_messages["incomplete"] = self.error_messages["incomplete"]
        day.disabled, day.required = self.disabled, False
        self.fields = [day, *list(self.fields)[1:]]


def shown_year(year: str) -> str:
    """A year with that of Taiwan beside it where the page is Chinese: 2026（民國 115 年）. Anything else as it is."""
    ours = taiwan_year(int(year)) if year.isascii() and year.isdecimal() else None
    return f"{year}（民國 {ours} 年）" if ours and active_prefix() == "zh-hant" else year
