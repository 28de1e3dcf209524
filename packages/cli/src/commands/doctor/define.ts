import type { CommandDefinition } from "../../command.ts";

export const doctor: CommandDefinition = {
  name: "doctor",
  summary: "Say whether Proofline can do its work here, and fire the gate once for real",
  options: [],
  examples: ["proofline doctor", "proofline doctor --format json"],
  load: () => import("./run.ts"),
};
