import { expect, test } from "vitest";
import type { Json } from "#kernel";
import type { Change, ChangedFile } from "#change";
import type { Advisory, Audit } from "#evidence";
import type { Facts } from "../../check.ts";
import { dependency } from "./dependency.ts";

type Texts = Readonly<Record<string, string>>;

const advisory = (over: Partial<Advisory> = {}): Advisory => ({ id: "GHSA-1", aliases: ["CVE-1"], ecosystem: "npm", package: "left-pad", affected: { range: "<1.3.1" }, severity: "high", title: "Loops", ...over });
const npmLock = (packages: Readonly<Record<string, object>>): string => JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(Object.entries(packages).map(([name, entry]) => [`node_modules/${name}`, entry])) });

function look(base: Texts, head: Texts, { advisories, options = {} }: { advisories?: readonly Advisory[]; options?: Readonly<Record<string, Json>> } = {}) {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter((path) => base[path] !== head[path]);
  const files = paths.map((path) => ({ path, kind: "config", status: base[path] === undefined ? "added" : head[path] === undefined ? "deleted" : "modified", hunks: [], newLines: [] }) as unknown as ChangedFile);
  const audit: Audit[] = advisories ? [{ kind: "audit", source: "reported", subject: "head", digest: "sha256:0", origin: "audit.json", tool: "npm", advisories }] : [];
  const defaults = Object.fromEntries(Object.entries(dependency.options ?? {}).map(([name, option]) => [name, option.default]));
  const facts: Facts = { change: { files } as unknown as Change, intent: {} as Facts["intent"], gate: "local", options: { ...defaults, ...options }, evidence: audit, unavailable: new Map(), text: () => undefined };
  const asked = new Set([...(dependency.reads?.(facts) ?? [])].map(({ side, path }) => `${side} ${path}`));
  return [...dependency.look({ ...facts, text: (side, path) => (asked.has(`${side} ${path}`) ? (side === "base" ? base : head)[path] : undefined) })];
}

const lockOf = (packages: Readonly<Record<string, object>>): Texts => ({ "package-lock.json": npmLock(packages) });
const effects = (seen: ReturnType<typeof look>): string[] => seen.map(({ answer, effect }) => (answer === "holds" ? "holds" : (effect ?? dependency.effect)));

test("a version known to be vulnerable that comes with the change asks, with the way out", () => {
  const [seen] = look(lockOf({}), lockOf({ "left-pad": { version: "1.3.0" } }), { advisories: [advisory({ fixedIn: "1.3.1" })] });
  expect(seen).toMatchObject({ answer: "broken", ask: { to: ["author"] }, fix: expect.stringContaining("1.3.1") as string });
  expect(seen?.effect).toBeUndefined();
});

test.each([
  ["is not affected", {}, { "left-pad": { version: "1.3.1" } }, "holds"],
  ["was there before, in the lock file as a whole", { "left-pad": { version: "1.3.0" } }, { "left-pad": { version: "1.3.0" }, x: { version: "1.0.0" } }, "holds"],
  ["replaces another vulnerable one", { "left-pad": { version: "1.2.0" } }, { "left-pad": { version: "1.3.0" } }, "note"],
  ["is for development only", {}, { "left-pad": { version: "1.3.0", dev: true } }, "note"],
])("a version that %s does not ask", (_, base, head, effect) => {
  expect(effects(look(lockOf(base), lockOf(head), { advisories: [advisory()] }))).toEqual([effect]);
});

test("severity, ignored advisories and other ecosystems are respected; nobody's rating counts as high", () => {
  const [base, head] = [lockOf({}), lockOf({ "left-pad": { version: "1.3.0" } })];
  expect(effects(look(base, head, { advisories: [advisory({ severity: "low" })] }))).toEqual(["note"]);
  expect(effects(look(base, head, { advisories: [advisory({ severity: "low" })], options: { "min-severity": "low" } }))).toEqual(["ask"]);
  expect(effects(look(base, head, { advisories: [advisory({ severity: "unknown" })] }))).toEqual(["ask"]);
  expect(effects(look(base, head, { advisories: [advisory()], options: { ignore: ["CVE-1"] } }))).toEqual(["holds"]);
  expect(effects(look(base, head, { advisories: [advisory({ ecosystem: "PyPI" })] }))).toEqual(["holds"]);
});

