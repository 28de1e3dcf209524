import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readPlain } from "./plain-file.ts";
import { openResultFeed } from "./result-feed.ts";

const folder = mkdtempSync(join(tmpdir(), "plain-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

it("reads a plain file, up to its limit", async () => {
  writeFileSync(at("plain"), "12345");
  expect((await readPlain(at("plain"), 5))?.bytes.toString()).toBe("12345");
  expect(await readPlain(at("plain"), 4)).toBeUndefined();
  expect(await readPlain(at("missing"), 4)).toBeUndefined();
});

it.runIf(process.platform !== "win32")("reads nothing through a link, from a pipe, a device or a folder, and waits for none of them", async () => {
  symlinkSync(at("plain"), at("link"));
  execFileSync("mkfifo", [at("pipe")]);
  symlinkSync("/dev/zero", at("endless"));
  for (const name of ["link", "pipe", "endless", "."]) expect(await readPlain(at(name), 1000)).toBeUndefined();
  expect(await readPlain("/dev/zero", 1000)).toBeUndefined();
  expect(await openResultFeed(at("pipe")).read()).toEqual([]);
});
