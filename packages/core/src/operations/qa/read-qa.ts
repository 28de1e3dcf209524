import { digestOf, isProoflineError } from "#kernel";
import type { Change, Repository, SyntaxReader, TreeEntry } from "#change";
import { evidenceOf, scanModule, isFollowed, type Coverage, type Evidence, type JourneyJudges, type Qa, type QaItem, type QaLibrary, type QaOwed, type QaRunSeen, type TraceLibrary } from "#evidence";
import { isJourneyFile, isStoryFile, type Intent, type JourneyLibrary, type Story, type StoryLibrary, type Yaml } from "#intent";
import { isQaFile, parseQaRun, vetQaRun, type ListedKeys, type VerifySignature } from "#verdict";
import { findLinks } from "../stories/find-links.ts";
import type { LinkMemory } from "../stories/trace-ports.ts";
import { productOf } from "./product.ts";

/** What reading stories, journeys and checklists stands on; loaded where somebody has to try something. */
export interface QaReaders {
  readonly qa: QaLibrary;
  readonly stories: StoryLibrary;
  readonly journeys: JourneyLibrary;
  readonly judges: JourneyJudges;
  readonly trace: TraceLibrary;
  readonly yaml: Yaml;
  readonly syntax: SyntaxReader;
}

export interface QaPorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly links: LinkMemory;
  readers(): Promise<QaReaders>;
}

/** Who vouches for records, and for which change. */
export interface QaContext {
  readonly listed: ListedKeys;
  /** ISO timestamp. */
  readonly now: string;
  verifier(): Promise<VerifySignature>;
  /** Asked only where a record is not signed. */
  solo(): Promise<boolean>;
}

export interface QaAbout {
  readonly change: Change;
  readonly intent: Intent;
  /** Coverage of the head among them gives hints. */
  readonly evidence: readonly Evidence[];
}

/** What there is to try by hand for a change, whoever asks for it. */
export interface Checklist {
  readonly product: string;
  readonly owed: readonly QaOwed[];
  readonly items: readonly QaItem[];
  readonly entries: readonly TreeEntry[];
}

/** The checklist of a change. Reads stories, journeys and the changed code of the head; linear in the change and in the listing of its tree. */
export async function checklistFor({ change, intent, evidence }: QaAbout, { repository, links, readers }: QaPorts): Promise<Checklist> {
  const read = await readers();
  const all = await repository.listFiles(change.headTree);
  const entries = all.filter(({ mode }) => mode.startsWith("100"));
  const stories = await storiesIn(entries, read, repository);
  const journeys = await journeysIn(entries, stories, change, read, repository);
  const tests = stories.length === 0 ? [] : (await findLinks(change.headTree, { repository, memory: links, ...read })).links;
  const proven = new Set(tests.flatMap(({ ref, skipped }) => (ref.criterion === undefined || skipped === true ? [] : [`${ref.story}#${ref.criterion}`])));
  const areas = intent.areas;
  const items = read.qa.checklistOf({ change, areas, stories, proven, journeys, routes: await routesIn(change, entries, repository), uncovered: uncoveredIn(change, evidenceOf(evidence, "coverage")) });
  // A link or a submodule that points elsewhere is another product, too.
  return { product: productOf(all), owed: read.qa.owedFor(intent.qa ?? [], change, areas, stories), items, entries };
}

/** What policy owes, what there is to try and who tried it. Nothing where no rule applies: then nothing of the tree is read. */
export async function readQa(about: QaAbout, ports: QaPorts, context: QaContext): Promise<readonly Qa[]> {
  const rules = about.intent.qa ?? [];
  if (rules.length === 0 || about.change.files.length === 0) return [];
  const { product, owed, items, entries } = await checklistFor(about, ports);
  if (owed.length === 0) return [];
  const runs = await runsIn(entries, { product, by: [...new Set(owed.flatMap(({ by }) => by))], byAgent: about.change.byAgent }, ports.repository, context);
  const { change } = about;
  const subject = change.headKind === "commit" ? change.head : change.headTree;
  return [{ kind: "qa", source: "reported", subject, origin: "proofline/qa/ of the head", digest: digestOf({ subject, product, items: items.map(({ id }) => id), runs: runs.map(({ file, state }) => [file, state]) }), product, owed, items, runs }];
}

