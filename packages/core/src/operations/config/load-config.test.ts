import { expect, test } from "vitest";
import { isProoflineError } from "#kernel";
import type { CheckDefaults } from "#verdict";
import { DEFAULT_CONFIG } from "./config.ts";
import { loadConfig } from "./load-config.ts";
import type { PolicySource } from "./policy-source.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const checks: readonly CheckDefaults[] = [
  { id: "tests/failing", effect: "block", gates: ["local"], needs: ["test-run"] },
  { id: "tests/weakened", effect: "ask", gates: ["local"] },
  {
    id: "change/size",
    effect: "note",
    gates: ["local"],
    options: { "max-lines": { type: "number", default: 400, says: "Lines." }, ignore: { type: "strings", default: [], says: "Globs." } },
  },
];
const load = (text: string, source?: PolicySource) => loadConfig({ file: "proofline.yaml", text }, { checks, ...(source === undefined ? {} : { source }) });

async function refusal(text: string, source?: PolicySource): Promise<string> {
  try {
    await load(text, source);
  } catch (error) {
    if (isProoflineError(error)) return `${error.code} | ${error.message} | ${error.fix}`;
    throw error;
  }
  throw new Error(`accepted:\n${text}`);
}

test("without a file the defaults hold", async () => {
  expect(await loadConfig(undefined, { checks })).toMatchObject({ ...DEFAULT_CONFIG, origin: { file: "defaults", parents: [] } });
});

test.each(["", "# nothing yet\n", "{}\n", "﻿areas: []\n"])("a file that says nothing is the defaults: %j", async (text) => {
  expect(await load(text)).toMatchObject({ ...DEFAULT_CONFIG, origin: { file: "proofline.yaml" } });
});

const FULL = `
default-branch: trunk
areas:
  - { name: payments, paths: [src/pay/**], risk: high, owners: ["@acme/payments"] }
  - { name: docs, paths: [docs/] }
surfaces:
  - { name: checkout, paths: [src/checkout/**], floor: { lines: 80 } }
gates:
  local: warn
  pull-request: { mode: enforce, from: 2026-12-01, before: warn }
checks:
  tests/weakened: block
  tests/failing: { mode: observe }
  change/size: { effect: ask, options: { max-lines: 100 } }
policy:
  rules:
    - name: two-for-payments
      when: change.areas.exists(a, a == "payments") && approvals.size() < 2
      because: Payments need two approvals.
      gates: [pull-request]
  waivers: { max-days: 30 }
people: [{ name: "@ann", emails: [ann@acme.test] }]
agents: [{ name: house-bot, accounts: [acme-bot] }]
tests: { runner: jest, needs: { ports: [5432], env: [DATABASE_URL] }, packages: [{ dir: go, command: make test, report: out/*.xml }] }
budgets: { local: 1m30s, turn: 5 }
generated: ["**/*.gen.ts"]
vendored: [third_party/]
`;

test("every key arrives in the shape the layers use", async () => {
  const config = await load(FULL);
  expect(config).toMatchObject({
    defaultBranch: "trunk",
    areas: [
      { name: "payments", paths: ["src/pay/**"], risk: "high", owners: ["@acme/payments"], declared: true },
      { name: "docs", risk: "medium", owners: [] },
    ],
    surfaces: [{ name: "checkout", floor: { lines: 80 } }],
    policy: {
      gates: { local: { mode: "warn" }, "pull-request": { mode: "enforce", from: "2026-12-01", before: "warn" } },
      checks: {
        "tests/weakened": { effect: "block" },
        "tests/failing": { mode: { mode: "observe" } },
        "change/size": { effect: "ask", options: { "max-lines": 100 } },
      },
      maxWaiverDays: 30,
    },
    people: [{ name: "@ann", emails: ["ann@acme.test"], teams: [] }],
    agents: [{ name: "house-bot", accounts: ["acme-bot"], emails: [] }],
    tests: [
      { packageDir: ".", runner: "jest", needs: { ports: [5432], env: ["DATABASE_URL"] } },
      { packageDir: "go", runner: "command", command: "make test", report: "out/*.xml" },
    ],
    budgets: { local: 90_000, turn: 5_000, "pull-request": 300_000 },
    generated: ["**/*.gen.ts"],
    vendored: ["third_party/"],
  });
  expect(config.rules.map((rule) => rule.setting)).toMatchObject([{ name: "two-for-payments", effect: "ask", gates: ["pull-request"] }]);
  expect((await load(FULL)).digest).toBe(config.digest);
  expect((await load(FULL.replace("max-days: 30", "max-days: 31"))).digest).not.toBe(config.digest);
});

