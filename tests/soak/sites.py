"""Folders in which questions are asked, and what an undisturbed run of each gives."""

from __future__ import annotations

import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import checks
from questions import BORDER, HISTORY, RECORD, SCENARIOS, Question

REPOSITORY = Path(__file__).resolve().parents[2]
OUTPUT = ("-o", "out")
# After so many seconds a process is taken not to end; a machine with other work may let one wait for minutes.
PATIENCE = 600
TOLD = re.compile(rb"going on: ([0-9,]+) trials? need not be played again")


@dataclass
class Ended:
    """How a process ended."""

    status: int  # negative for a signal
    out: bytes = b""
    err: bytes = b""


@dataclass
class Reference:
    """What an undisturbed run gives."""

    seconds: float
    ended: Ended
    units: checks.Units
    answer: dict | None
    calls: int  # how many calls change the disk
    bytes: int  # how much room its files take
    largest: int
    trouble: list[str] = field(default_factory=list)


class Program:
    """The program, with a library between it and the system where a compiler is there."""

    def __init__(self, path: Path, work: Path):
        self.path = path.resolve()
        self.work = work
        self.library = self._compiled()
        self.references: dict[Question, Reference] = {}
        self.kept: dict[tuple[Question, int], Path] = {}

    def _compiled(self) -> Path | None:
        library = self.work / "interpose.so"
        source = Path(__file__).with_name("interpose.c")
        try:
            subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        return library

    def environment(self, **more: str) -> dict[str, str]:
        plain = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
        return {**plain, **({"LD_PRELOAD": str(self.library), **more} if more else {})}

    def site(self, name: str) -> Path:
        """A new folder with all scenarios."""
        site = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.work))
        site.chmod(0o755)
        (site / "s").mkdir()
        (site / "made").mkdir()
        for scenario in SCENARIOS:
            folder = "history/" if scenario in HISTORY else ""
            shutil.copy(REPOSITORY / f"scenarios/{folder}{scenario}.toml", site / f"s/{scenario}.toml")
        shutil.copy(REPOSITORY / f"scenarios/records/{BORDER}.toml", site / RECORD)
        (site / "s/broken.toml").write_text("format = 1\n[scenario]\ntitle = 'no steps'\n[assumptions]\nx = { draw = 'norm(' }\n")
        return site

    def prepare(self, site: Path, question: Question) -> None:
        """Puts into a site what a question needs: its variant of the scenario, run folders, shards."""
        if question.scenario:
            folder = "history/" if question.scenario in HISTORY else ""
            text = (REPOSITORY / f"scenarios/{folder}{question.scenario}.toml").read_text(encoding="utf-8")
            for old, new in question.edits:
                text = text.replace(old, new, 1)
            (site / f"s/{question.scenario}.toml").write_text(text, encoding="utf-8")
        for name in ("parts", "drawn", "made"):
            shutil.rmtree(site / name, ignore_errors=True)
        (site / "made").mkdir()
        if question.needs and question.shards:
            shutil.copytree(self._shards(question.needs, question.shards), site / "parts")
        elif question.needs:
            shutil.copytree(self._folder(question.needs), site / "drawn/run")

    def words(self, question: Question, manner: list[str]) -> list[str]:
        output = OUTPUT if question.machine or question.verb == "merge" else ()
        return [str(self.path), *question.words, *manner, *output]

    def asked(self, site: Path, question: Question, manner: list[str], **environment: str) -> Ended:
        """Asks a question undisturbed."""
        given = site / f"s/{question.scenario}.toml" if question.standard_input else os.devnull
        with open(given, "rb") as text:
            done = subprocess.run(
                self.words(question, manner), cwd=site, stdin=text, capture_output=True, check=False,
                env=self.environment(**environment),
            )
        return Ended(done.returncode, done.stdout, done.stderr)

    def _folder(self, question: Question) -> Path:
        """A run folder, made once."""
        if (question, 0) not in self.kept:
            site = self.site("folder")
            self.prepare(site, question)
            self.asked(site, question, [])
            self.kept[question, 0] = next((site / "out").glob("*/*-*"))
        return self.kept[question, 0]

    def _shards(self, question: Question, count: int) -> Path:
        """All shards of a question, made once."""
        if (question, count) not in self.kept:
            site = self.site("shards")
            self.prepare(site, question)
            parts = site / "parts"
            parts.mkdir()
            for number in range(1, count + 1):
                self.asked(site, question, ["--shard", f"{number}/{count}"])
                shard = next((site / "out").glob(f"*/*.{number}-of-{count}.shard"))
                shard.rename(parts / f"{number}.shard")
            self.kept[question, count] = parts
        return self.kept[question, count]

    def reference(self, question: Question) -> Reference:
        """What an undisturbed run of a question gives, which is played once."""
        if question not in self.references:
            self.references[question] = self._reference(question)
        return self.references[question]

    def _reference(self, question: Question) -> Reference:
        site = self.site("reference")
        self.prepare(site, question)
        count = site / "count"
        begun = time.monotonic()
        more = {"SOAK_COUNT": str(count)} if self.library else {}
        ended = self.asked(site, question, ["--json"] if question.kind in ("play", "merge") else [], **more)
        seconds = time.monotonic() - begun
        units, hidden = checks.look(site)
        trouble = [f"left hidden: {path}" for path in sorted(hidden)]
        if ended.status != question.status:
            trouble.append(f"status {ended.status} where {question.status} is due: {ended.err.decode(errors='replace')}")
        sizes = []
        for path in (path for files in units.values() for path in files):
            data = (site / path).read_bytes()
            sizes.append(len(data))
            try:
                checks.sound(path, data)
            except checks.Broken as error:
                trouble.append(str(error))
        for unit in units:
            wrong = checks.manifest_holds(site, unit, units[unit]) if checks.RUN_FOLDER.match(unit + "/") else None
            trouble += [wrong] if wrong else []
        answer = None
        if question.kind in ("play", "merge") and not trouble:
            found = json.loads(ended.out)
            answer = {"answer": found["answer"], "manifest": found["manifest"]}
        calls = int(count.read_text()) if count.exists() else 0
        shutil.rmtree(site)
        room = sum(-(-size // 4096) * 4096 for size in sizes)
        return Reference(seconds, ended, units, answer, calls, room, max(sizes, default=0), trouble)


@dataclass
class Act:
    """One question, asked once or several times under a fault."""

    number: int
    rng: object
    program: Program
    site: Path
    question: Question
    manner: list[str]
    due: Reference
    other: Question | None = None  # asked at the same time, where the fault says so
    prefix: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    how: list[str] = field(default_factory=list)  # what was done to it, in words

    def shell(self) -> str:
        """The command as a line for a shell, in the folder of the site."""
        assigned = [f"{name}={value}" for name, value in self.environment.items()]
        assigned += [f"LD_PRELOAD={self.program.library}"] if assigned else []
        words = shlex.join([*self.prefix, *self.program.words(self.question, self.manner)])
        given = f" < s/{self.question.scenario}.toml" if self.question.standard_input else ""
        return " ".join(["env", *assigned, words]) + given if assigned else words + given

    def start(self, out=None, err=None, before=None, question: Question | None = None) -> Started:
        """Starts the program. What it prints goes to files, unless it is told where to."""
        asked = question or self.question
        manner = self.manner if question is None else ["-q"]
        given = self.site / f"s/{asked.scenario}.toml" if asked.standard_input else os.devnull
        files = [tempfile.TemporaryFile() if to is None else None for to in (out, err)]
        with open(given, "rb") as text:
            process = subprocess.Popen(
                [*self.prefix, *self.program.words(asked, manner)], cwd=self.site, stdin=text,
                stdout=files[0] if out is None else out, stderr=files[1] if err is None else err,
                env=self.program.environment(**self.environment), preexec_fn=before,
            )
        return Started(process, files, PATIENCE)

    def moment(self) -> float:
        """A time in which the program may be at anything, or be done."""
        least = self.rng.choice((0, 0.75))  # much is written at the end
        return self.rng.uniform(least, 1.15) * self.due.seconds


@dataclass
class Started:
    """A process that was started."""

    process: subprocess.Popen
    files: list
    patience: int

    def end(self) -> Ended:
        """Waits for the end; a process that does not end counts as killed by SIGALRM."""
        try:
            status = self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            status = -14
        texts = []
        for file in self.files:
            if file is not None:
                file.seek(0)
            texts.append(file.read() if file is not None else b"")
        return Ended(status, *texts)


def limited(what: int, value: int):
    """For a process: no more than so much of something."""
    return lambda: resource.setrlimit(what, (value, value))
