"""`make relevance`: how good the order of results is on the labelled sets beside the checkout.

python -m tests.relevance [SET…] [--postgresql] [--no-departments]
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from tests.relevance.houses import Environment, houses
from tests.relevance.sets import SETS
from tests.relevance.table import Figures, table
from tests.shared_data import FOLDER


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print; returns 0 also where there is nothing to measure on."""
    names = list(dict.fromkeys(each.name for each in SETS))
    parser = ArgumentParser(prog="make relevance", description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"one of {', '.join(names)}; all unless named")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL: the figures are the same")
    parser.add_argument("--no-departments", action="store_true", help="leave out the suggestion of departments")
    asked = parser.parse_args(words)
    if unknown := set(asked.sets) - set(names):
        parser.error(f"there is no set {', '.join(sorted(unknown))}")
    wanted = [name for name in asked.sets or names if (FOLDER / name / "corpus.jsonl").is_file()]
    if not wanted:
        sys.stdout.write(f"There is nothing to measure on: the labelled sets are not in {FOLDER}.\n")
        return 0
    with houses(postgresql=asked.postgresql) as place:
        found = {name: _measured(name, place.house(name)) for name in wanted}
        sys.stdout.write("\n".join([*table(found), "", ""]))
        sys.stdout.flush()
        if not (asked.sets or asked.no_departments):
            subprocess.run([sys.executable, "-m", "tests.relevance.departments"], check=True)
    return 0


def _measured(name: str, environment: Environment) -> dict[str, Figures]:
    sys.stderr.write(f"{name} …\n")
    program = [sys.executable, "-m", "tests.relevance.one", str(FOLDER / name)]
    told = subprocess.run(program, check=True, env=environment, stdout=subprocess.PIPE).stdout
    figures: dict[str, Figures] = json.loads(told.splitlines()[-1])
    return figures


if __name__ == "__main__":
    sys.exit(main())
