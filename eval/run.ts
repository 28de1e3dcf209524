// `npm run eval -- NAME [--data DIR] [--count N] [--work DIR] [--split dev|held-out|fresh|second] [--runs [--budget SECONDS]] [--json]`: accuracy on labelled data. Without a name: every evaluation whose data lies in the repository.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type Figure } from "./figure.ts";
import { noise } from "./noise/replay.ts";
import { judgeSecrets } from "./secrets/judge-secrets.ts";
import { judgeMutation } from "./mutation/judge-mutation.ts";
import { judgeRisk } from "./risk/judge-risk.ts";
import { judgeProofs } from "./red-green/judge-proofs.ts";
import { judgeControls } from "./red-green/controls/judge-controls.ts";
import { judgeSelection } from "./selection/judge-selection.ts";
import { judgeSpecLint } from "./spec-lint/judge-spec-lint.ts";
import { judgeTampering } from "./tampering/judge-tampering.ts";
import { judgeWeakened } from "./weakened/judge-weakened.ts";

const args = process.argv.slice(2);
const value = (flag: string): string | undefined => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
const json = args.includes("--json");
const asked = args.find((arg, index) => !arg.startsWith("--") && !["--data", "--count", "--work", "--split", "--only", "--budget"].includes(args[index - 1] ?? ""));
const data = value("--data");

const needsData = (name: string): Figure[] => {
  process.stderr.write(`${name}: give --data DIR, a folder of clones; eval/README.md says which\n`);
  return [];
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const evaluations: Readonly<Record<string, () => Promise<readonly Figure[]> | Figure[]>> = {
  noise: () => (data === undefined ? needsData("noise") : noise({ data, count: Number(value("--count") ?? 50), list: say })),
  secrets: () => (data === undefined ? needsData("secrets") : judgeSecrets({ data, say })),
  selection: async () => {
    if (data === undefined) return needsData("selection");
    const log = value("--work");
    return args.includes("--compare") ? (await import("./selection/compare.ts")).compareSelection({ data, count: Number(value("--count") ?? 8), say, ...(log !== undefined && { log }) }) : judgeSelection({ data, say });
  },
  "red-green": () => (data === undefined ? needsData("red-green") : judgeProofs({ data, work: value("--work") ?? join(tmpdir(), "proofline-red-green"), say })),
  "red-green-controls": () => judgeControls({ count: Number(value("--count") ?? 20), say, ...(data !== undefined && { taps: data }), ...(value("--only") !== undefined && { only: value("--only") ?? "" }) }),
  weakened: async () => {
    if (data === undefined) return needsData("weakened");
    if (!args.includes("--runs")) return judgeWeakened({ data, say, split: value("--split") });
    const { judgeRuns } = await import("./weakened/runs/judge-runs.ts");
    return judgeRuns({ data, work: value("--work") ?? join(tmpdir(), "proofline-weakened-runs"), count: Number(value("--count") ?? 10), split: value("--split"), only: value("--only"), budgetMs: 1000 * Number(value("--budget") ?? 300), say });
  },
  tampering: () => (data === undefined ? needsData("tampering") : judgeTampering({ data, count: Number(value("--count") ?? 1), say, ...(value("--only") !== undefined && { only: value("--only") ?? "" }) })),
  "spec-lint": () => (data === undefined ? needsData("spec-lint") : judgeSpecLint({ data, say })),
  mutation: async () => {
    if (data === undefined) return needsData("mutation");
    const log = value("--work");
    return args.includes("--before-fixes") ? (await import("./mutation/before-fixes.ts")).judgeBeforeFixes({ data, count: Number(value("--count") ?? 5), say, ...(log !== undefined && { log }) }) : judgeMutation({ data, say });
  },
  risk: () => judgeRisk({ say, ...(data !== undefined && { data }) }),
};

if (asked !== undefined && !(asked in evaluations)) {
  process.stderr.write(`there is no evaluation ${asked}; there are: ${Object.keys(evaluations).join(", ")}\n`);
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(evaluations)) {
    if (asked !== undefined && asked !== name) continue;
    for (const figure of await run()) process.stdout.write(`${json ? JSON.stringify(figure) : describe(figure)}\n`);
  }
}
