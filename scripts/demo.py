"""From a fresh clone to a plan of the sample network: ``python3 scripts/demo.py``.

Makes a private Python environment in ``.venv``, installs the package there and plans the sample
study. Anything written behind the command is passed on to ``tierstock demo``.
"""

import sys

import environment


def main() -> int:
    """Plan the sample study and return the exit code of ``tierstock demo``."""
    where = environment.ready()
    return environment.run(environment.program(where, "tierstock"), "demo", *sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
