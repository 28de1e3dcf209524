import { expect, test } from "vitest";
import type { Change, ChangedFile } from "#change";
import type { SecretScan, SecretSighting } from "#evidence";
import type { Facts } from "../../check.ts";
import { secret } from "./secret.ts";

const file = (path: string, kind: ChangedFile["kind"] = "source", text = "x"): ChangedFile => ({
  path,
  kind,
  status: "modified",
  binary: false,
  hunks: [{ baseStart: 0, baseCount: 0, headStart: 1, headCount: 1, heading: "", lines: [{ op: "+", text, line: 1 }] }],
  added: 1,
  deleted: 0,
  areas: [],
  packageDir: ".",
  symbols: [],
  behaviour: true,
  newLines: [1],
});
const sighting = (over: Partial<SecretSighting> = {}): SecretSighting => ({ rule: "stripe-key", what: "a live Stripe key", place: { file: "src/a.ts", line: 1, side: "head" }, masked: "sk_l…9x", hash: "h1", ...over });
const look = (files: readonly ChangedFile[], sightings?: readonly SecretSighting[]) => {
  const scan: SecretScan = { kind: "secret-scan", source: "ran", subject: "head", digest: "sha256:0", origin: "test", sightings: sightings ?? [] };
  const change = { files, baseName: "main", mergeBase: "0".repeat(40) } as unknown as Change;
  const facts: Facts = { change, intent: { areas: [] } as unknown as Facts["intent"], gate: "local", options: {}, evidence: sightings ? [scan] : [], unavailable: new Map(), text: () => undefined };
  return [...secret.look(facts)];
};

test.each([
  ["checked", "src/a.ts", "block"],
  ["checked", "test/a.test.ts", "block"],
  ["formatted", "src/a.ts", "block"],
  ["formatted", "docs/setup.md", "ask"],
  ["generated", "deploy/server.key", "block"],
  ["generated", "test/fixtures/server.key", "note"],
  ["likely", "src/a.ts", "ask"],
  ["likely", "examples/a.ts", "note"],
] as const)("a %s secret in %s: %s", (strength, path, effect) => {
  const [seen] = look([file(path)], [sighting({ strength, place: { file: path, line: 1 } })]);
  expect(seen).toMatchObject({ answer: "broken", effect });
  expect(seen?.ask !== undefined).toBe(effect === "ask");
});

test("what the repository itself calls a test is one, wherever it lies", () => {
  expect(look([file("src/keys.ts", "fixture")], [sighting({ strength: "generated", place: { file: "src/keys.ts", line: 1 } })])).toMatchObject([{ effect: "note" }]);
});

test("one secret in three places is one finding with three places, as strict as its strictest place", () => {
  const places = [{ file: "test/a.ts", line: 1 }, { file: "src/a.ts", line: 4 }, { file: "src/a.ts", line: 9 }];
  const seen = look([file("src/a.ts")], places.map((place) => sighting({ place })));
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ effect: "block", places, because: "test/a.ts adds a live Stripe key (sk_l…9x) and in 2 more places." });
});

test("two secrets are two findings", () => {
  expect(look([file("src/a.ts")], [sighting(), sighting({ hash: "h2" })])).toHaveLength(2);
});

test("a moved secret and one the base holds elsewhere are existing debt", () => {
  expect(look([file("src/a.ts")], [sighting({ place: { file: "src/old.ts", line: 1, side: "base" } }), sighting(), sighting({ hash: "h2", onBase: true })])).toMatchObject([{ answer: "holds" }]);
});

test("a deleted secret alone is no finding", () => {
  expect(look([file("src/a.ts")], [sighting({ place: { file: "src/a.ts", line: 1, side: "base" } })])).toMatchObject([{ answer: "holds" }]);
});

test("the fix says revoke before it says remove", () => {
  const fix = look([file("src/a.ts")], [sighting({ revoke: "Roll it at the vendor." })])[0]?.fix ?? "";
  expect(fix.indexOf("Revoke it first")).toBeLessThan(fix.indexOf("rewrite the commits"));
  expect(fix).toContain("Roll it at the vendor.");
});

test("a line that hints at a secret and was not scanned is unknown, never green", () => {
  expect(look([file("src/a.ts", "source", `const key = "${"xox"}b-1"`)])).toMatchObject([{ answer: "unknown" }]);
  expect(look([file("src/a.ts")])).toEqual([]);
});
