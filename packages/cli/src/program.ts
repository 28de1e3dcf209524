import { Command, Option } from "commander";
import type { CommandDefinition } from "./command.ts";
import { blast } from "./commands/blast/define.ts";
import { check } from "./commands/check/define.ts";
import { coverage } from "./commands/coverage/define.ts";
import { doctor } from "./commands/doctor/define.ts";
import { explain } from "./commands/explain/define.ts";
import { init } from "./commands/init/define.ts";
import { mutate } from "./commands/mutate/define.ts";
import { policy } from "./commands/policy/define.ts";
import { prove } from "./commands/prove/define.ts";
import { qa } from "./commands/qa/define.ts";
import { select } from "./commands/select/define.ts";
import { spec } from "./commands/spec/define.ts";
import { verify } from "./commands/verify/define.ts";
import { waive } from "./commands/waive/define.ts";
import { exampleLines } from "./help-examples.ts";
import { version } from "./version.ts";

/** Every command, in the order `--help` lists them. Adding one = one folder + one line here. */
export const commands: readonly CommandDefinition[] = [check, prove, select, blast, mutate, coverage, init, explain, waive, policy, doctor, spec, qa, verify];

const FORMATS = ["text", "json"];

/** The command line. Definitions are light; what a command does is loaded when it runs. Where a first word names a command, the others are not set up. */
export function makeProgram(first?: string): Command {
  const named = commands.filter((definition) => definition.name === first);
  const program = new Command("proofline")
    .description("Decides with evidence whether a change may merge: ship, hold or ask.")
    .version(version, "-V, --version")
    .exitOverride()
    .showHelpAfterError("(proofline --help shows every command)")
    .addHelpText("after", EXAMPLES);
  for (const definition of named.length > 0 ? named : commands) program.addCommand(toCommand(definition));
  return program;
}

function toCommand(definition: CommandDefinition): Command {
  const command = new Command(definition.name).description(definition.summary).exitOverride().showHelpAfterError(`(proofline ${definition.name} --help shows what it takes)`);
  for (const argument of definition.args ?? []) command.argument(argument.flags, argument.says);
  for (const option of definition.options) {
    const built = new Option(option.flags, option.says);
    if (option.choices) built.choices([...option.choices]);
    if (option.default !== undefined) built.default(option.default);
    command.addOption(built);
  }
  command.option("--repo <dir>", "repository to work on", ".");
  command.addOption(new Option("--format <format>", "how to print").choices([...(definition.formats ?? FORMATS)]).default("text"));
  command.option("--out <file>", "write the document there instead of to standard output");
  command.addHelpText("after", `\nExamples:\n${definition.examples.flatMap(exampleLines).join("\n")}\n`);
  command.action(async (...values: unknown[]) => {
    const positional = values.slice(0, -2) as (string | string[] | undefined)[];
    const flags = values.at(-2) as Record<string, unknown>;
    const { run } = await definition.load();
    process.exitCode = await run(flags, positional);
  });
  return command;
}

const EXAMPLES = `
Examples:
  $ proofline check             your working tree against the default branch
  $ proofline check --base main --head HEAD --format json
  $ proofline init              what would have happened to your last 50 merges

Exit codes: 0 ship or fine, 1 hold, 2 bad input, 3 ask, 70 our own bug,
            130 interrupted.
`;
