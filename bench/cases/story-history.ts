import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atMost, reported, type Figure } from "../figure.ts";
import { git } from "../synthetic-repo.ts";
import { measureProcesses, type Command, type Taken } from "../time-process.ts";
import { cli } from "./check.ts";

const STORIES = 300;
const CRITERIA = 8;
const COMMITS = 12_000;
/** Every third commit edits one story. */
const EDITS = 3;

/** `spec history` of 4,000 edits to 300 stories in 12,000 commits, against `git log -p` over the same files and a Node that does nothing. */
export function storyHistory(): Figure[] {
  const dir = mkdtempSync(join(tmpdir(), "proofline-bench-"));
  try {
    makeHistory(dir);
    const args = [cli, "spec", "history", "--repo", dir, "--format", "json"];
    const edits = refuseEmpty(args);
    const log: Command = { file: "git", args: ["-C", dir, "log", "-p", "--", "proofline/stories"] };
    const idle: Command = { file: process.execPath, args: ["-e", "0"] };
    const forget = (): void => rmSync(join(dir, ".proofline"), { recursive: true, force: true });
    const [cold = NOTHING, all = NOTHING, one = NOTHING, at = NOTHING, git0 = NOTHING, node = NOTHING] = measureProcesses([{ file: process.execPath, args, before: forget }, { file: process.execPath, args }, { file: process.execPath, args: [...args, "ST-story-7#AC-3"] }, { file: process.execPath, args: [cli, "spec", "at", "v-half", "--repo", dir, "--format", "json"] }, log, idle], 3);
    const about = `git log -p over the stories + node -e 0, ${edits} changes in ${COMMITS.toLocaleString("en")} commits`;
    const ratio = (took: Taken, key: keyof Taken): number => took[key] / (git0[key] + node[key]);
    return [
      atMost("spec history, first", ratio(cold, "wallMs"), 2, "x", about),
      reported("spec history, first, processor", ratio(cold, "cpuMs"), "x", "the same in processor time"),
      atMost("spec history", ratio(all, "wallMs"), 2, "x", about),
      reported("spec history, processor", ratio(all, "cpuMs"), "x", "the same in processor time"),
      atMost("spec history of one criterion", ratio(one, "wallMs"), 2, "x", about),
      reported("spec at", at.wallMs, "ms", `${STORIES} stories`),
      reported("git log -p over the stories", git0.wallMs, "ms", "by itself"),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const NOTHING: Taken = { wallMs: 0, cpuMs: 0 };

/** A history that found nothing is fast. */
function refuseEmpty(args: readonly string[]): number {
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, CI: "" }, maxBuffer: 1 << 29 });
  const { entries = [] } = JSON.parse(stdout || "{}") as { readonly entries?: readonly { readonly news: readonly { readonly kinds: readonly string[] }[] }[] };
  const changed = entries.filter(({ news }) => news.some(({ kinds }) => kinds.includes("changed"))).length;
  if (changed !== COMMITS / EDITS) throw new Error(`not every edit was found: ${stderr || changed}`);
  return entries.flatMap(({ news }) => news).length;
}

const storyText = (n: number, edits: readonly number[]): string =>
  `---\nid: ST-story-${n}\ntitle: Page ${n} of the shop\nowner: "@acme/shop"\narea: checkout\ntargets:\n  - src/page${n}/**\n---\n\n## Intent\n\nAs a guest I want page ${n}.\n\n## Behaviour\n\n${edits.map((edit, k) => `### AC-${k + 1} · promised\n\nWhen a guest presses button ${k} of page ${n}, the shop shall show the total ${edit} within 200 ms.\n\n- Given a full cart\n- When the guest presses “Pay”\n- Then one charge is made\n`).join("\n")}\n## Constraints\n\n- C-1: the page answers in under 800 ms at p95\n`;

/** One stream for Git's own importer: modules and stories first, then commits that edit a module, every third a story as well; every tenth came by a merge. */
function makeHistory(dir: string): void {
  git(dir, "init", "-q", "-b", "main");
  const stories = Array.from({ length: STORIES }, () => Array.from({ length: CRITERIA }, () => 0));
  const parts: string[] = [];
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const file = (path: string, text: string): string => `M 100644 inline ${path}\n${data(text)}`;
  const person = (at: number): string => `author Ada <ada@example.org> ${1_700_000_000 + at * 60} +0000\ncommitter Ada <ada@example.org> ${1_700_000_000 + at * 60} +0000\n`;
  parts.push(`commit refs/heads/main\nmark :1\n${person(0)}${data("feat: everything")}${stories.map((edits, n) => file(`proofline/stories/ST-story-${n}.md`, storyText(n, edits))).join("")}${Array.from({ length: 500 }, (_, n) => file(`src/page${n % 50}/part${n}.ts`, `export const part = ${n};\n`)).join("")}\n`);
  let mark = 1;
  for (let at = 1; at <= COMMITS; at += 1) {
    const n = (at * 7) % STORIES;
    const k = at % CRITERIA;
    const edits = stories[n];
    const edited = at % EDITS === 0 && edits !== undefined;
    if (edited) edits[k] = at;
    const files = file(`src/page${at % 50}/part${at % 500}.ts`, `export const part = ${at};\n`) + (edited ? file(`proofline/stories/ST-story-${n}.md`, storyText(n, edits)) : "");
    const merged = at % 10 === 0;
    parts.push(`commit refs/heads/${merged ? "side" : "main"}\nmark :${mark + 1}\n${person(at)}${data(merged ? `feat: part ${at}` : `feat: part ${at} (#${at})`)}from :${mark}\n${files}\n`);
    if (merged) parts.push(`commit refs/heads/main\nmark :${mark + 2}\n${person(at)}${data(`Merge pull request #${at} from side`)}from :${mark}\nmerge :${mark + 1}\n${files}\n`);
    mark += merged ? 2 : 1;
    if (at === COMMITS / 2) parts.push(`tag v-half\nfrom :${mark}\ntagger Ada <ada@example.org> 1700000000 +0000\n${data("half")}`);
  }
  const { status, stderr } = spawnSync("git", ["-C", dir, "fast-import", "--quiet"], { input: parts.join(""), encoding: "utf8", maxBuffer: 1 << 29 });
  if (status !== 0) throw new Error(stderr);
  git(dir, "reset", "-q", "--hard", "main");
}
