import type { ProofInputs, RunSurroundings } from "#evidence";
import type { ProofRecord } from "./proof-record.ts";

/** What a later run would make a proof from. */
export interface WantedProof {
  /** Commit, or tree where the head is none. */
  readonly fixed: string;
  readonly type: ProofRecord["type"];
  readonly selection: readonly string[];
  readonly inputs: ProofInputs;
}

/**
 * Why a proof made elsewhere can't take the place of a run here, in words that name what differs; undefined when it can. Who signed it is
 * asked elsewhere.
 */
export function whyNotTaken(record: ProofRecord, wanted: WantedProof): string | undefined {
  const { inputs: made, outcome } = record;
  const { inputs: now } = wanted;
  if (record.fixed !== wanted.fixed && record.fixedTree !== now.headTree) return `it is about ${record.fixed.slice(0, 12)}, not about this commit`;
  if (made === undefined || outcome === "not proven") return "it shows nothing, so the tests are run";
  if (made.headTree !== now.headTree || made.baseTree !== now.baseTree) return `it is about another change: it starts from ${record.broken.slice(0, 12)}`;
  if (record.type !== wanted.type) return `it was asked of a ${record.type}, and this is a ${wanted.type}`;
  if (!sameList(made.asked, now.asked) || !sameList(record.selection, wanted.selection)) return "it is about other tests";
  const runs = Math.min(made.repeat, restsOnRuns(record) ? record.repeats : made.repeat);
  if (runs < now.repeat) return `it rests on ${runs} ${runs === 1 ? "run" : "runs"} a side, and ${now.repeat} are asked for`;
  if (made.reading !== now.reading) return "another version of Proofline read its runs";
  if (!made.pinned || !now.pinned) return "no lock file says which packages it was made with";
  if (made.outside || now.outside) return "its tests use ports, variables or a command that only the machine they ran on has";
  if (made.setups !== now.setups) return "its tests were started in another way";
  const other = otherSurroundings(made.surroundings, now.surroundings);
  return other === undefined ? undefined : `it was made in another environment: ${other}`;
}

/** What time cut short rests on fewer runs than were asked for. What shows little is not repeated. */
const restsOnRuns = ({ outcome, weak }: ProofRecord): boolean => outcome === "refuted" || (outcome === "proven" && weak === undefined);

const sameList = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((item, at) => item === other[at]);

const NAMES = { node: "Node", system: "system", zone: "time zone", language: "language" } as const;

function otherSurroundings(made: RunSurroundings, now: RunSurroundings): string | undefined {
  const parts = (Object.keys(NAMES) as (keyof typeof NAMES)[]).filter((name) => made[name] !== now[name]).map((name) => `${NAMES[name]} ${made[name]}, here ${now[name]}`);
  return parts.length === 0 ? undefined : parts.join("; ");
}
