import { digestOf, type Side } from "#kernel";
import { secretHint } from "#change";
import type { ScannedLine, SecretScan, SecretScanner, SecretSighting, SecretStrength } from "#evidence";
import { awsSecrets } from "./aws-key-pair.ts";
import { matchesInLine } from "./line-matches.ts";
import { privateKeyBlocks } from "./private-key.ts";
import { maskSecret, secretIdentity } from "./sighting.ts";
import { windowsOf } from "./windows.ts";

/** A sighting together with the text it must never carry outside. */
interface Found {
  readonly sighting: SecretSighting;
  /** A part of the secret that stands on one line, to look for elsewhere. */
  readonly needle: string;
}

/** Says which of these texts stand anywhere in a tree. */
export type TextsInTree = (tree: string, texts: readonly string[]) => Promise<ReadonlySet<string>>;

/** The table of formats as a scanner. Without `textsInTree` nothing is looked up on the base. */
export const makeSecretScanner = (textsInTree?: TextsInTree): SecretScanner => ({
  async scan(lines, subject, base): Promise<SecretScan> {
    const found = findSecrets(lines);
    const onHead = found.filter(({ sighting }) => sighting.place.side === "head");
    const known = base === undefined || textsInTree === undefined || onHead.length === 0 ? new Set<string>() : await textsInTree(base, [...new Set(onHead.map(({ needle }) => needle))]);
    const sightings = found.map(({ sighting, needle }) => (known.has(needle) ? { ...sighting, onBase: true } : sighting));
    return { kind: "secret-scan", source: "ran", subject, origin: "the secret formats Proofline knows", digest: digestOf(sightings), sightings };
  },
});

function findSecrets(lines: Iterable<ScannedLine>): Found[] {
  const found: Found[] = [];
  for (const run of runsOf(lines)) {
    found.push(...keysIn(run));
    if (run.some((line) => secretHint(line.text))) found.push(...pairsIn(run));
    for (const line of run) if (secretHint(line.text)) found.push(...singlesIn(line));
  }
  return found;
}

/** Lines that follow each other on one side of one file. */
function* runsOf(lines: Iterable<ScannedLine>): Generator<ScannedLine[]> {
  let run: ScannedLine[] = [];
  for (const line of lines) {
    const last = run.at(-1);
    if (last && (last.file !== line.file || last.commit !== line.commit || sideOf(last) !== sideOf(line) || last.line + 1 !== line.line)) {
      yield run;
      run = [];
    }
    run.push(line);
  }
  if (run.length > 0) yield run;
}

const sideOf = (line: ScannedLine): Side => line.side ?? "head";

function keysIn(run: readonly ScannedLine[]): Found[] {
  if (!run.some((line) => line.text.includes("PRIVATE KEY"))) return [];
  const texts = run.map((line) => windowsOf(line.text).join("\n"));
  return [...privateKeyBlocks(texts)].flatMap(({ from, to, body }) => {
    const [first, last] = [run[from], run[to]];
    if (!first || !last) return [];
    const rule = { rule: "private-key", what: "a private key", strength: "generated", revoke: "Replace the key pair everywhere the public half is trusted.", around: "" } as const;
    return [foundAt(first, { ...rule, secret: body, masked: "-----BEGIN PRIVATE KEY…", needle: needleOf(texts.slice(from, to + 1)) }, last.line)];
  });
}

/** The second printed line of a key's body: the first is the same for many keys. */
function needleOf(texts: readonly string[]): string {
  const pieces = texts.flatMap((text) => text.match(/[A-Za-z0-9+/]{40,}/g) ?? []);
  return (pieces[1] ?? pieces[0] ?? "").slice(0, 76);
}

function pairsIn(run: readonly ScannedLine[]): Found[] {
  const texts = run.map((line) => (line.text.length > 16_384 ? "" : line.text));
  return awsSecrets(texts).flatMap(({ at, secret }) => {
    const line = run[at];
    const rule = { rule: "aws-secret-key", what: "an AWS secret access key", strength: "formatted", revoke: "Deactivate the key in IAM, then delete it.", around: "" } as const;
    return line ? [foundAt(line, { ...rule, secret, needle: secret })] : [];
  });
}

/** One sighting per secret and line: the windows of a long line overlap. */
function singlesIn(line: ScannedLine): Found[] {
  const matches = windowsOf(line.text).flatMap((text) => matchesInLine(line.file, text));
  const found = matches.map((match) => foundAt(line, { ...match, needle: match.around === "" ? match.secret : `:${match.secret}@` }));
  return [...new Map(found.map((one) => [one.sighting.rule + one.sighting.hash, one])).values()];
}

interface Sighted {
  readonly rule: string;
  readonly what: string;
  readonly strength: SecretStrength;
  readonly secret: string;
  readonly needle: string;
  readonly around: string;
  readonly revoke: string;
  readonly masked?: string;
}

function foundAt(line: ScannedLine, { rule, what, strength, secret, needle, around, revoke, masked }: Sighted, endLine?: number): Found {
  const place = { file: line.file, line: line.line, ...(endLine !== undefined && endLine > line.line && { endLine }), side: sideOf(line) };
  return { needle, sighting: { rule, what, place, masked: masked ?? maskSecret(secret), hash: secretIdentity(rule, secret, around), strength, revoke, ...(line.commit !== undefined && { commit: line.commit }) } };
}
