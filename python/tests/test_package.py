"""The package as it is installed: types, documentation, and no imports that nobody asked for."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from importlib import resources

import demarche


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=600)


def test_the_types_are_those_of_the_package(tmp_path) -> None:
    assert resources.files(demarche).joinpath("py.typed").is_file()
    settings = tmp_path / "mypy.ini"
    settings.write_text(
        "[mypy]\nstrict = true\n"
        "[mypy-distributed.*,ema_workbench.*,SALib.*,tqdm.*,pandas.*,polars.*,pyarrow.*,IPython.*]\nignore_missing_imports = true\n"
        "follow_imports = skip\ndisallow_any_unimported = false\n"
    )
    cache = str(tmp_path / "cache")
    checked = run("-m", "mypy", "--config-file", str(settings), "--cache-dir", cache, "-p", "demarche")
    assert checked.returncode == 0, checked.stdout
    stubs = run(
        "-m", "mypy.stubtest", "demarche._core", "--mypy-config-file", str(settings), "--ignore-disjoint-bases"
    )
    assert stubs.returncode == 0, stubs.stdout


def test_a_program_that_uses_it_wrongly_is_told_so(tmp_path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import demarche, demarche.dask\n"
        "from distributed import Client\n"
        "own = demarche.Scenario('a.toml')\n"
        "reveal_type(own.run(n=3).tables['summary'])\n"
        "reveal_type(own.shard(1, 2).run(n=3))\n"
        "own.run(polcy='none')\n"
        "own.run(sampling='sobel')\n"
        "def ask(client: Client) -> None:\n"
        "    reveal_type(demarche.dask.run(client, own, n=3))\n"
        "    demarche.dask.compare(client, own, gaol='avoid:war')\n"
    )
    checked = run("-m", "mypy", "--cache-dir", str(tmp_path / "cache"), str(program))
    assert 'Revealed type is "demarche.table.Table"' in checked.stdout
    assert 'Revealed type is "tuple[str, bytes, fallback=demarche.shards.Shard]"' in checked.stdout
    assert 'Revealed type is "demarche.result.Result"' in checked.stdout
    assert 'Unexpected keyword argument "polcy"' in checked.stdout
    assert 'Unexpected keyword argument "gaol"' in checked.stdout
    assert 'has incompatible type "Literal[\'sobel\']"' in checked.stdout or "sobel" in checked.stdout
    assert "Found 3 errors" in checked.stdout


def test_everything_public_is_documented() -> None:
    modules = [importlib.import_module(f"demarche.{own.name}") for own in pkgutil.iter_modules(demarche.__path__)]
    missing = []
    for module in [demarche, *modules]:
        if module.__name__.endswith(("_core", "__main__")):
            continue
        assert module.__doc__, module.__name__
        for name, value in vars(module).items():
            is_own = getattr(value, "__module__", None) == module.__name__
            if name.startswith("_") or not is_own or not (inspect.isclass(value) or inspect.isfunction(value)):
                continue
            members = vars(value).items() if inspect.isclass(value) else ()
            public = [(f"{name}.{member}", own) for member, own in members if not member.startswith("_")]
            for path, own in [(name, value), *public]:
                own = getattr(own, "__func__", getattr(own, "fget", getattr(own, "func", own)))
                if callable(own) and not inspect.getdoc(own):
                    missing.append(f"{module.__name__}.{path}")
    assert not missing
    assert set(demarche.__all__) <= set(vars(demarche))


def test_nothing_is_imported_that_was_not_asked_for() -> None:
    others = ["numpy", "pandas", "polars", "pyarrow", "duckdb", "tqdm", "IPython", "ema_workbench", "SALib", "dask", "distributed"]
    program = f"import demarche, demarche.dask, demarche.ema, demarche.salib, sys; print([o for o in {others} if o in sys.modules])"
    assert run("-c", program).stdout.strip() == "[]"
