"""The vocabulary out of the house and back, and files that others wrote."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.importing import STARTER, carry_out, export_concepts, import_concepts, import_starter
from search.models import Change, Concept, ConceptName
from search.models.concept import folded_name
from search.planning import Outcome, Plan
from search.sheets import COLUMNS, read
from tests.factories import make_concept
from text.clean import clean_line

HEADING = "key,kind,name_en,name_zh_hant,aliases_en,aliases_zh_hant\n"

# What PostgreSQL cannot store never comes through a form either.
words = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
names = words.map(clean_line)


def sheet(*lines: str) -> bytes:
    return (HEADING + "\n".join(lines)).encode()


def names_of(key: str) -> set[tuple[str, str]]:
    return set(ConceptName.objects.filter(concept__slug=key).values_list("text", "language"))


def empty() -> None:
    ConceptName.objects.all().delete()
    Concept.objects.filter(merged_into__isnull=False).delete()
    Concept.objects.all().delete()


pytestmark = pytest.mark.django_db

concepts = st.tuples(
    names,
    names,
    words,
    words,
    st.lists(st.tuples(words, st.sampled_from(["en", "zh-hant"])), max_size=3),
    st.booleans(),
    st.sampled_from(Concept.Kind.values),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(concepts, max_size=4))
def test_export_import_export_gives_the_same_bytes(told: list[Any]) -> None:
    empty()
    taken: set[str] = set()
    for number, (english, chinese, display, other, aliases, is_proposal, kind) in enumerate(told):
        shown = {folded_name(name) for name in (english, chinese) if name}
        if not shown or shown & taken:
            continue  # two concepts of one name are refused, by the form and by the import
        taken |= shown
        concept = Concept.objects.create(
            slug=f"key-{number}",
            name_en=english,
            name_zh_hant=chinese,
            display_en=display,
            display_zh_hant=other,
            is_proposal=is_proposal,
            kind=kind,
        )
        for alias, language in aliases:
            if clean_line(alias) and not concept.names.filter(folded=folded_name(alias)).exists():
                concept.names.create(text=alias, language=language)
    before = export_concepts()
    empty()

    done = import_concepts(before)

    assert (export_concepts(), done.refused) == (before, [])
    assert Plan(read(before)).of(Outcome.NEW, Outcome.CHANGED) == []


def test_a_merged_concept_comes_back_as_merged() -> None:
    survivor = make_concept("SLE", "紅斑性狼瘡")
    loser = make_concept("Lupus", "狼瘡", merged_into=survivor)
    before = export_concepts()
    empty()

    import_concepts(before)

    assert export_concepts() == before
    assert Concept.objects.get(slug=loser.slug).merged_into == Concept.objects.get(slug=survivor.slug)
    assert not ConceptName.objects.filter(concept__slug=loser.slug).exists()


def test_a_new_line_makes_a_concept_that_is_found_by_all_its_names() -> None:
    done = import_concepts(sheet("sle,disease,SLE,全身性紅斑性狼瘡,lupus|SLE,蝴蝶病|紅斑性狼瘡"))

    concept = Concept.objects.get()
    assert (done.new, concept.slug, concept.kind, concept.is_proposal) == (1, "sle", "disease", False)
    assert names_of("sle") == {
        ("SLE", "en"),
        ("lupus", "en"),
        ("全身性紅斑性狼瘡", "zh-hant"),
        ("蝴蝶病", "zh-hant"),
        ("紅斑性狼瘡", "zh-hant"),
    }


def test_a_known_key_is_changed_to_what_the_line_says() -> None:
    import_concepts(sheet("sle,disease,SLE,狼瘡,lupus,蝴蝶病"))

    done = import_concepts(sheet("sle,disease,Systemic lupus erythematosus,狼瘡,SLE,"))

    assert (done.new, done.changed, done.same) == (0, 1, 0)
    assert names_of("sle") == {("Systemic lupus erythematosus", "en"), ("SLE", "en"), ("狼瘡", "zh-hant")}


def test_a_column_that_the_file_has_not_stays_as_it_is() -> None:
    import_concepts(sheet("sle,disease,SLE,狼瘡,lupus,蝴蝶病"))

    import_concepts(b"key,name_en,name_zh_hant\nsle,SLE,\xe7\xb4\x85\xe6\x96\x91\n")

    concept = Concept.objects.get()
    assert (concept.kind, concept.name_zh_hant) == ("disease", "紅斑")
    assert {("lupus", "en"), ("蝴蝶病", "zh-hant")} <= names_of("sle")


def test_a_second_import_changes_nothing_and_tells_no_change() -> None:
    file = sheet("sle,disease,SLE,狼瘡,lupus|RA,RA|蝴蝶病", "ra,disease,Rheumatoid arthritis,類風濕,RA,")
    import_concepts(file)
    before = Change.objects.count()

    done = import_concepts(file)

    assert (done.new, done.changed, done.same, done.refused, Change.objects.count()) == (0, 0, 2, [], before)


def test_bad_lines_are_told_with_number_and_reason_and_cost_no_good_one() -> None:
    make_concept("Gout", "痛風", slug="gout")
    file = sheet(
        "a,disease,Alpha,,,",
        "b,colour,Beta,,,",
        "c,disease,,,,",
        "d d,disease,Delta,,,",
        "a,disease,Alpha again,,,",
        "podagra,disease,Podagra,痛風,,",
        "e,disease,alpha,,,",
        ",disease,gout,,,",
        f"f,disease,{'x' * 121},,,",
        f"g,disease,G,,{'y' * 121},",
        'h,"disease,H,,,',
        "i,disease,Iota,,,",
    )

    done = import_concepts(file)

    assert [line.number for line in done.refused] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert all(line.problem for line in done.refused)
    assert (done.new, set(Concept.objects.values_list("slug", flat=True))) == (2, {"a", "i", "gout"})
    assert done.refused[4].problem == "Another concept is shown by this name: Gout · 痛風 (gout)."


def test_a_line_without_a_key_gets_one_that_is_free() -> None:
    make_concept("Old", slug="new-thing")

    import_concepts(sheet(",disease,New thing,,,", "new-thing-2,disease,Other,,,"))

    assert Concept.objects.get(name_en="New thing").slug == "new-thing-3"


def test_two_concepts_may_share_an_abbreviation() -> None:
    done = import_concepts(sheet("ra,disease,Rheumatoid arthritis,,RA,", "atrium,body,Right atrium,,RA,"))

    assert (done.new, done.refused) == (2, [])


def test_names_swapped_in_one_file_are_taken_in_the_order_of_lines() -> None:
    import_concepts(sheet("a,disease,Alpha,,,", "b,disease,Beta,,,"))

    done = import_concepts(sheet("a,disease,Gamma,,,", "b,disease,Alpha,,,"))

    assert (done.changed, done.refused) == (2, [])
    assert names_of("b") == {("Alpha", "en")}


@pytest.mark.parametrize(
    "line", ["lupus,disease,Lupus 2,,,", "lupus,disease,Lupus,狼瘡,other,"], ids=["renamed", "named anew"]
)
def test_a_merged_concept_is_not_changed_by_a_file(line: str) -> None:
    make_concept("Lupus", "狼瘡", slug="lupus", merged_into=make_concept("SLE", slug="sle"))

    done = import_concepts(sheet(line))

    assert [line.problem for line in done.refused] == ["This concept was merged into sle: change that one."]


def test_a_file_does_not_merge_known_concepts_nor_point_at_what_is_not_there() -> None:
    make_concept("SLE", slug="sle")
    make_concept("Lupus", slug="lupus")

    done = import_concepts(b"key,name_en,name_zh_hant,merged_into\nlupus,Lupus,,sle\nx,X,,y\nz,Z,,z\n")

    assert [line.number for line in done.refused] == [2, 3, 4]
    assert not Concept.objects.filter(merged_into__isnull=False).exists()


def test_only_new_leaves_known_concepts_as_they_are() -> None:
    import_concepts(sheet("sle,disease,SLE,,,"))

    done = import_concepts(sheet("sle,drug,Other,,,", "ra,disease,RA,,,"), only_new=True)

    assert (done.new, done.kept, Concept.objects.get(slug="sle").name_en) == (1, 1, "SLE")


def test_a_line_that_meets_somebody_elses_concept_in_that_moment_costs_itself_alone() -> None:
    plan = Plan(read(sheet("a,disease,A,,,", "b,disease,B,,,")))
    make_concept("Meanwhile", slug="a")

    done = carry_out(plan)

    assert (done.new, [line.number for line in done.refused]) == (1, [2])


def test_every_concept_that_a_file_makes_or_changes_is_told_as_a_change() -> None:
    import_concepts(sheet("a,disease,A,,,", "b,disease,B,,,"))
    keys = {f"concept:{pk}" for pk in Concept.objects.values_list("pk", flat=True)}
    concepts_changed = Change.objects.filter(key__startswith="concept:").values_list("key", flat=True)
    made = set(concepts_changed)
    Change.objects.all().delete()

    import_concepts(sheet("a,drug,A,,,", "b,disease,B,,,"))

    assert (made, set(concepts_changed.all())) == (keys, {f"concept:{Concept.objects.get(slug='a').pk}"})


def test_the_starter_vocabulary_is_taken_in_whole_and_once() -> None:
    first, second = import_starter(), import_starter()

    lines = len(read(STARTER.read_bytes()))
    assert (first.new, first.refused, second.new, second.kept) == (lines, [], 0, lines)


def test_the_commands_write_a_file_preview_it_and_read_it(tmp_path: Path) -> None:
    make_concept("SLE", "狼瘡", slug="sle")
    file = tmp_path / "concepts.csv"
    call_command("export_concepts", file)
    before = file.read_bytes()
    empty()

    preview, told = StringIO(), StringIO()
    call_command("import_concepts", file, "--dry-run", stdout=preview)
    seen = Concept.objects.count()
    call_command("import_concepts", file, stdout=told)

    assert (seen, export_concepts()) == (0, before)
    assert "line 2: new sle (SLE · 狼瘡)" in preview.getvalue()
    assert told.getvalue() == "1 new, 0 changed, 0 as they were, 0 refused\n"
    assert before.decode("utf-8-sig").splitlines()[0] == ",".join(COLUMNS)


def test_the_command_refuses_what_is_no_sheet(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"nothing")

    with pytest.raises(CommandError, match="must name the columns"):
        call_command("import_concepts", tmp_path / "a.csv")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_concepts", tmp_path / "b.csv")
