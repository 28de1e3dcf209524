import { agentSigns, fileKind, type CommitFacts, type FileStep } from "#change";
import { isStoryFile, nameOfRef, type BehaviourNews, type HistoryEntry, type ProofNews, type SignedThen, type StoryVersion } from "#intent";
import { nearest } from "#kernel";
import { historyUnknown } from "./errors.ts";
import type { PastPorts } from "./history-ports.ts";

export interface HistoryInput {
  /** `ST-cart`, `cart` or `ST-cart#AC-1`; none is every story. Names of the past count. */
  readonly names: readonly string[];
  /** Commit whose past is told. */
  readonly at: string;
}

/** How behaviour came to be what it is. */
export interface HistoryReport {
  readonly schema: "proofline/history/1";
  /** Commit that was looked back from; empty before the first. */
  readonly at: string;
  readonly names: readonly string[];
  /** Newest first. */
  readonly entries: readonly ToldEntry[];
  readonly notes: readonly string[];
}

/** An entry with the merge that brought it, where it came by one. */
export interface ToldEntry extends HistoryEntry {
  readonly landed?: { readonly commit: string; readonly subject: string };
}

const STORIES = "proofline/stories";
const SIGNOFFS = "proofline/signoffs";
/** Test files of one commit that are looked into; a commit of more imports them. */
const TESTS = 200;

/** Behaviour history by meaning, from Git: which criteria a commit added, reworded, changed, promised, retired or moved, and with which proofs and sign-offs. */
export const storyHistory =
  (ports: PastPorts) =>
  async ({ names, at }: HistoryInput): Promise<HistoryReport> => {
    const { id, whole, entries } = await allEntries(at, ports);
    const told = ports.library.historyOf(entries, nameAll(names, entries)).filter(({ news, signed }) => news.length + signed.length > 0);
    const landed = await ports.repository.landedBy(at, new Set(told.filter(({ because }) => because.request === undefined).map(({ commit }) => commit)));
    return {
      schema: "proofline/history/1",
      at: id,
      names,
      entries: told.map((entry) => withLanding(entry, landed.get(entry.commit), ports)),
      notes: whole ? [] : ["Git could not read the history to its end: what is older than the last entry is not told."],
    };
  };

/** Every entry up to a commit: those that were computed before, and those of commits that came since. */
async function allEntries(at: string, ports: PastPorts): Promise<{ readonly id: string; readonly whole: boolean; readonly entries: readonly HistoryEntry[] }> {
  const known = await ports.memory?.read();
  const blobs = blobReader(ports);
  const steps: FileStep[] = [];
  const onStep = (step: FileStep): void => {
    steps.push(step);
    blobs.fetch(step);
  };
  const { id, whole, cut } = await ports.repository.fileLog(at, [STORIES, SIGNOFFS], onStep, known?.at);
  await blobs.settle();
  const fresh: HistoryEntry[] = [];
  for (const step of steps) fresh.push(await entryOf(step, blobs, ports));
  const entries = known !== undefined && cut ? [...fresh, ...known.entries] : fresh;
  if (whole && fresh.length >= WORTH_KEEPING) await ports.memory?.keep({ at: id, entries });
  return { id, whole, entries };
}

/** Fewer are computed as fast as they are read. */
const WORTH_KEEPING = 200;

/** The names as they stand in history: with `ST-`, in the right case. Raises a named error for one that never was there. */
function nameAll(names: readonly string[], entries: readonly HistoryEntry[]): readonly string[] {
  if (names.length === 0) return [];
  const known = new Map<string, string>();
  for (const { news } of entries) for (const { story, criterion } of news) for (const one of [story, ...(criterion === undefined ? [] : [`${story}#${criterion}`])]) known.set(one.toLowerCase(), one);
  return names.map((asked) => {
    const typed = asked.toLowerCase();
    const found = known.get(typed) ?? known.get(`st-${typed}`);
    if (found !== undefined) return found;
    const meant = nearest(asked, [...known.values()].slice(0, 2_000));
    throw historyUnknown({ asked, ...(meant !== undefined && { meant }) });
  });
}

