import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { repositoryUri } from "./identity.ts";

let dir: string | undefined;
afterEach(() => {
  if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
});

test.each([
  ["https://user:token@example.com/acme/shop.git", "git+https://example.com/acme/shop"],
  ["git@example.com:acme/shop.git", "git+ssh://example.com/acme/shop"],
  ["ssh://git@example.com/acme/shop", "git+ssh://example.com/acme/shop"],
])("a remote %s is named without credentials", async (remote, expected) => {
  dir = mkdtempSync(join(tmpdir(), "proofline-uri-"));
  execFileSync("git", ["init", "-q"], { cwd: dir });
  execFileSync("git", ["remote", "add", "origin", remote], { cwd: dir });
  expect(await repositoryUri(dir)).toBe(expected);
});
