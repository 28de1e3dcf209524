import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryUri } from "./identity.ts";

test.each([
  ["https://user:token@example.com/acme/shop.git", "git+https://example.com/acme/shop"],
  ["git@example.com:acme/shop.git", "git+ssh://example.com/acme/shop"],
  ["ssh://git@example.com/acme/shop", "git+ssh://example.com/acme/shop"],
])("a remote %s is named without credentials", async (remote, expected) => {
  const dir = mkdtempSync(join(tmpdir(), "proofline-uri-"));
  execFileSync("git", ["init", "-q"], { cwd: dir });
  execFileSync("git", ["remote", "add", "origin", remote], { cwd: dir });
  expect(await repositoryUri(dir)).toBe(expected);
});
