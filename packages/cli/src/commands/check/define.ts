import type { CommandDefinition } from "../../command.ts";
import { CHANGE_ARGUMENT } from "../../change-argument.ts";

export const check: CommandDefinition = {
  name: "check",
  summary: "Judge a change: ship, hold or ask",
  args: [CHANGE_ARGUMENT],
  options: [
    { flags: "--base <rev>", says: "target of the change: the diff starts at the merge base, policy is read from its tip (default: the default branch)" },
    { flags: "--head <rev>", says: "commit to judge, or `worktree` or `index` (default: the working tree if it has changes, else HEAD; in CI always HEAD)" },
    { flags: "--patch <file>", says: "judge a patch file applied to the base instead; - reads standard input" },
    { flags: "--gate <gate>", says: "which gate asks (default: local, or pull-request in CI)", choices: ["turn", "local", "pull-request", "merge-queue", "release"] },
    { flags: "--mode <mode>", says: "observe and warn give the same verdict and exit 0", choices: ["observe", "warn", "enforce"] },
    { flags: "--only <check...>", says: "ask only these checks" },
    { flags: "--no-run", says: "static checks only: run no tests" },
    { flags: "--all", says: "run the whole suite, not only the affected tests" },
    { flags: "--budget <seconds>", says: "time for test runs (default: by gate: turn 20, local 60, pull-request 300)" },
    { flags: "--evidence <glob...>", says: "reports to read: JUnit, CTRF, TAP, Allure results, lcov, Cobertura, Istanbul, Clover, JaCoCo, Go, SARIF, audits" },
    { flags: "--type <type>", says: "what kind of change this is", choices: ["fix", "feature", "refactor", "docs", "chore"] },
    { flags: "--trust", says: "run code of a head that is not your own" },
    { flags: "--attest <file>", says: "write signed evidence (in-toto and SLSA statements in DSSE) there; needs --key" },
    { flags: "--key <file>", says: "private key to sign with (or PROOFLINE_KEY_FILE)" },
    { flags: "--write-baseline", says: "keep today's debt in proofline/baseline.json so that later changes are not blamed for it; later it only takes out what was paid (use with --all)" },
    { flags: "--state <place>", says: "state of earlier runs: a folder CI keeps, or `ref` for refs/proofline/state of origin (or PROOFLINE_STATE)" },
    { flags: "--post <forge>", says: "set the check and the comment with the job's token", choices: ["github", "gitlab"] },
  ],
  formats: ["text", "json", "markdown", "sarif", "junit"],
  examples: [
    "proofline check",
    "proofline check HEAD~3",
    "proofline check --base main --head HEAD --no-run",
    "proofline check --base origin/main --evidence 'reports/**/*.xml' coverage/lcov.info",
    "proofline check --format sarif --out proofline.sarif",
  ],
  load: () => import("./run.ts"),
};
