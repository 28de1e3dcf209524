import { cut, inFile, insert, replace, type FoundAssertion, type Kind, type Planting, type Site } from "./planting.ts";

const BOTH = ["pytest", "unittest"] as const;

const inner = ({ file, test }: Site): string => " ".repeat(test.bodyStart - (file.text.lastIndexOf("\n", test.bodyStart - 1) + 1));
const middle = ({ test }: Site): FoundAssertion | undefined => test.assertions[Math.floor(test.assertions.length / 2)];
const source = ({ file }: Site, { start, end }: { readonly start: number; readonly end: number }): string => file.text.slice(start, end);
const before = (site: Site, statement: string): Planting => inFile(site, [insert(site.test.bodyStart, `${statement}\n${inner(site)}`)]);
const above = (site: Site, line: string): Planting => inFile(site, [insert(site.test.start, `${line}\n${site.test.indent}`)]);
const pushed = (site: Site, one: FoundAssertion): string => source(site, one).split("\n").join("\n    ");
/** Asserts, and nothing the file asserts elsewhere as well: taken away it would not be missed. */
const alone = ({ file, test }: Site): boolean => test.assertions.length > 0 && test.assertions.every(({ start, end }) => file.text.split(file.text.slice(start, end)).length === 2);
const oneLine = (site: Site, one: FoundAssertion): boolean => !source(site, one).includes("\n");

function equal({ test, file, repository }: Site): FoundAssertion | undefined {
  const name = repository.dialect === "pytest" ? "==" : "assertEqual";
  return test.assertions.find((one) => one.name === name && one.subject && one.expected && !/^(?:True|False|None|0|""|''|\[\]|\{\})$/.test(file.text.slice(...one.expected)));
}

/** A name imported from the product that an assertion of the test calls. */
function usedImport({ file, test }: Site): string | undefined {
  const names = [...file.text.matchAll(/^from (?!__future__|unittest|datetime|typing|tests?\b)[\w.]+ import (\w+)$/gm)].map(([, name = ""]) => name);
  return names.find((name) => test.assertions.some(({ subject }) => subject && new RegExp(`(?<![\\w.])${name}\\(`).test(file.text.slice(...subject))));
}

