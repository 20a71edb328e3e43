"""Lighthouse's figures of a page for a phone: of several runs the one in the middle."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.conftest import CHROMIUM, CHROMIUM_FLAGS

CLI: Final = Path(__file__).resolve().parents[2] / ".audit" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
TRIES: Final = 3
GOALS: Final = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
MAY_FAIL_ON_SEARCH: Final = {"is-crawlable"}
"""A list of results is kept out of search engines by intent."""


@dataclass
class Speed:
    """Scores from 0 to 100 by category, and the audits that failed."""

    scores: dict[str, float]
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def missed(self) -> list[str]:
        return [name for name, goal in GOALS.items() if self.scores[name] < goal]


def measure(address: str, runs: int, may_fail: frozenset[str] = frozenset()) -> Speed:
    """The median of `runs` for each category; an audit in `may_fail` costs its category nothing."""
    found = [_tried(address, may_fail) for _run in range(runs)]
    scores = {name: statistics.median(one.scores[name] for one in found) for name in CATEGORIES}
    return Speed(scores, {name: told for one in found for name, told in one.failed.items()})


def _tried(address: str, may_fail: frozenset[str]) -> Speed:
    """One run. A browser that dies under it says nothing about the page, so it is opened again, twice at most."""
    for _time in range(TRIES - 1):
        try:
            return _once(address, may_fail)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            print(f"Lighthouse, once more: {error.stderr!r}", file=sys.stderr)  # noqa: T201
    return _once(address, may_fail)


def _once(address: str, may_fail: frozenset[str]) -> Speed:
    assert CHROMIUM, "Lighthouse needs a Chromium"
    with tempfile.TemporaryDirectory(prefix="wenyi-lighthouse-") as folder:
        result = Path(folder) / "result.json"
        flags = f"--chrome-flags={' '.join([*CHROMIUM_FLAGS, f'--user-data-dir={folder}/profile'])}"
        command = [
            "nice",
            "-n",
            "10",
            "node",
            str(CLI),
            address,
            "--output=json",
            f"--output-path={result}",
            "--quiet",
        ]
        command += [f"--only-categories={','.join(CATEGORIES)}", flags]
        environment = os.environ | {"CHROME_PATH": CHROMIUM, "CI": "true", "TMPDIR": folder}
        subprocess.run(command, check=True, env=environment, capture_output=True, timeout=180)
        return _read(json.loads(result.read_text()), may_fail)


def _read(report: dict[str, Any], may_fail: frozenset[str]) -> Speed:
    scores: dict[str, float] = {}
    failed: dict[str, str] = {}
    for name in CATEGORIES:
        weighed = [
            row for row in report["categories"][name]["auditRefs"] if row["weight"] and row["id"] not in may_fail
        ]
        counted = [(row["weight"], report["audits"][row["id"]]) for row in weighed]
        counted = [(weight, audit) for weight, audit in counted if audit["score"] is not None]
        total = sum(weight for weight, _audit in counted)
        scores[name] = round(100 * sum(weight * audit["score"] for weight, audit in counted) / total)
        failed |= {
            audit["id"]: f"{audit['title']} {audit.get('displayValue', '')}".strip()
            for _weight, audit in counted
            if audit["score"] < (0.9 if name == "performance" else 1)
        }
    return Speed(scores, failed)
