import { evidenceOf, neverStarted, type RunRequest, type TestRun, type TestSetup } from "#evidence";
import type { EvidenceFolder, JourneyPorts } from "./journey-ports.ts";
import { playwrightSetups } from "./playwright-setups.ts";

export interface WalkRequest {
  readonly tree: string;
  /** Test files of the chosen journeys. */
  readonly files: readonly string[];
  /** Every path of the tree. */
  readonly paths: readonly string[];
  readonly declared: readonly Partial<TestSetup>[];
  readonly isolation: NonNullable<RunRequest["isolation"]>;
  readonly budgetMs: number;
  /** False where `.proofline/` is committed: nothing is then kept there. */
  readonly keep: boolean;
}

/** What the tests of the chosen journeys did. */
export interface Walked {
  readonly runs: readonly TestRun[];
  readonly notes: readonly string[];
  readonly folder?: EvidenceFolder;
}

/** Runs the files by Playwright, or by whatever runner has them, and keeps the outcomes for traces and checks of the same tree. */
export async function walk(request: WalkRequest, { executor, outcomes, evidence, progress, signal }: Pick<JourneyPorts, "executor" | "outcomes" | "evidence" | "progress" | "signal">): Promise<Walked> {
  const { setups, others } = playwrightSetups(request.files, request.paths);
  const found = others.length > 0 || request.declared.some(({ command }) => command !== undefined) ? await executor.detect(request.tree, request.declared) : [];
  const able = [...setups, ...found.filter(({ declare, packageDir }) => declare === undefined && !setups.some((one) => one.packageDir === packageDir))];
  if (able.length === 0) return { runs: [], notes: [`Nothing runs ${others[0]}: no playwright.config stands in its folder or above it, and no other runner was recognised.`] };
  const folder = request.keep ? await evidence.open(request.tree) : undefined;
  const made = await executor.run(withNeeds(able, request.declared), {
    tree: request.tree,
    selection: request.files,
    ...(folder && { keepAttachments: folder.folder }),
    budgetMs: request.budgetMs,
    isolation: request.isolation,
    signal,
    onProgress: ({ says }) => progress.says(says),
  });
  const runs = evidenceOf(made, "test-run");
  if (runs.length > 0) await outcomes.keepOutcomes(request.tree, runs);
  return { runs, notes: runs.flatMap(notesOf), ...(folder && { folder }) };
}

/** What the configuration declares of ports and variables holds for journeys as well. */
const withNeeds = (setups: readonly TestSetup[], declared: readonly Partial<TestSetup>[]): readonly TestSetup[] =>
  setups.map((setup) => {
    const own = declared.find(({ command, packageDir, needs }) => command === undefined && needs !== undefined && (packageDir === undefined || packageDir === setup.packageDir));
    return setup.needs === undefined && own?.needs !== undefined ? { ...setup, needs: own.needs } : setup;
  });

function notesOf(run: TestRun): readonly string[] {
  const cut = run.complete ? [] : [`${run.tool}: ${neverStarted(run) ? "nothing could start" : "cut short"}: ${run.because?.split("\n")[0] ?? "for no known reason"}`];
  const video = run.tool === "playwright" && run.cases.some(({ attachments }) => attachments !== undefined) && !run.cases.some(({ attachments }) => attachments?.some(({ type }) => type.startsWith("video/")));
  return [...cut, ...(run.notes ?? []), ...(video ? ["No video: neither Playwright's recorder (`npx playwright install ffmpeg`) nor an ffmpeg of the system is here."] : [])];
}