test.each([
  ["area: []", "config/unknown-key | proofline.yaml:1:1: there is no key `area`. Did you mean `areas`? | Write `areas` instead of `area`."],
  [
    "defaultBranch: x",
    "config/unknown-key | proofline.yaml:1:1: there is no key `defaultBranch`. Did you mean `default-branch`? | Write `default-branch` instead of `defaultBranch`.",
  ],
  [
    "areas:\n  - name: a\n    path: [x]\n    paths: [y]",
    "config/unknown-key | proofline.yaml:3:5: there is no key `path` in `areas[0]`. Did you mean `paths`? | Write `paths` instead of `path`.",
  ],
  [
    "checks:\n  tests/fialing: note",
    "config/unknown-key | proofline.yaml:2:3: there is no key `tests/fialing` in `checks`. Did you mean `tests/failing`? | Write `tests/failing` instead of `tests/fialing`.",
  ],
  [
    "checks:\n  change/size: { options: { max-line: 3 } }",
    "config/unknown-key | proofline.yaml:2:29: there is no key `max-line` in `checks.change/size.options`. Did you mean `max-lines`? | Write `max-lines` instead of `max-line`.",
  ],
  [
    "checks:\n  change/size: { options: { max-lines: many } }",
    'config/wrong-value | proofline.yaml:2:40: `checks.change/size.options.max-lines` must be a number, but is the text "many". | Correct `checks.change/size.options.max-lines`; `docs/reference/config.md` lists what it takes.',
  ],
  [
    "gates: { local: enforced }",
    'config/wrong-value | proofline.yaml:1:17: `gates.local` must be one of observe, warn, enforce, but is "enforced". Did you mean `enforce`? | Write `enforce`.',
  ],
  [
    "gates: { pull-request: { mod: warn } }",
    "config/unknown-key | proofline.yaml:1:26: there is no key `mod` in `gates.pull-request`. Did you mean `mode`? | Write `mode` instead of `mod`.",
  ],
  [
    "gates: { local: { mode: warn, from: 2026-02-30 } }",
    "config/wrong-value | proofline.yaml:1:37: `gates.local.from` must be a day such as 2026-12-31. | Correct `gates.local.from`; `docs/reference/config.md` lists what it takes.",
  ],
  [
    "checks: { tests/failing: { from: 2026-12-01 } }",
    "config/wrong-value | proofline.yaml:1:26: `checks.tests/failing` `from` and `before` say when a mode begins: add `mode`. | Correct `checks.tests/failing`; `docs/reference/config.md` lists what it takes.",
  ],
  [
    "areas: payments",
    'config/wrong-value | proofline.yaml:1:8: `areas` must be a list, but is the text "payments". | Correct `areas`; `docs/reference/config.md` lists what it takes.',
  ],
  [
    "areas: [{ name: a }]",
    "config/wrong-value | proofline.yaml:1:9: `areas[0].paths` is missing. | Correct `areas[0].paths`; `docs/reference/config.md` lists what it takes.",
  ],
  [
    "areas: [{ name: a, paths: [x] }, { name: a, paths: [y] }]",
    'config/wrong-value | proofline.yaml:1:42: `areas[1].name` repeats "a", which stands at line 1 already. | Correct `areas[1].name`; `docs/reference/config.md` lists what it takes.',
  ],
  [
    "surfaces: [{ name: a, paths: [x], floor: { lines: 120 } }]",
    "config/wrong-value | proofline.yaml:1:51: `surfaces[0].floor.lines` must be at most 100. | Correct `surfaces[0].floor.lines`; `docs/reference/config.md` lists what it takes.",
  ],
  [
    "budgets: { local: soon }",
    "config/wrong-value | proofline.yaml:1:19: `budgets.local` must be a duration such as `90s` or `5m`. | Correct `budgets.local`; `docs/reference/config.md` lists what it takes.",
  ],
  [
    "- a\n- b",
    "config/wrong-value | proofline.yaml:1:1: `proofline.yaml` must be a set of keys, but is a list. | Correct `proofline.yaml`; `docs/reference/config.md` lists what it takes.",
  ],
  [
    "areas: []\nareas: []",
    "config/duplicate-key | proofline.yaml:2:1: the key `areas` stands here a second time; only one of the two would count. | Keep one `areas` and merge what both say.",
  ],
  [
    "gates:\n\tlocal: warn",
    "config/not-yaml | proofline.yaml:2:1: Tabs are not allowed as indentation. | Replace the tab by spaces: YAML does not allow tabs for indentation.",
  ],
  [
    "areas: [",
    "config/not-yaml | proofline.yaml:1:9: Flow sequence in block collection must be sufficiently indented and end with a ]. | Correct the line; mind indentation, quotes and the blank after each `:`.",
  ],
  [
    "a: 1\n---\nb: 2",
    "config/not-yaml | proofline.yaml:2:1: a second YAML document begins here. | Keep one document: remove the line `---` and what follows it.",
  ],
])("%j is refused with place, nearest word and fix", async (text, expected) => {
  expect(await refusal(text)).toBe(expected);
});

