import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { lastWords, type Bench } from "#evidence";
import { DRIVERS } from "./drivers/drivers.ts";
import type { Driver } from "./drivers/driver.ts";
import { openFeed } from "./feed.ts";
import { Session, type Job, type JobTests, type Stop } from "./session.ts";
import { Tally, type PassOutcome } from "./tally.ts";

export interface Trying {
  readonly ids: ReadonlySet<string>;
  /** Files that hold them, by repository path. */
  readonly broken: readonly string[];
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** What nobody notices at first is not looked at again, where it had its first trial. */
  readonly kills?: boolean;
  onProgress(says: string): void;
}

/** What the tests of one setup said. */
export interface Tried {
  readonly tally: Tally;
  /** Why not everything was tried. */
  readonly because?: string;
}

/** Processes that may be lost to mutants before it is left at that. */
const MOST_RESTARTS = 30;

/** Tries every mutant that the tests of this setup reach: warm first, and what nobody noticed once more where nothing was left behind. */
export async function tryMutants(bench: Bench, trying: Trying): Promise<Tried> {
  const driver = DRIVERS[bench.setup.runner];
  const tally = new Tally();
  if (!driver) return { tally, because: notDriven([bench.setup.runner]) };
  const folder = await mkdtemp(join(bench.scratch, "mutation-"));
  const trial = new Trial(bench, driver, tally, trying, folder);
  const because = await trial.warm();
  if (because !== undefined) return { tally, because };
  // Without one green test nobody can say what reaches a line.
  if (tally.tests.size === 0) return { tally, because: tally.fault ?? (tally.red.length > 0 ? "no test is green without a fault" : "not one test ran") };
  const cut = await trial.again();
  return { tally, ...(cut !== undefined && { because: cut }) };
}

/** Why nothing can be tried with these runners. */
export const notDriven = (runners: readonly string[]): string => `mutants are not tried with ${[...new Set(runners)].join(", ")}, only with ${Object.keys(DRIVERS).join(", ")}`;

/** Worth looking at again first: what would be shown; what hung costs most and comes last. */
const TURN: readonly (PassOutcome | undefined)[] = ["survived", "lost", "unsteady", undefined, "timeout", "died", "hung"];

class Trial {
  private readonly feed;
  private session: Session | undefined;
  private restarts = 0;
  private progress = 0;

  constructor(
    private readonly bench: Bench,
    private readonly driver: Driver,
    private readonly tally: Tally,
    private readonly trying: Trying,
    private readonly folder: string,
  ) {
    this.feed = openFeed(join(folder, "feed.jsonl"));
  }

  /** Runs the tests as they are, and each mutant in the same process. */
  async warm(): Promise<string | undefined> {
    const job: Job = { pass: "warm", ids: [...this.trying.ids], broken: this.trying.broken };
    const stop = await this.through(job, () => job);
    if (stop === undefined) return undefined;
    await this.session?.end();
    return stop;
  }

  /** Everything that was not killed, where nothing of the first pass is left. */
  async again(): Promise<string | undefined> {
    const { tally, driver } = this;
    const left = tally.reached().filter((id) => this.trying.ids.has(id) && tally.outcome("warm", id) !== "killed" && tally.outcome("alone", id) === undefined);
    const sorted = left.toSorted((a, b) => TURN.indexOf(tally.outcome("warm", a)) - TURN.indexOf(tally.outcome("warm", b)));
    if (sorted.length === 0 || (this.trying.kills === true && driver.again !== "alone")) return this.leave();
    if (driver.again === "handed") return this.handed(sorted);
    await this.session?.leave();
    const together = driver.again === "alone" ? [] : sorted.filter((id) => tally.staticIn(id).size === 0);
    const cut = together.length === 0 ? undefined : await this.anew(together);
    if (cut !== undefined) return cut;
    for (const id of sorted) {
      const seen = tally.outcome("fresh", id);
      if (seen !== undefined && seen !== "lost") continue;
      const stop = await this.through({ pass: "alone", ids: [id], green: [...tally.tests.keys()], files: this.filesFor(id) }, () => undefined);
      await this.session?.leave();
      if (stop !== undefined) return stop;
    }
    return undefined;
  }

