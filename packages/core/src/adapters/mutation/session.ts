import type { Bench, Ended } from "#evidence";
import type { openFeed } from "./feed.ts";
import { appendLine, putFile } from "./put-file.ts";
import type { Tally } from "./tally.ts";

/** What a worker is told: see the kit for what it makes of it. */
export interface Job {
  readonly pass: Pass;
  /** Mutants to try; absent for all. */
  readonly ids?: readonly string[];
  /** For passes after the first: by mutant and test file which tests to run. */
  readonly tests?: Readonly<Record<string, Readonly<Record<string, JobTests>>>>;
  readonly [more: string]: unknown;
}

export interface JobTests {
  readonly keys: readonly string[];
  readonly ms: Readonly<Record<string, number>>;
  /** How often the tests reach it when nothing is broken. */
  readonly hits: number;
}

/** `warm`: in the process that ran the tests first. `fresh`: in one that has seen nothing yet. `alone`: in one of its own. */
export type Pass = "warm" | "fresh" | "alone";

/** A trial may take so long: what its tests take by themselves, several times, and something for a busy machine. */
export const LIMITS = { factor: 5, addMs: 2_000 };
/** Beside its own limit, what writing and reading of the feed may take. */
const GRACE_MS = 1_000;
const LOOK_MS = 40;

export interface Starting {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly job: Job;
}

/** What ended the wait. `hung` and `died` name the mutant that was being tried, where one was. */
export type Stop = { readonly how: "idle" } | { readonly how: "budget" } | { readonly how: "hung" | "died"; readonly id?: string; readonly file?: string; readonly ended?: Ended };

/** One worker process with its feed. The feed goes on over several processes, so that a new one knows what was settled. */
export class Session {
  private readonly feed;
  private readonly enough = new AbortController();
  private ended: Ended | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly bench: Bench,
    readonly folder: string,
    private readonly tally: Tally,
    private readonly about: { readonly deadline: number; readonly signal: AbortSignal; readonly feed: ReturnType<typeof openFeed>; onLook(): void },
  ) {
    this.feed = about.feed;
  }

  async start({ argv, env, job }: Starting): Promise<void> {
    await putFile(this.folder, "job.json", JSON.stringify({ limits: LIMITS, ...(this.bench.cores !== undefined && { cores: this.bench.cores }), ...job }));
    const budgetMs = this.about.deadline - Date.now();
    this.running = this.bench.start(argv, { env: { ...env, PROOFLINE_MUTATION: this.folder }, budgetMs, enough: this.enough.signal, signal: this.about.signal }).then((ended) => {
      this.ended = ended;
    });
  }

  /** Hands the next job to a worker that waits for one. */
  async hand(turn: number, next: Readonly<Record<string, unknown>>): Promise<void> {
    await putFile(this.folder, `next-${turn}.json`, JSON.stringify(next));
  }

  /** Waits until the worker has nothing left to do, a trial takes too long, or the process is gone. */
  async until(idle: number, pass: Pass): Promise<Stop> {
    for (;;) {
      const over = this.ended !== undefined;
      await this.look();
      if (this.tally.idle >= idle) return this.idle(pass);
      if (over) return this.died(pass);
      const now = performance.now();
      const hung = [...this.tally.open.values()].find(({ since, limit }) => now - since > limit + GRACE_MS);
      if (hung) return this.stopped(pass, hung, "hung");
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  }

  async end(): Promise<void> {
    this.enough.abort();
    await this.running;
    await this.look();
    this.tally.open.clear();
  }

  /** Waits for the process to end by itself, for a while. */
  async leave(): Promise<void> {
    await Promise.race([this.running, new Promise((done) => setTimeout(done, 500))]);
    await this.end();
  }

  private async look(): Promise<void> {
    const records = await this.feed.read();
    for (const record of records) this.tally.take(record, performance.now());
    if (records.length > 0) this.about.onLook();
  }

  /** A worker that was lost in the middle of a trial leaves it open, though the process that started it goes on. */
  private idle(pass: Pass): Promise<Stop> | Stop {
    const [lost] = this.tally.open.values();
    return lost ? this.stopped(pass, lost, "died") : { how: "idle" };
  }

  private async died(pass: Pass): Promise<Stop> {
    const ended = this.ended as Ended;
    if (ended.ended === "budget" || ended.ended === "aborted") return { how: "budget" };
    const open = [...this.tally.open.values()];
    const [only] = open;
    if (open.length === 1 && only) return this.stopped(pass, only, "died", ended);
    this.tally.open.clear();
    return { how: "died", ended };
  }

  /** Writes down what stopped it: the next worker leaves that out. */
  private async stopped(pass: Pass, { id, file }: { readonly id: string; readonly file: string }, how: "hung" | "died", ended?: Ended): Promise<Stop> {
    await this.end();
    await appendLine(this.folder, "feed.jsonl", JSON.stringify({ t: "hang", pass, file, id, how }));
    await this.look();
    return { how, id, file, ...(ended && { ended }) };
  }
}
