"""What readers leave behind: whether a thread was helpful."""

import uuid
from typing import Final

from django.db.models import F

from faq.models.lifecycle import Lifecycle
from people.limits import is_noted, once
from search.changes import changing

FORMS: Final = "helpful.form"
"""Where the keys of the forms that were counted are noted."""


class Reading(Lifecycle):
    """The readers' verb. Readers are nobody in particular: a connection counts once a day and is then forgotten."""

    class Meta:
        abstract = True

    def was_judged_with(self, key: uuid.UUID) -> bool:
        """Say whether the form with that key has been counted already."""
        return is_noted(FORMS, key.hex)

    def judge(self, *, helpful: bool, key: uuid.UUID, visitor: str) -> bool:
        """Count that a reader found a public thread helpful or not.

        `key` comes from the form: sent twice, it counts once. `visitor` is `people.limits.visitor_of` the address:
        one vote a day. Returns False where that visitor has judged it today, and counts nothing. Only what was found
        helpful is shown to everyone, and so only that is a change.
        """
        with changing() as keys:
            if not once(FORMS, key.hex):
                return True
            if not once(f"helpful.{self.pk}", visitor):
                return False
            column = "helpful" if helpful else "unhelpful"
            public = type(self)._default_manager.filter(pk=self.pk, is_listed=True)
            if public.update(**{column: F(column) + 1}) and helpful:
                keys.add(f"question:{self.pk}")
        return True
