import { isTestSide, type Change, type ChangedFile } from "#change";

/**
 * Files of which the change alters nothing but the project's own version number: the manifest of a release, its lock file, a `version.ts`. A test that
 * prints the version tells which commit it ran on and nothing about behaviour, so the broken side takes them from the head.
 */
export function versionMarks({ files }: Pick<Change, "files">): readonly string[] {
  const steps = versionSteps({ files });
  if (steps.length === 0) return [];
  return files.filter((file) => !isTestSide(file) && file.status === "modified" && steps.some((step) => marksOnly(file, step))).map((file) => file.path);
}

/** The project's own version numbers a change replaces: what a test prints that tells nothing but the commit it ran on. */
export const versionSteps = ({ files }: Pick<Change, "files">): readonly Step[] => files.flatMap((file) => (isManifest(file.path) ? stepsOf(file) : []));

/** From one version to the next. */
interface Step {
  readonly from: string;
  readonly to: string;
}

const isManifest = (path: string): boolean => /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.cfg|Cargo\.toml)$/.test(path);

/** `"version": "1.0.0"` and `version = "1.0.0"`. */
const VERSION = /^\s{0,20}"?version"?\s{0,4}[:=]\s{0,4}["']?(\d[\w.+-]{0,60})["']?,?\s{0,4}$/;

function stepsOf(file: ChangedFile): readonly Step[] {
  return pairsOf(file).flatMap(([before, after]) => {
    const [from, to] = [VERSION.exec(before)?.[1], VERSION.exec(after)?.[1]];
    return from !== undefined && to !== undefined && from !== to ? [{ from, to }] : [];
  });
}

/** True when every line that changed is the old one with the new number in it. */
function marksOnly(file: ChangedFile, { from, to }: Step): boolean {
  const lines = file.hunks.flatMap((hunk) => hunk.lines);
  const pairs = pairsOf(file);
  const changed = lines.filter((line) => line.op === "+" || line.op === "-").length;
  return changed > 0 && changed === 2 * pairs.length && pairs.every(([before, after]) => before.length < 2000 && before !== after && before.replaceAll(from, to) === after);
}

/** Removed and added lines that stand for each other, hunk by hunk; a hunk with more of one than of the other has none. */
function pairsOf(file: ChangedFile): readonly (readonly [string, string])[] {
  return file.hunks.flatMap(({ lines }) => {
    const [before, after] = (["-", "+"] as const).map((op) => lines.flatMap((line) => (line.op === op ? [line.text] : [])));
    return before && after && before.length === after.length ? before.map((text, index) => [text, after[index] ?? ""] as const) : [];
  });
}
