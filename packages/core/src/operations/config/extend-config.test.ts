import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf, isProoflineError, type CheckId, type Effect, type Mode } from "#kernel";
import { resolvePolicy, type CheckDefaults } from "#verdict";
import { loadConfig } from "./load-config.ts";
import type { PolicySource } from "./policy-source.ts";

const SHA = "a".repeat(40);
const checks: readonly CheckDefaults[] = [
  { id: "tests/failing", effect: "block", gates: ["local"] },
  { id: "change/size", effect: "note", gates: ["local"], options: { "max-lines": { type: "number", default: 400, says: "Lines." } } },
];
/** Policies by repository name. */
const sourceOf = (texts: Readonly<Record<string, string>>): PolicySource => ({
  read: ({ repository }) => {
    const text = texts[repository];
    return text === undefined ? Promise.reject(new Error("no such repository")) : Promise.resolve({ text, digest: digestOf(text) });
  },
});
const load = (own: string, parent: string) =>
  loadConfig({ file: "proofline.yaml", text: `extends: acme/policy@${SHA}\n${own}` }, { checks, source: sourceOf({ "acme/policy": parent }) });
async function refusal(own: string, parent: string): Promise<string> {
  try {
    await load(own, parent);
  } catch (error) {
    if (isProoflineError(error)) return `${error.code} | ${error.message}`;
    throw error;
  }
  throw new Error("accepted");
}

test("the parent's settings hold, the own ones come on top, and the parent is named with its digest", async () => {
  const parent =
    "gates: { local: warn }\nchecks: { tests/failing: ask }\nareas: [{ name: pay, paths: [pay/], risk: high, owners: ['@a'] }]\nbudgets: { local: 10 }\npolicy: { rules: [{ name: r, when: 'true', because: b }], waivers: { max-days: 30 } }\nagents: [{ name: bot }]";
  const config = await load(
    "gates: { local: enforce }\nchecks: { tests/failing: block }\nareas: [{ name: pay, paths: [money/], risk: high }]\npolicy: { rules: [{ name: s, when: 'false', because: b }] }",
    parent,
  );
  expect(config).toMatchObject({
    policy: { gates: { local: { mode: "enforce" } }, checks: { "tests/failing": { effect: "block" } }, maxWaiverDays: 30 },
    areas: [{ name: "pay", paths: ["pay/", "money/"], owners: ["@a"] }],
    budgets: { local: 10_000, turn: 20_000 },
    agents: [{ name: "bot" }],
    origin: { file: "proofline.yaml", parents: [{ ref: `acme/policy@${SHA}`, digest: digestOf(parent) }] },
  });
  expect(config.rules.map((rule) => rule.setting.name)).toEqual(["r", "s"]);
});

test.each([
  [
    "checks: { tests/failing: note }",
    "checks:\n  tests/failing: block",
    "proofline.yaml:2:26: the effect of tests/failing is note, but acme/policy@SHA:2:18 says block",
  ],
  ["gates: { local: observe }", "gates: { local: warn }", "proofline.yaml:2:17: the mode of the gate local is observe, but acme/policy@SHA:1:17 says warn"],
  [
    "gates: { local: { mode: enforce, from: 2027-01-01 } }",
    "gates: { local: { mode: enforce, from: 2026-12-01 } }",
    "proofline.yaml:2:17: the mode of the gate local is enforce from 2027-01-01 (observe until then), but acme/policy@SHA:1:17 says enforce from 2026-12-01 (observe until then)",
  ],
  [
    "checks: { tests/failing: { mode: observe } }",
    "gates: { local: enforce }",
    "proofline.yaml:2:34: the mode of tests/failing is observe, but acme/policy@SHA:1:17 says enforce",
  ],
  [
    "checks: { change/size: { options: { max-lines: 900 } } }",
    "checks: { change/size: { options: { max-lines: 100 } } }",
    "proofline.yaml:2:48: the option max-lines of change/size is 900, but acme/policy@SHA:1:48 says 100",
  ],
  [
    "surfaces: [{ name: s, paths: [s/], floor: { lines: 70 } }]",
    "surfaces: [{ name: t, paths: [t/] }, { name: s, paths: [s/], floor: { lines: 80 } }]",
    "proofline.yaml:2:52: the lines floor of the surface s is 70 %, but acme/policy@SHA:1:78 says 80 %",
  ],
  [
    "surfaces: [{ name: s, paths: [nothing/] }]",
    "surfaces: [{ name: s, paths: [s/], floor: { lines: 80 } }]",
    "proofline.yaml:2:30: what the surface s covers is nothing/, but acme/policy@SHA:1:30 says s/",
  ],
  [
    "areas: [{ name: pay, paths: [p/], risk: low }]",
    "areas: [{ name: pay, paths: [p/], risk: high }]",
    "proofline.yaml:2:41: the risk of the area pay is low, but acme/policy@SHA:1:41 says high",
  ],
  [
    "areas: [{ name: pay, paths: [p/], owners: ['@me'] }]",
    "areas: [{ name: pay, paths: [p/], owners: ['@you'] }]",
    "proofline.yaml:2:43: who owns the area pay is @me, but acme/policy@SHA:1:43 says @you",
  ],
  [
    "policy: { rules: [{ name: r, when: 'false', because: b }] }",
    "policy: { rules: [{ name: r, when: 'true', because: b }] }",
    "proofline.yaml:2:19: the rule r is written anew, but acme/policy@SHA:1:19 says what it is",
  ],
  [
    "policy: { waivers: { max-days: 90 } }",
    "policy: { waivers: { max-days: 30 } }",
    "proofline.yaml:2:32: how long a waiver may last is 90 days, but acme/policy@SHA:1:32 says 30 days",
  ],
  [
    "areas: [{ name: pay, paths: [p/, '!p/core'] }]",
    "areas: [{ name: pay, paths: [p/] }]",
    "proofline.yaml:2:29: what the area pay covers is narrowed by a `!` path, but acme/policy@SHA:1:29 says p/",
  ],
])("%s under %s is loosening, and both places are named", async (own, parent, says) => {
  expect(await refusal(own, parent)).toBe(`config/loosens-parent | ${says.replaceAll("SHA", SHA)}.`);
});