/** Records of the head, vetted. One that can't be read is told as refused; most that are looked at: the newest two hundred. */
export async function runsIn(entries: readonly TreeEntry[], about: { readonly product: string; readonly by: readonly string[]; readonly byAgent: boolean }, repository: Pick<Repository, "readBlobs">, { listed, now, verifier, solo }: QaContext): Promise<readonly QaRunSeen[]> {
  const files = entries.filter(({ path }) => isQaFile(path)).toSorted((a, b) => (a.path < b.path ? 1 : -1)).slice(0, 200);
  if (files.length === 0) return [];
  const texts = await repository.readBlobs(files.map(({ blob }) => blob));
  const [verify, alone] = await Promise.all([verifier(), solo()]);
  const seen: QaRunSeen[] = [];
  for (const { path, blob } of files) {
    try {
      seen.push(vetQaRun(await parseQaRun(texts.get(blob)?.text ?? "", path), path, { ...about, listed, now, verify, solo: alone }));
    } catch (error) {
      if (!isProoflineError(error)) throw error;
      seen.push({ file: path, run: { schema: "proofline/qa-run/1", by: "", at: "", product: "", build: {}, items: [] }, state: "refused", because: error.message });
    }
  }
  return seen;
}

async function storiesIn(entries: readonly TreeEntry[], { stories, yaml }: QaReaders, repository: QaPorts["repository"]): Promise<readonly Story[]> {
  const files = entries.filter(({ path }) => isStoryFile(path));
  if (files.length === 0) return [];
  const texts = await repository.readBlobs(files.map(({ blob }) => blob));
  return files.flatMap(({ path, blob }) => stories.readStory(path, texts.get(blob)?.text ?? "", yaml).story ?? []);
}

async function journeysIn(entries: readonly TreeEntry[], stories: readonly Story[], change: Change, { journeys, judges, yaml }: QaReaders, repository: QaPorts["repository"]) {
  const files = entries.filter(({ path }) => isJourneyFile(path));
  if (files.length === 0) return [];
  const texts = await repository.readBlobs(files.map(({ blob }) => blob));
  const read = files.flatMap(({ path, blob }) => journeys.readJourney(path, texts.get(blob)?.text ?? "", yaml).journey ?? []).filter(({ state }) => state === "promised");
  const reached = judges.reachedBy(read, change, stories);
  return judges.byImpact(read).flatMap((journey) => (reached.has(journey.id) ? [{ journey, because: reached.get(journey.id) ?? "" }] : []));
}

/** Routes that changed source handles, as its text says. */
async function routesIn({ files }: Change, entries: readonly TreeEntry[], repository: QaPorts["repository"]) {
  const changed = new Set(files.filter(({ path, kind, behaviour }) => kind === "source" && behaviour && isFollowed(path)).map(({ path }) => path));
  const wanted = entries.filter(({ path }) => changed.has(path)).slice(0, 100);
  const texts = await repository.readBlobs(wanted.map(({ blob }) => blob));
  return wanted.flatMap(({ path, blob }) => scanModule(path, texts.get(blob)?.text ?? "").routes.map((route) => ({ ...route, file: path })));
}

function uncoveredIn({ files, head, headTree }: Change, coverage: readonly Coverage[]): readonly { readonly file: string; readonly lines: readonly number[] }[] {
  const here = coverage.filter(({ subject, partial }) => partial !== true && (subject === head || subject === headTree));
  return files.flatMap(({ path, newLines }) => {
    const measured = here.flatMap((one) => one.files.get(path) ?? []);
    const lines = newLines.filter((line) => measured.some((one) => one.lines.has(line)) && measured.every((one) => (one.lines.get(line) ?? 0) === 0));
    return lines.length === 0 ? [] : [{ file: path, lines }];
  });
}
