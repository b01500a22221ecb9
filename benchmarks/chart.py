"""Charts of the benchmarks, as SVG; left out, and said so, where matplotlib is not installed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Series = Mapping[str, tuple[Sequence[float], Sequence[float]]]
"""Name -> horizontal and vertical values."""


def lines(
    file: Path,
    panels: Mapping[str, Series],
    labels: tuple[str, str],
    *,
    logs: str = "",
    steps: bool = False,
) -> None:
    """Draw one panel of lines per name.

    Args:
        file: the chart.
        panels: title -> its lines.
        labels: of the horizontal and the vertical axis.
        logs: axes with a logarithmic scale: ``x``, ``y``, ``xy`` or blank.
        steps: whether a value holds until the next one.
    """

    def draw(axis: Any, name: str) -> None:
        for label, (x, y) in panels[name].items():
            style = {"drawstyle": "steps-post"} if steps else {"marker": "o"}
            axis.plot(x, y, label=label, **style)
        if "x" in logs:
            axis.set_xscale("log")
        if "y" in logs:
            axis.set_yscale("log")
        axis.set_xlabel(labels[0])
        axis.set_ylabel(labels[1])

    _panels(file, list(panels), draw)


def bars(
    file: Path, names: Sequence[str], parts: Mapping[str, Sequence[float]], label: str
) -> None:
    """Draw one horizontal bar per name, its parts behind each other.

    Args:
        file: the chart.
        names: of the bars, the first on top.
        parts: name of a part -> its length in each bar.
        label: of the horizontal axis.
    """

    def draw(axis: Any, _: str) -> None:
        begin = [0.0] * len(names)
        for part, values in parts.items():
            axis.barh(names, values, left=begin, label=part)
            begin = [one + more for one, more in zip(begin, values, strict=True)]
        axis.invert_yaxis()
        axis.set_xlabel(label)

    _panels(file, [""], draw, height=1.5 + 0.3 * len(names))


def _panels(
    file: Path, names: Sequence[str], draw: Callable[[Any, str], None], height: float = 4.0
) -> None:
    try:
        import matplotlib
    except ImportError:
        print("no chart: matplotlib is not installed (extra: bench)")
        return
    matplotlib.use("svg")
    from matplotlib import pyplot

    across = min(3, max(1, len(names)))
    down = -(-len(names) // across) or 1
    size = (6.0 * across, height * down)
    figure, axes = pyplot.subplots(down, across, figsize=size, squeeze=False)
    for axis, name in zip(axes.flat, names, strict=False):
        draw(axis, name)
        axis.set_title(name)
        if axis.get_legend_handles_labels()[0]:
            axis.legend(fontsize="small")
    for axis in axes.flat[len(names) :]:
        axis.set_visible(False)
    figure.tight_layout()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file)
    pyplot.close(figure)
    print(f"written: {file}")
