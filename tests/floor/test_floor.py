"""What is newer than Chrome 80 and Safari 13 is found, and let through where older browsers have something else."""

from pathlib import Path

import pytest

from tests.floor.__main__ import faults
from tests.floor.newer import implies, since
from tests.floor.scripts import faults as faults_of_script
from tests.floor.styles import House, Sheet


def _in_styles(text: str) -> list[str]:
    return [fault.what for fault in House([Sheet("a.css", text)]).faults()]


def _in_script(text: str) -> list[str]:
    return [fault.what for fault in faults_of_script("a.js", text)]


def test_our_own_styles_and_scripts_need_nothing_newer() -> None:
    assert [str(fault) for fault in faults()] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a { display: flex; gap: 1rem }", ["gap where a is not known as a grid (Chrome 84, Safari 14.5)"]),
        ("a { inset: 0 }", ["inset (Chrome 87, Safari 14.5)"]),
        ("a { aspect-ratio: 1 }", ["aspect-ratio (Chrome 88, Safari 15)"]),
        ("a { margin-inline: auto }", ["margin-inline (Chrome 87, Safari 14.5)"]),
        ("a { width: clamp(1rem, 2vw, 3rem) }", ["width: clamp(1rem, 2vw, 3rem) (Chrome 79, Safari 13.4)"]),
        ("a { height: 100dvh }", ["height: 100dvh (Chrome 108, Safari 15.4)"]),
        ("a:has(b) { color: red }", [":has (Chrome 105, Safari 15.4), and with it a:has(b)"]),
        (":is(a, b) c { color: red }", [":is (Chrome 88, Safari 14), and with it :is(a, b) c"]),
        ("a:not(b, i) { color: red }", [":a list in :not() (Chrome 88, Safari 9), and with it a:not(b, i)"]),
        ("a { & b { color: red } }", ["a rule inside a rule (Chrome 120, Safari 17.2)"]),
        ("@layer base { a { color: red } }", ["@layer (Chrome 99, Safari 15.4)"]),
        ("@media (width > 40em) { a { color: red } }", ["@media (width > 40em) (Chrome 104, Safari 16.4)"]),
    ],
)
def test_newer_css_without_a_fallback_is_found(text: str, what: list[str]) -> None:
    assert _in_styles(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "a { display: grid; gap: 1rem }",
        "a { display: flex; gap: 1rem } @supports not (inset: 0) { a > * { margin: 1rem } }",
        "a { display: flex; gap: 1rem } a > * { margin-right: 1rem }",
        "a { display: flex } @supports (inset: 0) { a { gap: 1rem } }",
        "a { top: 0; right: 0; bottom: 0; left: 0; inset: 0 }",
        "a { height: 10rem; aspect-ratio: 1 }",
        "@supports (aspect-ratio: 1) { a { aspect-ratio: 1 } }",
        "@supports selector(:has(a)) { a:has(b) { color: red } }",
        "a { width: 2rem; width: clamp(1rem, 2vw, 3rem) }",
        "a { height: 100vh; height: 100dvh }",
        "a { -webkit-appearance: none; appearance: none }",
        "a:focus-visible { outline: 2px solid }",
        "a { scroll-margin-top: 1rem; text-wrap: balance }",
        "a { inset: 0 /* floor: only staff's newest browsers get here */ }",
    ],
)
def test_newer_css_with_a_fallback_passes(text: str) -> None:
    assert _in_styles(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "@supports (display: grid) { a { inset: 0 } }",
        "@supports not (inset: 0) { a { inset: 0 } }",
        "a:hover, a:focus-visible { color: red }",
        "a { top: 0; inset: 0 }",
    ],
)
def test_a_fallback_that_is_none_does_not_help(text: str) -> None:
    assert len(_in_styles(text)) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a?.b;", ["?. (Chrome 80, Safari 13.4)"]),
        ("const c = a ?? b;", ["?? (Chrome 80, Safari 13.4)"]),
        ("a ||= b;", ["||= (Chrome 85, Safari 14)"]),
        ("class A { b = 1 }", ["a field of a class (Chrome 72, Safari 14.5)"]),
        ("await a;", ["await outside a function (Chrome 89, Safari 15)"]),
        ("/(?<=a)b/.test(c);", ["looking behind in a pattern (Chrome 62, Safari 16.4)"]),
        ('a.replaceAll("b", "c");', [".replaceAll (Chrome 85, Safari 13.4)"]),
        ("a.at(-1);", [".at (Chrome 92, Safari 15.4)"]),
        ("structuredClone(a);", ["structuredClone (Chrome 98, Safari 15.4)"]),
        ("dialog.showModal();", [".showModal (Chrome 37, Safari 15.4)"]),
        ("function (", ["not JavaScript (Chrome 0, Safari 0)"]),
    ],
)
def test_newer_script_is_found(text: str, what: list[str]) -> None:
    assert _in_script(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "a && a.b;",
        "async function f() { await a; }",
        "if (dialog.showModal) dialog.showModal();",
        'if ("share" in navigator) navigator.share({});',
        'if (typeof structuredClone === "function") structuredClone(a);',
        "if (navigator.clipboard) navigator.clipboard.writeText(a);",
        "const at = (list) => list.length; at([]);",
        "a.at(-1); // floor: this one is our own",
    ],
)
def test_script_that_asks_first_passes(text: str) -> None:
    assert _in_script(text) == []


def test_a_whole_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text("a {\n  inset: 0\n}\n")
    (tmp_path / "b.js").write_text("a?.b;\n")

    found = [(fault.path, fault.line) for fault in faults(tmp_path)]

    assert found == [("css/a.css", 2), ("b.js", 1)]


def test_asking_for_something_newer_answers_for_what_is_older() -> None:
    inset, ratio = since("properties", "inset"), since("properties", "aspect-ratio")

    assert inset
    assert ratio
    assert (implies(ratio, inset), implies(inset, ratio)) == (True, False)
