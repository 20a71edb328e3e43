"""The demo's questions: each is led through its life by the verbs of the house, from the form to where it is now."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, Final

from django.utils import timezone

from faq.choices import Urgency
from faq.models import Answer, AnswerCorrection, Finding, FollowUp, IntakeValue, Question
from faq.states import Who
from faq.submission import Submission, submit
from portal.demo.content import Entry
from portal.demo.days import Days
from portal.demo.house import OPENED_DAYS_AGO, House
from portal.demo.library import Library
from search.models import Concept

ASKER: Final = ("language", "title", "body", "nickname", "age_band", "sex", "for_whom", "wants_public")
CLOSED_AFTER: Final = 14
"""Days from the first answer to the end of a thread."""


class Stories:
    """All questions that were told so far, and whatever their stories refer to."""

    def __init__(self, house: House, vocabulary: dict[str, Concept], library: Library, days: Days) -> None:
        self.house = house
        self.vocabulary = vocabulary
        self.library = library
        self.days = days
        self.questions: dict[str, Question] = {}

    def asked_at(self, entry: Entry) -> dt.datetime:
        """When a question was asked: on its day, at a time of its own."""
        minutes = sum(entry["key"].encode()) * 7 % 600
        if entry["asked_on"]:
            return self.days.on(dt.date.fromisoformat(entry["asked_on"]), minutes)
        return self.days.ago(entry["asked_days_ago"], minutes)

    def tell(self, entry: Entry) -> None:
        """Lead one question through its life."""
        story = Story(entry, self)
        for step in LIVES[entry["status"]]:
            step(story)
        self.questions[entry["key"]] = story.question


class Story:
    """One question, and the moment to which its story has come."""

    def __init__(self, entry: Entry, stories: Stories) -> None:
        self.entry = entry
        self.stories = stories
        self.house = stories.house
        self.moderator = stories.house.accounts["moderator"]
        self.asked = self.now = self._past(stories.asked_at(entry))
        self.question = self._translated() if entry["translation_of"] else self._sent()
        self._date()
        self._happened()

    def accept(self) -> None:
        """A moderator decides what was found, says what it is about, and passes it on."""
        self._wait(hours=2)
        for finding in Finding.objects.filter(question=self.question).undecided():
            self.question.decide(finding, show=False, by=self.moderator)
        if self.entry["concepts"]:
            self.question.retag([self.stories.vocabulary[key] for key in self.entry["concepts"]], by=self.moderator)
        if urgency := self.entry.get("urgency"):
            self.question.triage(Urgency[urgency.upper()], by=self.moderator)
        self.question.accept(by=self.moderator)
        self._happened()

    def ask_back(self) -> None:
        """A physician wants to know more, and the asker may have said it already."""
        asked = self.entry.get("asked_back")
        if not asked:
            return
        self._wait(days=asked["days_after"], hours=3)
        by = self.house.speakers[asked["physician"]]
        self.question.claim(by=by)
        self.question.ask_asker(by=by, note=asked["text"])
        self._happened()
        if reply := asked.get("reply"):
            self._wait(days=reply["days_after"], hours=4)
            words = self.question.add_words(reply["text"], key=uuid.uuid4())
            FollowUp.objects.filter(pk=words.pk).update(asked_on=timezone.localdate(self.now))
            self._happened()

    def draft(self) -> None:
        """A physician has begun to write, just now."""
        if written := self.entry.get("draft"):
            by = self.house.speakers[written["physician"]]
            self.question.claim(by=by)
            self.question.save_draft(by=by, version=0, body=written["text"])
            self.stories.days.happened(self.stories.days.began)

    def answer(self) -> None:
        """The physicians reply, each under the name and hospital of that day, and colleagues confirm."""
        first = self.house.speakers[self.entry["replies"][0]["physician"]]
        self._wait(days=self.entry["replies"][0]["replied_days_after"], hours=4)
        self.question.claim(by=first)
        self._happened()
        for reply in self.entry["replies"]:
            self._wait(days=reply["replied_days_after"], hours=5)
            given = self._reply(reply)
            self._happened()
            if confirming := reply.get("confirmed_by"):
                self._wait(days=reply["replied_days_after"], hours=7)
                self.question.confirm(given, by=self.house.speakers[confirming])
                self._happened()

    def publish(self) -> None:
        """A moderator gives it a title and publishes it; an editor adds what the house has to say."""
        self._wait(hours=8)
        self.question.retitle(self.entry["editorial_title"], by=self.moderator)
        self.question.publish(by=self.moderator)
        self._happened()
        if self.entry["more_info"]:
            self.stories.library.supplement(self.question, self.entry["more_info"])

    def correct(self) -> None:
        """A physician finds a mistake in the own reply."""
        for position, reply in enumerate(self.entry["replies"]):
            if wrong := reply.get("correction"):
                self._wait(days=wrong["days_after"], hours=1)
                given = self.question.answers.get(position=position)
                by = self.house.speakers[reply["physician"]]
                made = self.question.correct(given, body=reply["text"], notice=wrong["notice"], by=by)
                AnswerCorrection.objects.filter(pk=made.pk).update(corrected_on=timezone.localdate(self.now))
                self._happened()

    def follow_up(self) -> None:
        """The asker comes back once, and the physician too."""
        asked = self.entry["follow_up"]
        if not asked:
            return
        self._wait(days=asked["asked_days_after"], hours=4)
        words = self._followed_up(asked["text"])
        FollowUp.objects.filter(pk=words.pk).update(asked_on=timezone.localdate(self.now))
        self._happened()
        self._wait(days=asked["asked_days_after"], hours=6)
        self.question.show_follow_up(words, by=self.moderator)
        self._happened()
        self._wait(days=asked["reply"]["replied_days_after"], hours=5)
        self._reply(asked["reply"], follow_up=words)
        self._happened()

    def close(self) -> None:
        """The thread ends; it stays readable."""
        self._wait(days=CLOSED_AFTER, hours=9)
        self.question.close(by=self.moderator)
        self._happened()

    def decline(self) -> None:
        """A moderator declines it, or a physician to whom it was passed on."""
        reason = self.entry["reason"]
        by, who = self.moderator, Who.MODERATOR
        if reason["by"] in self.house.physicians:
            self.accept()
            by, who = self.house.speakers[reason["by"]], Who.PHYSICIAN
        self._wait(hours=3)
        self.question.decline(by=by, who=who, reason=reason["code"], note=reason["note"])
        self._happened()

    def merge(self) -> None:
        """It was asked before, as a moderator sees on the next day."""
        self._wait(days=1, hours=3)
        survivor = self.stories.questions[self.entry["merged_into"]]
        self.question.merge(into=survivor, by=self.moderator, as_variant=self.entry.get("as_variant", False))
        self._happened()

    def withdraw(self) -> None:
        """The asker takes it back for good."""
        self._wait(days=1)
        self.question.withdraw()
        self._happened()

    def _sent(self) -> Question:
        entry = self.entry
        opened = self.stories.days.ago(OPENED_DAYS_AGO)
        return submit(
            Submission(
                key=uuid.uuid4(),
                department=self.house.departments[entry["department"]],
                consent=self.house.consents[entry["for_whom"]] if self.asked >= opened else None,
                intake={key: str(value) for key, value in entry["extra_values"].items()},
                **{name: entry[name] for name in ASKER},
            )
        )

    def _translated(self) -> Question:
        """A translation has no ticket and no seal: nobody has sent it."""
        entry = self.entry
        question = Question.objects.create(
            department=self.house.departments[entry["department"]],
            translation_of=self.stories.questions[entry["translation_of"]],
            **{name: entry[name] for name in ASKER},
        )
        fields = {row.key: row for row in question.department.intake_fields.all()}
        for key, value in entry["extra_values"].items():
            field = fields[key]
            IntakeValue.objects.create(question=question, field=field, value=str(value), is_public=field.is_public)
        return question

    def _followed_up(self, text: str) -> FollowUp:
        if self.question.translation_of_id is None:
            return self.question.follow_up(text, key=uuid.uuid4())
        return FollowUp.objects.create(
            question=self.question, kind=FollowUp.Kind.FOLLOW_UP, body=text, key=uuid.uuid4(), is_accepted=False
        )

    def _reply(self, reply: Entry, follow_up: FollowUp | None = None) -> Answer:
        by = self.house.speakers[reply["physician"]]
        said: dict[str, Any] = {
            "body": reply["text"],
            "outcome": reply.get("outcome"),
            "care_level": reply.get("care_level"),
            "referred_to": reply.get("referred_to"),
            "points_to": self.stories.questions.get(reply.get("points_to", "")),
            "follow_up": follow_up,
        }
        if wrong := reply.get("correction"):
            said["body"] = reply["text"].replace(wrong["now"], wrong["was"])
        given = self.question.answer(by=by, **{name: value for name, value in said.items() if value})
        # Title and hospital where they were others on that day.
        then = {name: value for name, value in reply.items() if name.startswith(("title_", "hospital_"))}
        Answer.objects.filter(pk=given.pk).update(replied_on=timezone.localdate(self.now), **then)
        return given

    def _date(self) -> None:
        """The day comes first: what is public is dated and listed by it."""
        self.question.asked_on = self.question.listed_on = timezone.localdate(self.now)
        self.question.views = self.entry["views"]
        self.question.helpful = self.entry["views"] // 60
        self.question.save(update_fields=["asked_on", "listed_on", "views", "helpful"])

    def _wait(self, *, days: int = 0, hours: int = 0) -> None:
        """Go on to so long after the question was asked; never back, and never beyond the present."""
        wanted = self.asked + dt.timedelta(days=days, hours=hours)
        self.now = self._past(max(wanted, self.now + dt.timedelta(minutes=20)))

    def _past(self, moment: dt.datetime) -> dt.datetime:
        return min(moment, self.stories.days.began)

    def _happened(self) -> None:
        self.stories.days.happened(self.now)


Step = Callable[[Story], None]
ANSWERED: Final[tuple[Step, ...]] = (Story.accept, Story.ask_back, Story.answer)
PUBLISHED: Final[tuple[Step, ...]] = (*ANSWERED, Story.publish, Story.correct, Story.follow_up)
LIVES: Final[dict[str, tuple[Step, ...]]] = {
    "submitted": (),
    "accepted": (Story.accept, Story.draft),
    "needs_info": (Story.accept, Story.ask_back),
    "answered": ANSWERED,
    "published": PUBLISHED,
    "closed": (*PUBLISHED, Story.close),
    "rejected": (Story.decline,),
    "merged": (Story.merge,),
    "withdrawn": (Story.withdraw,),
}
"""What happens to a question until it is where the content says."""
