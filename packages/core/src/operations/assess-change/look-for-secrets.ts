import type { Side } from "#kernel";
import { secretHint, type Change, type ChangedFile, type Repository } from "#change";
import type { Evidence, ScannedLine, SecretScan, SecretScanner } from "#evidence";

interface SecretPorts {
  readonly repository: Pick<Repository, "secretLines" | "secretLinesOfCommits">;
  readonly secrets: SecretScanner;
}

interface LinesSeen {
  readonly lines: readonly ScannedLine[];
  readonly blindSpots: readonly string[];
}

/** Looks for secrets on the changed lines and in the commits on the way to them, and says what it could not look at. */
export async function lookForSecrets(change: Change, { repository, secrets }: SecretPorts): Promise<{ readonly evidence: readonly Evidence[]; readonly blindSpots: readonly string[] }> {
  const large = await secretLinesOfLarge(change, repository);
  const added = [...change.files.flatMap((file) => (file.kind === "lock" ? [] : linesOf(file, "+", "head"))), ...large.lines];
  const onTheWay = await linesOnTheWay(change, added, repository);
  return { evidence: await scanSecrets(change, [...added, ...onTheWay.lines], secrets), blindSpots: [...large.blindSpots, ...onTheWay.blindSpots] };
}

/** Lines of files too large to be compared: what could be a secret, wherever it stands; what the base holds as well is found out by the scanner. */
async function secretLinesOfLarge(change: Change, repository: SecretPorts["repository"]): Promise<LinesSeen> {
  const lines: ScannedLine[] = [];
  const blindSpots: string[] = [];
  for (const { path, tooLarge, headBlob, kind } of change.files) {
    if (tooLarge !== true) continue;
    const found = headBlob === undefined || kind === "lock" ? undefined : await repository.secretLines(headBlob);
    lines.push(...(found?.lines ?? []).map((line) => ({ file: path, side: "head" as const, ...line })));
    blindSpots.push(`${path} is larger than 4 MB: ${found === undefined || found.binary ? "its lines were not read" : `it was looked through for secrets${found.whole ? "" : ", not to its end,"} and not compared`}`);
  }
  return { lines, blindSpots };
}

/** What a later commit takes out again is not in the diff, and still in everybody's clone. A change of one commit has no such way. */
async function linesOnTheWay(change: Change, added: readonly ScannedLine[], repository: SecretPorts["repository"]): Promise<LinesSeen> {
  const [newest] = change.commits;
  if (newest === undefined || change.commits.length < (change.headKind === "commit" ? 2 : 1)) return { lines: [], blindSpots: [] };
  const { lines, whole } = await repository.secretLinesOfCommits({ base: change.mergeBase, head: newest.id });
  const there = new Set(added.filter(({ text }) => secretHint(text)).map(({ text }) => text));
  const gone = new Set(lines.flatMap(({ commit, text }) => (secretHint(text) && !there.has(text) ? [commit] : [])));
  return {
    lines: lines.filter(({ commit }) => gone.has(commit)),
    blindSpots: whole ? [] : ["not every commit on the way to the head was looked through for secrets that a later one takes out again"],
  };
}

async function scanSecrets(change: Change, added: readonly ScannedLine[], scanner: SecretScanner): Promise<readonly SecretScan[]> {
  // Most changes hold nothing that looks like a secret; the rules are loaded only for the others.
  if (!added.some((line) => secretHint(line.text))) return [];
  const removed = change.files.flatMap((file) => linesOf(file, "-", "base"));
  return [await scanner.scan([...removed, ...added], change.headKind === "commit" ? change.head : change.headTree, change.mergeBase)];
}

function linesOf(file: ChangedFile, op: "+" | "-", side: Side): ScannedLine[] {
  const path = side === "base" ? (file.basePath ?? file.path) : file.path;
  return file.hunks.flatMap((hunk) => hunk.lines.filter((line) => line.op === op).map((line) => ({ file: path, line: line.line, text: line.text, side })));
}
