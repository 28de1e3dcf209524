import { createHash, randomUUID } from "node:crypto";
import { mkdir, realpath, writeFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { Attachment, TestCase } from "#evidence";
import { readPlain } from "./plain-file.ts";

const LARGEST = 200 * 1024 * 1024;
/** Of all files of one run together. */
const MOST_BYTES = 2 * 1024 ** 3;

/**
 * Copies what tests left to look at into a folder of the user's, under names of ours. Only plain files of the tree and its scratch folder are taken: where a
 * test says a file lies is its own word, and the rest of the machine is none of its business.
 */
export async function keepAttachments(cases: readonly TestCase[], { keep, from }: { readonly keep: string; readonly from: readonly string[] }): Promise<readonly TestCase[]> {
  const inside = await Promise.all(from.map((folder) => realpath(folder).catch(() => folder)));
  const kept: TestCase[] = [];
  let left = MOST_BYTES;
  for (const { attachments, ...test } of cases) {
    const own: Attachment[] = [];
    for (const one of attachments ?? []) {
      const bytes = await takeFile(one.path, inside, Math.min(LARGEST, left));
      if (bytes === undefined) continue;
      left -= bytes.length;
      own.push(await put(one, bytes, keep));
    }
    kept.push(own.length > 0 ? { ...test, attachments: own } : test);
  }
  return kept;
}

async function takeFile(path: string, inside: readonly string[], limit: number): Promise<Buffer | undefined> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || !inside.some((folder) => real.startsWith(folder + sep))) return undefined;
  return (await readPlain(real, limit))?.bytes;
}

async function put({ name, type }: Attachment, bytes: Buffer, keep: string): Promise<Attachment> {
  const digest = createHash("sha256").update(bytes).digest("hex");
  const file = `${slug(name)}-${digest.slice(0, 12)}${endingOf(type)}`;
  await mkdir(keep, { recursive: true });
  // Twice the same picture is one file.
  await writeFile(join(keep, file), bytes, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return { name, type, path: file, digest: `sha256:${digest}`, bytes: bytes.length };
}

const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 40) || randomUUID();

/** A name a browser opens by itself, and never one a test chose. */
const ENDINGS: Readonly<Record<string, string>> = { "application/zip": ".zip", "image/png": ".png", "image/jpeg": ".jpg", "video/webm": ".webm", "text/plain": ".txt", "text/markdown": ".md", "application/json": ".json" };
const endingOf = (type: string): string => ENDINGS[type] ?? extname(`x.${/^[a-z]+\/([a-z0-9]{1,8})$/.exec(type)?.[1] ?? "bin"}`);
