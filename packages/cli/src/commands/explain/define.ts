import type { CommandDefinition } from "../../command.ts";

export const explain: CommandDefinition = {
  name: "explain",
  summary: "What a check asks, why, and what it costs here; without a name, every check",
  args: [{ flags: "[check]", says: "check id, e.g. security/secret" }],
  options: [],
  examples: ["proofline explain", "proofline explain risk/high-needs-test"],
  load: () => import("./run.ts"),
};
