import type { CommandDefinition } from "../../command.ts";

export const explain: CommandDefinition = {
  name: "explain",
  summary: "What a check asks, why, and what it costs here; without a name, every check",
  args: [{ flags: "[check]", says: "check id, e.g. security/secret" }],
  options: [{ flags: "--examples", says: "with the examples of its page" }],
  examples: ["proofline explain", "proofline explain risk/high-needs-test", "proofline explain tests/weakened --examples"],
  load: () => import("./run.ts"),
};
