/**
 * Judges the risk score on repositories it was not fitted on.
 *
 *   npx tsx eval/risk/evaluate.ts [--json]                 from the labels kept here; needs no network
 *   npx tsx eval/risk/evaluate.ts --data DIR [--json]      labels the clones DIR/<owner>+<name> afresh; adds the published set
 *
 * For the published set DIR holds `apachejit_test_small.csv` and the six `<project>_k_feature.csv` of ISSTA'21.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { line } from "./figures.ts";
import { judgeRisk } from "./judge-risk.ts";

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { data: { type: "string" }, json: { type: "boolean", default: false } } });
  if (values.data !== undefined && !existsSync(values.data)) {
    say(`There is no folder ${values.data}. Give --data a folder with clones or CSV files, or leave it out.`);
    return 2;
  }
  const figures = await judgeRisk({ say, ...(values.data !== undefined && { data: values.data }) });
  for (const figure of figures) process.stdout.write(`${values.json ? JSON.stringify(figure) : line(figure)}\n`);
  return figures.every((figure) => figure.ok) ? 0 : 1;
};

process.exitCode = await main();
