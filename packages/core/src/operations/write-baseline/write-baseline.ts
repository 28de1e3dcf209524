import type { Repository } from "#change";
import { evidenceOf, type Evidence } from "#evidence";
import { BASELINE_FILE, baselineFrom, diffBaseline, isDebt, parseBaseline, renderBaseline, shrinkBaseline, type Baseline, type BaselineEntry } from "#verdict";
import type { Assessed } from "../attest-verdict/attest-verdict.ts";
import type { CheckoutFiles } from "../ports/checkout-files.ts";
import type { Clock } from "../ports/clock.ts";
import type { VerdictDocument } from "../verdict-document.ts";
import { notTheWhole } from "./errors.ts";

/** What became of the baseline. */
export interface BaselineReport {
  readonly file: string;
  /** True for the first baseline, which alone takes entries up. */
  readonly first: boolean;
  readonly entries: number;
  readonly removed: readonly BaselineEntry[];
  /** Findings that decided and are not in it: they speak of this change, or came after the baseline. */
  readonly leftOut: readonly { readonly check: string; readonly because: string }[];
}

export interface BaselinePorts {
  readonly repository: Pick<Repository, "resolve" | "readFiles">;
  readonly checkout: CheckoutFiles;
  readonly clock: Clock;
}

/**
 * Writes `proofline/baseline.json` from a whole verdict: the first time every debt it found, later only less. Nothing is committed; it
 * counts once it is on the target branch, and growing it by hand is a change to the gate.
 */
export const writeBaseline =
  ({ repository, checkout, clock }: BaselinePorts) =>
  async ({ verdict, evidence }: Assessed): Promise<BaselineReport> => {
    if (verdict.scope !== "full") throw notTheWhole({ scope: verdict.scope, missing: verdict.missing });
    const text = await checkout.read(BASELINE_FILE);
    const before = text === undefined ? undefined : await parseBaseline(text);
    const after = before === undefined ? baselineFrom(verdict.findings, new Date(clock.now()).toISOString().slice(0, 10)) : await shrunk(before, verdict, evidence, repository);
    const rendered = renderBaseline(after);
    if (rendered !== text && (before !== undefined || after.entries.size > 0)) await checkout.write(BASELINE_FILE, rendered);
    return {
      file: BASELINE_FILE,
      first: before === undefined,
      entries: after.entries.size,
      removed: before === undefined ? [] : diffBaseline(before, after).gone,
      leftOut: verdict.findings
        .filter((finding) => decides(finding) && !(isDebt(finding) && after.entries.has(finding.fingerprint)))
        .map(({ check, because }) => ({ check, because })),
    };
  };

const decides = ({ answer, effect, waived }: VerdictDocument["findings"][number]): boolean =>
  answer !== "holds" && (effect === "block" || effect === "ask") && (waived === undefined || waived.kind === "baseline");

async function shrunk(before: Baseline, verdict: VerdictDocument, evidence: readonly Evidence[], repository: BaselinePorts["repository"]): Promise<Baseline> {
  const tree = await headTreeOf(verdict.change, repository);
  const paths = [...new Set([...before.entries.values()].flatMap(({ path }) => path ?? []))];
  const present = await repository.readFiles(tree, paths);
  return shrinkBaseline(before, { findings: verdict.findings, lookedAt: lookedAt(evidence, [verdict.change.head, tree]), exists: (path) => present.has(path) });
}

const headTreeOf = async ({ base, head, headKind }: VerdictDocument["change"], repository: BaselinePorts["repository"]): Promise<string> =>
  headKind === "commit" ? (await repository.resolve({ base, head: { kind: "commit", rev: head } })).headTree : head;

/**
 * Only a whole suite of our own that came to its end can say that a test is no longer red, and only of the files it ran: a report may be
 * one of several, and another suite's debt is not paid by this one. The other checks look at what changed.
 */
function lookedAt(evidence: readonly Evidence[], subjects: readonly string[]): (entry: BaselineEntry) => boolean {
  const whole = evidenceOf(evidence, "test-run").filter((run) => run.source === "ran" && run.selection === undefined && subjects.includes(run.subject));
  const files = new Set(whole.every((run) => run.complete) ? whole.flatMap((run) => run.cases.flatMap((test) => (test.outcome === "passed" ? (test.id.file ?? []) : []))) : []);
  return ({ check, path }) => check === "tests/failing" && path !== undefined && files.has(path);
}
