import type { CommandDefinition } from "../../command.ts";
import { CHANGE_ARGUMENT } from "../../change-argument.ts";

export const select: CommandDefinition = {
  name: "select",
  summary: "The tests a change can reach, most relevant first, and why each",
  args: [CHANGE_ARGUMENT],
  options: [
    { flags: "--base <rev>", says: "branch or commit the change goes into (default: the default branch)" },
    { flags: "--head <rev>", says: "what is changed: a commit, `worktree` or `index` (default: the working tree if it has changes, else HEAD)" },
    { flags: "--budget <seconds>", says: "time for all tests together; what says least is cut (`60` or `60s`)" },
    { flags: "--skip-past", says: "leave out tests that ran none of the touched functions when they were last measured: faster, and no longer safe" },
    { flags: "--command", says: "print nothing but the runners' own command lines" },
    { flags: "--all", says: "list every test, and the whole way to each" },
  ],
  examples: ["proofline select", "proofline select HEAD~1", "proofline select --base main --head HEAD --budget 60s", 'sh -ec "$(proofline select --command)"', "proofline select --format json"],
  load: () => import("./run.ts"),
};
