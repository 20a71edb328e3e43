"""The site's own settings; only its static files lie in the audit's folder, for that place is no setting."""

import os
from pathlib import Path

from portal.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["AUDIT_FOLDER"]) / "static"
