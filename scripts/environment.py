"""The private Python environment in which the scripts of this folder work.

Only the standard library is used here: these scripts are the first thing run on a fresh machine.
"""

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""Top folder of the repository."""

OLDEST = (3, 11)
"""Oldest Python that runs the package."""


def variables(*, safe: bool = True) -> dict[str, str]:
    """Return the variables for child processes: no foreign packages, no questions asked.

    Args:
        safe: whether a Python looks for modules neither beside its program nor where it is started.
            Otherwise `python -m` and `python -c` would take the folder tierstock/ of the tree,
            where the package is only a part, for the installed package.
    """
    foreign = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONSAFEPATH", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        **({"PYTHONSAFEPATH": "1"} if safe else {}),
    }


def run(*command: str | Path, folder: Path = ROOT, quiet: bool = False, safe: bool = True) -> int:
    """Run a command in ``folder`` and return its exit code.

    Its output is passed through; with ``quiet`` it is shown only when the command fails. ``safe``
    as in ``variables``.
    """
    sys.stdout.flush()
    if quiet:
        code, said = heard(*command, folder=folder, safe=safe)
        if code:
            print(said, flush=True)
        return code
    return _done(command, folder, hear=False, safe=safe).returncode


def script(python: str | Path, name: str, *words: str, quiet: bool = False) -> int:
    """Run a script of this folder, which finds the others beside it; see ``run``."""
    return run(python, Path(__file__).with_name(name), *words, quiet=quiet, safe=False)


def heard(*command: str | Path, folder: Path = ROOT, safe: bool = True) -> tuple[int, str]:
    """Run a command in ``folder`` and return its exit code and all it printed."""
    done = _done(command, folder, hear=True, safe=safe)
    return done.returncode, done.stdout.decode(errors="replace")


def _done(
    command: Sequence[str | Path], folder: Path, *, hear: bool, safe: bool
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=variables(safe=safe),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if hear else None,
        stderr=subprocess.STDOUT if hear else None,
        check=False,
    )


def program(environment: Path, name: str) -> Path:
    """Return the path of a program, e.g. ``python``, inside an environment."""
    if os.name == "nt":
        return environment / "Scripts" / f"{name}.exe"
    return environment / "bin" / name


def create(environment: Path) -> None:
    """Make an empty environment in a folder, replacing what was there."""
    print(f"Making a Python environment in {environment.name} ...", flush=True)
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(environment)


def install(environment: Path, *what: str) -> None:
    """Install packages into an environment; end the script when that fails."""
    python = program(environment, "python")
    if code := run(python, "-m", "pip", "install", "--quiet", *what):
        sys.exit(f"The installation failed (code {code}); the lines above say why.")


def ready(extra: str = "") -> Path:
    """Return the environment ``.venv`` with this repository installed, made where it is missing.

    Args:
        extra: optional set of further packages named in pyproject.toml, e.g. ``test``.

    A stamp remembers what is installed, so that a second run starts at once.
    """
    if sys.version_info < OLDEST:
        sys.exit(f"tierstock needs Python {OLDEST[0]}.{OLDEST[1]} or later; this is {sys.version}.")
    environment = ROOT / ".venv"
    stamp = environment / f"installed-{extra or 'package'}"
    facts = f"{ROOT}\n{sys.version}\n{(ROOT / 'pyproject.toml').read_text(encoding='utf-8')}"
    digest = hashlib.sha256(facts.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return environment
    made_by = environment / "made-by"
    maker = f"{ROOT}\n{sys.version}"
    if not made_by.is_file() or made_by.read_text(encoding="utf-8") != maker:
        create(environment)
        made_by.write_text(maker, encoding="utf-8")
    print("Installing tierstock and what it needs; a minute or two the first time ...", flush=True)
    install(environment, "--editable", f".[{extra}]" if extra else ".")
    stamp.write_text(digest, encoding="utf-8")
    return environment
