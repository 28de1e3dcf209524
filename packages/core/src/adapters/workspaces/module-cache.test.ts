import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openModuleCache, type GiveBack, type ModuleCache } from "./module-cache.ts";

let folder = "";
let checkout = "";
let cache: ModuleCache;
let trees = 0;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "module-cache-test-")));
  checkout = join(folder, "checkout");
  cache = openModuleCache(join(folder, "cache"));
  put("node_modules/dep/index.js", "module.exports = 1");
  put("packages/a/index.js", "a");
  put("packages/a/node_modules/inner/index.js", "inner");
  mkdirSync(join(checkout, "node_modules/@x"), { recursive: true });
  symlinkSync("../../packages/a", join(checkout, "node_modules/@x/relative"));
  symlinkSync(join(checkout, "packages/a"), join(checkout, "node_modules/@x/absolute"));
  // What was installed a while ago, as it always is.
  const before = new Date(Date.now() - 60_000);
  for (const path of ["node_modules/dep/index.js", "packages/a/node_modules/inner/index.js"]) utimesSync(join(checkout, path), before, before);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

/** A tree with the project's own files and no packages. */
function tree(): string {
  const root = join(folder, `tree-${++trees}`);
  mkdirSync(join(root, "packages/a"), { recursive: true });
  return root;
}

const DIRS = [".", "packages/a"];
const mirror = (root: string, mayLink = true): Promise<GiveBack | undefined> => cache.mirror("key", checkout, DIRS, { root, mayLink });

async function lend(root: string): Promise<GiveBack> {
  const giveBack = await mirror(root);
  if (!giveBack) throw new Error("nothing was lent");
  return giveBack;
}

function expectPackages(root: string): void {
  expect(readFileSync(join(root, "node_modules/dep/index.js"), "utf8")).toBe("module.exports = 1");
  expect(readFileSync(join(root, "packages/a/node_modules/inner/index.js"), "utf8")).toBe("inner");
  expect(realpathSync(join(root, "node_modules/@x/relative"))).toBe(join(root, "packages/a"));
  expect(realpathSync(join(root, "node_modules/@x/absolute"))).toBe(join(root, "packages/a"));
}

const folderOf = (root: string): number => statSync(join(root, "node_modules/dep")).ino;

describe.runIf(process.platform === "linux")("kept packages", () => {
  it("have links that lead into the tree they come into, however often they moved", async () => {
    const [first, second, third] = [tree(), tree(), tree()];
    const giveBack = await lend(first);
    expectPackages(first);
    await lend(second);
    expectPackages(second);
    await giveBack();
    await lend(third);
    expectPackages(third);
  });

  it("are moved and not laid out again once they were given back", async () => {
    const [first, second] = [tree(), tree()];
    const giveBack = await lend(first);
    const laidOut = folderOf(first);
    mkdirSync(join(first, "node_modules/.vite"));
    await giveBack();
    expect(existsSync(join(first, "node_modules"))).toBe(false);
    await lend(second);
    expect(folderOf(second)).toBe(laidOut);
    expect(existsSync(join(second, "node_modules/.vite"))).toBe(false);
  });

  it("go to one tree only when two ask at once", async () => {
    const [first, second, third] = [tree(), tree(), tree()];
    await (await lend(first))();
    await Promise.all([lend(second), lend(third)]);
    for (const root of [second, third]) expectPackages(root);
    expect(folderOf(second)).not.toBe(folderOf(third));
  });

  it("are made anew when somebody wrote into a file they share", async () => {
    const [first, second, third] = [tree(), tree(), tree()];
    const giveBack = await lend(first);
    await lend(second);
    await giveBack();
    await new Promise((done) => setTimeout(done, 20));
    writeFileSync(join(second, "node_modules/dep/index.js"), "module.exports = 'by a test'");
    await lend(third);
    expectPackages(third);
    expectPackages(checkout);
  });

  it("follow what is installed in the checkout", async () => {
    await (await lend(tree()))();
    await new Promise((done) => setTimeout(done, 20));
    put("node_modules/dep/index.js", "module.exports = 2");
    const next = tree();
    await lend(next);
    expect(readFileSync(join(next, "node_modules/dep/index.js"), "utf8")).toBe("module.exports = 2");
  });

  it("are not shared with a tree that must be alone with them, nor taken back from it", async () => {
    expect(await mirror(tree(), false)).toBeUndefined();
    const installed = tree();
    mkdirSync(join(installed, "node_modules/dep"), { recursive: true });
    writeFileSync(join(installed, "node_modules/dep/index.js"), "x");
    await cache.keep("installed", installed, ["."]);
    const alone = tree();
    const giveBack = await cache.restore("installed", { root: alone, mayLink: false });
    await giveBack?.();
    expect(statSync(join(alone, "node_modules/dep/index.js")).nlink).toBe(1);
  });

  it("are kept at most twice, and what a process left that died while it moved them goes", async () => {
    const back = [await lend(tree()), await lend(tree()), await lend(tree())];
    const [entry = ""] = readdirSync(join(folder, "cache")).filter((name) => name.startsWith("m-")).map((name) => join(folder, "cache", name));
    expect(readFileSync(join(folder, "cache/.gitignore"), "utf8")).toBe("*\n");
    mkdirSync(join(entry, "lent-dead"));
    utimesSync(join(entry, "lent-dead"), 0, 0);
    for (const giveBack of back) await giveBack();
    expect(readdirSync(entry).filter((name) => /^(spare|lent)-/.test(name)).map((name) => name.slice(0, 5))).toEqual(["spare", "spare"]);
  });
});
