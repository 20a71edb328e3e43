"""The W3C's Nu checker (a Java program) on pages as the server sends them."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

JAR: Final = Path(__file__).resolve().parents[2] / ".audit" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA: Final = shutil.which("java")
IS_THERE: Final = JAVA is not None and JAR.exists()


def errors(pages: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The errors by address, from whole pages by address; warnings about style are left out."""
    assert JAVA, "the Nu checker needs Java"
    with tempfile.TemporaryDirectory(prefix="wenyi-nu-") as folder:
        names = {}
        for number, (address, body) in enumerate(pages.items()):
            names[f"{number}.html"] = address
            (Path(folder) / f"{number}.html").write_bytes(body)
        command = [JAVA, "-Xss2m", "-jar", str(JAR), "--format", "json", "--errors-only", "--stdout", folder]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    found: dict[str, list[str]] = {}
    for row in json.loads(answer.stdout)["messages"]:
        address = names[Path(unquote(urlsplit(row["url"]).path)).name]
        line = f"line {row.get('lastLine', '?')}: {row['message']} {row.get('extract', '').strip()[:160]}"
        found.setdefault(address, []).append(" ".join(line.split()))
    return found
