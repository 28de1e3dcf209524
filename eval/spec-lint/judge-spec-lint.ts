import { existsSync, readFileSync } from "node:fs";
import { reported, type Figure } from "../figure.ts";
import { checkoutOf, lintRepository, type LintedCriterion, type LintedRepository } from "./criteria.ts";

interface Labels {
  readonly repositories: readonly { readonly repository: string; readonly commit: string; readonly careful: boolean; readonly criteria: readonly Label[] }[];
  readonly judged: { readonly findings: readonly { readonly repository: string; readonly criterion: string; readonly rule: string; readonly right: boolean }[] };
}

interface Label {
  readonly criterion: string;
  readonly revision: string;
  readonly half: "dev" | "held-out" | "fresh";
  readonly defects: readonly string[];
}

/** Both say that a word has no measure; which of the two is a matter of taste. */
const ONE_KIND = new Set(["vague-term", "unbounded-quantity"]);
const same = (a: string, b: string): boolean => a === b || (ONE_KIND.has(a) && ONE_KIND.has(b));

/** Precision, recall and alarms of the lint on criteria of public repositories, and what an import of them keeps. Lists every disagreement. */
export async function judgeSpecLint({ data, say }: { readonly data: string; readonly say: (line: string) => void }): Promise<readonly Figure[]> {
  const labels = JSON.parse(readFileSync(new URL("./labels.json", import.meta.url), "utf8")) as Labels;
  const figures: Figure[] = [];
  const linted = new Map<string, LintedRepository>();
  for (const { repository, careful } of labels.repositories) {
    const checkout = checkoutOf(data, repository);
    if (!existsSync(checkout)) {
      say(`${repository}: no clone at ${checkout}`);
      continue;
    }
    const read = await lintRepository(checkout);
    linted.set(repository, read);
    const alarmed = read.criteria.filter(({ findings }) => findings.length > 0).length;
    figures.push(reported(`spec-lint ${repository}: criteria alarmed per ten${careful ? " (careful)" : ""}`, (10 * alarmed) / Math.max(1, read.criteria.length), "in ten", `every criterion of ${repository}`));
    say(`${repository}: ${read.found.requirements} requirements and ${read.found.scenarios} scenarios found, ${read.kept.criteria} criteria and ${read.kept.scenarios} scenarios kept, ${read.problems} problems`);
  }
  for (const half of ["dev", "held-out", "fresh"] as const) figures.push(...judgeHalf(half, labels, linted, say));
  const judged = labels.judged.findings.filter(({ repository, criterion, rule }) => linted.get(repository)?.criteria.some((one) => one.name === criterion && one.findings.some((finding) => finding.rule === rule)));
  figures.push(reported("spec-lint held-out findings judged one by one: precision", judged.filter(({ right }) => right).length / Math.max(1, judged.length), "", `${judged.length} findings read one by one`));
  return figures;
}

function judgeHalf(half: Label["half"], labels: Labels, linted: ReadonlyMap<string, LintedRepository>, say: (line: string) => void): readonly Figure[] {
  let [right, wrong, missed] = [0, 0, 0];
  for (const { repository, criteria } of labels.repositories) {
    const byName = new Map(linted.get(repository)?.criteria.map((one) => [one.name, one]));
    for (const label of criteria.filter((one) => one.half === half)) {
      const criterion = readAs(label, byName.get(label.criterion), repository, linted.has(repository) ? say : () => {});
      if (!criterion) continue;
      const rules = criterion.findings.map(({ rule }) => rule);
      const alarms = rules.filter((rule) => !label.defects.some((defect) => same(defect, rule)));
      const silent = label.defects.filter((defect) => !rules.some((rule) => same(defect, rule)));
      right += rules.length - alarms.length;
      wrong += alarms.length;
      missed += silent.length;
      for (const rule of alarms) say(`${half} alarm  ${rule}  ${repository} ${label.criterion}: ${criterion.sentence.slice(0, 160)}`);
      for (const defect of silent) say(`${half} missed ${defect}  ${repository} ${label.criterion}: ${criterion.sentence.slice(0, 160)}`);
    }
  }
  return [reported(`spec-lint ${half}: precision (${right} of ${right + wrong})`, right / Math.max(1, right + wrong), "", "labels made by reading"), reported(`spec-lint ${half}: recall (${right} of ${right + missed})`, right / Math.max(1, right + missed), "", "labels made by reading")];
}

/** A label counts for the text it was given to. */
function readAs(label: Label, criterion: LintedCriterion | undefined, repository: string, say: (line: string) => void): LintedCriterion | undefined {
  if (criterion?.revision.startsWith(label.revision)) return criterion;
  say(`${repository} ${label.criterion}: the clone stands at another commit than the labels`);
  return undefined;
}
