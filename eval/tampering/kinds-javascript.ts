import { cut, inFile, insert, replace, type FoundAssertion, type FoundTest, type Kind, type Planting, type Site } from "./planting.ts";

const RUNNERS = ["expect", "chai", "should", "assert", "ava", "tape"] as const;
const EMPTY = /^(?:true|false|null|undefined|0|""|''|``|NaN|-?0n?)$/;

/** What each style writes for "is there". */
function vague(assertion: FoundAssertion, text: string): Parameters<typeof inFile>[1] | undefined {
  const { name, object = "", subject, expected, matcher, negated, awaited } = assertion;
  if (negated || awaited || !subject || !expected || EMPTY.test(text.slice(...expected))) return undefined;
  if (matcher && object === "" && /^to(?:Be|Equal|StrictEqual)$/.test(name)) return [replace(matcher, ".toBeTruthy()")];
  if (matcher && /^(?:to|should|have|be)?(?:\.(?:deep|be))*$/.test(object) && /^(?:eql|equal|equals)$/.test(name)) return [replace(matcher, text.slice(matcher[0] - 6, matcher[0]) === "should" ? ".exist" : ".to.exist")];
  if (matcher !== undefined || !/^(?:is|equal|strictEqual|deepEqual|deepStrictEqual|same)$/.test(name)) return undefined;
  return [{ start: assertion.start, end: assertion.end, text: `${object}.ok(${text.slice(...subject)});` }];
}

