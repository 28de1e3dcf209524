// `npx tsx eval/secrets/evaluate.ts --data DIR [--json] [--verbose]`: precision and recall of the secret formats on CredData's labels.
import { resolve } from "node:path";
import { describe } from "../figure.ts";
import { countSecrets, secretFigures } from "./judge-secrets.ts";
import { claimedCategories } from "./repositories.ts";

const args = process.argv.slice(2);
const data = args.includes("--data") ? args[args.indexOf("--data") + 1] : undefined;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void => {
  if (args.includes("--verbose") || line.startsWith("not judged")) process.stderr.write(`${line}\n`);
};

if (data === undefined) {
  process.stderr.write("give --data DIR, a folder of clones; eval/secrets/README.md says which\n");
  process.exitCode = 2;
} else {
  const counts = await countSecrets({ data: resolve(data), say });
  for (const figure of secretFigures(counts)) print(args.includes("--json") ? JSON.stringify(figure) : describe(figure));
  if (!args.includes("--json")) {
    print(`\n${counts.lines} lines\n\neffect or rule               right / alarms`);
    for (const [key, tally] of [...counts.alarms].sort()) print(`${key.padEnd(28)} ${tally.right} / ${tally.alarms}`);
    print("\ncategory                     found / real");
    for (const [category, entry] of [...counts.categories].sort((a, b) => b[1].real - a[1].real)) print(`${category.padEnd(28)} ${entry.found} / ${entry.real}${claimedCategories.has(category) ? "" : "   (not claimed)"}`);
  }
}
