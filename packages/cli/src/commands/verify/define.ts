import type { CommandDefinition } from "../../command.ts";

export const verify: CommandDefinition = {
  name: "verify",
  summary: "Verify signed evidence offline: key, commit, policy, and whether what it says is a pass",
  args: [{ flags: "<file>", says: "evidence written by `proofline check --attest`" }],
  options: [
    { flags: "--head <rev>", says: "commit it has to speak of (default: HEAD)" },
    { flags: "--base <rev>", says: "branch whose keys and policy count (default: the default branch)" },
  ],
  examples: ["proofline verify evidence.jsonl", "proofline verify evidence.jsonl --head v1.2.0 --base origin/main"],
  load: () => import("./run.ts"),
};
