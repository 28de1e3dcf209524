import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allChecks } from "../../packages/core/src/checks/index.ts";
import { openOperations } from "../../packages/core/src/compose.ts";
import { DEFAULT_INPUT } from "../../packages/core/src/operations/index.ts";

const CHECK = "tests/weakened";

/** True once there is a check to measure. */
export const checkExists = (): boolean => allChecks.some((check) => check.id === CHECK);

/** What the check said about one commit: its strongest effect, notes left out, and the files it named. */
export interface Said {
  readonly effect: "none" | "ask" | "block";
  readonly files: readonly string[];
  /** The first sentences, for a person who wants to know what an alarm was about. */
  readonly because: readonly string[];
  /** What the check calls the edits it asked about or held. */
  readonly kinds: readonly string[];
}

/** The check, asked about commits of one clone. */
export interface Asker {
  /** Compares a commit with its first parent as a pull request would be; runs nothing. Throws where the clone lacks what is needed. */
  ask(commit: string): Promise<Said>;
  close(): Promise<void>;
}

/** Works in a throw-away clone that borrows the objects, so that no verdict is recorded in the given one. */
export async function openAsker(clone: string): Promise<Asker> {
  const folder = mkdtempSync(join(tmpdir(), "proofline-weakened-"));
  execFileSync("git", ["clone", "--quiet", "--bare", "--shared", clone, join(folder, "bare")]);
  const operations = await openOperations({ dir: join(folder, "bare"), env: {}, progress: { says: () => {}, done: () => {} }, signal: new AbortController().signal });
  return {
    ask: async (commit) => {
      const { verdict } = await operations.assessChange({ ...DEFAULT_INPUT, base: `${commit}^1`, head: { kind: "commit", rev: commit }, gate: "pull-request", only: [CHECK], run: false });
      const alarms = verdict.findings.filter((finding) => finding.check === CHECK && finding.answer !== "holds" && finding.effect !== "note");
      const effect = alarms.some((finding) => finding.effect === "block") ? "block" : alarms.length > 0 ? "ask" : "none";
      return { effect, files: alarms.flatMap((finding) => finding.places.map((place) => place.file)), because: alarms.map((finding) => finding.because), kinds: [...new Set(alarms.map((finding) => String(finding.details?.["kind"])))] };
    },
    close: async () => {
      await operations.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
