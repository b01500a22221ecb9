"""Memory of a planning process and its solver processes together, on Linux.

``python peak_memory.py FOLDER PRODUCTS SECONDS`` plans a workbook of the yardstick network, writes
its results, and prints MB. Pages that processes share count once.
"""

import os
import sys
import tempfile
import threading
import time
from pathlib import Path


def held_mb(process: int) -> float:
    """Return the memory a process holds now, its share of what others hold too; 0 once it ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main(products: int, seconds: float) -> float:
    """Return the most memory at any time from a workbook to its results."""
    from run_apart import descendants

    import tierstock as ts
    from benchmarks.tables import tables_of, write
    from benchmarks.yardstick import yardstick

    most, over = 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not over.is_set():
            now = [os.getpid(), *descendants(os.getpid())]
            most = max(most, sum(map(held_mb, now)))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "network.xlsx")
        write(tables_of(yardstick(products, "few")), file)
        watcher.start()
        try:
            m = ts.build(ts.read(file))
            plan = ts.solve(m, gap=0.0, time_limit=seconds, progress=False)
            plan.save(file.with_suffix(".plan.xlsx"))
        finally:
            over.set()
            watcher.join()
    return most


if __name__ == "__main__":
    sys.path[:0] = [sys.argv[1], str(Path(__file__).parent)]
    print(main(int(sys.argv[2]), float(sys.argv[3])))