const looseIn = (site: Site): { readonly assertion: FoundAssertion; readonly edits: Parameters<typeof inFile>[1] } | undefined => {
  for (const assertion of site.test.assertions) {
    const edits = vague(assertion, site.file.text);
    if (edits) return { assertion, edits: site.repository.dialect === "ava" ? edits.map((edit) => ({ ...edit, text: edit.text.replace(/\.ok\(/, ".truthy(") })) : edits };
  }
  return undefined;
};

const several = ({ test }: Site): boolean => test.assertions.length >= 2 && !test.assertions.some((one) => /plan|assertions/.test(one.name));
const middle = ({ assertions }: FoundTest): FoundAssertion | undefined => assertions[Math.floor(assertions.length / 2)];
const inner = ({ file, test }: Site): string => /^[ \t]*\n([ \t]+)/.exec(file.text.slice(test.bodyStart, test.bodyStart + 400))?.[1] ?? `${test.indent}  `;
const opening = (site: Site, statement: string): Planting => inFile(site, [insert(site.test.bodyStart, `\n${inner(site)}${statement}`)]);
const source = ({ file }: Site, { start, end }: { readonly start: number; readonly end: number }): string => file.text.slice(start, end);
/** No plan of assertions in the body, which a removed one would break. */
const plain = (site: Site): boolean => !/\bplan\(|assertions\(/.test(source(site, { start: site.test.bodyStart, end: site.test.bodyEnd }));
const simple = (site: Site): boolean => plain(site) && site.test.statements >= 2;
/** Asserts, and nothing the file asserts elsewhere as well: taken away it would not be missed. */
const alone = ({ file, test }: Site): boolean => test.assertions.length > 0 && test.assertions.every(({ start, end }) => file.text.split(file.text.slice(start, end)).length === 2);
/** Asserts about something no other assertion of the test speaks of. */
const onlyOneOf = ({ file, test }: Site, { subject }: FoundAssertion): boolean =>
  subject !== undefined && test.assertions.filter((other) => other.subject && file.text.slice(...other.subject).startsWith((/^\w+/.exec(file.text.slice(...subject)) ?? [""])[0])).length === 1;
const skipWord = (site: Site): string => `${site.test.callee}.skip`;

export const JAVASCRIPT_KINDS: readonly Kind[] = [
  {
    id: "assertion removed",
    dialects: RUNNERS,
    plant: (site) => {
      const one = middle(site.test);
      return one && several(site) && plain(site) ? inFile(site, [cut(site.file.text, one.start, one.end)]) : undefined;
    },
    // It stood there twice.
    twin: (site) => {
      const one = middle(site.test);
      return one && plain(site) ? { ...inFile(site, [], [insert(one.end, `\n${inner(site)}${source(site, one)}`)]), head: { [site.file.path]: site.file.text } } : undefined;
    },
  },
  {
    id: "matcher loosened",
    dialects: RUNNERS,
    plant: (site) => {
      const loose = looseIn(site);
      return loose && inFile(site, loose.edits);
    },
    // The value is given a name first.
    twin: (site) => {
      const loose = looseIn(site);
      const { expected } = loose?.assertion ?? {};
      if (!loose || !expected || /\bawait\b/.test(site.file.text.slice(...expected))) return undefined;
      return inFile(site, [insert(loose.assertion.start, `const wanted = ${site.file.text.slice(...expected)};\n${inner(site)}`), replace(expected, "wanted")]);
    },
  },
  {
    id: "test skipped",
    dialects: RUNNERS,
    plant: (site) => inFile(site, [replace([site.test.start, site.test.calleeEnd], skipWord(site))]),
    // Only its words speak of skipping.
    twin: (site) => inFile(site, [insert(site.test.bodyStart, `\n${inner(site)}// ${skipWord(site)}() would hide this`)]),
  },
  {
    id: "only this one runs",
    dialects: RUNNERS,
    plant: (site) => (site.file.tests.length >= 2 ? inFile(site, [replace([site.test.start, site.test.calleeEnd], `${site.test.callee}.only`)]) : undefined),
  },
  {
    id: "test becomes a todo",
    dialects: ["expect", "chai", "should", "assert", "ava"],
    plant: (site) => {
      const { test, file, repository } = site;
      const title = file.text.slice(test.calleeEnd + 1, test.titleEnd);
      return inFile(site, [replace([test.start, test.end], repository.runner === "mocha" ? `${test.callee}(${title});` : `${test.callee}.todo(${title});`)]);
    },
  },
  {
    id: "returns early",
    dialects: RUNNERS,
    plant: (site) => (simple(site) && site.test.assertions.length > 0 ? opening(site, site.test.parameter === "done" ? "return done();" : site.repository.dialect === "tape" ? `return ${site.test.parameter ?? "t"}.end();` : "return;") : undefined),
    // A helper inside returns early.
    twin: (site) => (simple(site) && site.test.assertions.length > 0 ? opening(site, "const first = (list) => { if (list.length === 0) return; return list[0]; };\n" + `${inner(site)}first([]);`) : undefined),
  },
  {
    id: "asserts under a condition",
    dialects: RUNNERS,
    plant: (site) => {
      const one = middle(site.test);
      return one && plain(site) ? inFile(site, [insert(one.start, "if (process.env.FULL_CHECKS) { "), insert(one.end, " }")]) : undefined;
    },
    // In a block that always runs.
    twin: (site) => {
      const one = middle(site.test);
      return one && plain(site) ? inFile(site, [insert(one.start, "{ "), insert(one.end, " }")]) : undefined;
    },
  },
  {
    id: "failure swallowed",
    dialects: ["expect", "chai", "should", "assert"],
    plant: (site) => {
      const one = middle(site.test);
      return one && plain(site) ? inFile(site, [insert(one.start, "try { "), insert(one.end, " } catch {}")]) : undefined;
    },
    // Cleaned up afterwards.
    twin: (site) => {
      const one = middle(site.test);
      return one && plain(site) ? inFile(site, [insert(one.start, "try { "), insert(one.end, " } finally { globalThis.gc?.(); }")]) : undefined;
    },
  },
  {
    id: "assertion after a return",
    dialects: ["expect", "chai", "should", "assert", "ava"],
    plant: (site) => {
      const one = site.test.assertions.at(-1);
      return one && several(site) && plain(site) && site.test.parameter !== "done" ? inFile(site, [insert(one.start, `return;\n${inner(site)}`)]) : undefined;
    },
  },
  {
    id: "assertion in a function nobody calls",
    dialects: RUNNERS,
    plant: (site) => {
      const one = middle(site.test);
      return one && !one.awaited && plain(site) ? inFile(site, [insert(one.start, "const verify = () => { "), insert(one.end, " };")]) : undefined;
    },
    // Called right below.
    twin: (site) => {
      const one = middle(site.test);
      return one && !one.awaited && plain(site) ? inFile(site, [insert(one.start, "const verify = () => { "), insert(one.end, ` };\n${inner(site)}verify();`)]) : undefined;
    },
  },
  {
    id: "asserts nothing but the obvious",
    dialects: RUNNERS,
    plant: (site) => {
      const loose = looseIn(site);
      const { subject, expected } = loose?.assertion ?? {};
      return subject && expected ? inFile(site, [replace(subject, "(1)"), replace(expected, "1")]) : undefined;
    },
  },
  {
    id: "compared with itself",
    dialects: ["expect", "assert", "ava", "tape"],
    plant: (site) => {
      const { subject, expected } = looseIn(site)?.assertion ?? {};
      return subject && expected && site.file.text.slice(...subject).includes("(") ? inFile(site, [replace(expected, site.file.text.slice(...subject))]) : undefined;
    },
    wayBack: false,
  },
  {
    id: "true whatever it is",
    dialects: ["assert", "tape", "ava"],
    plant: (site) => {
      const loose = looseIn(site)?.assertion;
      if (!loose?.subject || !loose.expected) return undefined;
      const [subject, expected] = [site.file.text.slice(...loose.subject), site.file.text.slice(...loose.expected)];
      return inFile(site, [{ start: loose.start, end: loose.end, text: `${loose.object || "assert"}.${site.repository.dialect === "ava" ? "truthy" : "ok"}(${subject} === ${expected} || true);` }]);
    },
    wayBack: false,
  },
  {
    id: "assertion in a timer nobody waits for",
    dialects: ["expect", "chai", "should", "assert"],
    plant: (site) => {
      const one = middle(site.test);
      return one && !one.awaited && plain(site) && !site.test.parameter && !/\bawait\b|return |[tT]imer|tick|clock/.test(source(site, { start: site.test.bodyStart, end: site.test.bodyEnd })) ? inFile(site, [insert(one.start, "setTimeout(() => { "), insert(one.end, " }, 5);")]) : undefined;
    },
    // Right away.
    twin: (site) => {
      const one = middle(site.test);
      return one && !one.awaited && plain(site) ? inFile(site, [insert(one.start, "(() => { "), insert(one.end, " })();")]) : undefined;
    },
  },
  {
    id: "exact number becomes a range",
    dialects: ["expect", "chai", "assert", "should"],
    plant: (site) => {
      const one = site.test.assertions.find(({ expected, name, negated, awaited }) => !negated && !awaited && expected && /^(?:toBe|toEqual|equal|strictEqual|eql)$/.test(name) && /^[1-9]\d*$/.test(site.file.text.slice(...expected)));
      if (!one?.expected || !one.subject || !onlyOneOf(site, one)) return undefined;
      const { repository, file } = site;
      const least = "0";
      if (repository.dialect === "expect" && one.matcher) return inFile(site, [replace(one.matcher, `.toBeGreaterThan(${least})`)]);
      if (repository.dialect === "assert" || one.matcher === undefined) return inFile(site, [{ start: one.start, end: one.end, text: `assert.ok(${file.text.slice(...one.subject)} > ${least});` }]);
      return inFile(site, [replace(one.matcher, repository.dialect === "should" ? ".be.above(0)" : ".to.be.above(0)")]);
    },
  },
  {
    id: "count of calls dropped",
    dialects: ["expect"],
    plant: (site) => counted(site, "toHaveBeenCalledTimes(2)", "toHaveBeenCalled()"),
    twin: (site) => counted(site, "toHaveBeenCalledTimes(2)", "toHaveBeenCalledTimes(2);\n  expect(spy).toHaveBeenCalledWith(2)"),
  },
  {
    id: "tolerance widened",
    dialects: ["expect", "chai", "assert"],
    plant: (site) => close(site, "narrow", "wide"),
    twin: (site) => close(site, "narrow", "narrower"),
  },
  {
    id: "planned assertions lowered",
    dialects: ["expect", "ava", "tape"],
    plant: (site) => {
      const { test, repository } = site;
      if (!several(site) || !plain(site) || test.assertions.length !== test.statements) return undefined;
      const one = test.assertions.at(-1);
      const plan = (count: number): string => `\n${inner(site)}${repository.dialect === "expect" ? "expect.assertions" : `${test.parameter ?? "t"}.plan`}(${count});`;
      const total = test.assertions.length;
      return one && inFile(site, [insert(test.bodyStart, plan(total - 1)), cut(site.file.text, one.start, one.end)], [insert(test.bodyStart, plan(total))]);
    },
  },
  {
    id: "unit under test mocked",
    dialects: ["expect"],
    plant: (site) => {
      const [subject] = site.file.subjects;
      const word = site.repository.runner === "vitest" ? "vi" : "jest";
      if (!subject || subject.names.length === 0 || site.test !== site.file.tests[0]) return undefined;
      const fake = `() => ({ ${subject.names.map((name) => `${name}: ${word}.fn()`).join(", ")} })`;
      return inFile(site, [insert(site.file.afterImports, `\n${word}.mock("${subject.specifier}", ${fake});\n`)]);
    },
    // Something else is mocked.
    twin: (site) => (site.file.subjects.length > 0 && site.test === site.file.tests[0] ? inFile(site, [insert(site.file.afterImports, `\n${site.repository.runner === "vitest" ? "vi" : "jest"}.mock("node:dns", () => ({ lookup: () => undefined }));\n`)]) : undefined),
  },
  {
    id: "snapshot in place of a value",
    dialects: ["expect"],
    plant: (site) => {
      const loose = looseIn(site);
      return loose?.assertion.matcher && inFile(site, [replace(loose.assertion.matcher, ".toMatchSnapshot()")]);
    },
  },
  {
    id: "snapshot narrowed",
    dialects: ["expect"],
    plant: (site) => {
      const loose = looseIn(site);
      const { matcher } = loose?.assertion ?? {};
      return matcher && inFile(site, [replace(matcher, ".toBeDefined()")], [replace(matcher, ".toMatchInlineSnapshot(`\"a long and exact value\"`)")]);
    },
  },
  {
    id: "snapshot moved without its source",
    dialects: ["expect"],
    wayBack: false,
    plant: (site) => {
      const loose = looseIn(site);
      const { matcher } = loose?.assertion ?? {};
      return matcher && inFile(site, [replace(matcher, ".toMatchInlineSnapshot(`\"another value\"`)")], [replace(matcher, ".toMatchInlineSnapshot(`\"a long and exact value\"`)")]);
    },
  },
  {
    id: "expected value moved without its source",
    dialects: RUNNERS,
    plant: (site) => {
      const one = site.test.assertions.find(({ expected, negated, name }) => expected && !negated && /^(?:toBe|toEqual|is|equal|strictEqual|eql|deepEqual)$/.test(name) && /^(["'])[\w ./:-]{2,}\1$/.test(site.file.text.slice(...expected)));
      return one?.expected && inFile(site, [insert(one.expected[1] - 1, "x")]);
    },
    wayBack: false,
    // Other quotes, same value.
    twin: (site) => {
      const one = site.test.assertions.find(({ expected }) => expected && /^(["'])[\w ./:-]{2,}\1$/.test(site.file.text.slice(...expected)));
      return one?.expected && inFile(site, [replace(one.expected, `\`${site.file.text.slice(one.expected[0] + 1, one.expected[1] - 1)}\``)]);
    },
  },
  {
    id: "timeout raised",
    dialects: ["expect", "chai", "should", "ava", "assert"],
    plant: (site) => limit(site, 300_000),
  },
  {
    id: "retries added",
    dialects: ["expect", "chai", "should", "assert"],
    plant: (site) => {
      const { test, repository } = site;
      if (repository.runner === "mocha") return test.arrow ? undefined : opening(site, "this.retries(5);");
      if (repository.runner === "jest") return test === site.file.tests[0] ? inFile(site, [insert(site.file.afterImports, "\njest.retryTimes(5);\n")]) : undefined;
      return repository.runner === "vitest" ? inFile(site, [insert(test.titleEnd, ", { retry: 5 }")]) : undefined;
    },
  },
  {
    id: "test deleted",
    dialects: RUNNERS,
    plant: (site) => (site.file.tests.length >= 2 && alone(site) ? inFile(site, [cut(site.file.text, site.test.start, site.test.end)]) : undefined),
    // Renamed instead.
    twin: (site) => (site.file.tests.length >= 2 ? inFile(site, [insert(site.test.titleEnd - 1, ", as documented")]) : undefined),
  },
  {
    id: "test commented out",
    dialects: RUNNERS,
    plant: (site) => (alone(site) ? inFile(site, [replace([site.test.start, site.test.end], source(site, site.test).split("\n").map((line) => `// ${line}`).join("\n"))]) : undefined),
  },
  {
    id: "file deleted",
    dialects: RUNNERS,
    plant: ({ file, test }) => (file.tests[0] === test ? { base: {}, head: { [file.path]: null } } : undefined),
    // Moved instead.
    twin: ({ file, test, repository }) => {
      const path = file.path.replace(/([^/]+)$/, (name) => `renamed-${name}`);
      return file.tests[0] === test && repository.tests.test(path) ? { base: {}, head: { [file.path]: null, [path]: file.text } } : undefined;
    },
  },
  {
    id: "renamed so that no runner finds it",
    dialects: ["expect", "assert"],
    plant: ({ file, test }) => (file.tests[0] === test && /\.test\.[jt]s$/.test(file.path) ? { base: {}, head: { [file.path]: null, [file.path.replace(/\.test(\.[jt]s)$/, "-cases$1")]: file.text } } : undefined),
  },
  {
    id: "no longer awaited",
    dialects: ["expect", "ava", "assert"],
    plant: (site) => {
      const one = site.test.assertions.find(({ awaited, name, object }) => awaited && (/Async|rejects|resolves/.test(name) || /rejects|resolves/.test(object ?? "")));
      return one && inFile(site, [replace([one.start, one.start + "await ".length], "")]);
    },
    twin: (site) => {
      const one = site.test.assertions.find(({ awaited, name, object }) => awaited && (/Async|rejects|resolves/.test(name) || /rejects|resolves/.test(object ?? "")));
      return one && inFile(site, [replace([one.start, one.start + "await ".length], "const checked = "), insert(one.end, `\n${inner(site)}await checked;`)]);
    },
  },
];

/** A spy's calls: few real tests count them, so the one that is planted in is there before. */
function counted(site: Site, before: string, after: string): Planting | undefined {
  const { test, repository } = site;
  if (!plain(site)) return undefined;
  const spy = (matcher: string): string => `\n  const spy = ${repository.runner === "vitest" ? "vi" : "jest"}.fn();\n  [1, 2].forEach((value) => spy(value));\n  expect(spy).${matcher};`;
  return inFile(site, [insert(test.bodyStart, spy(after))], [insert(test.bodyStart, spy(before))]);
}

const CLOSE = {
  expect: (digits: string) => `expect(Math.PI).toBeCloseTo(3.14159, ${digits});`,
  chai: (by: string) => `expect(Math.PI).to.be.closeTo(3.14159, ${by});`,
  assert: (by: string) => `assert.ok(Math.abs(Math.PI - 3.14159) < ${by});`,
} as const;
const AMOUNT = { narrow: ["5", "0.0001"], wide: ["1", "0.5"], narrower: ["6", "0.00001"] } as const;

function close(site: Site, before: keyof typeof AMOUNT, after: keyof typeof AMOUNT): Planting | undefined {
  const { dialect } = site.repository;
  if (dialect !== "expect" && dialect !== "chai" && dialect !== "assert") return undefined;
  const says = (how: keyof typeof AMOUNT): string => `\n${inner(site)}${CLOSE[dialect](AMOUNT[how][dialect === "expect" ? 0 : 1])}`;
  return plain(site) ? inFile(site, [insert(site.test.bodyStart, says(after))], [insert(site.test.bodyStart, says(before))]) : undefined;
}

function limit(site: Site, milliseconds: number): Planting | undefined {
  const { test, repository } = site;
  if (repository.runner === "vitest" || repository.runner === "jest") return inFile(site, [insert(test.argumentsEnd, `, ${milliseconds}`)], [insert(test.argumentsEnd, ", 1000")]);
  if (repository.runner === "node:test") return inFile(site, [insert(test.titleEnd, `, { timeout: ${milliseconds} }`)], [insert(test.titleEnd, ", { timeout: 1000 }")]);
  const says = (ms: number): string => `\n${inner(site)}${repository.runner === "ava" ? `${test.parameter ?? "t"}.timeout` : "this.timeout"}(${ms});`;
  return test.arrow && repository.runner === "mocha" ? undefined : inFile(site, [insert(test.bodyStart, says(milliseconds))], [insert(test.bodyStart, says(1000))]);
}
