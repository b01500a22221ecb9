from tierstock.outputs.audit import audit


def test_a_right_plan_passes_every_check(case, write) -> None:
    result = audit(*write(*case))

    assert [(c.name, c.worst, c.where) for c in result.checks if not c.passed] == []
    assert result.passed
