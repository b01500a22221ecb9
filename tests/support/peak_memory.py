"""Memory of a planning process and its solver processes together, on Linux.

``python peak_memory.py FOLDER PRODUCTS SECONDS`` plans the yardstick network and prints MB.
"""

import os
import sys
import threading
import time
from pathlib import Path


def resident_mb(process: str) -> float:
    """Return the memory a process holds now, 0 where it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return float(pages * os.sysconf("SC_PAGE_SIZE")) / 2**20


def main(products: int, seconds: float) -> float:
    """Return the most memory at any time while a network is built and solved."""
    from benchmarks.yardstick import yardstick
    from tierstock.model import build_model
    from tierstock.plan import solve

    most, over = 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while not over.is_set():
            now = [str(os.getpid()), *children.read_text(encoding="ascii").split()]
            most = max(most, sum(map(resident_mb, now)))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        m = build_model(yardstick(products, "few"))
        solve(m, gap=0.0, time_limit=seconds, progress=False)
    finally:
        over.set()
        watcher.join()
    return most


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    print(main(int(sys.argv[2]), float(sys.argv[3])))
