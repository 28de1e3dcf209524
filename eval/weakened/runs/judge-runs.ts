import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Figure } from "../../figure.ts";
import { labelsOf, type Label } from "../labels.ts";
import { REPOSITORIES, type Split } from "../repositories.ts";
import { askWithRuns, checkoutOf, type Asked } from "./ask-with-runs.ts";
import { runsFigures } from "./runs-figures.ts";

export interface RunsJudging {
  readonly data: string;
  /** Where checkouts, packages and answers are kept, outside of this checkout. A second run goes on from there. */
  readonly work: string;
  /** Commits tried at most by this call; what was kept before is counted beside them. */
  readonly count: number;
  readonly split: string | undefined;
  /** One repository only. */
  readonly only: string | undefined;
  readonly budgetMs: number;
  say(line: string): void;
}

/** Asks the check with runs about labelled commits, one at a time and in an order nobody chose, and compares with the labels and with reading alone. */
export async function judgeRuns(judging: RunsJudging): Promise<Figure[]> {
  const { work, count, only, say } = judging;
  mkdirSync(work, { recursive: true });
  const file = join(work, "answers.jsonl");
  const known = readAnswers(file);
  const labels = REPOSITORIES.filter(({ name, split }) => (only === undefined || name === only) && (judging.split === undefined || split === judging.split)).flatMap(({ name, split }) => labelsOf(split as Split).filter(({ repository }) => repository === name));
  const waiting = labels.filter(({ commit }) => !known.has(commit)).toSorted((a, b) => (turn(a) < turn(b) ? -1 : 1));
  for (const label of waiting.slice(0, count)) {
    const asked = await askOne(label, judging);
    known.set(label.commit, asked);
    appendFileSync(file, `${JSON.stringify(asked)}\n`);
    say(told(label, asked));
  }
  return runsFigures(labels.map((label) => ({ label, ...optional(known.get(label.commit)) })));
}

const optional = (asked: Asked | undefined): { readonly asked?: Asked } => (asked === undefined ? {} : { asked });

const turn = ({ commit }: Label): string => createHash("sha1").update(`runs-1 ${commit}`).digest("hex");

function readAnswers(file: string): Map<string, Asked> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return new Map(lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Asked).map((asked) => [asked.commit, asked]));
}

/** The packages of one commit are of little use to the next one, and take room. */
async function askOne(label: Label, judging: RunsJudging): Promise<Asked> {
  const { repository, commit } = label;
  const checkout = checkoutOf(label, judging);
  if ("why" in checkout) return { repository, commit, why: checkout.why };
  const asked = await askWithRuns(label, checkout.dir, judging, () => {});
  for (const path of [checkout.dir, `${checkout.dir}.installed`]) rmSync(path, { recursive: true, force: true });
  return asked;
}

function told({ repository, commit, label }: Label, { why, read = [], ran = [], seconds }: Asked): string {
  const words = (some: Asked["ran"] = []): string => some.map(({ effect, kind }) => `${effect} ${kind}`).join(", ") || "silence";
  return `${repository} ${commit.slice(0, 10)} [${label}] ${why ?? `${words(read)} -> ${words(ran)} (${seconds ?? 0} s)`}`;
}
