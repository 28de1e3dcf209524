import { sha256Hex, type Decision } from "#kernel";
import { isDebt } from "#verdict";
import type { CommitFacts } from "#change";
import type { CheckoutFiles } from "../ports/checkout-files.ts";
import type { ProgressSink } from "../ports/progress.ts";
import type { VerdictDocument } from "../verdict-document.ts";
import { alreadyConfigured, nothingToUndo, nowhereToWrite } from "./errors.ts";
import { withInstalls } from "./install-steps.ts";
import { proposeConfig, type Detected } from "./propose-config.ts";

const CONFIG = "proofline.yaml";
const RECORD = ".proofline/init.json";

export interface InitInput {
  /** Write the proposed files; false only shows them. */
  readonly write: boolean;
  /** Also write the pipeline file of this CI system. */
  readonly ci?: "github" | "gitlab";
  /** How many landings to replay. */
  readonly replay: number;
}

export interface Replayed {
  readonly commit: string;
  readonly subject: string;
  readonly decision: Decision;
  /** Why, for anything but ship. */
  readonly reasons: readonly { readonly check: string; readonly because: string; readonly place?: string; readonly fingerprint?: string }[];
}

export interface InitReport {
  readonly found: Detected;
  readonly replayed: readonly Replayed[];
  readonly counts: Readonly<Record<Decision, number>>;
  /** Findings about the code as it stands that came up in more than one merge: debt a baseline would keep off later changes. */
  readonly debt: number;
  readonly files: readonly { readonly path: string; readonly text: string; readonly written: boolean }[];
}

export interface InitPorts {
  readonly checkout: CheckoutFiles;
  /** Path of a repository without a working tree, where nothing can be written. */
  readonly bare?: string;
  readonly progress: ProgressSink;
  detect(): Promise<Detected>;
  landings(count: number): Promise<readonly CommitFacts[]>;
  /** Static verdict of one landing against its first parent. */
  judge(landing: CommitFacts): Promise<VerdictDocument>;
  /** The pipeline files people would copy. */
  pipelineFiles(ci: "github" | "gitlab"): Promise<readonly { readonly path: string; readonly text: string }[]>;
}

/** Looks around, replays the last landings with static checks, proposes a configuration. Asks nothing, commits nothing. */
export const initRepository =
  (ports: InitPorts) =>
  async (input: InitInput): Promise<InitReport> => {
    if (input.write && ports.bare !== undefined) throw nowhereToWrite({ path: ports.bare });
    if (input.write && (await ports.checkout.read(CONFIG)) !== undefined) throw alreadyConfigured();
    const found = await ports.detect();
    const replayed = await replay(await ports.landings(input.replay), ports);
    const files = [{ path: CONFIG, text: proposeConfig(found) }, ...(input.ci ? await pipelineFor(input.ci, found, ports) : [])];
    const written = input.write ? await writeAll(files, ports.checkout) : [];
    const counts = { ship: 0, ask: 0, hold: 0 };
    for (const { decision } of replayed) counts[decision] += 1;
    return { found, replayed, counts, debt: debtIn(replayed), files: files.map((file) => ({ ...file, written: written.includes(file.path) })) };
  };

async function pipelineFor(ci: NonNullable<InitInput["ci"]>, { installs }: Detected, ports: InitPorts): Promise<readonly { readonly path: string; readonly text: string }[]> {
  return (await ports.pipelineFiles(ci)).map((file) => ({ ...file, text: withInstalls(file.text, ci, installs) }));
}

async function replay(landings: readonly CommitFacts[], ports: InitPorts): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (const [index, landing] of landings.entries()) {
    if (landing.parents.length === 0) continue;
    ports.progress.says(`replaying ${index + 1} of ${landings.length}: ${subjectOf(landing)}`);
    const verdict = await ports.judge(landing);
    replayed.push({ commit: landing.id, subject: subjectOf(landing), decision: verdict.decision, reasons: reasonsOf(verdict) });
  }
  return replayed;
}

/** Told by what comes up again: a reason carries its fingerprint where it can be debt at all. */
function debtIn(replayed: readonly Replayed[]): number {
  const seen = new Map<string, number>();
  for (const { reasons } of replayed) for (const fingerprint of new Set(reasons.flatMap((reason) => reason.fingerprint ?? []))) seen.set(fingerprint, (seen.get(fingerprint) ?? 0) + 1);
  return [...seen.values()].filter((times) => times > 1).length;
}

const subjectOf = (commit: CommitFacts): string => commit.message.split("\n")[0] ?? "";

function reasonsOf(verdict: VerdictDocument): Replayed["reasons"] {
  return verdict.findings
    .filter((finding) => finding.answer !== "holds" && !finding.waived && (finding.effect === "block" || finding.effect === "ask"))
    .map((finding) => ({ ...finding, place: finding.places[0] }))
    .map(({ place, ...finding }) => ({ check: finding.check, because: finding.because, ...(isDebt(finding) && { fingerprint: finding.fingerprint }), ...(place && { place: place.line ? `${place.file}:${place.line}` : place.file }) }));
}

/** Writes what is not there yet and remembers it, so that `--undo` removes exactly that. */
async function writeAll(files: readonly { readonly path: string; readonly text: string }[], checkout: CheckoutFiles): Promise<string[]> {
  const written: { path: string; sha256: string }[] = [];
  for (const { path, text } of files) {
    if ((await checkout.read(path)) !== undefined) continue;
    await checkout.write(path, text);
    written.push({ path, sha256: sha256Hex(text) });
  }
  await checkout.write(".proofline/.gitignore", "*\n");
  await checkout.write(RECORD, `${JSON.stringify({ schema: "proofline/init/1", files: written }, null, 2)}\n`);
  return written.map((file) => file.path);
}

export interface UndoReport {
  readonly removed: readonly string[];
  /** Changed since, so left alone. */
  readonly kept: readonly string[];
}

/** Removes what `init` wrote, as long as nobody has edited it since. */
export const undoInit =
  ({ checkout }: Pick<InitPorts, "checkout">) =>
  async (): Promise<UndoReport> => {
    const record = readRecord(await checkout.read(RECORD));
    const removed: string[] = [];
    const kept: string[] = [];
    for (const { path, sha256 } of record) {
      const text = await checkout.read(path);
      if (text === undefined) continue;
      if (sha256Hex(text) === sha256) {
        await checkout.remove(path);
        removed.push(path);
      } else kept.push(path);
    }
    await checkout.remove(RECORD);
    return { removed, kept };
  };

function readRecord(text: string | undefined): readonly { path: string; sha256: string }[] {
  if (text === undefined) throw nothingToUndo();
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    if (Array.isArray(files) && files.every((file) => typeof file?.path === "string" && typeof file?.sha256 === "string")) return files as { path: string; sha256: string }[];
  } catch {
    // Falls through: a record that can't be read is no record.
  }
  throw nothingToUndo();
}
