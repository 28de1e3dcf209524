import type { CommandDefinition } from "../../command.ts";

export const qa: CommandDefinition = {
  name: "qa",
  summary: "Manual QA: what to try by hand for this change, and who tried it, on which build, with which outcome",
  args: [{ flags: "<action>", says: "list or record" }],
  options: [
    { flags: "--base <rev>", says: "tip of the branch the change goes to (default: the default branch)" },
    { flags: "--head <rev>", says: "what is tried: a commit, worktree or index (default: the working tree if it has changes, else HEAD)" },
    { flags: "--outcome <outcome>", says: "record: what came of all that is owed and not named by --item", choices: ["passed", "failed"] },
    { flags: "--item <outcomes...>", says: 'record: one by one, by number or id: 2=passed, 3=failed:"the button stays grey", 4=skipped:"no such card at hand"' },
    { flags: "--by <who>", says: "record: who tried it, where no key says so (default: the committer as Git knows them)" },
    { flags: "--artifact <name>", says: "record: the build that was tried: a digest, an image, a version" },
    { flags: "--environment <name>", says: "record: where it ran: staging, a preview's address, a laptop" },
    { flags: "--note <text>", says: "record: anything else worth knowing" },
    { flags: "--key <file>", says: "record: your private key; without it the record is your word alone (or PROOFLINE_KEY_FILE)" },
  ],
  examples: [
    "proofline qa list                        what to try by hand for this change, and why",
    "proofline qa record --outcome passed --environment staging --artifact sha256:3f2a…",
    'proofline qa record --outcome passed --item 2=failed:"charged twice" --key ~/.proofline/key.pem',
  ],
  load: () => import("./run.ts"),
};
