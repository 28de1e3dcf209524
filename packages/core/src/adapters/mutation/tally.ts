import type { FeedRecord, Outcome } from "./feed.ts";

/** A test that is green without any mutant. */
export interface ReachingTest {
  readonly key: string;
  /** Absolute path, as the runner names it. */
  readonly file: string;
  readonly suite: readonly string[];
  readonly name: string;
  readonly ms: number;
}

/** What one pass came to, over every test file that was asked. */
export type PassOutcome = Outcome | "hung" | "died";

/** What is still running in a worker. */
export interface OpenTrial {
  readonly id: string;
  readonly file: string;
  readonly limit: number;
  /** When it was first seen, by the clock of who reads. */
  readonly since: number;
}

/** Collects what workers say. */
export class Tally {
  readonly tests = new Map<string, ReachingTest>();
  readonly red: Extract<FeedRecord, { t: "red" }>[] = [];
  readonly open = new Map<number, OpenTrial>();
  idle = 0;
  tried = 0;
  fault: string | undefined;
  private readonly reach = new Map<string, Map<string, number>>();
  private readonly statics = new Map<string, Set<string>>();
  private readonly passes = new Map<string, Map<string, Map<string, PassOutcome>>>();
  private broad: { readonly of: number; readonly counts: ReadonlyMap<string, number> } | undefined;
  private readonly kills: { readonly pass: string; readonly id: string; readonly file: string; readonly by: string | undefined }[] = [];

  take(record: FeedRecord, now: number): void {
    switch (record.t) {
      case "test":
        this.tests.set(record.key, record);
        for (const [id, hits] of Object.entries(record.hits)) this.reachOf(id).set(record.key, hits);
        return;
      case "static":
        for (const id of record.ids) this.statics.set(id, (this.statics.get(id) ?? new Set()).add(record.file));
        return;
      case "red":
        this.red.push(record);
        return;
      case "begin":
        this.open.set(record.w, { ...record, since: now });
        return;
      case "end":
        this.open.delete(record.w);
        this.tried += 1;
        this.settle(record.pass, record.id, record.file, record.outcome);
        if (record.outcome === "killed") this.kills.push({ pass: record.pass, id: record.id, file: record.file, by: record.by });
        return;
      case "calm":
        this.forget(record);
        return;
      case "hang":
        this.settle(record.pass, record.id, record.file, record.how);
        return;
      case "rest":
        this.open.delete(record.w);
        return;
      case "idle":
        this.idle += 1;
        return;
      case "fault":
        this.fault ??= record.message;
    }
  }

  /** Keys of the tests that reach a mutant, with how often. */
  reaching(id: string): ReadonlyMap<string, number> {
    return this.reach.get(id) ?? new Map();
  }

  /** Whether a test that is red without any mutant reaches it; undefined where that is not known of every one. */
  reachedByRed(id: string): boolean | undefined {
    if (this.red.some(({ hits }) => hits?.includes(id))) return true;
    return this.red.every(({ hits }) => hits !== undefined) ? false : undefined;
  }

  /** Every mutant that a green test, or the loading of a test file, reaches. */
  reached(): readonly string[] {
    return [...new Set([...this.reach.keys(), ...this.statics.keys()])];
  }

  /** Test files whose loading, or whose hooks round all tests, reaches it. The empty name stands for all files together. */
  staticIn(id: string): ReadonlySet<string> {
    return this.statics.get(id) ?? new Set();
  }

  /** How many mutants each test reaches. */
  breadth(): ReadonlyMap<string, number> {
    if (this.broad?.of === this.reach.size) return this.broad.counts;
    const counts = new Map<string, number>();
    for (const keys of this.reach.values()) for (const key of keys.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
    this.broad = { of: this.reach.size, counts };
    return counts;
  }

  killer(id: string): ReachingTest | undefined {
    const kill = this.kills.find((one) => one.id === id && one.by !== undefined && this.passes.get(one.pass)?.get(id)?.get(one.file) === "killed");
    return this.tests.get(kill?.by ?? "");
  }

  /** What a pass came to: killed anywhere is killed, and it survived only where no file said anything else. */
  outcome(pass: string, id: string): PassOutcome | undefined {
    const said = [...(this.passes.get(pass)?.get(id)?.values() ?? [])];
    return WORST.find((one) => said.includes(one));
  }

  /** Files that said something of it in this pass. */
  saidBy(pass: string, id: string): ReadonlySet<string> {
    return new Set(this.passes.get(pass)?.get(id)?.keys() ?? []);
  }

  private reachOf(id: string): Map<string, number> {
    const found = this.reach.get(id) ?? new Map<string, number>();
    this.reach.set(id, found);
    return found;
  }

  /** What a test noticed that is not green by itself counts for nothing. */
  private forget({ pass, file, wavers }: Extract<FeedRecord, { t: "calm" }>): void {
    for (const kill of this.kills) if (kill.pass === pass && kill.file === file && kill.by !== undefined && wavers.includes(kill.by)) this.settle(pass, kill.id, file, "unsteady");
  }

  private settle(pass: string, id: string, file: string, outcome: PassOutcome): void {
    const byId = this.passes.get(pass) ?? new Map<string, Map<string, PassOutcome>>();
    this.passes.set(pass, byId);
    byId.set(id, (byId.get(id) ?? new Map<string, PassOutcome>()).set(file, outcome));
  }
}

const WORST: readonly PassOutcome[] = ["killed", "hung", "died", "timeout", "unsteady", "lost", "survived"];
