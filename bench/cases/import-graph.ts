import { rmSync } from "node:fs";
import { join } from "node:path";
import { noCodeMemory } from "../../packages/core/src/operations/ports/code-memory.ts";
import { readCode } from "../../packages/core/src/operations/select-tests/read-code.ts";
import { scanModule } from "../../packages/core/src/evidence/index.ts";
import { openRepository } from "../../packages/core/src/adapters/git/index.ts";
import { atMost, reported, type Figure } from "../figure.ts";
import { makeWorkspaceRepo } from "../workspace-repo.ts";
import { measureProcesses, median, type Command, type Taken } from "../time-process.ts";
import { cli } from "./check.ts";

const ROUNDS = 5;

/**
 * The import graph of TypeScript workspaces of 2,500, 5,000 and 10,000 files, built from the tree in Git: against reading and scanning the same files once with
 * the same scanner; then the whole `select`, first time and second time.
 */
export async function importGraph(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const perFile: number[] = [];
  for (const files of [2_500, 5_000, 10_000]) {
    const repo = makeWorkspaceRepo(files);
    try {
      const { graphMs, scanMs, edges } = await inProcess(repo.dir, files);
      perFile.push(graphMs / files);
      const name = `import graph, ${files} files`;
      if (files < 10_000) figures.push(reported(name, graphMs, "ms", `scanning them once ${scanMs.toFixed(0)} ms`));
      else figures.push(atMost(name, graphMs / scanMs, 2, "x", `reading and scanning them once, ${scanMs.toFixed(0)} ms; ${edges} edges`), ...wholeCommand(repo.dir));
    } finally {
      repo.remove();
    }
  }
  const [small = 1, , large = 1] = perFile;
  return [...figures, atMost("import graph, time per file", large / small, 1.5, "x", "10,000 files against 2,500")];
}

async function inProcess(dir: string, files: number): Promise<{ readonly graphMs: number; readonly scanMs: number; readonly edges: number }> {
  const repository = await openRepository(dir, { ci: false, env: process.env });
  try {
    const { headTree: tree } = await repository.resolve({ base: "HEAD~1", head: { kind: "commit", rev: "HEAD" } });
    const scans: number[] = [];
    const graphs: number[] = [];
    let edges = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const scan = await timed(() => scanAll(tree, repository, files));
      const graph = await timed(async () => {
        const { map } = await readCode(tree, { repository, code: noCodeMemory });
        edges = [...map.graph.importers.values()].reduce((sum, list) => sum + list.length, 0);
      });
      // The first round warms up and counts for nobody.
      if (round > 0) {
        scans.push(scan);
        graphs.push(graph);
      }
    }
    return { graphMs: median(graphs), scanMs: median(scans), edges };
  } finally {
    await repository.close();
  }
}

async function scanAll(tree: string, repository: Awaited<ReturnType<typeof openRepository>>, files: number): Promise<void> {
  const entries = (await repository.listFiles(tree)).filter(({ path }) => path.endsWith(".ts"));
  const texts = await repository.readBlobs(entries.map(({ blob }) => blob));
  let found = 0;
  for (const { path, blob } of entries) found += scanModule(path, texts.get(blob)?.text ?? "").imports.length;
  if (found < files) throw new Error(`${found} imports in ${entries.length} files`);
}

/** Processor time of this process, in milliseconds: Git's reading is the same on both sides, and the machine may be busy. */
async function timed(act: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The built program, as a person starts it. */
function wholeCommand(dir: string): Figure[] {
  const selecting: Command = { file: process.execPath, args: [cli, "select", "--repo", dir, "--base", "HEAD~1", "--head", "HEAD", "--format", "json"] };
  const drawing: Command = { file: process.execPath, args: [cli, "blast", "--repo", dir, "packages/p0/src/file0.ts", "--format", "json"] };
  const cold = { ...selecting, before: () => rmSync(join(dir, ".proofline"), { recursive: true, force: true }) };
  const none: Taken = { wallMs: 0, cpuMs: 0 };
  const [first = none, again = none, blast = none, node = none] = measureProcesses([cold, selecting, drawing, { file: process.execPath, args: ["-e", "0"] }], ROUNDS);
  return [
    reported("select, 10,000 files, first time", first.wallMs, "ms", `bare Node ${node.wallMs.toFixed(0)} ms`),
    reported("select, 10,000 files, the same again", again.wallMs, "ms", "the same"),
    atMost("select, the same again, processor time", again.cpuMs, 500, "ms", `half a second; bare Node ${node.cpuMs.toFixed(0)} ms`),
    atMost("select, the same again", again.cpuMs / first.cpuMs, 0.1, "x", `the first time, ${first.cpuMs.toFixed(0)} ms of processor time`),
    reported("blast, facts at hand, processor time", blast.cpuMs, "ms", `wall ${blast.wallMs.toFixed(0)} ms`),
  ];
}
