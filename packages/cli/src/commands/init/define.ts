import type { CommandDefinition } from "../../command.ts";

export const init: CommandDefinition = {
  name: "init",
  summary: "Look around, replay the last merges, propose a configuration",
  options: [
    { flags: "--dry-run", says: "show everything, write nothing" },
    { flags: "--replay <count>", says: "how many merges to replay with static checks", default: "50" },
    { flags: "--ci <system>", says: "also write the pipeline file", choices: ["github", "gitlab"] },
    { flags: "--undo", says: "remove what an earlier init wrote" },
  ],
  examples: ["proofline init --dry-run", "proofline init --ci github", "proofline init --undo"],
  load: () => import("./run.ts"),
};
