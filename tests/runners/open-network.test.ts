import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeProject, told } from "./fixture-project.ts";

const TOOLS = ["git", "node", "sh", "cat", "grep", "tr", "cut", "kill", "sleep", "chmod", "rm", "find", "env"];
const path = process.env["PATH"];
const bin = mkdtempSync(join(tmpdir(), "proofline-bin-"));

/** A machine that offers no namespaces, because no tool for them is there. */
beforeAll(() => {
  for (const tool of TOOLS) {
    const at = tool === "node" ? process.execPath : execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
    if (at.startsWith("/")) symlinkSync(at, join(bin, tool));
  }
  process.env["PATH"] = bin;
});
afterAll(() => {
  process.env["PATH"] = path;
  rmSync(bin, { recursive: true, force: true });
});

it("gives runs that share the machine's network a free port each, and says so", async () => {
  const project = makeProject([]);
  try {
    const body = "require('node:test')('listens', (_, done) => { const server = require('node:http').createServer().listen(process.env.PORT, '127.0.0.1', () => server.close(done)).on('error', done); });\n";
    const tree = project.commit({ "package.json": JSON.stringify({ scripts: { test: "node --test" } }), "a.test.js": body });
    const [one, other] = [await project.run(tree), await project.run(tree)];
    expect([told(one), told(other)]).toEqual([["listens: passed"], ["listens: passed"]]);
    expect(one.isolation).toMatch(/network open: this system offers no namespaces to us; PORT is \d+, free when it was assigned$/);
    expect(other.isolation).not.toBe(one.isolation);
  } finally {
    await project.remove();
  }
});
