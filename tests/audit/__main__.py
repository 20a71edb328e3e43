"""`make audit`: the demo site judged from outside, one table, and not zero where a goal is missed.

ARGS="--only axe,markup" for some parts, "--runs 1" for a quick Lighthouse, "--write" for docs/AUDIT.md.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.audit.site import Site
from tests.audit.table import Row, printed, written

PARTS = ("links", "engines", "markup", "axe", "lighthouse")


def main() -> int:
    """Run the parts that are asked for on a site that is opened for them."""
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, separated by commas: {', '.join(PARTS)}")
    parser.add_argument("--runs", type=int, default=5, help="runs of Lighthouse for each page (the middle one counts)")
    parser.add_argument("--port", type=int, default=0, help="the site's port on the loopback (a free one)")
    parser.add_argument("--folder", type=Path, help="where the site's data are kept for the next time")
    parser.add_argument("--write", action="store_true", help="write the table into docs/AUDIT.md")
    options = parser.parse_args()
    began = time.monotonic()
    with Site(options.port, options.folder) as site:
        rows = list(_rows(site, options.only.split(","), options.runs))
    print(printed(rows))  # noqa: T201
    if options.write:
        written(rows, seconds=time.monotonic() - began)
    return int(any(not row.is_reached for row in rows))


def _rows(site: Site, parts: list[str], runs: int) -> Iterator[Row]:
    with _looking_into(site):
        # After the environment: these read the settings.
        from tests.audit.judging import Judge

        judge = Judge(site.url)
        steps: dict[str, Callable[[], Iterator[Row]]] = {
            "links": judge.links,
            "engines": judge.engines,
            "markup": judge.markup,
            "axe": judge.axe,
            "lighthouse": lambda: judge.lighthouse(runs),
        }
        for part in PARTS:
            if part in parts:
                for row in steps[part]():
                    print(printed([row]), file=sys.stderr, flush=True)  # noqa: T201
                    yield row


@contextmanager
def _looking_into(site: Site) -> Iterator[None]:
    """This process sees the database of that site: who has an account, and what is published."""
    import django

    os.environ.clear()
    os.environ.update(site.environment)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()
    yield


if __name__ == "__main__":
    sys.exit(main())
