import { isIllustrative } from "../../packages/core/src/change/index.ts";
import type { SecretSighting } from "../../packages/core/src/evidence/index.ts";
import { makeSecretScanner } from "../../packages/core/src/adapters/secrets/index.ts";
import { reported, type Figure } from "../figure.ts";
import { cloneOf, labelledCommits, labelledFiles, type Label, type LabelledFile } from "./labelled-files.ts";
import { claimedCategories, repositories } from "./repositories.ts";

interface Tally {
  alarms: number;
  right: number;
}

/** What was counted: alarms by effect and by rule, labels by category. */
export interface SecretCounts {
  readonly alarms: Map<string, Tally>;
  readonly categories: Map<string, { real: number; found: number }>;
  judged: number;
  lines: number;
  real: number;
  found: number;
  claimed: number;
  claimedFound: number;
}

export interface SecretJudging {
  /** Folder with the clones. */
  readonly data: string;
  /** Told about missing clones, wrong alarms and missed labels of a claimed category. */
  say(line: string): void;
}

/** Scans every labelled file of the fixed list and compares with the labels. */
export async function countSecrets({ data, say }: SecretJudging): Promise<SecretCounts> {
  const counts: SecretCounts = { alarms: new Map(), categories: new Map(), judged: 0, lines: 0, real: 0, found: 0, claimed: 0, claimedFound: 0 };
  const credData = cloneOf(data, "Samsung/CredData");
  const commits = credData ? labelledCommits(credData) : new Map();
  for (const repository of repositories) {
    const [clone, at] = [cloneOf(data, repository), commits.get(repository)];
    if (!credData || !clone || !at) {
      say(`not judged, no clone: ${repository}`);
      continue;
    }
    counts.judged++;
    for (const file of labelledFiles(credData, clone, repository, at)) await judge(file, counts, say);
  }
  return counts;
}

async function judge(file: LabelledFile, counts: SecretCounts, say: (line: string) => void): Promise<void> {
  counts.lines += file.lines.length;
  const scanned = file.lines.map((text, index) => ({ file: file.path, line: index + 1, text }));
  const { sightings } = await makeSecretScanner().scan(scanned, "0".repeat(40));
  const truths = distinct(file.labels.filter((label) => label.real));
  for (const sighting of sightings) {
    const right = truths.some((label) => overlaps(label, sighting));
    for (const key of [effectOf(sighting), sighting.rule]) count(counts.alarms, key, right);
    if (!right) say(`wrong ${effectOf(sighting)} ${sighting.rule} ${file.repository}/${file.path}:${sighting.place.line} ${sighting.masked}`);
  }
  for (const label of truths) countLabel(label, sightings.some((sighting) => overlaps(label, sighting)), file, counts, say);
}

function countLabel(label: Label, seen: boolean, file: LabelledFile, counts: SecretCounts, say: (line: string) => void): void {
  const claimed = label.categories.some((category) => claimedCategories.has(category));
  counts.real++;
  if (seen) counts.found++;
  if (claimed) counts.claimed++;
  if (claimed && seen) counts.claimedFound++;
  for (const category of label.categories) {
    const entry = counts.categories.get(category) ?? { real: 0, found: 0 };
    counts.categories.set(category, { real: entry.real + 1, found: entry.found + (seen ? 1 : 0) });
  }
  if (claimed && !seen) say(`missed ${label.categories.join(":")} ${file.repository}/${file.path}:${label.from}`);
}

/** What the check makes of a sighting by default; it knows a file's kind better than its path alone says. */
function effectOf({ strength = "formatted", place }: SecretSighting): "block" | "ask" | "note" {
  const made = isIllustrative(place.file);
  if (strength === "checked") return "block";
  if (strength === "formatted") return made ? "ask" : "block";
  if (strength === "generated") return made ? "note" : "block";
  return made ? "note" : "ask";
}

function overlaps(label: Label, { place }: SecretSighting): boolean {
  const line = place.line ?? 0;
  return label.from <= (place.endLine ?? line) && line <= label.to;
}

function distinct(labels: readonly Label[]): Label[] {
  const byLines = new Map<string, Label>();
  for (const label of labels) {
    const key = `${label.from}-${label.to}`;
    byLines.set(key, { ...label, categories: [...new Set([...(byLines.get(key)?.categories ?? []), ...label.categories])] });
  }
  return [...byLines.values()];
}

function count(tallies: Map<string, Tally>, key: string, right: boolean): void {
  const tally = tallies.get(key) ?? { alarms: 0, right: 0 };
  tally.alarms++;
  if (right) tally.right++;
  tallies.set(key, tally);
}

/** Precision and recall against targets and published numbers. */
export async function judgeSecrets(judging: SecretJudging): Promise<Figure[]> {
  return secretFigures(await countSecrets(judging));
}

export function secretFigures(counts: SecretCounts): Figure[] {
  const block = counts.alarms.get("block") ?? { alarms: 0, right: 0 };
  const every = ["block", "ask", "note"].flatMap((key) => counts.alarms.get(key) ?? []);
  const [alarms, right] = [every.reduce((sum, tally) => sum + tally.alarms, 0), every.reduce((sum, tally) => sum + tally.right, 0)];
  const atLeast = (name: string, value: number, unit: string, target: number, against: string): Figure => ({ name: `secrets: ${name}`, value, unit, target, bar: "at least", ok: value >= target, against });
  return [
    atLeast("repositories judged", counts.judged, `of ${repositories.length}`, repositories.length, "the fixed list"),
    atLeast("precision of what blocks", share(block.right, block.alarms), `of ${block.alarms}`, 0.95, "gitleaks 0.526 (published, all of CredData, 2022)"),
    atLeast("precision of every sighting", share(right, alarms), `of ${alarms}`, 0.9, "gitleaks 0.526, CredSweeper 0.917 (published)"),
    atLeast("recall of the formats claimed", share(counts.claimedFound, counts.claimed), `of ${counts.claimed} labels`, 0.6, "none published by format"),
    reported("secrets: recall of every label", share(counts.found, counts.real), `of ${counts.real} labels`, "gitleaks 0.244, CredSweeper 0.808 (published)"),
  ];
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000);
