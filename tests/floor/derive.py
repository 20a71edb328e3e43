"""Make newer.json from MDN's browser-compat-data (CC0): `python -m tests.floor.derive path/to/data.json`.

What it holds is newer than the floor: name → the first Chrome on Android and the first Safari on iOS that have it,
null where there is none.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

CHROME, SAFARI = 80.0, 13.0
TARGET: Final = Path(__file__).with_name("newer.json")
Versions = tuple[float | None, float | None]
PAGES: Final = re.compile(
    r"(Abort|Animation|Attr|Blob|CSS|Character|Clipboard|Comment|Crypto|DOM|Document|Element|Event|File|Form|HTML|Headers|"
    r"History|Idle|Input|Intersection|Keyboard|Location|Media|Message|Mutation|Navigator|Node|Page|Performance|Pointer|"
    r"Promise|Range|Request|Resize|Response|Screen|Selection|Shadow|Storage|Submit|Text|Toggle|Touch|Tree|UI|URL|Visual|"
    r"Window|Worker|XML)"
)
"""The interfaces that a page's script has to do with; a name of the others would only be mistaken for one's own."""
EVERYDAY: Final = {
    "Array",
    "Date",
    "Function",
    "Iterator",
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "RegExp",
    "Set",
    "String",
}


def first(support: Any) -> float | None:
    """The first version that has something by its own name and without a switch."""
    lines = support if isinstance(support, list) else [support]
    plain = [line for line in lines if not {"prefix", "alternative_name", "flags", "version_removed"} & set(line)]
    version = plain[0].get("version_added") if plain else None
    if not isinstance(version, str) or version == "preview":
        return None
    return float(".".join(version.lstrip("≤").split(".")[:2]))


def versions(compat: Any) -> Versions:
    support = compat["support"]
    return first(support.get("chrome_android", {})), first(support.get("safari_ios", {}))


def is_newer(found: Versions) -> bool:
    chrome, safari = found
    return chrome is None or safari is None or chrome > CHROME or safari > SAFARI


def _newer(branch: dict[str, Any]) -> dict[str, Versions]:
    rows = {name: versions(part["__compat"]) for name, part in branch.items() if "__compat" in part}
    return {name: found for name, found in sorted(rows.items()) if is_newer(found)}


def _all(branch: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, part in branch.items():
        if name != "__compat" and isinstance(part, dict):
            if "__compat" in part:
                yield name, part["__compat"]
            yield from _all(part)


def _members(interfaces: dict[str, dict[str, Any]]) -> dict[str, Versions]:
    """Names that no interface had at the floor, with the oldest versions that have one."""
    found: dict[str, list[Versions]] = {}
    wanted = set()
    for name, interface in interfaces.items():
        for member, part in interface.items():
            if "__compat" in part and re.fullmatch(r"[a-z]\w*", member):
                own = member.removesuffix("_static")
                found.setdefault(own, []).append(versions(part["__compat"]))
                wanted |= {own} if PAGES.match(name) or name in EVERYDAY else set()
    return {
        name: min(rows, key=_order)
        for name, rows in sorted(found.items())
        if name in wanted and all(map(is_newer, rows))
    }


def _order(found: Versions) -> tuple[float, float]:
    return found[0] or 999, found[1] or 999


def derived(data: dict[str, Any]) -> dict[str, Any]:
    """The table from the whole of the data."""
    css, builtins, api = data["css"], data["javascript"]["builtins"], data["api"]
    properties = css["properties"]
    values = {
        name: _newer({key: part for key, part in row.items() if "_" not in key}) for name, row in properties.items()
    }
    functions = {name: versions(compat) for name, compat in _all(css["types"]) if re.fullmatch(r"[a-z][a-z-]*", name)}
    interfaces = {**api, **builtins}
    return {
        "properties": {name: found for name, found in _newer(properties).items() if not name.startswith("-")},
        "values": {name: found for name, found in sorted(values.items()) if found and not name.startswith("-")},
        "functions": {name: found for name, found in sorted(functions.items()) if is_newer(found)},
        "selectors": _newer(css["selectors"]),
        "at_rules": _newer(css["at-rules"]),
        "members": _members(interfaces),
        "globals": {name: found for name, found in {**_newer(api), **_newer(builtins)}.items() if "_" not in name},
    }


if __name__ == "__main__":
    table = derived(json.loads(Path(sys.argv[1]).read_text()))
    sections = (f"{json.dumps(name)}: {json.dumps(rows, separators=(',', ':'))}" for name, rows in table.items())
    TARGET.write_text("{\n" + ",\n".join(sections) + "\n}\n")