test("several mistakes are told at once, in the order of the file", async () => {
  const said = await refusal("gates: { locl: warn }\nareas: 3\nchecks: { tests/failing: blok }");
  expect(said).toBe(
    [
      "config/unknown-key | proofline.yaml:1:10: there is no key `locl` in `gates`. Did you mean `local`?",
      "proofline.yaml:2:8: `areas` must be a list, but is the number 3",
      'proofline.yaml:3:26: `checks.tests/failing` must be one of block, ask, note, off, but is "blok" (did you mean `block`?) | Write `local` instead of `locl`.',
    ].join("\n"),
  );
});

test.each([
  ["plain", "policy: { rules: [{ name: r, because: b, when: change.fles.size() > 1 }] }", "1:55"],
  ["double-quoted", 'policy: { rules: [{ name: r, because: b, when: "change.fles.size() > 1" }] }', "1:56"],
  ["block", "policy:\n  rules:\n    - name: r\n      because: b\n      when: |\n        change.added > 1 &&\n        change.fles.size() > 1\n", "7:16"],
])("a mistake in a rule is named at its line and column (%s)", async (_, text, at) => {
  expect(await refusal(text)).toBe(
    `config/rule-refused | proofline.yaml:${at}: the rule \`r\` is refused: there is no \`fles\` in the model. Did you mean \`files\`? | Write \`files\`.`,
  );
});

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`).join(",")}]`).join("\n")}`;

test.each([
  ["a billion laughs", bomb, "config/too-large"],
  ["deep flow", "[".repeat(100_000), "config/too-large"],
  ["deep maps", "{a: ".repeat(20_000), "config/too-large"],
  ["deep lists", `${"- ".repeat(20_000)}x`, "config/too-large"],
  ["deep keys", `${"? ".repeat(20_000)}x`, "config/too-large"],
  ["deep blocks", Array.from({ length: 700 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"), "config/too-large"],
  ["half a gigabyte's beginning", "a".repeat(300_000)],
  ["an anchor on itself", "areas: &a [*a]"],
  ["many anchors", `areas: [${Array.from({ length: 4_000 }, (_, i) => `&a${i} x`).join(", ")}]`],
  ["a long line of quotes", `areas: ${'"'.repeat(100_000)}`],
  [
    "many keys on one line",
    `{${Array.from({ length: 40_000 }, (_, i) => `k${i}`)
      .join(",")
      .slice(0, 120_000)}}`,
  ],
  ["many anchors of one name", `areas: [${"&a x,".repeat(20_000)}]`],
  ["many comments", "# x\n".repeat(30_000) + "x"],
  ["many keys", Array.from({ length: 8_000 }, (_, i) => `k${i}: 1`).join("\n")],
])("%s ends in a named error at once", async (_, text, code = "config/") => {
  const started = cpuMs();
  expect(await refusal(text)).toContain(code);
  expect(cpuMs() - started).toBeLessThan(10_000);
});

test("prototype names are ordinary unknown keys", async () => {
  expect(await refusal("__proto__: { areas: [] }")).toContain("config/unknown-key");
  expect(await refusal("checks: { constructor: note }")).toContain("config/unknown-key");
});