/** One that compares with a plain text. */
const worded = ({ test, file }: Site): FoundAssertion | undefined => test.assertions.find(({ name, expected }) => (name === "==" || name === "assertEqual") && expected && /^(["'])[\w ./:-]{2,}\1$/.test(file.text.slice(...expected)));

export const PYTHON_KINDS: readonly Kind[] = [
  {
    id: "assertion removed",
    dialects: BOTH,
    plant: (site) => {
      const one = middle(site);
      return one && site.test.assertions.length >= 2 ? inFile(site, [cut(site.file.text, one.start, one.end)]) : undefined;
    },
    twin: (site) => {
      const one = middle(site);
      return one && { base: inFile(site, [insert(one.end, `\n${inner(site)}${source(site, one)}`)]).head, head: { [site.file.path]: site.file.text } };
    },
  },
  {
    id: "matcher loosened",
    dialects: BOTH,
    plant: (site) => {
      const one = equal(site);
      if (!one?.subject) return undefined;
      const subject = site.file.text.slice(...one.subject);
      return inFile(site, [{ start: one.start, end: one.end, text: site.repository.dialect === "pytest" ? `assert ${subject}` : `self.assertTrue(${subject})` }]);
    },
    twin: (site) => {
      const one = equal(site);
      return one?.expected && inFile(site, [insert(one.start, `wanted = ${site.file.text.slice(...one.expected)}\n${inner(site)}`), replace(one.expected, "wanted")]);
    },
  },
  {
    id: "test skipped",
    dialects: BOTH,
    plant: (site) => above(site, site.repository.dialect === "pytest" ? '@pytest.mark.skip(reason="later")' : '@unittest.skip("later")'),
    twin: (site) => before(site, "# pytest.skip() would hide this"),
  },
  { id: "skipped from inside", dialects: BOTH, plant: (site) => before(site, site.repository.dialect === "pytest" ? 'pytest.skip("later")' : 'self.skipTest("later")') },
  { id: "expected to fail", dialects: BOTH, plant: (site) => above(site, site.repository.dialect === "pytest" ? "@pytest.mark.xfail" : "@unittest.expectedFailure") },
  {
    id: "returns early",
    dialects: BOTH,
    plant: (site) => (site.test.assertions.length > 0 ? before(site, "return") : undefined),
    twin: (site) => (site.test.assertions.length > 0 ? before(site, `def first(items):\n${inner(site)}    if not items:\n${inner(site)}        return None\n${inner(site)}    return items[0]\n\n${inner(site)}first([])`) : undefined),
  },
  {
    id: "asserts under a condition",
    dialects: BOTH,
    plant: (site) => {
      const one = middle(site);
      return one && inFile(site, [replace([one.start, one.end], `if os.environ.get("FULL_CHECKS"):\n${inner(site)}    ${pushed(site, one)}`)]);
    },
    twin: (site) => {
      const one = middle(site);
      return one && oneLine(site, one) ? inFile(site, [replace([one.start, one.end], `with contextlib.nullcontext():\n${inner(site)}    ${pushed(site, one)}`)]) : undefined;
    },
  },
  {
    id: "failure swallowed",
    dialects: BOTH,
    plant: (site) => {
      const one = middle(site);
      return one && inFile(site, [replace([one.start, one.end], `try:\n${inner(site)}    ${pushed(site, one)}\n${inner(site)}except Exception:\n${inner(site)}    pass`)]);
    },
    twin: (site) => {
      const one = middle(site);
      return one && inFile(site, [replace([one.start, one.end], `try:\n${inner(site)}    ${pushed(site, one)}\n${inner(site)}finally:\n${inner(site)}    gc.collect()`)]);
    },
  },
  {
    id: "assertion after a return",
    dialects: BOTH,
    plant: (site) => {
      const one = site.test.assertions.at(-1);
      return one && site.test.assertions.length >= 2 ? inFile(site, [insert(one.start, `return\n${inner(site)}`)]) : undefined;
    },
  },
  {
    id: "assertion in a function nobody calls",
    dialects: BOTH,
    plant: (site) => {
      const one = middle(site);
      return one && inFile(site, [replace([one.start, one.end], `def verify():\n${inner(site)}    ${pushed(site, one)}`)]);
    },
    twin: (site) => {
      const one = middle(site);
      return one && inFile(site, [replace([one.start, one.end], `def verify():\n${inner(site)}    ${pushed(site, one)}\n\n${inner(site)}verify()`)]);
    },
  },
  {
    id: "asserts nothing but the obvious",
    dialects: BOTH,
    plant: (site) => {
      const one = equal(site);
      return one?.subject && one.expected && inFile(site, [replace(one.subject, "1"), replace(one.expected, "1")]);
    },
  },
  {
    id: "true whatever it is",
    dialects: ["pytest"],
    wayBack: false,
    plant: (site) => {
      const one = equal(site);
      return one && oneLine(site, one) ? inFile(site, [insert(one.end, " or True")]) : undefined;
    },
    // In words beside it.
    twin: (site) => {
      const one = equal(site);
      return one && oneLine(site, one) && !source(site, one).includes("#") ? inFile(site, [insert(one.end, "  # True or not")]) : undefined;
    },
  },
  {
    id: "a pair is asserted",
    dialects: ["pytest"],
    wayBack: false,
    plant: (site) => {
      const one = equal(site);
      return one && oneLine(site, one) ? inFile(site, [{ start: one.start, end: one.end, text: `assert (${source(site, one).replace(/^assert\s+/, "")}, "as documented")` }]) : undefined;
    },
    twin: (site) => {
      const one = equal(site);
      return one && oneLine(site, one) ? inFile(site, [{ start: one.start, end: one.end, text: `assert (${source(site, one).replace(/^assert\s+/, "")})` }]) : undefined;
    },
  },
  {
    id: "exact number becomes a range",
    dialects: BOTH,
    plant: (site) => {
      const one = site.test.assertions.find((each) => (each.name === "==" || each.name === "assertEqual") && each.expected && /^[1-9]\d*$/.test(site.file.text.slice(...each.expected)));
      if (!one?.subject || !one.expected) return undefined;
      const subject = site.file.text.slice(...one.subject);
      return inFile(site, [{ start: one.start, end: one.end, text: site.repository.dialect === "pytest" ? `assert ${subject} > 0` : `self.assertGreater(${subject}, 0)` }]);
    },
  },
  {
    id: "tolerance widened",
    dialects: BOTH,
    plant: (site) => close(site, "0.0001", "0.5"),
    twin: (site) => close(site, "0.0001", "0.00001"),
  },
  {
    id: "count of calls dropped",
    dialects: BOTH,
    plant: (site) => counted(site, "assert_called_once_with(1)", "assert_called()"),
  },
  {
    id: "unit under test mocked",
    dialects: BOTH,
    plant: (site) => {
      const name = usedImport(site);
      return name === undefined ? undefined : before(site, `${name} = unittest.mock.MagicMock()`);
    },
    // A name that no assertion looks at.
    twin: (site) => (usedImport(site) === undefined ? undefined : before(site, "unused = unittest.mock.MagicMock()")),
  },
  {
    id: "expected value moved without its source",
    dialects: BOTH,
    wayBack: false,
    plant: (site) => {
      const one = worded(site);
      return one?.expected && inFile(site, [insert(one.expected[1] - 1, "x")]);
    },
    // Other quotes, same value.
    twin: (site) => {
      const one = worded(site);
      const [quote, ...rest] = one?.expected ? site.file.text.slice(...one.expected) : "";
      const other = quote === '"' ? "'" : '"';
      return one?.expected && inFile(site, [replace(one.expected, `${other}${rest.slice(0, -1).join("")}${other}`)]);
    },
  },
  { id: "timeout raised", dialects: ["pytest"], plant: ({ ...site }) => ({ base: above(site, "@pytest.mark.timeout(1)").head, head: above(site, "@pytest.mark.timeout(300)").head }) },
  { id: "retries added", dialects: ["pytest"], plant: (site) => above(site, "@pytest.mark.flaky(reruns=5)") },
  {
    id: "test deleted",
    dialects: BOTH,
    plant: (site) => (site.file.tests.length >= 2 && alone(site) ? inFile(site, [cut(site.file.text, site.test.start, site.test.end)]) : undefined),
    twin: (site) => inFile(site, [insert(site.test.titleEnd, "_as_documented")]),
  },
  {
    id: "test commented out",
    dialects: BOTH,
    plant: (site) => (site.file.tests.length >= 2 && alone(site) ? inFile(site, [replace([site.test.start, site.test.end], source(site, site.test).split("\n").map((line) => `# ${line}`).join("\n"))]) : undefined),
  },
  {
    id: "renamed so that no runner finds it",
    dialects: BOTH,
    plant: (site) => (site.test.assertions.length > 0 ? inFile(site, [insert(site.test.calleeEnd, "_")]) : undefined),
  },
  {
    id: "file deleted",
    dialects: BOTH,
    plant: ({ file, test }) => (file.tests[0] === test ? { base: {}, head: { [file.path]: null } } : undefined),
    twin: ({ file, test }) => (file.tests[0] === test ? { base: {}, head: { [file.path]: null, [file.path.replace(/test_([^/]+)$/, "test_renamed_$1")]: file.text } } : undefined),
  },
];

function close(site: Site, was: string, is: string): Planting | undefined {
  const says = (by: string): string => (site.repository.dialect === "pytest" ? `assert math.pi == pytest.approx(3.14159, abs=${by})` : `self.assertAlmostEqual(math.pi, 3.14159, delta=${by})`);
  return { base: before(site, says(was)).head, head: before(site, says(is)).head };
}

function counted(site: Site, was: string, is: string): Planting {
  const says = (how: string): string => `spy = unittest.mock.Mock()\n${inner(site)}spy(1)\n${inner(site)}spy.${how}`;
  return { base: before(site, says(was)).head, head: before(site, says(is)).head };
}
