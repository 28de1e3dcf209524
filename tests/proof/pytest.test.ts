import { describe, expect, it, vi } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";
import { pytestHere } from "../support/pytest-here.ts";

vi.setConfig({ testTimeout: 240_000 });

const price = (body: string, more = ""): string => `def round_price(n, digits=0):\n    return ${body}\n${more}`;
const OLD = price("int(n)");
const NEW = price("int(n + 0.5)");
const HEAD = "import pytest\nfrom shop_of_ours import price\n\n";
const ZERO = "def test_zero():\n    assert price.round_price(0) == 0\n\n";
const ROWS = '@pytest.mark.parametrize("n, wanted", [(1.2, 1), (1.5, 2)])\ndef test_rows(n, wanted):\n    assert price.round_price(n) == wanted\n\n';
const BEFORE: Files = { "pyproject.toml": '[project]\nname = "shop-of-ours"\nversion = "1.0.0"\n\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\n', "src/shop_of_ours/__init__.py": "", "src/shop_of_ours/price.py": OLD, "tests/test_price.py": HEAD + ZERO };
const prove = (test: string, source = NEW, more: Files = {}) => proveSides(sidesOf([], BEFORE, { "src/shop_of_ours/price.py": source, "tests/test_price.py": test, ...more }), { repeat: 1 });

describe.skipIf(!pytestHere)("pytest, started by us", () => {
  it("proves a fix by the row of a table that was red, whatever plugins the settings ask for", async () => {
    const plugins = { "pytest.ini": "[pytest]\naddopts = --no-plugin-has-this-option\n" };
    const record = await proveSides(sidesOf([], { ...BEFORE, ...plugins }, { "src/shop_of_ours/price.py": NEW, "tests/test_price.py": HEAD + ZERO + ROWS }));
    expect(record).toMatchObject({ outcome: "proven", because: "“test_rows[1.5-2]” is red without the change and green with it", repeats: 2 });
    expect(record.tests.map((test) => [test.id.file, test.id.name, test.base, test.head, test.red])).toEqual([
      ["tests/test_price.py", "test_rows[1.5-2]", "red", "green", "assertion"],
      ["tests/test_price.py", "test_zero", "green", "green", undefined],
      ["tests/test_price.py", "test_rows[1.2-1]", "green", "green", undefined],
    ]);
  });

  it("refutes a fix whose tests pass on the old code", async () => {
    expect(await prove(`${HEAD}${ZERO}def test_one():\n    assert price.round_price(1) == 1\n`)).toMatchObject({ outcome: "refuted" });
  });

  it("tells why each test is red on the old code, and what was not to run from what failed", async () => {
    const source = "def round_price(n, digits=0, places=0):\n    if (n or 0) < 0:\n        raise ValueError(n)\n    return int((n or 0) + 0.5)\n\n\ndef half(n):\n    return round_price(n)\n";
    const test = [
      `${HEAD}${ROWS}def test_new_function():\n    assert price.half(1.5) == 2`,
      "def test_new_argument():\n    assert price.round_price(1.5, places=0) == 2",
      "def test_none():\n    assert price.round_price(None) == 0",
      "def test_negative():\n    with pytest.raises(ValueError):\n        price.round_price(-1)",
      "@pytest.mark.skip\ndef test_skipped():\n    assert False",
      "@pytest.mark.xfail\ndef test_known():\n    assert False",
      '@pytest.fixture\ndef broken():\n    raise RuntimeError("no moon")\n\ndef test_fixture(broken):\n    pass\n',
    ].join("\n\n");
    const record = await prove(test, source, { "tests/test_imported.py": "from shop_of_ours.price import half\n\ndef test_imported():\n    assert half(1.5) == 2\n", "tests/test_needy.py": "import no_such_package\n\ndef test_needy():\n    pass\n" });
    expect(Object.fromEntries(record.tests.map((one) => [one.id.name, `${one.head} ${one.red ?? one.base}`]))).toEqual({
      "test_rows[1.5-2]": "green assertion",
      "test_rows[1.2-1]": "green green",
      test_new_function: "green absent-before",
      test_new_argument: "green absent-before",
      test_none: "green expected-error",
      test_negative: "green assertion",
      test_imported: "green absent-before",
      test_skipped: "skipped skipped",
      test_known: "skipped skipped",
      test_fixture: "red expected-error",
      "tests/test_needy.py": "red red",
    });
  });

  it("runs tests of unittest, and one file that does not load takes no other with it", async () => {
    const test = "import unittest\nfrom shop_of_ours.price import round_price\n\nclass Rounding(unittest.TestCase):\n    def test_half(self):\n        self.assertEqual(round_price(1.5), 2)\n";
    expect(await prove(test, NEW, { "tests/test_other.py": "def test_open(:\n" })).toMatchObject({ outcome: "proven", tests: [{ id: { suite: ["Rounding"], name: "test_half" } }, {}] });
  });

  it("believes no run of an installed copy", async () => {
    const outside = { "tests/conftest.py": "import sys, types\nm = types.ModuleType('shop_of_ours.price')\nm.round_price = lambda n: int(n + 0.5)\np = types.ModuleType('shop_of_ours')\np.__file__ = '/usr/lib/python3/site-packages/shop_of_ours/__init__.py'\np.price = m\nsys.modules['shop_of_ours'] = p\nsys.modules['shop_of_ours.price'] = m\n" };
    const record = await prove(HEAD + ROWS, NEW, outside);
    expect(record).toMatchObject({ outcome: "not proven", because: expect.stringContaining("an installed copy, and not the code of this tree") });
  });
});
