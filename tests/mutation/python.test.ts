import { expect, test } from "vitest";
import { bringing, fates, mutateLast, type Files } from "./mutating.ts";
import { pytestHere } from "../support/pytest-here.ts";

/** Every fault a mutant can turn into, each in a place of its own. */
const SOURCE: Files = {
  "shop/__init__.py": "",
  "shop/fee.py": '"""Fees."""\nfrom __future__ import annotations\n\n\ndef fee(n: int) -> int:\n    """What it costs."""\n    if n >= 3:\n        return 0\n    return 5\n',
  "shop/loop.py": "def loop(n):\n    i = 0\n    while i < n:\n        i += 1\n    return i\n",
  "shop/dies.py": "import os\n\n\ndef dies(n):\n    if n > 100:\n        os.abort()\n    return n\n",
  "shop/memo.py": "known = {}\n\n\ndef square(n):\n    if n not in known:\n        known[n] = n * n\n    return known[n]\n",
  "shop/table.py": "TABLE = [1 + 1]\n\n\ndef first():\n    return TABLE[0]\n",
  "shop/unused.py": "def unused(n):\n    return n * 2\n",
  "shop/said.py": 'import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef said(n):\n    log.info("n is %s", n)\n    if n > 9:\n        raise ValueError("too many")\n    return n\n',
  "shop/chain.py": "def within(a, b, c):\n    return a < b <= c\n",
  "shop/notes.py": "notes = []\n\n\ndef note(text):\n    if not text:\n        return\n    notes.append(text)\n",
  "shop/wavers.py": "def wavers(n):\n    return n + 1\n",
  "shop/shared.py": "def shared():\n    return 2 + 2\n",
  "shop/excused.py": "def excused(n):\n    return n + 1  # pragma: no mutate\n",
};

const TESTS: Files = {
  "tests/test_shop.py": `import pytest
from shop.chain import within
from shop.dies import dies
from shop.excused import excused
from shop.fee import fee
from shop.loop import loop
from shop.memo import square
from shop.notes import note, notes
from shop.said import said
from shop.shared import shared
from shop.table import first


@pytest.fixture(scope="module")
def four():
    return shared()


class TestFee:
    @pytest.mark.parametrize("n, is_", [(9, 0), (1, 5)])
    def test_none_above_three(self, n, is_):
        assert fee(n) == is_


def test_loops():
    assert loop(3) == 3


def test_lives():
    assert dies(3) == 3


def test_squares():
    assert square(3) == 9


def test_first():
    assert first() == 2


def test_says():
    assert said(3) == 3
    with pytest.raises(ValueError):
        said(90)


def test_chain():
    assert within(1, 2, 2)
    assert not within(2, 2, 2)


def test_notes():
    note("a")
    assert notes[-1] == "a"


def test_shared(four):
    assert four == 4


def test_excused():
    assert excused(1) == 2


def test_red_by_itself():
    assert fee(3) == 77
`,
  "tests/test_wavers.py": "from shop.wavers import wavers\n\ntimes = [0]\n\n\ndef test_every_other_time():\n    times[0] += 1\n    wavers(1)\n    assert times[0] % 2 == 1\n",
};

const EXPECTED: Readonly<Record<string, string | RegExp>> = {
  "shop/fee.py:7 >= became >": "survived",
  "shop/fee.py:7 >= became <": "killed",
  "shop/fee.py:7 “n >= 3” was always True": "killed",
  "shop/fee.py:8 0 became 1": "killed",
  "shop/loop.py:4 += became -=": /^unknown: its tests did not come to an end/,
  "shop/loop.py:3 “i < n” was always False": "killed",
  "shop/dies.py:5 “n > 100” was always True": /^unknown: the test process ended/,
  "shop/dies.py:5 > became >=": "survived",
  "shop/memo.py:6 * became /": "killed",
  // Only where no test ran before is nothing known yet.
  "shop/memo.py:5 “n not in known” was always False": "killed",
  "shop/table.py:1 + became -": "killed",
  "shop/unused.py:2 * became /": "uncovered",
  "shop/said.py:8 “n > 9” was always True": "killed",
  "shop/said.py:8 “n > 9” was always False": "killed",
  "shop/said.py:9 “raise ValueError(\"too many\")” was left out": "killed",
  "shop/said.py:8 > became >=": "survived",
  "shop/chain.py:2 < became <=": "killed",
  "shop/chain.py:2 <= became <": "killed",
  "shop/notes.py:7 “notes.append(text)” was left out": "killed",
  "shop/notes.py:5 “not text” was always False": "survived",
  "shop/shared.py:2 + became -": "killed",
  "shop/wavers.py:2 + became -": /^(?:unknown|survived)/,
};

test.skipIf(!pytestHere)("faults in Python: hangs, deaths, leaks, red and wavering tests end in the right word", { timeout: 240_000 }, async () => {
  const repo = bringing([], {}, { "pytest.ini": "[pytest]\n", ...TESTS }, SOURCE);
  const report = await mutateLast(repo);
  const said = fates(report);
  expect(report.because).toBeUndefined();
  for (const [name, fate] of Object.entries(EXPECTED)) expect(said[name], `${name} in ${JSON.stringify(said, null, 1)}`).toMatch(fate instanceof RegExp ? fate : new RegExp(`^${fate}$`));
  // What only logs, the wording of an error, and what a comment excuses.
  expect(report.mutants.filter(({ fate }) => fate === "left-out").map(({ file, line }) => `${file}:${line}`)).toEqual(expect.arrayContaining(["shop/said.py:7", "shop/said.py:9", "shop/excused.py:2"]));
  expect(report.notes.join("\n")).toContain("test_red_by_itself");
  expect(report.survivors.find(({ file }) => file === "shop/fee.py")).toMatchObject({
    line: 7,
    diff: ["- if n >= 3:", "+ if n > 3:"],
    nearest: { file: "tests/test_shop.py" },
  });
  expect(repo.git("status", "--porcelain")).toBe("");
});
