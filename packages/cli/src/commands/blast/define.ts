import type { CommandDefinition } from "../../command.ts";

export const blast: CommandDefinition = {
  name: "blast",
  summary: "Who depends on what changed: packages, routes, contracts, tests",
  args: [{ flags: "[file...]", says: "files as if they had changed (default: those of the change)" }],
  options: [
    { flags: "--base <rev>", says: "branch or commit the change goes into (default: the default branch)" },
    { flags: "--head <rev>", says: "what is changed: a commit, `worktree` or `index` (default: the working tree if it has changes, else HEAD)" },
    { flags: "--depth <steps>", says: "steps of the tree that are drawn", default: "3" },
  ],
  formats: ["text", "json", "mermaid", "dot"],
  examples: ["proofline blast src/price.ts", "proofline blast --base main --head HEAD", "proofline blast src/price.ts --format mermaid"],
  load: () => import("./run.ts"),
};
