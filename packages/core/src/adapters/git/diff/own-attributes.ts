import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Git } from "../process/git.ts";
import { SAYS_DIFF } from "./headings.ts";

/** A file of attributes larger than this was not written by a person; it is taken to say something. */
const LARGEST = 1024 * 1024;

/**
 * Git reads `info/attributes` of the repository's own folder above all other attributes, and no setting stops it. Where that file says which lines are
 * shown, the same objects are read through a folder without it: what a change shows must not depend on whose machine looks. Elsewhere nothing is made.
 */
export function pastLocalAttributes({ place }: Git, folder: string): Readonly<Record<string, string>> {
  const common = dirname(place.objects);
  if (!saysDiff(join(common, "info", "attributes"))) return { GIT_DIR: place.gitDir };
  const dir = join(folder, "without-attributes");
  mkdirSync(join(dir, "refs"), { recursive: true });
  writeFileSync(join(dir, "HEAD"), "ref: refs/heads/none\n");
  // The format of the objects, and where a partial clone fetches them from.
  if (existsSync(join(common, "config"))) copyFileSync(join(common, "config"), join(dir, "config"));
  return { GIT_DIR: dir, GIT_OBJECT_DIRECTORY: place.objects };
}

function saysDiff(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) return false;
  return found.size > LARGEST || SAYS_DIFF.test(readFileSync(file, "utf8"));
}
