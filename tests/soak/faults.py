"""What is done to the program while it runs, and with which statuses it may end then."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from sites import Act, Ended, limited

PLAYS = ("play", "shard", "merge")
WRITES = (*PLAYS, "chart", "file")
ALL = (*WRITES, "text", "wrong")
NOBODY = 65534
# Room for what a run writes, on a disk of its own, which is copied to where it can be looked at.
FULL = "mkdir -p out && mount -t tmpfs -o $1 soak out || exit 99; shift; \"$@\"; s=$?; mkdir kept; cp -a out/. kept; exit $s"
READ_ONLY = "mkdir -p out && mount --bind out out && mount -o remount,ro,bind out || exit 99; exec \"$@\""


@dataclass(frozen=True)
class Fault:
    """A fault. `run` does it; a process ends as if undisturbed, or with one of `statuses`."""

    name: str
    run: Callable[[Act], list[Ended]]
    statuses: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ALL
    weight: int = 2
    may_lack_charts: bool = False
    removes: bool = False  # whether what was finished may be gone, and by this fault
    alone: bool = False  # whether the site must be a new one
    told: bool = False  # whether what is printed can be compared
    must: bool = False  # whether it must end with one of the statuses
    silent: bool = False  # whether results cannot be printed: status 1, and what was to be written is whole
    leaves: bool = False  # whether a hidden partial folder may stay, although it ended by itself
    needs: str = ""  # what has to be there: library, namespaces or root


def undisturbed(act: Act) -> list[Ended]:
    return [act.start().end()]


def signalled(number: signal.Signals):
    def run(act: Act) -> list[Ended]:
        started = act.start()
        moment = act.moment()
        act.how.append(f"{number.name} after {moment:.3f} s")
        time.sleep(moment)
        started.process.send_signal(number)
        return [started.end()]
    return run


def twice_interrupted(act: Act) -> list[Ended]:
    started = act.start()
    for _ in range(2):
        time.sleep(act.moment() / 2)
        started.process.send_signal(signal.SIGINT)
    return [started.end()]


def killed_at_a_call(act: Act) -> list[Ended]:
    call = act.rng.randrange(1, act.due.calls + 2)
    if act.rng.random() < 0.25:
        call = max(1, act.due.calls - act.rng.randrange(8))
    act.environment = {"SOAK_KILL": str(call)}
    return [act.start().end()]


def refused_calls(act: Act) -> list[Ended]:
    call = act.rng.randrange(1, act.due.calls + 2)
    why = act.rng.choice((errno.ENOSPC, errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EMFILE, errno.EROFS))
    many = act.rng.choice((1, 2, 1_000_000))
    act.environment = {"SOAK_FAIL": f"{call}:{why}:{many}"}
    return [act.start().end()]


def clock_jumps(act: Act) -> list[Ended]:
    act.environment = {"SOAK_CLOCK": str(act.rng.randrange(1, 1 << 40))}
    return [act.start().end()]


def no_reader() -> int:
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def closed(*streams: str):
    def run(act: Act) -> list[Ended]:
        pipe = no_reader()
        ended = act.start(**{stream: pipe for stream in streams}).end()
        os.close(pipe)
        return [ended]
    return run


def full(*streams: str):
    def run(act: Act) -> list[Ended]:
        with open("/dev/full", "wb") as device:
            return [act.start(**{stream: device for stream in streams}).end()]
    return run


def absent(act: Act) -> list[Ended]:
    gone = act.rng.choice(((1,), (2,), (1, 2) if act.question.standard_input else (0, 1, 2)))
    act.how.append(f"without the file handles {gone}")
    return [act.start(before=lambda: [os.close(handle) for handle in gone]).end()]


def in_namespace(act: Act, script: str, *arguments: str) -> Ended:
    act.prefix = ["unshare", "-rm", "sh", "-c", script, "sh", *arguments]
    ended = act.start().end()
    # The shell says in one number how the program ended.
    return Ended(128 - ended.status if ended.status > 128 else ended.status, ended.out, ended.err)


def full_disk(act: Act) -> list[Ended]:
    # Tables come first, and are smaller than what is drawn of them.
    part = act.rng.choice((0.2, 1.15))
    room = act.rng.randrange(4, max(8, int(part * act.due.bytes / 1024)))
    options = f"size={room}k" if act.rng.random() < 0.75 else f"nr_inodes={act.rng.randrange(2, 40)}"
    ended = in_namespace(act, FULL, options)
    shutil.rmtree(act.site / "out", ignore_errors=True)
    if (act.site / "kept").exists():
        (act.site / "kept").rename(act.site / "out")
    return [ended]


def small_files(act: Act) -> list[Ended]:
    most = act.rng.randrange(1, int(1.1 * act.due.largest) + 2)
    ignored = act.rng.random() < 0.6
    act.how.append(f"no file over {most} bytes; SIGXFSZ {'ignored' if ignored else 'kills'}")

    def before() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN if ignored else signal.SIG_DFL)
    return [act.start(out=subprocess.DEVNULL, err=subprocess.DEVNULL, before=before).end()]


def read_only_disk(act: Act) -> list[Ended]:
    return [in_namespace(act, READ_ONLY)]


def read_only_folder(act: Act) -> list[Ended]:
    (act.site / "out").mkdir(exist_ok=True)

    def before() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return [act.start(before=before).end()]


def output_is_a_file(act: Act) -> list[Ended]:
    unit = next(iter(act.due.units))
    parts = unit.split("/")
    # A shard takes the place of a file.
    most = len(parts) - (act.question.kind == "shard")
    place = "/".join(parts[: act.rng.randrange(1, most + 1)])
    (act.site / place).parent.mkdir(parents=True, exist_ok=True)
    (act.site / place).write_text("precious")
    act.how.append(f"{place} is a file")
    ended = act.start().end()
    if not (act.site / place).is_file() or (act.site / place).read_text() != "precious":
        ended.err += b"\nsoak: the file in the place of the folder was changed"
    else:
        (act.site / place).unlink()
    return [ended]


def output_removed(act: Act) -> list[Ended]:
    started = act.start()
    time.sleep(act.moment())
    moved = act.rng.random() < 0.5
    act.how.append("out moved away" if moved else "out removed")
    if moved and (act.site / "out").exists():
        (act.site / "out").rename(act.site / "away")
    shutil.rmtree(act.site / ("away" if moved else "out"), ignore_errors=True)
    return [started.end()]


def scenario_removed(act: Act) -> list[Ended]:
    started = act.start()
    time.sleep(act.moment() * act.rng.random() ** 2)
    (act.site / f"s/{act.question.scenario}.toml").unlink()
    act.how.append("the scenario was removed")
    return [started.end()]


def at_once(act: Act) -> list[Ended]:
    count = act.rng.randrange(2, 4)
    act.how.append(f"{count} at once")
    started = [act.start() for _ in range(count)]
    return [one.end() for one in started]


def two_questions(act: Act) -> list[Ended]:
    started = [act.start(), act.start(question=act.other)]
    return [one.end() for one in started]


def one_of_two_killed(act: Act) -> list[Ended]:
    started = [act.start(), act.start()]
    time.sleep(act.moment() * 1.5)
    started[0].process.kill()
    return [one.end() for one in started]


def few_handles(act: Act) -> list[Ended]:
    most = act.rng.randrange(4, 16)
    act.how.append(f"ulimit -n {most}")
    return [act.start(before=limited(resource.RLIMIT_NOFILE, most)).end()]


def small_memory(act: Act) -> list[Ended]:
    most = act.rng.randrange(36, 200)
    act.how.append(f"ulimit -v {most * 1024}")
    return [act.start(before=limited(resource.RLIMIT_AS, most << 20)).end()]


def small_stack(act: Act) -> list[Ended]:
    most = act.rng.choice((128, 256, 512, 1024))
    act.how.append(f"ulimit -s {most}")
    return [act.start(before=limited(resource.RLIMIT_STACK, most << 10)).end()]


FAULTS = (
    Fault("none", undisturbed, weight=2, told=True),
    Fault("SIGKILL", signalled(signal.SIGKILL), (-9,), weight=5, told=True),
    Fault("SIGKILL at a call", killed_at_a_call, (-9,), WRITES, 8, told=True, needs="library"),
    Fault("SIGINT", signalled(signal.SIGINT), (1, -2), weight=4, told=True),
    Fault("SIGINT twice", twice_interrupted, (1, -2), told=True, leaves=True),
    Fault("SIGTERM", signalled(signal.SIGTERM), (-15,), told=True),
    Fault("SIGHUP", signalled(signal.SIGHUP), (-1,), told=True),
    Fault("no reader of output", closed("out"), weight=3, silent=True),
    Fault("no reader of errors", closed("err")),
    Fault("no reader of either", closed("out", "err"), silent=True),
    Fault("full output", full("out"), weight=3, silent=True),
    Fault("full errors", full("err")),
    Fault("no streams", absent),
    Fault("full disk", full_disk, (1,), PLAYS, 4, may_lack_charts=True, alone=True, needs="namespaces"),
    Fault("refused calls", refused_calls, (1,), WRITES, 6, may_lack_charts=True, needs="library"),
    Fault("small files", small_files, (1, -25), WRITES, 3, may_lack_charts=True),
    Fault("read-only disk", read_only_disk, (1,), PLAYS, must=True, needs="namespaces"),
    Fault("read-only folder", read_only_folder, (1,), PLAYS, must=True, needs="root"),
    Fault("output is a file", output_is_a_file, (1,), PLAYS, must=True, alone=True),
    Fault("output removed", output_removed, (1,), PLAYS, 3, removes=True, alone=True, leaves=True),
    Fault("scenario removed", scenario_removed, (2,), ("play",)),
    Fault("clock jumps", clock_jumps, weight=3, told=True, needs="library"),
    Fault("several at once", at_once, (), (*PLAYS, "chart"), 4, told=True),
    Fault("two questions at once", two_questions, (), PLAYS, told=True),
    Fault("one of two killed", one_of_two_killed, (-9,), PLAYS, 3, told=True),
    Fault("few handles", few_handles, (1,), may_lack_charts=True, leaves=True),
    Fault("small memory", small_memory, (1, -6, -11, 127), may_lack_charts=True),
    Fault("small stack", small_stack, (1, -6, -11)),
)
