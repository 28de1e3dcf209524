import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { atMost, reported, type Figure } from "../figure.ts";
import { makeSyntheticRepo, modulePath } from "../synthetic-repo.ts";
import { timeProcesses, type Command } from "../time-process.ts";
import { cli } from "./check.ts";

const FILES = 2_000;
const BYTES = 50 * 1024 * 1024;

/** A change of five files joined with an lcov report of 50 MB about all files of the repository. */
export function coverage(): Figure[] {
  const repo = makeSyntheticRepo(FILES, 5);
  try {
    const report = join(repo.dir, "big.lcov");
    const memory = join(repo.dir, "memory");
    writeReport(report);
    // Node's own figure for the whole life of the process, written as it ends.
    const watch = join(repo.dir, "watch.mjs");
    writeFileSync(watch, `import { writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)));`);
    const base = ["check", "--repo", repo.dir, "--base", "HEAD~1", "--head", "HEAD", "--no-run", "--gate", "local", "--format", "json"];
    const joined: Command = { file: process.execPath, args: ["--import", pathToFileURL(watch).href, cli, ...base, "--evidence", report], accept: [1, 3] };
    const plain: Command = { file: process.execPath, args: [cli, ...base], accept: [1, 3] };
    const reading: Command = { file: process.execPath, args: ["-e", `for (const line of require("fs").readFileSync(${JSON.stringify(report)}, "latin1").split("\\n")) line.charCodeAt(0)`] };
    refuseUnread(joined);
    const [withReport = 0, without = 0, bytes = 0] = timeProcesses([joined, plain, reading], 3);
    const megabytes = Number(readFileSync(memory, "utf8")) / 1024;
    return [
      atMost("coverage join, lcov of 50 MB, memory", megabytes, 300, "MB", `${(statSync(report).size / 1024 / 1024).toFixed(0)} MB on disk`),
      reported("coverage join, lcov of 50 MB", withReport, "ms", `the same check without it ${without.toFixed(0)} ms`),
      reported("coverage join over reading its lines", (withReport - without) / bytes, "x", `node that splits the file into lines, ${bytes.toFixed(0)} ms`),
    ];
  } finally {
    repo.remove();
  }
}

/** A report that was passed over costs nothing. */
function refuseUnread({ file, args }: Command): void {
  const { stdout, stderr } = spawnSync(file, args, { encoding: "utf8", env: { ...process.env, CI: "" }, maxBuffer: 1 << 28 });
  const { evidence } = JSON.parse(stdout || "{}") as { readonly evidence?: readonly { readonly says: string }[] };
  if (!evidence?.some((item) => item.says.includes(`coverage of ${FILES} files`))) throw new Error(`the report was not read: ${stderr || JSON.stringify(evidence)}`);
}

function writeReport(path: string): void {
  rmSync(path, { force: true });
  const file = openSync(path, "w");
  const perFile = BYTES / FILES;
  for (let n = 0; n < FILES; n += 1) {
    const lines: string[] = ["TN:", `SF:${modulePath(n)}`];
    for (let line = 1, size = 0; size < perFile; line += 1) {
      const text = line % 6 === 0 ? `BRDA:${line},0,${line % 2},${n % 3}` : `DA:${line},${(line * n) % 9}`;
      lines.push(text);
      size += text.length + 1;
    }
    writeSync(file, `${lines.join("\n")}\nend_of_record\n`);
  }
  closeSync(file);
}
