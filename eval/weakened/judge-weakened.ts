import { execFileSync } from "node:child_process";
import type { Figure } from "../figure.ts";
import { cloneOf } from "../secrets/labelled-files.ts";
import { weakenedFigures, type Judged } from "./figures.ts";
import { KINDS, labelsOf, ordinaryCommits, type SampledCommit } from "./labels.ts";
import { REPOSITORIES, type Split } from "./repositories.ts";
import { checkExists, openAsker, type Asker, type Said } from "./seen-change.ts";
import { assertBalance } from "./signals.ts";
import { linesOf } from "./test-diff.ts";

export interface WeakenedJudging {
  /** Folder with the clones, named `owner+name` or `owner/name`. */
  readonly data: string;
  /** One split only, as somebody typed it; dev and held-out when absent, because `fresh` and `second` are spent by asking them. */
  readonly split: string | undefined;
  /** Told about what is missing, wrong alarms, misses and the recall of every kind. */
  say(line: string): void;
}

/** Asked only by their names. */
const BY_NAME: readonly Split[] = ["fresh", "second"];

/** Asks the check about every commit of the fixed lists and compares with the labels; beside it a judge that counts assert lines. */
export async function judgeWeakened({ data, split, say }: WeakenedJudging): Promise<Figure[]> {
  const checked = checkExists();
  if (!checked) say("there is no check tests/weakened yet: only the counting of lines is judged");
  const splits: readonly Split[] = ["dev", "held-out", ...BY_NAME];
  if (split !== undefined && !splits.some((name) => name === split)) say(`there is no split ${split}; there are: ${splits.join(", ")}`);
  const figures: Figure[] = [];
  for (const name of splits) {
    if (split === undefined ? BY_NAME.includes(name) : split !== name) continue;
    const judged = await judgeSplit(name, { data, checked, say });
    if (checked) sayKinds(name, judged, say);
    if (checked) sayAlarms(name, judged, say);
    figures.push(...weakenedFigures(name, judged, { checked, bars: name !== "dev" }));
  }
  return checked ? figures : [{ name: "weakened: the check exists", value: 0, unit: "", target: 1, bar: "at least", ok: false, against: "tests/weakened" }, ...figures];
}

interface Judging {
  readonly data: string;
  readonly checked: boolean;
  say(line: string): void;
}

async function judgeSplit(split: Split, judging: Judging): Promise<Judged[]> {
  const labels = new Map(labelsOf(split).map((label) => [label.commit, label]));
  const ordinary = ordinaryCommits(split);
  const drawn = new Set(ordinary.map((item) => item.commit));
  const judged: Judged[] = [];
  for (const { name } of REPOSITORIES.filter((repository) => repository.split === split)) {
    const commits = [...new Set([...labels.values(), ...ordinary].filter((item) => item.repository === name).map((item) => item.commit))];
    const listed = commits.map((commit) => {
      const label = labels.get(commit);
      return { repository: name, commit, ordinary: drawn.has(commit), ...(label && { label }) };
    });
    judged.push(...(await judgeRepository(name, listed, judging)));
  }
  return judged;
}

type Listed = Omit<Judged, "said" | "fewerLines">;

async function judgeRepository(name: string, listed: readonly Listed[], { data, checked, say }: Judging): Promise<Judged[]> {
  const clone = cloneOf(data, name);
  if (clone === undefined) {
    say(`not judged, no clone below ${data}: ${name} (its ${listed.length} commits count as silence)`);
    return listed.map((item) => ({ ...item, fewerLines: false }));
  }
  const asker = checked ? await openAsker(clone) : undefined;
  const judged: Judged[] = [];
  try {
    for (const item of listed) judged.push(await judgeCommit(item, clone, asker, say));
  } finally {
    await asker?.close();
  }
  return judged;
}

async function judgeCommit(item: Listed, clone: string, asker: Asker | undefined, say: (line: string) => void): Promise<Judged> {
  if (!hasCommit(clone, item)) {
    say(`not judged, the clone lacks the commit: ${nameOf(item)}`);
    return { ...item, fewerLines: false };
  }
  const fewerLines = assertBalance(linesOf(clone, item.commit)) < 0;
  const said = await asker?.ask(item.commit).catch((error: unknown) => say(`not judged: ${nameOf(item)}: ${String(error)}`));
  if (said) tell(item, said, say);
  return { ...item, fewerLines, ...(said && { said }) };
}

function tell(item: Listed, { effect, because }: Said, say: (line: string) => void): void {
  const label = item.label?.label ?? "nobody read it";
  if (effect !== "none" && (label === "innocent" || item.label === undefined)) say(`alarm ${effect} ${nameOf(item)} [${label}] ${because.join("; ").slice(0, 200)}`);
  if (effect === "block" && item.label?.mayBlock === false) say(`blocks what may be asked only ${nameOf(item)} ${because.join("; ").slice(0, 200)}`);
  if (effect === "none" && item.label && item.label.label !== "innocent") say(`missed ${item.label.kinds?.join(",")} ${nameOf(item)} ${item.label.file}:${item.label.line} ${item.label.why}`);
}

function sayKinds(split: Split, judged: readonly Judged[], say: (line: string) => void): void {
  for (const kind of KINDS) {
    const labelled = judged.filter((item) => item.label?.kinds?.includes(kind));
    const seen = labelled.filter((item) => item.said !== undefined && item.said.effect !== "none");
    if (labelled.length > 0) say(`weakened ${split}: ${kind} ${seen.length} of ${labelled.length}`);
  }
}

/** How often an alarm of each sort was right: what decides whether it asks, holds or only remarks. */
function sayAlarms(split: Split, judged: readonly Judged[], say: (line: string) => void): void {
  const alarms = judged.filter(({ said }) => said !== undefined && said.effect !== "none");
  for (const kind of [...new Set(alarms.flatMap(({ said }) => said?.kinds ?? []))].sort()) {
    const of = alarms.filter(({ said }) => said?.kinds.includes(kind));
    const right = of.filter(({ label }) => label !== undefined && label.label !== "innocent");
    const alone = of.filter(({ said }) => said?.kinds.length === 1);
    say(`weakened ${split}: alarms by ${kind}: ${right.length} of ${of.length} right; alone ${alone.filter((item) => right.includes(item)).length} of ${alone.length}`);
  }
}

const nameOf = ({ repository, commit }: SampledCommit): string => `${repository} ${commit.slice(0, 10)}`;

function hasCommit(clone: string, { commit }: SampledCommit): boolean {
  try {
    execFileSync("git", ["-C", clone, "cat-file", "-e", `${commit}^1`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
