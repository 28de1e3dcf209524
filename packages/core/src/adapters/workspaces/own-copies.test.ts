import { lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkOwnPackages } from "./own-copies.ts";
import { findInstallRoots } from "./package-folders.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "own-copies-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Files = Readonly<Record<string, string>>;
const manifest = (name: string, more: object = {}): string => JSON.stringify({ name, version: "1.0.0", ...more });

/** Lays out a tree and what a package manager put into it, and links. */
async function linked(tree: Files, installed: Files): Promise<void> {
  for (const [path, text] of Object.entries({ ...tree, ...installed })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const paths = Object.keys(tree);
  await linkOwnPackages(root, await findInstallRoots(paths, (path) => Promise.resolve(tree[path])), paths);
}

const isLink = (path: string): boolean => lstatSync(join(root, path)).isSymbolicLink();
const leadsTo = (path: string): string => relative(root, realpathSync(join(root, path)));
const MONOREPO: Files = { "package.json": manifest("root", { private: true, workspaces: ["packages/*"] }), "packages/price/package.json": manifest("@x/price"), "packages/price/index.js": "ours" };
const SHOP = (range: string): Files => ({ ...MONOREPO, "packages/shop/package.json": manifest("@x/shop", { dependencies: { "@x/price": range } }) });
const COPY = (at: string): Files => ({ [`${at}/package.json`]: manifest("@x/price"), [`${at}/index.js`]: "theirs" });

describe("copies of the tree's own packages", () => {
  it.each(["file:../price", "file:../price/", "link:../price", "portal:../price", "workspace:*", "file:../../x-price-1.0.0.tgz"])("asked for as %s become links, hoisted or not", async (range) => {
    await linked(SHOP(range), { ...COPY("node_modules/@x/price"), ...COPY("packages/shop/node_modules/@x/price") });
    expect([leadsTo("node_modules/@x/price"), leadsTo("packages/shop/node_modules/@x/price")]).toEqual(["packages/price", "packages/price"]);
    expect(readFileSync(join(root, "node_modules/@x/price/index.js"), "utf8")).toBe("ours");
  });

  it("in pnpm's store become links", async () => {
    await linked(SHOP("workspace:*"), COPY("node_modules/.pnpm/@x+price@file+packages+price/node_modules/@x/price"));
    expect(leadsTo("node_modules/.pnpm/@x+price@file+packages+price/node_modules/@x/price")).toBe("packages/price");
  });

  it("packed and installed by hand become links to the root", async () => {
    await linked({ "package.json": manifest("price"), "index.js": "ours" }, { "node_modules/price/package.json": manifest("price"), "node_modules/.package-lock.json": JSON.stringify({ packages: { "node_modules/price": { version: "1.0.0", resolved: "file:price-1.0.0.tgz" } } }) });
    expect(leadsTo("node_modules/price")).toBe("");
  });

  it("of a folder that is no member of a workspace become links", async () => {
    await linked({ "package.json": manifest("shop", { dependencies: { price: "file:lib/price" } }), "lib/price/package.json": manifest("price") }, { "node_modules/price/package.json": manifest("price") });
    expect(leadsTo("node_modules/price")).toBe("lib/price");
  });

  it("take along what only they had installed", async () => {
    await linked(SHOP("file:../price"), { ...COPY("node_modules/@x/price"), "node_modules/@x/price/node_modules/left/index.js": "" });
    expect(readdirSync(join(root, "packages/price/node_modules"))).toEqual(["left"]);
  });
});

describe("what stays as it was installed", () => {
  it("a released version that was asked for by its number", async () => {
    const npm = { "node_modules/.package-lock.json": JSON.stringify({ packages: { "node_modules/@x/price": { version: "1.0.0", resolved: "https://registry.example/p.tgz" } } }) };
    await linked(SHOP("^1.0.0"), { ...COPY("node_modules/@x/price"), ...npm });
    expect(isLink("node_modules/@x/price")).toBe(false);
  });

  it("what leads out of the tree, by place or by name", async () => {
    await linked({ "package.json": manifest("shop", { dependencies: { price: "file:../elsewhere", "../../escape": "file:lib" } }), "lib/package.json": manifest("lib") }, { "node_modules/price/package.json": manifest("price") });
    expect(isLink("node_modules/price")).toBe(false);
  });

  it("notes nobody can read", async () => {
    await linked(SHOP("^1.0.0"), { ...COPY("node_modules/@x/price"), "node_modules/.package-lock.json": "[not json" });
    expect(isLink("node_modules/@x/price")).toBe(false);
  });
});
