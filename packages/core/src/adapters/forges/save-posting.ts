import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Posting } from "#operations";

/** Keeps what could not be posted, so that somebody with the right to post can read it. Returns where. */
export async function savePosting(posting: Posting, file: string): Promise<string> {
  await writeWhole(file, `${JSON.stringify({ schema: "proofline/posting/1", ...posting }, null, 2)}\n`);
  return file;
}

/** Writes a file whole or not at all. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}.part`;
  await writeFile(part, text);
  await rename(part, file);
}
