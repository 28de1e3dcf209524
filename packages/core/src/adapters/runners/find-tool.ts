import { readFile, realpath } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

/** A program of an installed package. */
export interface Tool {
  /** Absolute path of its script. */
  readonly script: string;
  readonly folder: string;
  readonly version: string;
}

/** Looks for a package from a folder upwards to the tree's root, as Node does, but never above it. */
export async function findTool(root: string, from: string, name: string): Promise<Tool | undefined> {
  for (let folder = from; !relative(root, folder).startsWith(".."); folder = dirname(folder)) {
    const found = await readTool(join(folder, "node_modules", name), name);
    if (found) return found;
    if (folder === root) break;
  }
  return undefined;
}

async function readTool(folder: string, name: string): Promise<Tool | undefined> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = JSON.parse(text) as { version?: unknown; bin?: unknown };
  const bin = typeof manifest.bin === "string" ? manifest.bin : binOf(manifest.bin, name);
  return { script: join(folder, bin ?? "index.js"), folder: await realpath(folder), version: typeof manifest.version === "string" ? manifest.version : "" };
}

function binOf(bin: unknown, name: string): string | undefined {
  if (typeof bin !== "object" || bin === null) return undefined;
  const entries = Object.entries(bin).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return (entries.find(([key]) => key === name) ?? entries[0])?.[1];
}
