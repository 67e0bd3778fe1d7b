"""Signs in a pack: what they name must exist, and each mistake is told at its line."""

from __future__ import annotations

import pytest

GOOD = "{id: a, names: {import: [x, y]}, says: {where: home}, sure: likely, because: b, tests: [{clue: {import: x}, expect: fires}]}"


def test_a_sign_is_read_with_its_tests(folder):
    sign = folder.load({"signs.yaml": f"signs:\n  - {GOOD}\n"}).signs["a"]
    assert (sign.names, sign.says) == (("import:x", "import:y"), {"where": {"home"}})
    assert [(test.clue.name, test.fires) for test in sign.tests] == [("x", True)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("import: [x, y]", "imports: x", "no kind of clue `imports`; did you mean `import`?"),
        ("where: home", "were: home", "no question `were`; did you mean `where`?"),
        ("where: home", "where: hom", "`where` has no answer `hom`; did you mean `home`?"),
        ("sure: likely", "sure: certainly", "`sure` cannot be `certainly`"),
        ("because: b", "because: b, instead-of: wrk", "no answer `wrk`; did you mean `work`?"),
        ("clue: {import: x}", "clue: {import: x, file: y}", "`clue` is not one clue"),
        ("clue: {import: x}", "clue: {imprt: x}", "no kind of clue `imprt`"),
    ],
)
def test_a_mistake_is_told(folder, old, new, told):
    (fault,) = folder.faults({"signs.yaml": f"signs:\n  - {GOOD.replace(old, new)}\n"})
    assert fault.startswith("rules/signs.yaml:2")
    assert told in fault
