import type { Side } from "#kernel";
import { secretHint, type Change, type ChangedFile, type Repository } from "#change";
import type { Evidence, ScannedLine, SecretScanner } from "#evidence";

/** Lines of files too large to be compared: what could be a secret, wherever it stands; what the base holds as well is found out by the scanner. */
async function secretLinesOfLarge(change: Change, repository: Pick<Repository, "secretLines">): Promise<{ readonly lines: readonly ScannedLine[]; readonly blindSpots: readonly string[] }> {
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

/** Looks for secrets on the changed lines, and says what it could not look at. */
export async function lookForSecrets(change: Change, { repository, secrets }: { readonly repository: Pick<Repository, "secretLines">; readonly secrets: SecretScanner }): Promise<{ readonly evidence: readonly Evidence[]; readonly blindSpots: readonly string[] }> {
  const large = await secretLinesOfLarge(change, repository);
  return { evidence: await scanSecrets(change, large.lines, secrets), blindSpots: large.blindSpots };
}

async function scanSecrets(change: Change, large: readonly ScannedLine[], scanner: SecretScanner): Promise<readonly Evidence[]> {
  const added = [...change.files.flatMap((file) => (file.kind === "lock" ? [] : linesOf(file, "+", "head"))), ...large];
  // Most changes hold nothing that looks like a secret; the rules are loaded only for the others.
  if (!added.some((line) => secretHint(line.text))) return [];
  const removed = change.files.flatMap((file) => linesOf(file, "-", "base"));
  return [await scanner.scan([...removed, ...added], change.headKind === "commit" ? change.head : change.headTree, change.mergeBase)];
}

function linesOf(file: ChangedFile, op: "+" | "-", side: Side): ScannedLine[] {
  const path = side === "base" ? (file.basePath ?? file.path) : file.path;
  return file.hunks.flatMap((hunk) => hunk.lines.filter((line) => line.op === op).map((line) => ({ file: path, line: line.line, text: line.text, side })));
}
