"""The measurements run: each once, of very little."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

BENCHES = Path(__file__).parents[1] / "benches"
COMMAND = Path(sysconfig.get_path("scripts")) / "demarche"


@pytest.mark.skipif(sys.platform == "win32", reason="processes are measured and killed otherwise there")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["overhead.py", str(COMMAND), "500", "1"], "Python, saved"),
        (["workbench.py", "10", "20", "1"], "measures.trade  means"),
        (["killed_worker.py", "200000", "12", "1"], "cluster, a worker killed"),
    ],
)
def test_a_measurement_runs(words: list[str], told: str) -> None:
    script, *numbers = words
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", str(BENCHES / script), *numbers], capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr
    assert told in ran.stdout
