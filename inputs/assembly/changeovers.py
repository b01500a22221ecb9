"""Changeover families: recipes of one line that share a setup (F10, ruling 25)."""

import numpy as np

from tierstock.inputs.assembly.recipes import Stated
from tierstock.inputs.findings import Findings
from tierstock.inputs.network import Floats, Ints, Texts
from tierstock.inputs.network.production import Families, Hours, Resources
from tierstock.inputs.tables import Table


def build_families(
    stated: Stated,
    first: Ints,
    further: Hours,
    further_row: Ints,
    resources: Resources,
    table: Table,
    findings: Findings,
) -> tuple[Families, Ints]:
    """Return the families, and the family of each recipe [B], -1 where none.

    A family is what recipes of one Family, location and first resource have in common: one setup
    in every period in which any of them runs. Its cost and hours stand at any of its recipes; two
    of them may not state different ones.

    Args:
        stated: recipes at their locations.
        first: [B] first resource.
        further: hours of further resources.
        further_row: [H] row of RecipeResources behind each of them.
        resources: gives codes for the names of families.
        table: the RecipeResources sheet.
        findings: takes ``family-setups-differ``.
    """
    members = np.flatnonzero(stated.family != "")
    names, name = np.unique(stated.family[members].astype(str), return_inverse=True)
    keys = np.stack([stated.location[members], name.reshape(-1), first[members]], axis=1)
    unique, family = np.unique(keys, axis=0, return_inverse=True)
    changeover = np.full(len(stated), -1, dtype=np.int64)
    changeover[members] = family.reshape(-1)
    cost, hours = np.zeros(len(unique)), np.zeros(len(unique))
    for number in range(len(unique)):
        mine = np.flatnonzero(changeover == number)
        cost[number] = _common(stated, mine, "setup_cost", findings)
        hours[number] = _common(stated, mine, "setup_hours", findings)
    of, line, setup = _further(changeover, further, further_row, len(unique), table, findings)
    main = np.flatnonzero((hours > 0.0) & (unique[:, 2] >= 0))
    families = Families(
        label=_labels(names.astype(object)[unique[:, 1]], unique, resources),
        location=unique[:, 0],
        setup_cost=cost,
        of_hours=np.concatenate([main, of]),
        resource=np.concatenate([unique[main, 2], line]),
        setup=np.concatenate([hours[main], setup]),
    )
    return families, changeover


def _common(stated: Stated, mine: Ints, field: str, findings: Findings) -> float:
    """Return the one value that recipes of a family state, 0 where none does."""
    values = stated.numbers[field][mine]
    said = np.flatnonzero(~np.isnan(values))
    if not len(said):
        return 0.0
    lead = int(said[0])
    for at in said[values[said] != values[lead]]:
        _differ(stated.table, stated.row[field][mine[[at, lead]]], field, values[lead], findings)
    return float(values[lead])


def _differ(table: Table, rows: Ints, field: str, value: float, findings: Findings) -> None:
    findings.add(
        "family-setups-differ",
        table=table,
        index=int(rows[0]),
        field=field,
        other=table.cell(int(rows[1]), field),
        stated=value,
    )


def _further(
    changeover: Ints, further: Hours, row: Ints, count: int, table: Table, findings: Findings
) -> tuple[Ints, Ints, Floats]:
    """Family, resource and hours of setups that take hours of further resources.

    All recipes of a family must ask for the same.
    """
    found: list[tuple[int, int, float]] = []
    for number in range(count):
        recipes = np.flatnonzero(changeover == number)
        mine = np.isin(further.recipe, recipes) & (further.setup > 0.0)
        for line in np.unique(further.resource[mine]):
            here = np.flatnonzero(mine & (further.resource == line))
            same = (further.setup[here] == further.setup[here[0]]).all()
            if len(here) < len(recipes) or not same:
                findings.add(
                    "family-resources-differ",
                    table=table,
                    index=int(row[here[-1]]),
                    field="setup_hours",
                )
            found.append((number, int(line), float(further.setup[here].max())))
    of, lines, setup = zip(*found, strict=True) if found else ((), (), ())
    return np.array(of, dtype=np.int64), np.array(lines, dtype=np.int64), np.array(setup, float)


def _labels(name: Texts, keys: Ints, resources: Resources) -> Texts:
    """Names that differ within a location: the family, with its line where it has several."""
    _, pair, count = np.unique(keys[:, :2], axis=0, return_inverse=True, return_counts=True)
    line = np.append(resources.code, "")[keys[:, 2]]
    several = (count[pair.reshape(-1)] > 1) & (line != "")
    return np.asarray(np.where(several, name + " (" + line + ")", name), dtype=object)
