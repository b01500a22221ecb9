"""Kills writers at random moments: ``python killed.py WRITER KILLS SEED FOLDER``.

A process that has loaded everything splits off a writer, which writes content after content over
the same file until it is killed; then the file must hold one of them, whole. Prints one line of
JSON.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from writers import CONTENTS, WRITERS, log_of, read, strays


def main(name: str, kills: int, seed: int, folder: Path) -> dict[str, int]:
    """Kill a writer so many times; return what came of it."""
    file, write = WRITERS[name]
    target, chance = folder / file, random.Random(seed)
    whole = []
    for content in CONTENTS:
        write(target, content)
        whole.append(read(target))
    spent = []
    for content in CONTENTS * 3:
        began = time.monotonic()
        write(target, content)
        spent.append(time.monotonic() - began)
    counts = {"kills": 0, "corrupt": 0, "lost": 0, "in a write": 0}
    targets = [target, log_of(target)] if name == "pair" else [target]
    for _ in range(kills):
        child = os.fork()
        if child == 0:
            while True:
                for content in CONTENTS:
                    write(target, content)
        time.sleep(chance.uniform(0, 3 * min(spent)))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        counts["kills"] += 1
        counts["in a write"] += bool(strays(folder))
        for each in targets:
            counts["lost"] += not each.exists()
            counts["corrupt"] += each.exists() and not _one_of(each, whole)
    write(target, CONTENTS[1])
    counts["left"] = len(strays(folder))
    return counts


def _one_of(target: Path, whole: list[object]) -> bool:
    try:
        return read(target) in whole
    except Exception:
        return False


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))))
