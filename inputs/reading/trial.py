"""An old .xls is read on trial first, in a process of its own, since its reader can end a process.

Of an .xls nothing can be seen before it is read: a few wrong bytes in it make the reader ask for
all memory there is and end the process, or go round in circles. So a child process with little
memory and time reads it first; what comes back are the sizes of its sheets. The child runs this
very file, and loads nothing of this package but it.
"""

import json
import subprocess
import sys
from functools import lru_cache

MOST_SECONDS = 5
"""Work of the child; twice that on the clock, where the machine is busy."""
MOST_MEMORY = 1_000_000_000
"""Address space of the child in bytes, where the system can limit it."""


@lru_cache(maxsize=1)
def sizes(content: bytes) -> dict[str, tuple[int, int]] | None:
    """Return the rows and columns of every sheet of an .xls; None where it cannot be read.

    Args:
        content: the bytes of the file.

    Raises:
        OSError: no process can be started.
    """
    command = [sys.executable, "-P", "-W", "ignore", __file__, json.dumps(sys.path)]
    try:
        done = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * MOST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return None
    return {name: (rows, columns) for name, rows, columns in json.loads(done.stdout)}


def main() -> None:
    """Read an .xls from standard input and write the sizes of its sheets as JSON."""
    sys.path[:] = json.loads(sys.argv[1])
    import io

    from python_calamine import CalamineWorkbook

    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    found = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        found.append((name, sheet.total_height, sheet.total_width))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
