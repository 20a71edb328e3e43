#!/usr/bin/env python
"""Wenyi's commands: `./manage.py help` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

from portal.keys import fill_in

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    # `serve` is the one command that needs nothing set; `local` gives the others its keys: `manage.py local migrate`.
    if sys.argv[1:2] in (["serve"], ["local"]):
        fill_in(os.environ)
    if sys.argv[1:2] == ["local"]:
        del sys.argv[1]
    execute_from_command_line(sys.argv)
