import { describe, expect, it } from "vitest";
import type { InstallRoot } from "./package-folders.ts";
import { LOCK_KINDS } from "./lock-file.ts";
import { startManager } from "./package-manager.ts";

const rootWith = (file: string, lockText: string, manager?: string): InstallRoot => {
  const lock = LOCK_KINDS.find((kind) => kind.file === file);
  return { dir: ".", key: "k", packages: [], lockText, ...(lock && { lock }), ...(manager !== undefined && { manager }) };
};
const nowhere = (): boolean => false;

describe("how a package manager is started", () => {
  it("takes the installed one", () => {
    expect(startManager(rootWith("pnpm-lock.yaml", "lockfileVersion: '9.0'\n"), () => true)).toEqual(["pnpm"]);
  });

  it("fetches exactly the declared version where it is not installed", () => {
    expect(startManager(rootWith("pnpm-lock.yaml", "lockfileVersion: '9.0'\n", "pnpm@9.1.4+sha512.abc"), nowhere)).toEqual(["npx", "--yes", "--package=pnpm@9.1.4", "--", "pnpm"]);
  });

  it.each([
    ["pnpm-lock.yaml", "lockfileVersion: '9.0'\n", "pnpm@10"],
    ["pnpm-lock.yaml", "lockfileVersion: '6.0'\n", "pnpm@8"],
    ["pnpm-lock.yaml", "lockfileVersion: 5.4\n", "pnpm@7"],
    ["pnpm-lock.yaml", "lockfileVersion: 5.3\n", "pnpm@6"],
    ["yarn.lock", "# yarn lockfile v1\n", "yarn@1.22.22"],
    ["yarn.lock", "__metadata:\n  version: 8\n", "@yarnpkg/cli-dist@4"],
  ])("reads the release from the lock file's format: %s %j", (file, text, wanted) => {
    expect(startManager(rootWith(file, text), nowhere)).toContain(`--package=${wanted}`);
  });

  it.each(["pnpm@9; rm -rf /", "pnpm@latest", "pnpm@file:../evil", "left-pad@1.0.0", "yarn@../x"])("takes no other word of the manifest for a version: %s", (declared) => {
    expect(startManager(rootWith("pnpm-lock.yaml", "lockfileVersion: '9.0'\n", declared), nowhere)).toContain("--package=pnpm@10");
  });
});