interface BlobReader {
  /** Begins to read the stories of a step. */
  fetch(step: FileStep): void;
  /** Waits for all of them. */
  settle(): Promise<void>;
  version(file: string, blob: string | undefined): StoryVersion | undefined;
  texts(blobs: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Texts and versions by blob, each read once; reading goes on while Git still tells commits. */
function blobReader({ repository, library, yaml }: PastPorts): BlobReader {
  const read = library.versionReader(yaml);
  const versions = new Map<string, StoryVersion | undefined>();
  const asked = new Set<string>();
  const open: Promise<void>[] = [];
  let waiting: { readonly file: string; readonly blob: string }[] = [];
  const flush = async (): Promise<void> => {
    const wanted = waiting;
    waiting = [];
    const found = await repository.readBlobs(wanted.map(({ blob }) => blob));
    for (const { file, blob } of wanted) versions.set(`${blob} ${file}`, read(file, found.get(blob)?.text ?? ""));
  };
  return {
    fetch: ({ files }) => {
      for (const { path, before, after } of files) {
        if (!isStoryFile(path)) continue;
        for (const blob of [...before, after]) {
          if (blob === undefined || asked.has(`${blob} ${path}`)) continue;
          asked.add(`${blob} ${path}`);
          waiting.push({ file: path, blob });
          if (waiting.length === BATCH) open.push(flush());
        }
      }
    },
    settle: async () => {
      await Promise.all([...open, flush()]);
    },
    version: (file, blob) => (blob === undefined ? undefined : versions.get(`${blob} ${file}`)),
    texts: async (blobs) => new Map([...(await repository.readBlobs(blobs))].map(([blob, { text }]) => [blob, text ?? ""])),
  };
}

/** Blobs that are asked for at once. */
const BATCH = 64;

async function entryOf(step: FileStep, blobs: BlobReader, { library }: PastPorts): Promise<HistoryEntry> {
  const { commit, files } = step;
  const stories = files.filter(({ path }) => isStoryFile(path));
  const after = stories.flatMap(({ path, after: blob }) => blobs.version(path, blob) ?? []);
  const parents = Math.max(1, ...files.map(({ before }) => before.length));
  const each = Array.from({ length: parents }, (_, parent) => library.compareVersions(stories.flatMap(({ path, before }) => blobs.version(path, before[parent]) ?? []), after));
  return {
    commit: commit.id,
    by: commit.author,
    agents: [...new Set(agentSigns([commit]).map(({ name }) => name))],
    authoredAt: isoOf(commit.authoredAt),
    committedAt: isoOf(commit.committedAt),
    subject: subjectOf(commit),
    because: library.causesOf(commit),
    merge: commit.parents.length > 1,
    news: parents > 1 ? library.mergedNews(each) : await withProofs(each[0] ?? [], step, blobs, library.refsIn),
    signed: await signedIn(files, blobs),
  };
}

const isoOf = (seconds: number): string => new Date(Math.min(Math.max(seconds, 0), 8e12) * 1000).toISOString().replace(".000Z", "Z");
const subjectOf = ({ message }: Pick<CommitFacts, "message">): string => (message.split("\n", 1)[0] ?? "").slice(0, 500);

/** Criteria by name with the test files of the same commit that began to name them, ceased to, or went on to in another version. */
async function proofNews({ files }: FileStep, blobs: BlobReader, refsIn: PastPorts["library"]["refsIn"]): Promise<ReadonlyMap<string, readonly ProofNews[]>> {
  const tests = files.filter(({ path }) => MAYBE_TEST.test(path) && (path.endsWith(".feature") || fileKind(path) === "test"));
  const found = new Map<string, ProofNews[]>();
  if (tests.length === 0 || tests.length > TESTS) return found;
  const texts = await blobs.texts(tests.flatMap(({ before, after }) => [before[0], after].filter((blob) => blob !== undefined)));
  const namesIn = (blob: string | undefined): ReadonlySet<string> => new Set(blob === undefined ? [] : refsIn(texts.get(blob) ?? "").flatMap((ref) => (ref.criterion === undefined ? [] : [nameOfRef(ref)])));
  for (const { path, before, after } of tests) {
    const [was, is] = [namesIn(before[0]), namesIn(after)];
    for (const name of new Set([...was, ...is])) {
      const how = !was.has(name) ? "linked" : is.has(name) ? "changed" : "unlinked";
      found.set(name, [...(found.get(name) ?? []), { file: path, how }]);
    }
  }
  return found;
}

/** What no test file's path is without: asked first, because it costs nothing. */
const MAYBE_TEST = /test|spec|e2e|feature|check|cy|bench/i;

/** A proof that only changed is told beside what else became of its criterion. */
async function withProofs(news: readonly BehaviourNews[], step: FileStep, blobs: BlobReader, refsIn: PastPorts["library"]["refsIn"]): Promise<readonly BehaviourNews[]> {
  const proofs = await proofNews(step, blobs, refsIn);
  if (proofs.size === 0) return news;
  const nameOf = ({ story, criterion }: BehaviourNews): string => `${story}#${criterion}`;
  const known = new Set(news.map(nameOf));
  const alone = [...proofs].flatMap(([name, found]): readonly BehaviourNews[] => {
    const [story = "", criterion = ""] = name.split("#");
    const links = found.filter(({ how }) => how !== "changed");
    return known.has(name) || links.length === 0 ? [] : [{ story, criterion, kinds: ["proofs"], proofs: links }];
  });
  return [
    ...news.map((one) => {
      const more = (proofs.get(nameOf(one)) ?? []).filter(({ file }) => !one.proofs.some((proof) => proof.file === file));
      return more.length === 0 ? one : { ...one, kinds: one.kinds.includes("proofs") || more.every(({ how }) => how === "changed") ? one.kinds : [...one.kinds, "proofs" as const], proofs: [...one.proofs, ...more] };
    }),
    ...alone,
  ];
}

/** Sign-offs that a commit brings or renews. */
async function signedIn(files: FileStep["files"], blobs: BlobReader): Promise<readonly SignedThen[]> {
  const brought = files.flatMap(({ path, after }) => (path.startsWith(`${SIGNOFFS}/`) && after !== undefined ? [after] : []));
  return brought.length === 0 ? [] : [...(await blobs.texts(brought)).values()].flatMap(statementIn);
}

/** What a sign-off file says; whether it counts is not asked of the past. */
function statementIn(text: string): readonly SignedThen[] {
  try {
    const { signoff } = JSON.parse(text.slice(0, 100_000)) as { readonly signoff?: Readonly<Record<string, unknown>> };
    const [story, role, stage, by] = ["story", "role", "stage", "by"].map((key) => signoff?.[key]);
    return typeof story === "string" && typeof role === "string" && typeof stage === "string" && typeof by === "string" ? [{ story, role, stage, by }] : [];
  } catch {
    return [];
  }
}

/** What the merge says counts for what it brought. */
function withLanding(entry: HistoryEntry, merge: { readonly id: string; readonly message: string } | undefined, { library }: PastPorts): ToldEntry {
  if (merge === undefined) return entry;
  const { request, issues, incidents } = library.causesOf({ message: merge.message, trailers: [] });
  const because = { ...entry.because, ...(request !== undefined && entry.because.request === undefined && { request }), issues: [...new Set([...entry.because.issues, ...issues])], incidents: [...new Set([...entry.because.incidents, ...incidents])] };
  return { ...entry, because, landed: { commit: merge.id, subject: subjectOf(merge) } };
}
