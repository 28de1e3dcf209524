import { withMutant, type Mutant, type Repository, type SyntaxReader } from "#change";
import { evidenceOf, foldSide, type RunRequest, type Side, type TestExecutor, type TestRun, type TestSetup } from "#evidence";
import type { CodeMap } from "./reachable-code.ts";

export interface LaboratoryPorts {
  readonly repository: Pick<Repository, "composeTree" | "storeText">;
  readonly executor: TestExecutor;
  readonly syntax: SyntaxReader;
}

export interface LaboratoryOrder {
  readonly setups: readonly TestSetup[];
  readonly code: CodeMap;
  readonly signal: AbortSignal;
  readonly isolation?: RunRequest["isolation"];
  /** Milliseconds left of the budget. */
  left(): number;
  onProgress(says: string): void;
}

/** What a run of some test files on a tree said. */
export interface Seen {
  readonly side: Side;
  /** It came to its end; what it did not reach would be taken for green. */
  readonly whole: boolean;
  readonly durationMs: number;
  readonly isolation?: string;
}

/** Runs test files on trees with a fault in them. Each fault is a tree of its own: nothing is instrumented, and nothing a test could look at tells it. */
export class Laboratory {
  private readonly trees = new Map<string, string>();
  private readonly texts = new Map<Mutant, string | undefined>();
  isolation: string | undefined;

  constructor(
    private readonly order: LaboratoryOrder,
    private readonly ports: LaboratoryPorts,
  ) {}

  async run(tree: string, files: readonly string[], limitMs = Infinity): Promise<Seen> {
    const { setups, signal, isolation } = this.order;
    const budgetMs = Math.max(1, Math.min(this.order.left(), limitMs));
    const request: RunRequest = { tree, selection: files, budgetMs, keepRed: true, signal, ...(isolation && { isolation }) };
    const runs: TestRun[] = evidenceOf(await this.ports.executor.run(setups, request), "test-run");
    this.isolation ??= runs.find((one) => one.isolation !== undefined)?.isolation;
    return { side: foldSide(runs), whole: runs.length > 0 && runs.every(({ complete, unloaded }) => complete || unloaded.length > 0), durationMs: runs.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0) };
  }

  /** Functions that these tests run through, by source file, where the runner can tell; a run of its own, so that nothing else sits in a process whose outcome is judged. */
  async ranThrough(tree: string, files: readonly string[], limitMs: number): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const { setups, signal, isolation } = this.order;
    const request: RunRequest = { tree, selection: files, trace: true, budgetMs: Math.max(1, Math.min(this.order.left(), limitMs)), keepRed: true, signal, ...(isolation && { isolation }) };
    const seen = evidenceOf(await this.ports.executor.run(setups, request), "test-run").flatMap(({ ranThrough = [] }) => ranThrough.flatMap((one) => one.files));
    const names = new Map<string, Set<string>>();
    for (const { path, functions } of seen) names.set(path, new Set([...(names.get(path) ?? []), ...functions]));
    return names;
  }

  /** A tree with this fault in it; undefined when the code would not even be read any more. */
  async treeWith(tree: string, mutant: Mutant): Promise<string | undefined> {
    const entry = this.order.code.entries.get(mutant.file);
    const blob = await this.blobOf(mutant);
    if (blob === undefined || entry === undefined) return undefined;
    const key = `${tree} ${blob}`;
    const made = this.trees.get(key) ?? (await this.ports.repository.composeTree(tree, new Map([[mutant.file, { blob, mode: entry.mode }]])));
    this.trees.set(key, made);
    return made;
  }

  private async blobOf(mutant: Mutant): Promise<string | undefined> {
    if (!this.texts.has(mutant)) this.texts.set(mutant, await this.store(mutant));
    return this.texts.get(mutant);
  }

  private async store(mutant: Mutant): Promise<string | undefined> {
    const text = this.order.code.textOf(mutant.file);
    const broken = text === undefined ? undefined : withMutant(text, mutant);
    if (broken === undefined) return undefined;
    const read = await this.ports.syntax.read(mutant.file, broken);
    return read === undefined || read.damaged ? undefined : this.ports.repository.storeText(broken);
  }
}
