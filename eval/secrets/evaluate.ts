import { join } from "node:path";
import { isIllustrative } from "../../packages/core/src/change/index.ts";
import type { SecretSighting } from "../../packages/core/src/evidence/index.ts";
import { makeSecretScanner } from "../../packages/core/src/adapters/secrets/index.ts";
import { cloneOf, labelledCommits, labelledFiles, type Label, type LabelledFile } from "./labelled-files.ts";
import { claimedCategories, repositories } from "./repositories.ts";

interface Tally {
  alarms: number;
  right: number;
}

const data = valueOf("--data");
const json = process.argv.includes("--json");
const verbose = process.argv.includes("--verbose");
const scanner = makeSecretScanner();

const byStrength = new Map<string, Tally>();
const byCategory = new Map<string, { real: number; found: number }>();
let [real, found, lines, judged] = [0, 0, 0, 0];

for (const repository of repositories) {
  const files = filesOf(repository);
  if (!files) continue;
  judged++;
  for (const file of files) await judge(file);
}
report();

function filesOf(repository: string): LabelledFile[] | undefined {
  const credData = data && cloneOf(data, "Samsung/CredData");
  const clone = data && cloneOf(data, repository);
  const at = credData ? labelledCommits(credData).get(repository) : undefined;
  if (!credData || !clone || !at) return void console.error(`not judged, no clone: ${repository}`);
  return labelledFiles(credData, clone, repository, at);
}

async function judge(file: LabelledFile): Promise<void> {
  lines += file.lines.length;
  const scanned = file.lines.map((text, index) => ({ file: file.path, line: index + 1, text }));
  const { sightings } = await scanner.scan(scanned, "0".repeat(40));
  const truths = distinct(file.labels.filter((label) => label.real));
  for (const sighting of sightings) {
    const right = truths.some((label) => overlaps(label, sighting));
    for (const key of [effectOf(sighting), sighting.rule]) count(byStrength, key, right);
    if (verbose && !right) console.error(`${effectOf(sighting)} ${sighting.rule} ${file.repository}/${file.path}:${sighting.place.line} ${sighting.masked} ${JSON.stringify(file.labels.filter((label) => overlaps(label, sighting)).map((label) => label.categories.join(":")))}`);
  }
  for (const label of truths) {
    const seen = sightings.some((sighting) => overlaps(label, sighting));
    real++;
    if (seen) found++;
    for (const category of label.categories) {
      const entry = byCategory.get(category) ?? { real: 0, found: 0 };
      byCategory.set(category, { real: entry.real + 1, found: entry.found + (seen ? 1 : 0) });
    }
    if (process.argv.includes("--missed") && !seen && label.categories.some((category) => claimedCategories.has(category)))
      console.error(`missed ${label.categories.join(":")} ${file.repository}/${file.path}:${label.from}`);
  }
}

/** What the check would make of it by default. */
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

function report(): void {
  const claimed = [...byCategory].filter(([category]) => claimedCategories.has(category));
  const claimedReal = claimed.reduce((sum, [, entry]) => sum + entry.real, 0);
  const claimedFound = claimed.reduce((sum, [, entry]) => sum + entry.found, 0);
  const block = byStrength.get("block") ?? { alarms: 0, right: 0 };
  const all = ["block", "ask", "note"].map((key) => byStrength.get(key) ?? { alarms: 0, right: 0 });
  const figures = [
    { name: "secrets: repositories judged", value: judged, unit: `of ${repositories.length}`, target: repositories.length, ok: judged === repositories.length, against: "fixed list" },
    { name: "secrets: precision of what blocks", value: share(block.right, block.alarms), unit: `of ${block.alarms}`, target: 0.95, ok: share(block.right, block.alarms) >= 0.95, against: "gitleaks 0.526 (published, all of CredData, 2022)" },
    { name: "secrets: precision of all sightings", value: share(all.reduce((sum, tally) => sum + tally.right, 0), all.reduce((sum, tally) => sum + tally.alarms, 0)), unit: `of ${all.reduce((sum, tally) => sum + tally.alarms, 0)}`, target: 0.9, ok: share(all.reduce((sum, tally) => sum + tally.right, 0), all.reduce((sum, tally) => sum + tally.alarms, 0)) >= 0.9, against: "gitleaks 0.526, CredSweeper 0.917 (published)" },
    { name: "secrets: recall of the formats claimed", value: share(claimedFound, claimedReal), unit: `of ${claimedReal}`, target: 0.6, ok: share(claimedFound, claimedReal) >= 0.6, against: "none published by format" },
    { name: "secrets: recall of every label", value: share(found, real), unit: `of ${real}`, target: 0, ok: true, against: "gitleaks 0.244, CredSweeper 0.808 (published)" },
  ];
  if (json) return figures.forEach((figure) => console.log(JSON.stringify(figure)));
  for (const figure of figures) console.log(`${figure.ok ? "ok  " : "MISS"} ${figure.name}: ${figure.value} ${figure.unit}, target ${figure.target}; ${figure.against}`);
  console.log(`\n${lines} lines\n\neffect or rule            right / alarms`);
  for (const [key, tally] of [...byStrength].sort()) console.log(`${key.padEnd(28)} ${tally.right} / ${tally.alarms}`);
  console.log("\ncategory                     found / real");
  for (const [category, entry] of [...byCategory].sort((a, b) => b[1].real - a[1].real)) console.log(`${category.padEnd(28)} ${entry.found} / ${entry.real}${claimedCategories.has(category) ? "" : "   (not claimed)"}`);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000;
}

function valueOf(flag: string): string | undefined {
  const at = process.argv.indexOf(flag);
  const value = at < 0 ? undefined : process.argv[at + 1];
  return value === undefined ? undefined : join(process.cwd().startsWith("/") && value.startsWith("/") ? value : join(process.cwd(), value));
}
