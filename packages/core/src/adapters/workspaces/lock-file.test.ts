import { describe, expect, it } from "vitest";
import { LOCK_KINDS, lockKey, requiredPackages, type LockKind } from "./lock-file.ts";
import { trustedScripts } from "./module-install.ts";

const kind = (file: string): LockKind => LOCK_KINDS.find((one) => one.file === file) ?? { file, manager: "npm" };
const npm = kind("package-lock.json");

describe("the key of a lock file", () => {
  const lock = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages });

  it("does not move with the versions of the repository's own packages", () => {
    const one = lock({ "": { version: "1.0.0" }, "packages/a": { version: "1.0.0" }, "node_modules/x": { version: "1.0.0" } });
    const two = lock({ "": { version: "2.0.0" }, "packages/a": { version: "2.0.0" }, "node_modules/x": { version: "1.0.0" } });
    expect(lockKey(npm, one)).toBe(lockKey(npm, two));
  });

  it("moves with a version, an integrity or a new package", () => {
    const keys = [{ version: "1.0.0" }, { version: "1.0.1" }, { version: "1.0.0", integrity: "x" }].map((x) => lockKey(npm, lock({ "node_modules/x": x })));
    expect(new Set([...keys, lockKey(npm, lock({}))]).size).toBe(4);
  });

  it("tells broken lock files apart by their text", () => {
    expect(lockKey(npm, "{ broken")).not.toBe(lockKey(npm, "{ also broken"));
  });

  it("ignores line ends in other managers' files", () => {
    expect(lockKey(kind("yarn.lock"), "a\r\nb")).toBe(lockKey(kind("yarn.lock"), "a\nb"));
  });
});

describe("reading npm's lock file", () => {
  it("expects what a complete installation must hold, not optional or linked packages", () => {
    const text = JSON.stringify({
      packages: { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "1.0.0", optional: true }, "node_modules/c": { link: true } },
    });
    expect([...requiredPackages(text)]).toEqual([["node_modules/a", "1.0.0"]]);
  });

  it("lets scripts run only for packages the checkout already holds with the same integrity", () => {
    const lock = (integrity: string): string =>
      JSON.stringify({
        packages: {
          "node_modules/@s/native": { version: "1.0.0", integrity, hasInstallScript: true },
          "node_modules/new": { version: "1.0.0", integrity: "n", hasInstallScript: true },
        },
      });
    const known = JSON.stringify({ packages: { "node_modules/@s/native": { version: "1.0.0", integrity: "same", hasInstallScript: true } } });
    expect(trustedScripts(lock("same"), known)).toEqual(["@s/native"]);
    expect(trustedScripts(lock("other"), known)).toEqual([]);
  });
});
