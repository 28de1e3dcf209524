import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { unwritableOutput } from "./errors.ts";

let said = false;

/** Whether the one document that a command owes was handed over, to standard output or to a file. */
export const documentWritten = (): boolean => said;

/** Writes one document to standard output, or whole or not at all to a file. */
export async function write(text: string, out: unknown): Promise<void> {
  if (typeof out !== "string") {
    said = true;
    await new Promise<void>((done) => process.stdout.write(text, () => done()));
    return;
  }
  const file = resolve(out);
  const partial = `${file}.partial-${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(partial, text);
    await rename(partial, file);
    said = true;
  } catch (error) {
    throw unwritableOutput({ file: out, says: error instanceof Error ? error.message : String(error) }, error);
  }
}
