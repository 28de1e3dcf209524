import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { atMost, reported, type Figure } from "../figure.ts";
import { JAVASCRIPT_KINDS } from "./kinds-javascript.ts";
import { PYTHON_KINDS } from "./kinds-python.ts";
import { SETTING_KINDS } from "./kinds-settings.ts";
import type { FoundFile, Kind, Planting, Site } from "./planting.ts";
import { readJavascriptTests } from "./read-javascript.ts";
import { readPythonTests } from "./read-python.ts";
import { REPOSITORIES, type PlantedRepository } from "./repositories.ts";
import { openScratchClone, type ScratchClone } from "./scratch-clone.ts";

export interface TamperingOptions {
  readonly data: string;
  /** Places a kind is planted at in each repository. */
  readonly count: number;
  /** Only kinds and repositories whose name holds this. */
  readonly only?: string;
  readonly say: (line: string) => void;
}

type Side = "planted" | "twin" | "way back";

interface Answer {
  readonly kind: string;
  readonly repository: PlantedRepository;
  readonly side: Side;
  readonly where: string;
  /** Effect and words of what was said about the tests. */
  readonly says: readonly string[];
  readonly alarmed: boolean;
}

const CLI = fileURLToPath(new URL("../../bin/proofline.js", import.meta.url));
const CHECKS: ReadonlySet<string> = new Set(["tests/weakened", "tests/vacuous"]);

/** Plants every kind of tampering into real tests of real repositories and asks the built command; then its innocent twins. */
export async function judgeTampering({ data, count, only, say }: TamperingOptions): Promise<Figure[]> {
  const work = mkdtempSync(join(tmpdir(), "proofline-tampering-"));
  const answers: Answer[] = [];
  try {
    for (const repository of REPOSITORIES) {
      const clone = openScratchClone(data, repository.name, repository.revision, work);
      if (!clone) say(`MISSING ${repository.name} at ${repository.revision}`);
      else for (const kind of kindsFor(repository, only)) answers.push(...(await askKind(kind, { repository, clone, count, say })));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return figures(answers, say);
}

const kindsFor = (repository: PlantedRepository, only = ""): readonly Kind[] =>
  [...(repository.tests.source.endsWith("py$") ? PYTHON_KINDS : JAVASCRIPT_KINDS), ...SETTING_KINDS].filter((kind) => kind.dialects.includes(repository.dialect) && (`${kind.id} ${repository.name}`.includes(only)));

interface About {
  readonly repository: PlantedRepository;
  readonly clone: ScratchClone;
  readonly count: number;
  readonly say: (line: string) => void;
}

async function askKind(kind: Kind, about: About): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let sites = 0;
  for (const site of sitesOf(about, kind)) {
    const planted = kind.plant(site);
    if (!planted) continue;
    sites += 1;
    answers.push(await ask(kind, site, "planted", planted, about));
    if (kind.wayBack !== false) answers.push(await ask(kind, site, "way back", planted, about));
    const twin = kind.twin?.(site);
    if (twin) answers.push(await ask(kind, site, "twin", twin, about));
    if (sites >= (SETTING_KINDS.includes(kind) ? 1 : about.count)) break;
  }
  if (sites === 0) about.say(`none  ${about.repository.name}, ${kind.id}: no test of this repository has a place for it`);
  return answers;
}

/** The tests of a repository in an order that is the same every time, and another for every kind. */
function* sitesOf({ repository, clone }: About, kind: Kind): Generator<Site> {
  for (const file of byHash(filesOf(repository, clone), (one) => `${kind.id} ${one.path}`)) {
    for (const test of kind.id.includes("file") || kind.id.includes("mocked") ? file.tests.slice(0, 1) : byHash(file.tests, (one) => `${kind.id} ${one.title} ${one.start}`)) yield { repository, file, test, other: clone.read, paths: clone.paths };
  }
}

const byHash = <T>(some: readonly T[], name: (one: T) => string): readonly T[] => some.map((one) => ({ one, at: createHash("sha256").update(name(one)).digest("hex") })).sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ one }) => one);

const READ = new WeakMap<ScratchClone, readonly FoundFile[]>();
const MOST_FILES = 60;

