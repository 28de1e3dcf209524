import type { CommandDefinition } from "../../command.ts";

export const coverage: CommandDefinition = {
  name: "coverage",
  summary: "What tests reach of the critical surfaces: floors, layers, trend, and the weakest three places",
  options: [
    { flags: "--base <rev>", says: "branch or commit whose rules and floors count (default: the default branch)" },
    { flags: "--head <rev>", says: "what is covered: a commit, `worktree` or `index` (default: the working tree if it has changes, else HEAD)" },
    { flags: "--evidence <glob...>", says: "coverage reports to read; `unit=FILE`, `integration=FILE` or `e2e=FILE` says which tests wrote one" },
    { flags: "--run", says: "run the whole suite with coverage, and note what each test file runs through" },
    { flags: "--budget <seconds>", says: "time for the runs of --run together", default: "600" },
    { flags: "--record", says: "write what holds into the ledger: it is the floor of what comes after" },
    { flags: "--trust", says: "run code of a head that is not your own" },
  ],
  examples: ["proofline coverage --evidence coverage/lcov.info", "proofline coverage --run", "proofline coverage --evidence unit=coverage/unit.info e2e=coverage/e2e.info --record", "proofline coverage --run --format json"],
  load: () => import("./run.ts"),
};
