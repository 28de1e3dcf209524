import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openModuleCache, type GiveBack, type ModuleCache } from "./module-cache.ts";
import { self } from "./process-owner.ts";

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

const entryOf = (): string => join(folder, "cache", readdirSync(join(folder, "cache")).find((name) => name.startsWith("m-")) ?? "");
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

  it.each([
    ["its note is empty", (entry: string) => writeFileSync(join(entry, "kept.json"), "")],
    ["its note is cut short", (entry: string) => writeFileSync(join(entry, "kept.json"), '{"root":"/x","di')],
    ["its note is another", (entry: string) => writeFileSync(join(entry, "kept.json"), '{"root":"/x"}')],
    ["its note is gone", (entry: string) => rmSync(join(entry, "kept.json"))],
    ["its packages are gone", (entry: string) => rmSync(join(entry, "0"), { recursive: true })],
  ])("count as absent where %s, and are kept anew", async (_, damage) => {
    const installed = tree();
    mkdirSync(join(installed, "node_modules/dep"), { recursive: true });
    writeFileSync(join(installed, "node_modules/dep/index.js"), "x");
    await cache.keep("installed", installed, ["."]);
    damage(entryOf());
    expect(await cache.restore("installed", { root: tree(), mayLink: true })).toBeUndefined();
    await cache.keep("installed", installed, ["."]);
    const next = tree();
    expect(await cache.restore("installed", { root: next, mayLink: true })).toBeDefined();
    expect(readFileSync(join(next, "node_modules/dep/index.js"), "utf8")).toBe("x");
  });

  it("are the same files for one process alone: a second one gets copies, and a dead one is no second one", async () => {
    await lend(tree());
    const mark = (pid: number): void => writeFileSync(join(entryOf(), `used-${pid}-0-${self().host}`), "");
    mark(process.ppid);
    const second = tree();
    const giveBack = await lend(second);
    expectPackages(second);
    expect(statSync(join(second, "node_modules/dep/index.js")).nlink).toBe(1);
    await giveBack();
    expect(existsSync(join(second, "node_modules/dep"))).toBe(true); // a copy is nobody else's
    rmSync(join(entryOf(), `used-${process.ppid}-0-${self().host}`));
    mark(2 ** 22 + 1);
    const third = tree();
    await lend(third);
    expect(statSync(join(third, "node_modules/dep/index.js")).nlink).toBeGreaterThan(1);
  });

  it("do not come back as a piece when another process took them away meanwhile", async () => {
    const giveBack = await lend(tree());
    const entry = entryOf();
    rmSync(entry, { recursive: true });
    await giveBack().catch(() => undefined);
    expect(existsSync(entry)).toBe(false);
  });

  it("make room for others, and for nothing that is not theirs", async () => {
    const old = new Date(0);
    for (const name of ["new-feature", "m-notes"]) {
      mkdirSync(join(folder, "cache", name), { recursive: true });
      utimesSync(join(folder, "cache", name), old, old);
    }
    for (let key = 0; key < 6; key += 1) await cache.keep(`key ${key}`, checkout, ["."]);
    const names = readdirSync(join(folder, "cache"));
    expect(names.filter((name) => /^m-[0-9a-f]{32}$/.test(name))).toHaveLength(4);
    expect(names).toEqual(expect.arrayContaining(["new-feature", "m-notes"]));
  });

  it("are kept nowhere where the place is a link, which a branch may have brought along", async () => {
    mkdirSync(join(folder, "elsewhere"));
    symlinkSync(join(folder, "elsewhere"), join(folder, "cache"));
    await cache.keep("key", checkout, ["."]);
    expect(await mirror(tree())).toBeUndefined();
    expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
  });

  it("are kept at most twice, and what a process left that died while it moved them goes", async () => {
    const back = [await lend(tree()), await lend(tree()), await lend(tree())];
    const entry = entryOf();
    expect(readFileSync(join(folder, "cache/.gitignore"), "utf8")).toBe("*\n");
    mkdirSync(join(entry, "lent-dead"));
    utimesSync(join(entry, "lent-dead"), 0, 0);
    for (const giveBack of back) await giveBack();
    expect(readdirSync(entry).filter((name) => /^(spare|lent)-/.test(name)).map((name) => name.slice(0, 5))).toEqual(["spare", "spare"]);
  });
});
