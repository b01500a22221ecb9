"""The tests against the oldest packages that pyproject.toml allows: ``python3 scripts/oldest.py``.

Run it before a lower bound is changed, and now and then before a release.
"""

import sys
import tempfile
import tomllib
from pathlib import Path

import environment


def oldest() -> list[str]:
    """Return every dependency of the package and of the doors, pinned to its lower bound."""
    text = (environment.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    named: list[str] = project["dependencies"] + project["optional-dependencies"]["data"]
    return [one.split(",")[0].replace(">=", "==") for one in named]


def main() -> int:
    """Install the oldest packages into a passing environment and run the tests there."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "venv"
        environment.create(where)
        environment.install(where, "--editable", ".[test]", *oldest())
        return environment.run(environment.program(where, "pytest"), "-n", "2", "-rs")


if __name__ == "__main__":
    sys.exit(main())
