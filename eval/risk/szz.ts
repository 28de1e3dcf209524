/**
 * Labels the commits of a local clone by SZZ: a commit is inducing when a later fix deletes or replaces a line it wrote.
 *
 *   npx tsx eval/risk/szz.ts --clone DIR --out FILE.jsonl [--revision HEAD]
 *
 * Deterministic for a given revision. Progress is kept beside the output, so an interrupted run goes on where it stopped.
 */
import { parseArgs } from "node:util";
import { labelClone } from "./label-clone.ts";

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { clone: { type: "string" }, out: { type: "string" }, revision: { type: "string", default: "HEAD" } } });
  const { clone, out, revision } = values;
  if (clone === undefined || out === undefined) {
    process.stderr.write("Usage: npx tsx eval/risk/szz.ts --clone DIR --out FILE.jsonl [--revision HEAD]\n");
    return 2;
  }
  const labelled = await labelClone({ clone, out, revision, say: (line) => process.stderr.write(`${line}\n`) });
  if (labelled !== undefined) return 0;
  process.stderr.write(`${clone} has no revision ${revision}. Give --clone a Git repository and --revision a commit in it.\n`);
  return 2;
};

process.exitCode = await main();
