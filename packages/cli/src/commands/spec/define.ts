import type { CommandDefinition } from "../../command.ts";

export const spec: CommandDefinition = {
  name: "spec",
  summary: "Stories: what the product promises, one Markdown file each, below proofline/stories/",
  args: [
    { flags: "<action>", says: "new, lint, show, list, trace or import" },
    { flags: "[names...]", says: "stories (ST-guest-checkout, or without ST-); a title for new; a path for import; a criterion is ST-guest-checkout#AC-1" },
  ],
  options: [
    { flags: "--title <text>", says: "new: the title, where the name is an id" },
    { flags: "--owner <who>", says: "new: who answers for it, as CODEOWNERS writes people" },
    { flags: "--area <name>", says: "new: the area it belongs to" },
    { flags: "--target <globs...>", says: "new: the code it speaks of" },
    { flags: "--criterion <sentences...>", says: "new: behaviours, one sentence each; added to the story where it is there already" },
    { flags: "--promised", says: "new: the behaviours are true today and gate from now on (default: planned)" },
    { flags: "--head <rev>", says: "trace: the commit that is looked at (default: the working tree if it has changes, else HEAD)" },
    { flags: "--evidence <glob...>", says: "trace: reports of tests that ran on it: JUnit, CTRF, TAP …" },
    { flags: "--run", says: "trace: run the tests that are linked, where a runner known here has them" },
    { flags: "--budget <seconds>", says: "trace --run: time for the tests (default: 300)" },
    { flags: "--trust", says: "trace --run: run code of a head that is not your own" },
    { flags: "--approve", says: "trace: the proofs of the named stories or criteria are right for the words they have now; recorded in the story" },
    { flags: "--from <format>", says: "import: take one format only", choices: ["openspec", "spec-kit", "kiro", "gherkin"] },
    { flags: "--write", says: "import: write the stories (default: show what would be written)" },
  ],
  examples: [
    'proofline spec new "Check out without an account" --owner @acme/shop --target "src/checkout/**"',
    'proofline spec new ST-guest-checkout --criterion "If the card is declined, the shop shall keep the cart."',
    "proofline spec lint                       every story; exit 1 when there is something to mend",
    "proofline spec show guest-checkout",
    "proofline spec list --format json",
    "proofline spec trace                      which promises are proven on this commit, and by which test",
    "proofline spec trace guest-checkout --evidence 'reports/*.xml'",
    "proofline spec trace --run                runs the linked tests first",
    "proofline spec trace ST-guest-checkout#AC-1 --approve",
    "proofline spec import openspec            from OpenSpec, spec-kit, Kiro or Gherkin; then again with --write",
  ],
  load: () => import("./run.ts"),
};
