import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openOperations } from "../../packages/core/src/compose.ts";
import type { Replayed } from "../../packages/core/src/operations/index.ts";
import { atMost, reported, type Figure } from "../figure.ts";

export interface NoiseOptions {
  /** A folder of clones (bare or not). */
  readonly data: string;
  /** Landings replayed in each. */
  readonly count: number;
  /** Prints every landing that was not shipped. */
  readonly list: (line: string) => void;
}

/** A landing somebody looked at. `ordinary`: the question was noise. `owed`: a careful reviewer would have asked it too. */
interface Label {
  readonly commit: string;
  readonly label: "ordinary" | "owed";
  readonly why: string;
}

const labels = new Map((JSON.parse(readFileSync(new URL("./labels.json", import.meta.url), "utf8")) as Label[]).map((label) => [label.commit, label]));

/** Replays landings with the static checks and the default policy: how often would an ordinary change have been asked about or held? */
export async function noise({ data, count, list }: NoiseOptions): Promise<Figure[]> {
  let total = 0;
  let alarmed = 0;
  let owed = 0;
  let unlabelled = 0;
  const repositories = readdirSync(data).filter((name) => statSync(join(data, name)).isDirectory()).sort();
  for (const name of repositories) {
    const replayed = await replay(join(data, name), count);
    total += replayed.length;
    for (const landing of replayed.filter((item) => item.decision !== "ship")) {
      const label = labels.get(landing.commit);
      if (label?.label === "owed") owed += 1;
      else {
        alarmed += 1;
        if (!label) unlabelled += 1;
      }
      list(`${name} ${landing.commit.slice(0, 10)} ${landing.decision} [${label?.label ?? "not looked at"}] ${landing.subject.slice(0, 70)} — ${landing.reasons.map((reason) => `${reason.check} ${reason.place ?? ""}`).join("; ")}`);
    }
  }
  const ordinary = total - owed;
  return [
    reported("noise, landings replayed", total, "", `${repositories.length} repositories, last ${count} each`),
    atMost("noise, ordinary changes asked or held", (100 * alarmed) / Math.max(1, ordinary), 3, "%", `${alarmed} of ${ordinary}`),
    reported("noise, questions a reviewer would ask too", owed, "", "looked at and labelled"),
    atMost("noise, alarms nobody has looked at", unlabelled, 0, "", "eval/noise/labels.json"),
  ];
}

async function replay(dir: string, count: number): Promise<readonly Replayed[]> {
  const operations = await openOperations({ dir, env: {}, progress: { says: () => {}, done: () => {} }, signal: new AbortController().signal });
  try {
    return (await operations.initRepository({ write: false, replay: count })).replayed;
  } finally {
    await operations.close();
  }
}
