import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileKind } from "../../packages/core/src/change/index.ts";
import { openOperations } from "../../packages/core/src/compose.ts";
import type { Replayed } from "../../packages/core/src/operations/index.ts";
import { atMost, reported, type Figure } from "../figure.ts";

export interface NoiseOptions {
  /** A folder of clones (bare or not). */
  readonly data: string;
  /** Landings replayed in each. */
  readonly count: number;
  /** Prints every landing that was not shipped, and a line for each repository. */
  readonly list: (line: string) => void;
}

/** A landing somebody looked at. `ordinary`: the question was noise. `owed`: a careful reviewer would have asked it too. */
interface Label {
  readonly repository: string;
  readonly commit: string;
  readonly label: "ordinary" | "owed";
  readonly why: string;
}

const labels = new Map((JSON.parse(readFileSync(new URL("./labels.json", import.meta.url), "utf8")) as Label[]).map((label) => [label.commit, label]));

/** What a set of landings came to. */
interface Tally {
  readonly total: number;
  /** Landings that change source files: bumps, releases and prose can hardly be asked about. */
  readonly touchingSource: number;
  readonly asked: number;
  readonly owed: number;
  readonly unlabelled: number;
  /** Repositories nobody could replay. */
  readonly unread: number;
}

const NOTHING: Tally = { total: 0, touchingSource: 0, asked: 0, owed: 0, unlabelled: 0, unread: 0 };

/** Replays landings with the static checks and the default policy: how often would an ordinary change have been asked about or held? */
export async function noise({ data, count, list }: NoiseOptions): Promise<Figure[]> {
  const repositories = readdirSync(data).filter((name) => statSync(join(data, name)).isDirectory()).sort(); // prettier-ignore
  let all = NOTHING;
  for (const name of repositories) {
    const replayed = await replay(join(data, name), count).catch((error: unknown) => {
      list(`${name}: not replayed: ${String(error).slice(0, 300)}`);
      return undefined;
    });
    if (replayed === undefined) {
      all = added(all, { ...NOTHING, unread: 1 });
      continue;
    }
    for (const landing of replayed.filter((item) => item.decision !== "ship"))
      list(`${name} ${landing.commit.slice(0, 10)} ${landing.decision} [${labels.get(landing.commit)?.label ?? "not looked at"}] ${landing.subject.slice(0, 70)} — ${landing.reasons.map((reason) => `${reason.check} ${reason.place ?? ""}: ${reason.because.slice(0, 300)}`).join("; ")}`);
    const tally = tallyOf(join(data, name), replayed);
    list(`${name}: ${tally.total} landings, ${tally.touchingSource} touch source, ${tally.asked} asked or held, ${tally.owed} of them owed`);
    all = added(all, tally);
  }
  return figures(all, `${repositories.length} repositories, last ${count} each`);
}

function tallyOf(dir: string, replayed: readonly Replayed[]): Tally {
  const alarms = replayed.filter((item) => item.decision !== "ship").map((item) => labels.get(item.commit)?.label);
  return {
    total: replayed.length,
    touchingSource: replayed.filter((item) => touchesSource(dir, item.commit)).length,
    asked: alarms.length,
    owed: alarms.filter((label) => label === "owed").length,
    unlabelled: alarms.filter((label) => label === undefined).length,
    unread: 0,
  };
}

const added = (one: Tally, other: Tally): Tally => ({
  total: one.total + other.total,
  touchingSource: one.touchingSource + other.touchingSource,
  asked: one.asked + other.asked,
  owed: one.owed + other.owed,
  unlabelled: one.unlabelled + other.unlabelled,
  unread: one.unread + other.unread,
});

function figures({ total, touchingSource, asked, owed, unlabelled, unread }: Tally, of: string): Figure[] {
  const percent = (part: number, whole: number): number => (100 * part) / Math.max(1, whole);
  const noisy = asked - owed;
  return [
    reported("noise, landings replayed", total, "", of),
    atMost("noise, ordinary changes asked or held", percent(noisy, total - owed), 3, "%", `${noisy} of ${total - owed}`),
    reported("noise, of those that touch source", percent(noisy, touchingSource - owed), "%", `${noisy} of ${touchingSource - owed}`),
    reported("noise, if every question were noise", percent(asked, total), "%", `${asked} of ${total}`),
    reported("noise, questions a reviewer would ask too", owed, "", "looked at and labelled"),
    atMost("noise, alarms nobody has looked at", unlabelled, 0, "", "eval/noise/labels.json"),
    atMost("noise, repositories that could not be replayed", unread, 0, "", "their landings are missing above"),
  ];
}

function touchesSource(dir: string, commit: string): boolean {
  const paths = execFileSync("git", ["-C", dir, "diff", "--name-only", "--no-renames", "-z", `${commit}^1`, commit], { encoding: "utf8", maxBuffer: 1 << 28 });
  return paths.split("\0").some((path) => path !== "" && fileKind(path) === "source");
}

async function replay(dir: string, count: number): Promise<readonly Replayed[]> {
  const operations = await openOperations({ dir, env: {}, progress: { says: () => {}, done: () => {} }, signal: new AbortController().signal });
  try {
    return (await operations.initRepository({ write: false, replay: count })).replayed;
  } finally {
    await operations.close();
  }
}