test("what the parent leaves open the repository decides", async () => {
  const config = await load("gates: { turn: observe }\nchecks: { tests/failing: note, change/size: { mode: observe } }", "areas: []");
  expect(config.policy).toMatchObject({ gates: { turn: { mode: "observe" } }, checks: { "tests/failing": { effect: "note" } } });
});

test.each(["acme/policy", "acme/policy@main", "acme/policy@v1.2.3", `acme/policy@${"a".repeat(39)}`, `@${SHA}`, `-upload-pack=x@${SHA}`, `a b@${SHA}`])(
  "extends: %s is not pinned",
  async (ref) => {
    await expect(loadConfig({ file: "proofline.yaml", text: `extends: ${JSON.stringify(ref)}` }, { checks, source: sourceOf({}) })).rejects.toMatchObject({
      code: "config/extends-not-pinned",
    });
  },
);

test("a parent that cannot be had is an error, never a milder policy", async () => {
  const text = `areas: []\nextends: gone@${SHA}`;
  await expect(loadConfig({ file: "proofline.yaml", text }, { checks, source: sourceOf({}) })).rejects.toMatchObject({
    code: "config/extends-unreadable",
    message: `proofline.yaml:2:10: \`gone@${SHA}\` cannot be read: no such repository.`,
  });
  await expect(loadConfig({ file: "proofline.yaml", text }, { checks })).rejects.toMatchObject({ code: "config/extends-unreadable" });
});

test("a mistake in a parent is named in the parent", async () => {
  expect(await refusal("", "areas: 3")).toBe(`config/wrong-value | acme/policy@${SHA}:1:8: \`areas\` must be a list, but is the number 3.`);
});

test("a cycle and a tower of policies end", async () => {
  const at = (name: string) => `extends: ${name}@${SHA}`;
  const cycle = sourceOf({ a: at("b"), b: at("a") });
  await expect(loadConfig({ file: "proofline.yaml", text: at("a") }, { checks, source: cycle })).rejects.toMatchObject({
    code: "config/extends-endless",
    message: expect.stringContaining("extend each other") as string,
  });
  const tower = (height: number): PolicySource => ({
    read: ({ repository }) => Promise.resolve({ text: Number(repository) < height ? at(String(Number(repository) + 1)) : "areas: []", digest: "sha256:0" }),
  });
  await expect(loadConfig({ file: "proofline.yaml", text: at("1") }, { checks, source: tower(6) })).rejects.toMatchObject({ code: "config/extends-endless" });
  expect((await loadConfig({ file: "proofline.yaml", text: at("1") }, { checks, source: tower(5) })).origin.parents).toHaveLength(5);
});

const effect = fc.constantFrom<Effect>("off", "note", "ask", "block");
const mode = fc.constantFrom<Mode>("observe", "warn", "enforce");
const day = fc.constantFrom("2026-11-01", "2026-12-01", "2027-01-01");
const modeText = fc.oneof(
  mode,
  fc.tuple(mode, day, mode).map(([later, from, before]) => `{ mode: ${later}, from: ${from}, before: ${before} }`),
);
const checkText = fc.tuple(fc.option(effect), fc.option(mode), fc.option(day)).map(([what, how, from]) => {
  const keys = [what === null ? [] : [`effect: ${what}`], how === null ? [] : [`mode: ${how}`, ...(from === null ? [] : [`from: ${from}`])]].flat();
  return `{ ${keys.join(", ")} }`;
});
const file = fc.tuple(modeText, checkText).map(([gate, check]) => `gates: { local: ${gate} }\nchecks: { tests/failing: ${check} }`);

test("what is accepted over a parent is on no day milder than what the parent states", async () => {
  const EFFECTS = ["off", "note", "ask", "block"];
  const MODES = ["observe", "warn", "enforce"];
  const id: CheckId = "tests/failing";
  await fc.assert(
    fc.asyncProperty(file, file, async (own, parent) => {
      const alone = await loadConfig({ file: "p", text: parent }, { checks });
      const both = await load(own, parent).catch((error: unknown) =>
        isProoflineError(error, "config/loosens-parent") ? undefined : Promise.reject(error as Error),
      );
      if (both === undefined) return;
      const stated = alone.policy.checks[id]?.effect;
      if (stated !== undefined)
        expect(EFFECTS.indexOf(resolvePolicy(both.policy, checks).checks.get(id)?.effect ?? "off")).toBeGreaterThanOrEqual(EFFECTS.indexOf(stated));
      for (const now of ["2026-10-01", "2026-11-15", "2026-12-15", "2027-02-01"]) {
        const modeOf = ({ policy }: typeof alone): number => {
          const set = policy.checks[id]?.mode ?? policy.gates.local;
          return set === undefined ? 2 : MODES.indexOf(set.from !== undefined && now < set.from ? (set.before ?? "observe") : set.mode);
        };
        expect(modeOf(both)).toBeGreaterThanOrEqual(modeOf(alone));
      }
    }),
    { numRuns: 150 },
  );
});
