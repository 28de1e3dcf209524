import { realpath } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { readPlain } from "./plain-file.ts";

/** A program of an installed package. */
export interface Tool {
  /** Absolute path of its script. */
  readonly script: string;
  readonly folder: string;
  readonly version: string;
}

/** Looks for a package from a folder upwards to the tree's root, as Node does, but never above it. A runner tests itself: its own tree is where it is. */
export async function findTool(root: string, from: string, name: string): Promise<Tool | undefined> {
  for (let folder = from; !relative(root, folder).startsWith(".."); folder = dirname(folder)) {
    const found = await readTool(join(folder, "node_modules", name), name);
    if (found) return found;
    const itself = await readTool(folder, name, true);
    if (itself) return itself;
    if (folder === root) break;
  }
  return undefined;
}

async function readTool(folder: string, name: string, named = false): Promise<Tool | undefined> {
  const path = await realpath(join(folder, "package.json")).catch(() => undefined); // some package managers link every file
  const found = path === undefined ? undefined : await readPlain(path, MANIFEST_LIMIT);
  const manifest = found && readManifest(found.bytes.toString("utf8"));
  if (!manifest || (named && manifest.name !== name)) return undefined;
  const bin = typeof manifest.bin === "string" ? manifest.bin : binOf(manifest.bin, name);
  return { script: join(folder, bin ?? "index.js"), folder: await realpath(folder), version: typeof manifest.version === "string" ? manifest.version : "" };
}

const MANIFEST_LIMIT = 4 * 1024 * 1024;

function readManifest(text: string): { readonly name?: unknown; readonly version?: unknown; readonly bin?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // a tree may bring anything under this name; a package that can't be read is not installed
  }
}

function binOf(bin: unknown, name: string): string | undefined {
  if (typeof bin !== "object" || bin === null) return undefined;
  const entries = Object.entries(bin).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return (entries.find(([key]) => key === name) ?? entries[0])?.[1];
}
