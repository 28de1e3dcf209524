import type { CommandDefinition } from "../../command.ts";

export const policy: CommandDefinition = {
  name: "policy",
  summary: "`policy show`: everything that decides here, and where it comes from",
  args: [{ flags: "<action>", says: "show" }],
  options: [
    { flags: "--base <rev>", says: "branch whose policy is read (default: the default branch)" },
    { flags: "--working-tree", says: "read the files as they stand in your checkout: what would decide once they are merged" },
  ],
  examples: ["proofline policy show", "proofline policy show --working-tree", "proofline policy show --format json"],
  load: () => import("./run.ts"),
};
