"""Writers on a disk that is too small: ``python full_disk.py WRITER FOLDER limit|disk``.

``limit`` sets the largest size of a file (RLIMIT_FSIZE), ``disk`` fills the disk of the folder but
for a part; 20 sizes each, from nothing to what the writer takes. Prints one line of JSON.
"""

import json
import os
import resource
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from writers import CONTENTS, WRITERS, log_of, read, strays

SIZES = 20


def main(name: str, folder: Path, how: str) -> dict[str, int]:
    """Write on a disk of each size; return how often the file was not what it was, or the new."""
    file, write = WRITERS[name]
    target, old, new = folder / file, CONTENTS[0], CONTENTS[1]
    targets = [target, log_of(target)] if name == "pair" else [target]
    whole = {}
    for content in (new, old):
        write(target, content)
        whole[content] = read(target)
    taken = sum(_size(each) for each in targets)
    counts = {"tries": 0, "refused": 0, "wrong": 0, "left": 0}
    for part in range(SIZES):
        room = taken * part // SIZES
        _fill(folder, room, how)
        done = _split(room if how == "limit" else None, lambda: write(target, new))
        (folder / "filler").unlink(missing_ok=True)
        counts["tries"] += 1
        counts["refused"] += not done
        counts["wrong"] += any(read(each) != whole[new if done else old] for each in targets)
        counts["left"] += len(strays(folder))
        write(target, old)
    return counts


def _size(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files)


def _fill(folder: Path, room: int, how: str) -> None:
    """Leave so much room on a disk."""
    if how == "disk":
        free = shutil.disk_usage(folder).free - room
        (folder / "filler").write_bytes(bytes(max(free, 0)))


def _split(most: int | None, work: Callable[[], object]) -> bool:
    """Do something in a process of its own; return whether it came to its end.

    Args:
        most: largest size of a file there; None = any.
        work: what is done.
    """
    child = os.fork()
    if child == 0:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            work()
        except OSError:
            os._exit(6)
        except BaseException as fault:
            text = f"{type(fault).__name__} {fault} {fault.args}"
            os._exit(6 if "Errno" in text or "full" in text else 1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, 6):
        raise RuntimeError(f"ended with {code}")
    return code == 0


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))
