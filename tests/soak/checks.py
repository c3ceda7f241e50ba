"""What must hold after each act: of files, of answers, of what is left."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import os
import re
import xml.etree.ElementTree as xml
from pathlib import Path

LEFT_BY_A_RUN = re.compile(r"\.(?P<name>[a-z]+-[0-9a-f]+)\.(?P<owner>[0-9-]+\.(?:partial|old)|parts)$")
RUN_FOLDER = re.compile(r"(out/[^/]+/[a-z]+-[0-9a-f]+)/")
PICTURES = ("charts/", "report.html")

Files = dict[str, str]  # the digest of each file by its path
Units = dict[str, Files]  # the files of each run folder; every other file is one by itself


class Broken(Exception):
    """A file that is not what its name says."""


def sound(name: str, data: bytes) -> None:
    """Checks that a file is what its name says, to its end."""
    try:
        if name.endswith(".json"):
            json.loads(data)
        elif name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), strict=True))
            if not rows or not data.endswith(b"\n") or any(len(row) != len(rows[0]) for row in rows):
                raise Broken(f"{name} is no whole table")
        elif name.endswith(".svg"):
            xml.fromstring(data)
        elif name.endswith(".png"):
            if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[-8:-4] != b"IEND":
                raise Broken(f"{name} is no whole picture")
        elif name.endswith(".parquet"):
            if data[:4] != b"PAR1" or data[-4:] != b"PAR1":
                raise Broken(f"{name} is no whole Parquet file")
        elif name.endswith(".html"):
            if not data.rstrip().endswith(b"</html>"):
                raise Broken(f"{name} is no whole page")
    except Broken:
        raise
    except Exception as error:  # whatever a parser says
        raise Broken(f"{name} cannot be read: {error}") from error


def timing_is_sound(data: bytes) -> bool:
    try:
        timing = json.loads(data)
        return timing["threads"] >= 1 and all(math.isfinite(timing[key]) and timing[key] >= 0 for key in ("seconds", "trials_per_second"))
    except (ValueError, KeyError, TypeError):
        return False


def digest(name: str, data: bytes) -> str:
    """What tells contents apart, for all but the file that depends on the clock."""
    if name.endswith("/timing.json"):
        return "a timing" if timing_is_sound(data) else "no timing"
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def look(site: Path) -> tuple[Units, set[str]]:
    """What is visible below a site but its input, and what is hidden."""
    units: Units = {}
    hidden: set[str] = set()
    for top in ("out", "made", "drawn"):
        for folder, names, files in os.walk(site / top):
            here = Path(folder).relative_to(site).as_posix()
            hidden.update(f"{here}/{name}" for name in [*names, *files] if name.startswith("."))
            names[:] = [name for name in names if not name.startswith(".")]
            for name in files:
                if not name.startswith("."):
                    path = f"{here}/{name}"
                    found = RUN_FOLDER.match(path)
                    data = (site / path).read_bytes()
                    units.setdefault(found[1] if found else path, {})[path] = digest(path, data)
    return units, hidden


def misses_charts_alone(site: Path, unit: str, files: Files, whole: Files) -> bool:
    """Whether a run folder lacks nothing but charts or its page, and a warning names each that it lacks."""
    try:
        manifest = json.loads((site / unit / "manifest.json").read_bytes())
        page = site / unit / "report.html"
        if page.exists():
            sound("report.html", page.read_bytes())
    except (OSError, ValueError, Broken):
        return False
    own = {path[len(unit) + 1:]: value for path, value in files.items()}
    due = {path[len(unit) + 1:]: value for path, value in whole.items()}
    differ = {name for name in due if own.get(name) != due[name]} - {"manifest.json", "report.html"}
    missing = {name for name in due if name not in own}
    told = "\n".join(manifest.get("warnings", ()))
    return (
        set(own) <= set(due)
        and all(name.startswith(PICTURES) and name in missing for name in differ)
        and all(name.startswith(PICTURES) and name in told for name in missing)
        and sorted(manifest["files"]) == sorted(set(own) - {"manifest.json", "timing.json"})
    )


def manifest_holds(site: Path, unit: str, files: Files) -> str | None:
    """What is wrong with the list of files that a run folder has of itself."""
    try:
        listed = json.loads((site / unit / "manifest.json").read_bytes())["files"]
    except (OSError, ValueError, KeyError) as error:
        return f"{unit} has no manifest that can be read: {error}"
    own = {path[len(unit) + 1:] for path in files} - {"manifest.json", "timing.json"}
    return None if own == set(listed) else f"{unit} lists other files than it has: {sorted(own ^ set(listed))}"


def compared(site: Path, before: Units, after: Units, due: Units, may_lack_charts: bool) -> tuple[list[str], set[str]]:
    """What is wrong with what is visible, and which run folders lack charts, as they may."""
    wrong: list[str] = []
    fewer: set[str] = set()
    for unit, files in after.items():
        if files == due.get(unit) or files == before.get(unit):
            continue
        if unit not in due:
            wrong.append(f"a stray file or folder: {unit}")
        elif may_lack_charts and misses_charts_alone(site, unit, files, due[unit]):
            fewer.add(unit)
        else:
            differ = sorted(path for path in {*files, *due[unit]} if files.get(path) != due[unit].get(path))
            listed = manifest_holds(site, unit, files) if RUN_FOLDER.match(unit + "/") else None
            wrong.append(f"not whole: {unit} differs in {', '.join(differ[:6])}" + (f"; {listed}" if listed else ""))
    return wrong, fewer


def of_a_run(hidden: set[str]) -> dict[str, set[str]]:
    """What runs left hidden, by kind: partial, old, parts, and files that were written aside."""
    kinds: dict[str, set[str]] = {"partial": set(), "old": set(), "parts": set(), "aside": set()}
    for path in hidden:
        found = LEFT_BY_A_RUN.search(path)
        kinds[found["owner"].rpartition(".")[2] if found else "aside"].add(path)
    return kinds


def was_writing(site: Path, hidden: set[str]) -> bool:
    """Whether a run that was killed had begun to write: its partial folder holds more than single trials."""
    kinds = of_a_run(hidden)
    begun = (name for path in kinds["partial"] for name in os.listdir(site / path) if not name.startswith("trials."))
    return bool(kinds["old"] or kinds["aside"]) or any(begun)
