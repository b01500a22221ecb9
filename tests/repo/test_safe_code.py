"""Nothing in the package carries out what stands in a file, and nothing calls anybody.

The run without a network takes some seconds::

    pytest -m "slow or not slow" -s tests/repo/test_safe_code.py
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from goals import reached

STATIC = 19
ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("inputs", "model", "solvers", "outputs", "tierstock")
MODULES = {
    *("pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"),
    *("multiprocessing", "concurrent.futures.process"),
    *("http", "urllib.request", "requests", "httpx", "ftplib", "smtplib", "telnetlib"),
}
"""Modules that load objects, move them by pickling, or call other machines."""
CALLS = {
    *("eval", "exec", "compile", "__import__", "os.system", "os.popen", "subprocess.getoutput"),
    *("yaml.load", "yaml.load_all", "yaml.unsafe_load", "yaml.full_load"),
    *("pd.read_pickle", "pandas.read_pickle", "pd.eval", "tempfile.mktemp"),
}
SWITCHES = {"shell=True", "allow_pickle=True", "verify=False"}
"""Keywords with values that open a door."""


def name_of(node: ast.expr) -> str:
    """Return ``a.b.c`` of a call, blank where it is no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed([*parts, node.id])) if isinstance(node, ast.Name) else ""


def faults(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines and names of what may not be used; texts that are programs are looked into."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Import):
            yield from ((line, one.name) for one in node.names if _banned(one.name))
        elif isinstance(node, ast.ImportFrom):
            named = [f"{node.module}.{one.name}" for one in node.names]
            yield from ((line, one) for one in {node.module or "", *named} if _banned(one))
        elif isinstance(node, ast.Call):
            if name_of(node.func) in CALLS:
                yield line, name_of(node.func)
            for word in node.keywords:
                switch = f"{word.arg}={ast.unparse(word.value)}"
                if switch in SWITCHES:
                    yield line, switch
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            program = _program(node.value if "import " in node.value else "")
            yield from ((line, name) for _, name in faults(program))


def _banned(module: str) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in MODULES)


def _program(text: str) -> ast.AST:
    """Return a text as a program; an empty one where it is none."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def test_what_may_not_be_used_is_noticed() -> None:
    code = """
import pickle, a
from urllib import request
from concurrent.futures.process import x
eval('1'), np.load(f, allow_pickle=True), run(c, shell=True), yaml.load(t)
boot = "import sys\\nexec(sys.argv[1])"
"""
    assert sorted(name for _, name in faults(ast.parse(code))) == [
        *("allow_pickle=True", "concurrent.futures.process", "concurrent.futures.process.x"),
        *("eval", "exec", "pickle", "shell=True", "urllib.request", "yaml.load"),
    ]


def test_the_package_loads_no_objects_and_carries_out_no_texts() -> None:
    found, files = [], 0
    for file in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        files += 1
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found += [f"{file.relative_to(ROOT)}:{line} {name}" for line, name in faults(tree)]
    assert files > 200
    print(*found, sep="\n")
    figure = f"{len(found)} uses of pickle, eval, a shell or another machine in {files} files"
    reached(STATIC, figure, not found)


WATCH = """
import os, sys
def hook(event, values):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        with open(os.environ["TIERSTOCK_CALLS"], "a") as file:
            file.write(f"{event} {values}\\n")
        raise PermissionError("no network")
sys.addaudithook(hook)
"""


@pytest.mark.slow
def test_a_plan_is_made_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    calls = tmp_path / "calls"
    about = os.environ | {"PYTHONPATH": str(tmp_path), "TIERSTOCK_CALLS": str(calls)}

    def run(*words: str) -> int:
        program = [sys.executable, "-c", "from tierstock.cli import main; main()", *words]
        return subprocess.run(program, cwd=tmp_path, env=about, check=False).returncode

    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", code], env=about, stderr=subprocess.DEVNULL, check=False)
    assert calls.exists()
    calls.unlink()
    assert run("new", "shops.xlsx", "--sample", "starter", "--lang", "en") == 0
    planned = run("plan", "shops.xlsx", "--gap", "0")
    told = "calls another machine" if calls.exists() else "calls nobody"
    figure = f"a plan with the network shut ends with code {planned} and {told}"
    reached(STATIC, figure, planned == 0 and not calls.exists())