  private async handed(ids: readonly string[]): Promise<string | undefined> {
    const { tally } = this;
    const tests = Object.fromEntries(ids.map((id) => [id, this.testsFor(id)]));
    const files = [...new Set(Object.values(tests).flatMap((byFile) => Object.keys(byFile)))];
    const job: Job = { pass: "fresh", ids, tests, files };
    const idle = tally.idle + 1;
    await this.session?.hand(1, job);
    const stop = (await this.session?.until(idle, "fresh")) ?? { how: "died" as const };
    if (stop.how === "idle") return this.leave(2);
    const cut = await this.after(stop, "fresh");
    return cut ?? this.through(job, () => job).then((why) => why ?? this.leave());
  }

  private async anew(ids: readonly string[]): Promise<string | undefined> {
    const job: Job = { pass: "fresh", ids, tests: Object.fromEntries(ids.map((id) => [id, { "": this.jobTests([...this.tally.reaching(id).keys()], id) }])) };
    const stop = await this.through(job, () => job);
    await this.session?.leave();
    return stop;
  }

  /** Starts a worker for a job, and another one whenever a mutant takes the process down. Gives why it could not be gone through. */
  private async through(first: Job, next: () => Job | undefined): Promise<string | undefined> {
    for (let job: Job | undefined = first; job !== undefined; job = next()) {
      const starting = await this.driver.start(this.bench, this.folder, job);
      if ("unable" in starting) return starting.unable;
      const { deadline, signal } = this.trying;
      this.session = new Session(this.bench, this.folder, this.tally, { deadline, signal, feed: this.feed, onLook: () => this.says() });
      const idle = this.tally.idle + 1;
      await this.session.start(starting);
      const stop = await this.session.until(idle, job.pass);
      if (stop.how === "idle") return undefined;
      const cut = await this.after(stop, job.pass);
      if (cut !== undefined) return cut;
    }
    return undefined;
  }

  /** What an early end means: undefined when the next worker goes on. */
  private async after(stop: Stop, pass: Job["pass"]): Promise<string | undefined> {
    await this.session?.end();
    if (stop.how === "budget" || stop.how === "idle") return stop.how === "idle" ? undefined : this.trying.signal.aborted ? "it was interrupted" : "the budget ended first";
    this.restarts += 1;
    if (stop.id !== undefined && stop.id !== "") return this.restarts > MOST_RESTARTS ? `more than ${MOST_RESTARTS} mutants took the test process down` : undefined;
    if (pass === "alone") return undefined;
    return this.tally.fault ?? `${this.bench.setup.runner} ended early: ${lastWords(stop.how === "died" ? (stop.ended?.output ?? "") : "a test without any mutant hung")}`;
  }

  private async leave(turn = 1): Promise<undefined> {
    if (this.driver.again === "handed") await this.session?.hand(turn, { stop: true });
    await this.session?.leave();
    return undefined;
  }

  private filesFor(id: string): readonly string[] {
    const { tally } = this;
    const files = [...tally.staticIn(id)].filter((file) => file !== "");
    return [...new Set([...files, ...[...tally.reaching(id).keys()].flatMap((key) => tally.tests.get(key)?.file ?? [])])];
  }

  private testsFor(id: string): Readonly<Record<string, JobTests>> {
    const { tally } = this;
    const byFile = new Map<string, string[]>();
    const isStatic = tally.staticIn(id);
    for (const { key, file } of tally.tests.values()) if (isStatic.has(file) || tally.reaching(id).has(key)) byFile.set(file, [...(byFile.get(file) ?? []), key]);
    return Object.fromEntries([...byFile].map(([file, keys]) => [file, this.jobTests(keys, id)]));
  }

  private jobTests(keys: readonly string[], id: string): JobTests {
    const reaching = this.tally.reaching(id);
    const quickFirst = keys.toSorted((a, b) => (this.tally.tests.get(a)?.ms ?? 0) - (this.tally.tests.get(b)?.ms ?? 0));
    return { keys: quickFirst, ms: Object.fromEntries(keys.map((key) => [key, this.tally.tests.get(key)?.ms ?? 0])), hits: Math.max(0, ...keys.map((key) => reaching.get(key) ?? 0)) };
  }

  private says(): void {
    const { tried } = this.tally;
    if (tried - this.progress < 5 && this.progress > 0) return;
    this.progress = tried;
    this.trying.onProgress(tried === 0 ? `${this.bench.setup.runner}: ${this.tally.tests.size} tests are green without a mutant` : `${this.bench.setup.runner}: ${tried} trials`);
  }
}
