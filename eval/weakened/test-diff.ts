import { execFileSync } from "node:child_process";
import { fileKind } from "../../packages/core/src/change/index.ts";

/** Changed lines of one file, without context. */
export interface FileLines {
  readonly path: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** One commit as its diff to its only parent shows it. */
export interface CommitLines {
  readonly commit: string;
  readonly subject: string;
  readonly files: readonly FileLines[];
}

const GOVERNS_TESTS = /(?:^|\/)(?:package\.json|\.?(?:nyc|c8|taprc|mocharc|jest|vitest|vite|karma|ava|stryker|wallaby|codecov|coverage)[\w.-]*|pytest\.ini|tox\.ini|setup\.cfg|pyproject\.toml|jasmine\.json|\.coveragerc)$/;

/** True for tests, snapshots, and the configuration that decides which of them run and what they must reach. */
export const isTestPath = (path: string): boolean => ["test", "snapshot"].includes(fileKind(path));
export const governsTests = (path: string): boolean => GOVERNS_TESTS.test(path) && !path.includes("node_modules/");

/** Programs, snapshots and configuration; leaves out pictures and archives, which snapshots of large repositories may lack. */
const READ = ["*.js", "*.cjs", "*.mjs", "*.jsx", "*.ts", "*.mts", "*.cts", "*.tsx", "*.vue", "*.py", "*.snap", "*.snapshot", "*.md", "*package.json", "*jasmine.json", "*rc.json", "*rc", "*.ini", "*.toml", "*.cfg", "*.yml", ":(exclude)docs/*"];

const FORMAT = ["-M", "-p", "-U0", "--no-color", "--no-ext-diff", "--no-textconv", "--format=%x01%H%x02%s"];

/** Every commit with one parent that is reachable from `revision` and not older than `since`, newest first. */
export const commitsOf = (clone: string, revision: string, since: string): CommitLines[] => readLog(clone, [revision, `--since=${since}`, "--no-merges", "--max-parents=1", "--min-parents=1"]);

/** One commit; without files when it touches nothing that is read. */
export const linesOf = (clone: string, commit: string): CommitLines => readLog(clone, ["--no-walk", commit])[0] ?? { commit, subject: "", files: [] };

function readLog(clone: string, which: readonly string[]): CommitLines[] {
  const text = execFileSync("git", ["-C", clone, "-c", "core.quotePath=false", "log", ...which, ...FORMAT, "--", ...READ], { maxBuffer: 1 << 30 }).toString("latin1");
  return text.split("\u0001").slice(1).map(parseCommit);
}

function parseCommit(text: string): CommitLines {
  const [head = "", ...rest] = text.split("\n");
  const [commit = "", subject = ""] = head.split("\u0002");
  const files: { path: string; removed: string[]; added: string[] }[] = [];
  let inHunk = false;
  for (const line of rest) {
    if (line.startsWith("diff --git ")) {
      files.push({ path: line.slice(line.lastIndexOf(" b/") + 3), removed: [], added: [] });
      inHunk = false;
    } else if (line.startsWith("@@")) inHunk = true;
    else if (inHunk && line.startsWith("+")) files.at(-1)?.added.push(line.slice(1));
    else if (inHunk && line.startsWith("-")) files.at(-1)?.removed.push(line.slice(1));
  }
  return { commit, subject: Buffer.from(subject, "latin1").toString("utf8"), files };
}
