import type { CommandDefinition } from "../../command.ts";
import { CHANGE_ARGUMENT } from "../../change-argument.ts";

export const prove: CommandDefinition = {
  name: "prove",
  summary: "Show that tests fail without a change and pass with it",
  args: [CHANGE_ARGUMENT],
  options: [
    { flags: "--test <file...>", says: "test file, or FILE::NAME for some of its tests (default: the tests the change touches)" },
    { flags: "--broken <rev>", says: "the code without the change (default: where it leaves the default branch)" },
    { flags: "--fixed <rev>", says: "the code with it: a commit, `worktree` or `index` (default: the working tree if it has changes, else HEAD)" },
    { flags: "--repeat <times>", says: "runs of what decides, on each side", default: "3" },
    { flags: "--type <type>", says: "what kind of change this is: it decides what is owed", choices: ["fix", "feature", "refactor", "docs", "chore"], default: "fix" },
    { flags: "--budget <seconds>", says: "time for all runs together", default: "900" },
    { flags: "--attest <file>", says: "write the proof signed there (an in-toto test result in DSSE); needs --key" },
    { flags: "--key <file>", says: "private key to sign with (or PROOFLINE_KEY_FILE)" },
    { flags: "--replay <record>", says: "make a recorded proof again from scratch, on its own commits, and say whether it comes out the same: a file, or a digest kept in .proofline/proofs/" },
    { flags: "--evidence <glob...>", says: "proofs made elsewhere: one signed by a key of the target branch and made from the same is taken over" },
    { flags: "--trust", says: "run code of a head that is not your own" },
  ],
  examples: [
    "proofline prove",
    "proofline prove 4f2a91c",
    "proofline prove main..HEAD",
    "proofline prove --test test/price.test.ts --broken HEAD~1 --fixed HEAD",
    "proofline prove --test 'test/price.test.ts::rounds half up' --broken HEAD~1 --format json",
    "proofline prove --replay 3f9c2b71",
  ],
  load: () => import("./run.ts"),
};
