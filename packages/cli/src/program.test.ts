import { expect, test } from "vitest";
import { exampleLines } from "./help-examples.ts";
import { commands, makeProgram } from "./program.ts";

/** What `--help` of a command prints. */
function helpOf(name?: string): string {
  let text = "";
  const program = makeProgram(name);
  const asked = name === undefined ? program : program.commands.find((one) => one.name() === name);
  asked?.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 80 }).outputHelp();
  return text;
}

test.each([undefined, ...commands.map(({ name }) => name)])("the help of %s fits a terminal of 80 columns", (name) => {
  const lines = helpOf(name).split("\n");
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test("a long example goes on below a backslash, never inside quotes, and comes out whole", () => {
  const example = 'proofline waive 1 --reason "The token belongs to a test server that was shut down" --key ~/.proofline/key.pem';
  const lines = exampleLines(example);
  expect(lines).toEqual(["  $ proofline waive 1 \\", '      --reason "The token belongs to a test server that was shut down" \\', "      --key ~/.proofline/key.pem"]);
  expect(lines.map((line) => line.trim().replace(/ \\$/, "")).join(" ")).toBe(`$ ${example}`);
});

test("what is said of a long example stands below it", () => {
  expect(exampleLines("proofline spec trace                      which promises are proven on this commit, and by which test")).toEqual(["  $ proofline spec trace", "      which promises are proven on this commit, and by which test"]);
});
