import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asNobody } from "../../../../../tests/support/as-nobody.ts";
import { findReports, withFiles } from "./declared-command.ts";

it.each([
  ["a file", ["test/a.js"], ".", "run 'test/a.js'"],
  ["a file of a package", ["packages/x/a.js"], "packages/x", "run 'a.js'"],
  ["odd names", ["it's $(x).js"], ".", "run 'it'\\''s $(x).js'"],
  ["a name like an option", ["--config=x.js", "packages/-e.js"], ".", "run './--config=x.js' 'packages/-e.js'"],
  ["no file", [], ".", "run "],
])("a declared command is given %s", (_, files, packageDir, expected) => expect(withFiles("run {files}", files, packageDir)).toBe(expected));

it.skipIf(process.platform === "win32")("a folder that only another user may open is named, and the reports beside it are found", async () => {
  const root = mkdtempSync(join(tmpdir(), "reports-"));
  for (const folder of ["out/a", "out/closed"]) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, "junit.xml"), "");
  }
  const run = { setup: { packageDir: "." }, workspace: { root } };
  expect(await asNobody(root, () => findReports(run, "out/**/*.xml"))).toEqual({ paths: ["out/a/junit.xml", "out/closed/junit.xml"], closed: [] });
  chmodSync(join(root, "out/closed"), 0o000);
  expect(await asNobody(root, () => findReports(run, "out/**/*.xml"))).toEqual({ paths: ["out/a/junit.xml"], closed: ["out/closed"] });
});
