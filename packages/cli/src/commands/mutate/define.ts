import type { CommandDefinition } from "../../command.ts";
import { CHANGE_ARGUMENT } from "../../change-argument.ts";

export const mutate: CommandDefinition = {
  name: "mutate",
  summary: "Break the changed lines, one fault at a time, and show what no test notices",
  args: [CHANGE_ARGUMENT],
  options: [
    { flags: "--base <rev>", says: "where the change leaves from (default: the default branch)" },
    { flags: "--head <rev>", says: "the change: a commit, `worktree` or `index` (default: the working tree if it has changes, else HEAD)" },
    { flags: "--budget <seconds>", says: "time for all runs together; what is left open is taken up by the next run", default: "300" },
    { flags: "--trust", says: "run code of a head that is not your own" },
  ],
  examples: ["proofline mutate", "proofline mutate 4f2a91c", "proofline mutate main..HEAD --budget 60 --format json"],
  load: () => import("./run.ts"),
};
