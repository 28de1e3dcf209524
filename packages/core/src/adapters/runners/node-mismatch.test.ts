import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeMismatch } from "./node-mismatch.ts";

const root = mkdtempSync(join(tmpdir(), "proofline-engines-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function manifest(folder: string, content: unknown): void {
  const path = join(root, folder, "package.json");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
}
manifest("node_modules/old", { name: "old", version: "1.0.0", engines: { node: ">=4" } });
manifest("node_modules/new", { name: "new", version: "8.2.0", engines: { node: ">=22.19.0" } });
manifest("node_modules/old/node_modules/@scope/inner", { name: "@scope/inner", version: "3.0.0", engines: { node: ">=24" } });
manifest("node_modules/odd", { name: "odd", engines: { node: "whatever" } });
manifest("node_modules/torn", "{");
const at = (path: string): string => `    at load (${root}/node_modules/${path}:3:1)`;
const ask = (...frames: string[]): Promise<string | undefined> => nodeMismatch(["TypeError: x", ...frames].join("\n"), { root, from: [root], version: "20.20.0" });

describe("whose Node this is not", () => {
  it("is the first package of the stack that asks for another", async () => {
    expect(await ask(at("old/index.js"), at("new/lib/a.js"))).toBe("new 8.2.0 needs Node >=22.19.0, this is 20.20.0");
    expect(await ask(`    at file://${root}/node_modules/old/node_modules/@scope/inner/x.mjs:1:2`)).toBe("@scope/inner 3.0.0 needs Node >=24, this is 20.20.0");
  });

  it("is nobody where all allow it, say nothing that can be read, or lie elsewhere", async () => {
    expect(await ask(at("old/index.js"), at("odd/a.js"), at("torn/a.js"), at("gone/a.js"))).toBeUndefined();
    expect(await ask(`    at load (/elsewhere/node_modules/new/a.js:1:1)`)).toBeUndefined();
  });

  it("is the project, where no package of the stack is to blame", async () => {
    manifest("", { name: "app", engines: { node: "^24" } });
    expect(await ask(at("old/index.js"))).toBe("the project needs Node ^24, this is 20.20.0");
    rmSync(join(root, "package.json"));
  });
});