test("one package in two lock files under three names of one weakness is one finding", () => {
  const head = { "left-pad": { version: "1.3.0" } };
  const seen = look({ "package-lock.json": npmLock({}), "web/package-lock.json": npmLock({}) }, { "package-lock.json": npmLock(head), "web/package-lock.json": npmLock(head) }, { advisories: [advisory(), advisory({ id: "CVE-1", aliases: ["GHSA-1"] })] });
  expect(seen).toHaveLength(1);
  expect(seen[0]?.places?.map(({ file }) => file)).toEqual(["package-lock.json", "web/package-lock.json"]);
  expect(seen[0]?.because).not.toContain("more");
});

test("other content under the same version asks; its innocent twin, a new version, does not", () => {
  const [before, after] = [{ a: { version: "1.0.0", integrity: "sha512-a" } }, { a: { version: "1.0.0", integrity: "sha512-b" } }];
  expect(effects(look(lockOf(before), lockOf(after)))).toEqual(["ask"]);
  expect(effects(look(lockOf(before), lockOf({ a: { version: "1.0.1", integrity: "sha512-b" } })))).toEqual(["holds"]);
});

test.each([
  ["leaves the registry", { a: { version: "1.0.0" } }, { a: { version: "1.0.0", resolved: "git+ssh://git@github.com/acme/a.git#0123456" } }, "no longer comes from the registry"],
  ["starts to run code on install", { a: { version: "1.0.0" } }, { a: { version: "1.0.1", hasInstallScript: true } }, "runs code on install"],
  ["goes back", { a: { version: "2.0.0" } }, { a: { version: "1.0.0" } }, "goes back to an older version"],
])("a package that %s is a note", (_, base, head, words) => {
  const seen = look(lockOf(base), lockOf(head));
  expect(effects(seen)).toEqual(["note"]);
  expect(seen[0]?.because).toContain(words);
});

test("a manifest without its lock file is a note; with it, or outside its workspaces, nothing", () => {
  const [before, after] = ['{"dependencies":{"a":"^1"}}', '{"dependencies":{"a":"^2"}}'];
  const lock = npmLock({ a: { version: "1.0.0" } });
  expect(look({ "package.json": before, "package-lock.json": lock }, { "package.json": after, "package-lock.json": lock })).toMatchObject([{ effect: "note", because: expect.stringContaining("did not follow") as string }]);
  expect(effects(look({ "package.json": before, "package-lock.json": lock }, { "package.json": after, "package-lock.json": npmLock({ a: { version: "2.0.0" } }) }))).toEqual(["holds"]);
  expect(look({ "examples/x/package.json": before, "package-lock.json": lock }, { "examples/x/package.json": after, "package-lock.json": lock })).toEqual([]);
  const workspace = JSON.stringify({ packages: { "packages/x": {} } });
  expect(look({ "packages/x/package.json": before, "package-lock.json": workspace }, { "packages/x/package.json": after, "package-lock.json": workspace })).toHaveLength(1);
});

test("a deleted lock file is a note, unless another takes its place", () => {
  const lock = lockOf({ a: { version: "1.0.0" } });
  expect(look(lock, {})).toMatchObject([{ effect: "note", because: "package-lock.json is deleted: versions are no longer pinned." }]);
  expect(effects(look(lock, { "yarn.lock": 'a@^1:\n  version "1.0.0"\n' }))).toEqual(["holds"]);
});

test("a lock file that can't be read is said, and hides no other", () => {
  const seen = look({ "package-lock.json": "{}", "Cargo.lock": '[[package]]\nname = "a"\nversion = "2.0.0"\n' }, { "package-lock.json": "{ broken", "Cargo.lock": '[[package]]\nname = "a"\nversion = "1.0.0"\n' });
  expect(effects(seen)).toEqual(["note", "note"]);
  expect(seen.some(({ because }) => because.includes("package-lock.json is not valid"))).toBe(true);
});

test("without a lock file or manifest there is nothing to say", () => {
  expect(look({ "src/a.ts": "1" }, { "src/a.ts": "2" })).toEqual([]);
});
