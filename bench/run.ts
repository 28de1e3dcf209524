// `npm run bench` prints ratios; `-- --json` one JSON object per line; `-- --only NAME` runs the cases whose name contains it.
import { aroundProofs, aroundRuns } from "./cases/around-runs.ts";
import { help, largeChange, largeTestedChange, smallChange } from "./cases/check.ts";
import { coverage } from "./cases/coverage.ts";
import { importGraph } from "./cases/import-graph.ts";
import { storyHistory } from "./cases/story-history.ts";
import { storyTrace } from "./cases/story-trace.ts";
import { describe, type Figure } from "./figure.ts";

const cases: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = { help, "small-change": smallChange, "large-change": largeChange, "large-tested": largeTestedChange, "import-graph": importGraph, coverage, "story-trace": storyTrace, "story-history": storyHistory, "around-runs": aroundRuns, "around-proofs": aroundProofs };

const json = process.argv.includes("--json");
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
for (const [name, run] of Object.entries(cases)) {
  if (only !== undefined && !name.includes(only)) continue;
  if (!json) process.stderr.write(`… ${name}\n`);
  for (const figure of await run()) process.stdout.write(`${json ? JSON.stringify(figure) : describe(figure)}\n`);
}
