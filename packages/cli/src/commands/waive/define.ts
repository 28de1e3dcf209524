import type { CommandDefinition } from "../../command.ts";

export const waive: CommandDefinition = {
  name: "waive",
  summary: "Let one finding of the last verdict pass: signed, dated, counted",
  args: [{ flags: "[finding]", says: "its number in the last verdict, or the beginning of its fingerprint" }],
  options: [
    { flags: "--reason <text>", says: "why it does not count here; kept with the waiver" },
    { flags: "--days <days>", says: "how long it lasts", default: "30" },
    { flags: "--key <file>", says: "your private key; needed unless you work alone here (or PROOFLINE_KEY_FILE)" },
    { flags: "--new-key <principal>", says: "instead: make a key pair for @you; the private half goes to --key, the public half to proofline/keys/" },
  ],
  examples: ['proofline waive 1 --reason "The token belongs to a test server that was shut down" --key ~/.proofline/key.pem', "proofline waive --new-key @ada --key ~/.proofline/key.pem"],
  load: () => import("./run.ts"),
};
