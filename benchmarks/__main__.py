"""What there is to measure: ``python -m benchmarks``."""

import importlib

COMMANDS = ("build", "solve", "bound", "varied", "whole", "strength", "reading")
"""Modules of this folder that are commands."""


def main() -> None:
    """Print each command and what it measures."""
    print("Each prints a table and writes CSV and a chart into benchmarks/out; --help says more.\n")
    for name in COMMANDS:
        about = importlib.import_module(f"benchmarks.{name}").__doc__ or ""
        print(f"python -m benchmarks.{name:<9} {about.splitlines()[0].split(': ``')[0]}")


if __name__ == "__main__":
    main()
