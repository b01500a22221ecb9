"""Tells whether a small system of linear inequalities has a solution."""

EDGE = 1e-11


def feasible(rows: list[list[float]], right: list[float]) -> bool:
    """Tell whether some x >= 0 satisfies rows · x <= right.

    First phase of the simplex method with one artificial column z, which is subtracted from every
    row and minimised; Bland's rule keeps it from running in a circle. The system is feasible if
    and only if z can be 0. Source: Chvátal, Linear Programming (1983), ch. 3.

    >>> feasible([[1.0, 1.0], [-1.0, 0.0]], [2.0, -1.0])
    True
    >>> feasible([[1.0, 1.0], [-1.0, 0.0]], [2.0, -3.0])
    False
    """
    if all(value >= 0 for value in right):
        return True
    scale = [max(1.0, *map(abs, row), abs(limit)) for row, limit in zip(rows, right, strict=True)]
    table = [
        [*(value / size for value in row), -1.0, limit / size]
        for row, limit, size in zip(rows, right, scale, strict=True)
    ]
    width = len(rows[0])
    basis = [width + 1 + k for k in range(len(rows))]
    columns = list(range(width + 1))
    worst = min(range(len(table)), key=lambda k: table[k][-1])
    _turn(table, basis, columns, worst, width)
    while width in basis:
        leaving_row = basis.index(width)
        if table[leaving_row][-1] <= 1e-9:
            return True
        line = table[leaving_row]
        rising = [j for j in range(len(columns)) if line[j] > EDGE]
        if not rising:
            return False
        entering = min(rising, key=lambda j: columns[j])
        ratios = [
            (row[-1] / row[entering], basis[k] != width, basis[k], k)
            for k, row in enumerate(table)
            if row[entering] > EDGE
        ]
        _turn(table, basis, columns, min(ratios)[3], entering)
    return True


def _turn(
    table: list[list[float]], basis: list[int], columns: list[int], at: int, entering: int
) -> None:
    """Exchange the basic variable of a row with a column; nonbasic columns are kept in place."""
    pivot = table[at][entering]
    line = [value / pivot for value in table[at]]
    line[entering] = 1.0 / pivot
    for k, row in enumerate(table):
        if k != at:
            times = row[entering]
            if times:
                table[k] = [a - times * b for a, b in zip(row, line, strict=True)]
                table[k][entering] = -times / pivot
    table[at] = line
    basis[at], columns[entering] = columns[entering], basis[at]
