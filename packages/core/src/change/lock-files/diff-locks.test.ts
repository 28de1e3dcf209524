import fc from "fast-check";
import { expect, test } from "vitest";
import { compareVersions } from "./compare-versions.ts";
import { diffLocks, hashesConflict } from "./diff-locks.ts";
import type { LockedPackage, LockFile } from "./lock-file.ts";
import { isOpenRange, wantedAnew, wantedBy } from "./manifest.ts";

const item = (name: string, version: string, over: Partial<LockedPackage> = {}): LockedPackage => ({ name, version, source: "registry", hashes: [], ...over });
const lock = (...packages: LockedPackage[]): LockFile => ({ ecosystem: "npm", format: "package-lock", packages });
const names = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name);

test("says what was added, removed, upgraded and downgraded", () => {
  const diff = diffLocks(lock(item("a", "1.0.0"), item("b", "2.0.0"), item("c", "1.0.0")), lock(item("a", "1.1.0"), item("b", "1.9.0"), item("d", "1.0.0")));
  expect([diff.added, diff.removed, diff.upgraded, diff.downgraded].map(names)).toEqual([["d"], ["c"], ["a"], ["b"]]);
});

test("several versions side by side are never a downgrade", () => {
  const diff = diffLocks(lock(item("a", "1.0.0"), item("a", "3.0.0")), lock(item("a", "1.0.0"), item("a", "2.0.0")));
  expect(diff.downgraded).toEqual([]);
});

test("the same version with other content is found, a better algorithm or one more file is not", () => {
  expect(names(diffLocks(lock(item("a", "1.0.0", { hashes: ["sha512-a"] })), lock(item("a", "1.0.0", { hashes: ["sha512-b"] }))).tampered)).toEqual(["a"]);
  expect(hashesConflict(["sha1-a"], ["sha512-b"])).toBe(false);
  expect(hashesConflict(["sha256-a"], ["sha256-a", "sha256-b"])).toBe(false);
  expect(hashesConflict(["sha1-a", "sha512-a"], ["sha1-a", "sha512-b"])).toBe(true);
});

test("leaving the registry, new install scripts and unpinned sources are found once each", () => {
  const diff = diffLocks(lock(item("a", "1.0.0"), item("s", "1.0.0", { hasInstallScript: true })), lock(item("a", "main", { source: "git" }), item("s", "1.0.1", { hasInstallScript: true }), item("t", "1.0.0", { hasInstallScript: true })));
  expect(names(diff.resourced)).toEqual(["a"]);
  expect(names(diff.installScripts)).toEqual(["t"]);
  expect(names(diff.unpinned)).toEqual(["a"]);
});

const anyLock = fc.array(fc.record({ name: fc.constantFrom("a", "b", "c"), version: fc.constantFrom("1.0.0", "1.1.0", "2.0.0-rc.1", "2.0.0") })).map((list) => lock(...list.map(({ name, version }) => item(name, version, { hashes: [`sha512-${name}${version}`] }))));

test("nothing differs from itself, and turning a comparison round turns its words round", () => {
  fc.assert(
    fc.property(anyLock, anyLock, (before, after) => {
      expect(Object.values(diffLocks(before, before)).flat()).toEqual([]);
      const [there, back] = [diffLocks(before, after), diffLocks(after, before)];
      expect(there.added.map(({ name, version }) => name + version).length - there.removed.length).toBe(back.removed.length - back.added.length);
      expect(there.tampered).toEqual([]);
    }),
  );
});

test("versions are compared by meaning", () => {
  const sorted = ["0.9", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.10", "v1.10.0"];
  for (const [at, version] of sorted.entries()) for (const [other, later] of sorted.entries()) expect(Math.sign(compareVersions(version, later))).toBe(Math.sign(at - other));
  expect(compareVersions("3.0.post1", "3.0.post2")).toBeLessThan(0);
  expect(compareVersions("2024.1.0.4", "2024.1.0.12")).toBeLessThan(0);
});

test("a manifest's wishes are compared without the local ones", () => {
  const [base, head] = [wantedBy('{"dependencies":{"a":"^1","own":"workspace:*"}}'), wantedBy('{"dependencies":{"a":"^2","own":"workspace:^"},"devDependencies":{"b":"*"}}')];
  expect(base && head && wantedAnew(base, head)).toEqual([{ name: "a", range: "^2" }, { name: "b", range: "*" }]);
  expect(wantedBy("{ broken")).toBeUndefined();
});

test.each([["*", true], ["latest", true], [">=0", true], ["acme/core", true], ["github:acme/core#main", true], ["git+https://x/core.git", true], ["acme/core#0123456", false], ["github:acme/core#v1.2.0", false], ["^1.2.0", false], ["~1", false], ["npm:other@1", false]])("an open range? %s: %s", (range, open) => {
  expect(isOpenRange(range)).toBe(open);
});
