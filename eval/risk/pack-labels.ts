/**
 * Packs what `szz.ts` wrote about the test repositories into the files the evaluation reruns from offline.
 *
 *   npx tsx eval/risk/pack-labels.ts --data DIR     DIR holds <owner>+<name>.jsonl
 */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readLabelled, writePacked } from "./labelled-changes.ts";
import { fileNameOf, repositoriesOf } from "./repositories.ts";

const { values } = parseArgs({ options: { data: { type: "string" } } });
const folder = join(dirname(fileURLToPath(import.meta.url)), "labels");
mkdirSync(folder, { recursive: true });
for (const repository of repositoriesOf("test")) {
  const changes = values.data === undefined ? undefined : readLabelled(values.data, repository);
  if (changes === undefined) {
    process.stderr.write(
      `No ${fileNameOf(repository)}.jsonl below --data. Write it with: npx tsx eval/risk/szz.ts --clone CLONE --revision ${repository.revision} --out DIR/${fileNameOf(repository)}.jsonl\n`,
    );
    process.exitCode = 2;
    continue;
  }
  writePacked(join(folder, `${fileNameOf(repository)}.csv.gz`), changes);
}