function filesOf(repository: PlantedRepository, clone: ScratchClone): readonly FoundFile[] {
  const known = READ.get(clone);
  if (known) return known;
  const read = repository.tests.source.endsWith("py$") ? readPythonTests : readJavascriptTests;
  const files = clone.paths.filter((path) => repository.tests.test(path)).slice(0, MOST_FILES).flatMap((path) => read(path, clone.read(path) ?? "") ?? []);
  READ.set(clone, files.filter((file) => file.tests.length > 0));
  return READ.get(clone) ?? [];
}

async function ask(kind: Kind, site: Site, side: Side, planting: Planting, { clone, say }: About): Promise<Answer> {
  const { repository, file, test } = site;
  const before = Object.keys(planting.base).length === 0 ? repository.revision : clone.commit(repository.revision, planting.base);
  const after = clone.commit(before, planting.head);
  const [base, head] = side === "way back" ? [after, clone.commit(after, restored(planting, clone))] : [before, after];
  const says = await verdictOn(clone.dir, base, head);
  const alarmed = says.some((one) => /^(?:ask|block)/.test(one));
  const where = `${file.path}, ${test.title}`;
  const right = alarmed === (side === "planted");
  say(`${right ? "ok   " : side === "planted" ? "QUIET" : "ALARM"} ${repository.name}, ${kind.id}, ${side} (${where}): ${says.join("; ") || "nothing"}`);
  return { kind: kind.id, repository, side, where, says, alarmed };
}

/** The files as they were before the planting. */
function restored({ base, head }: Planting, clone: ScratchClone): Planting["head"] {
  return Object.fromEntries([...new Set([...Object.keys(base), ...Object.keys(head)])].map((path) => [path, base[path] ?? clone.read(path) ?? null]));
}

function verdictOn(dir: string, base: string, head: string): Promise<readonly string[]> {
  return new Promise((done) => {
    const args = [CLI, "check", "--repo", dir, "--base", base, "--head", head, "--no-run", "--gate", "local", "--format", "json"];
    execFile(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26, timeout: 120_000 }, (error, stdout, stderr) => {
      try {
        const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly check: string; readonly answer: string; readonly effect: string; readonly because: string }[] };
        done(findings.filter((one) => CHECKS.has(one.check) && one.answer === "broken").map((one) => `${one.effect} ${one.check}: ${one.because}`));
      } catch {
        done([`no answer: ${stderr.slice(0, 200)} ${error?.message.slice(0, 200) ?? ""}`]);
      }
    });
  });
}

function figures(answers: readonly Answer[], say: (line: string) => void): Figure[] {
  const kinds = [...new Set(answers.map((one) => one.kind))];
  const of = (side: Side, kind?: string): readonly Answer[] => answers.filter((one) => one.side === side && (kind === undefined || one.kind === kind));
  for (const kind of kinds) {
    const planted = of("planted", kind);
    const innocent = [...of("twin", kind), ...of("way back", kind)];
    const found = planted.filter((one) => one.alarmed);
    say(`${kind}: found ${found.length} of ${planted.length} in ${new Set(planted.map((one) => one.repository.name)).size} repositories and ${new Set(planted.map((one) => one.repository.runner)).size} runners; quiet on ${innocent.filter((one) => !one.alarmed).length} of ${innocent.length} twins`);
  }
  const planted = of("planted");
  const twins = of("twin");
  const back = of("way back");
  const few = kinds.filter((kind) => new Set(of("planted", kind).map((one) => one.repository.name)).size < 3);
  return [
    reported("tampering, planted", planted.length, "", `${kinds.length} kinds in ${new Set(planted.map((one) => one.repository.name)).size} repositories`),
    atMost("tampering, kinds in fewer than three repositories", few.length, 0, "", few.join(", ") || "none"),
    atLeast("tampering, found", share(planted.filter((one) => one.alarmed), planted), 1, `${planted.filter((one) => one.alarmed).length} of ${planted.length}`),
    atLeast("tampering, quiet on twins", share(twins.filter((one) => !one.alarmed), twins), 1, `${twins.filter((one) => !one.alarmed).length} of ${twins.length}`),
    atLeast("tampering, quiet on the way back", share(back.filter((one) => !one.alarmed), back), 1, `${back.filter((one) => !one.alarmed).length} of ${back.length}`),
  ];
}

const atLeast = (name: string, value: number, target: number, against: string): Figure => ({ ...reported(name, value, "", against), target, bar: "at least", ok: value >= target });

const share = (some: readonly Answer[], all: readonly Answer[]): number => (all.length === 0 ? 0 : Math.round((some.length / all.length) * 1000) / 1000);
