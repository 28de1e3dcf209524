import { isProoflineError } from "#kernel";
import { noSuchRecord, notReplayable } from "./errors.ts";
import type { ProofRecord, RecordedTest } from "./proof-record.ts";
import { proveChange, type Proved, type ProvePorts } from "./prove-change.ts";
import { readRecord, type ReadRecord } from "./read-record.ts";

export interface ReplayInput {
  /** What the user called the record: a file, or a digest. */
  readonly name: string;
  /** Content of the file; absent for a digest. */
  readonly text?: string;
  readonly budgetMs: number;
  /** Run the code of a head that is not the user's own. */
  readonly trust: boolean;
}

/** A proof that was made again. */
export interface ReplayedProof extends Proved {
  readonly replayed: {
    /** `sha256:<hex>` of the record it was made after. */
    readonly record: string;
    readonly same: boolean;
    /** What differs, in words; at most 50. */
    readonly differences: readonly string[];
    /** What it was made with then and now, where that differs. */
    readonly surroundings: readonly string[];
  };
}

const MOST_DIFFERENCES = 50;
const ADDRESS = /^(?:sha256:)?([0-9a-f]{8,64})(?:\.json)?$/;

/**
 * Makes a recorded proof again on the same commits, from scratch: the executor it is given must not remember earlier runs. Says whether it comes out
 * the same. Who signed the record does not matter: nothing it claims is believed.
 */
export const replayProof =
  (ports: ProvePorts) =>
  async (input: ReplayInput): Promise<ReplayedProof> => {
    const { record, address } = await recordNamed(input, ports);
    if (record.inputs === undefined) throw notReplayable({ where: input.name, because: "nothing was run when it was made" });
    const proved = await again(record, record.inputs, input, ports);
    const differences = differencesOf(record, proved.record);
    return { ...proved, replayed: { record: address, same: differences.length === 0, differences: differences.slice(0, MOST_DIFFERENCES), surroundings: otherSurroundings(record, proved.record) } };
  };

async function recordNamed({ name, text }: ReplayInput, { records }: ProvePorts): Promise<ReadRecord> {
  // A file that is called by a digest has to be what it is called.
  const [, hex = ""] = ADDRESS.exec(name.split(/[\\/]/).at(-1) ?? "") ?? [];
  if (text !== undefined) return readRecord(text, name, hex.length === 64 ? `sha256:${hex}` : undefined);
  const kept = hex === "" ? undefined : await records.find(hex);
  if (kept === undefined) throw noSuchRecord({ name });
  return readRecord(kept.text, name, kept.address);
}

async function again(record: ProofRecord, { asked, repeat }: NonNullable<ProofRecord["inputs"]>, { name, budgetMs, trust }: ReplayInput, ports: ProvePorts): Promise<Proved> {
  if (record.fixed === record.fixedTree) throw notReplayable({ where: name, because: "it is about files that were never committed" });
  try {
    return await proveChange(ports)({ tests: asked, broken: record.broken, fixed: { kind: "commit", rev: record.fixed }, type: record.type, repeat, budgetMs, trust });
  } catch (error) {
    if (!isProoflineError(error) || !error.code.startsWith("git/")) throw error;
    throw notReplayable({ where: name, because: error.message.replace(/\.$/, "") }, error);
  }
}

/** What came out otherwise, the outcome first. Empty when both say the same. */
function differencesOf(was: ProofRecord, is: ProofRecord): readonly string[] {
  if (was.digest === is.digest) return [];
  const before = new Map(was.tests.map((test) => [nameOf(test), test]));
  const after = new Map(is.tests.map((test) => [nameOf(test), test]));
  return [
    ...(was.outcome === is.outcome ? [] : [`it was ${was.outcome}, and is ${is.outcome}`]),
    ...(was.brokenTree === is.brokenTree ? [] : [`the broken side was put together otherwise (tree ${was.brokenTree.slice(0, 12)}, now ${is.brokenTree.slice(0, 12)})`]),
    ...[...before].flatMap(([name, test]) => sidesOf(name, test, after.get(name))),
    ...[...after.keys()].filter((name) => !before.has(name)).map((name) => `${name}: was not there`),
    ...(was.selection.join("\n") === is.selection.join("\n") ? [] : ["other test files were run"]),
  ];
}

function sidesOf(name: string, was: RecordedTest, is: RecordedTest | undefined): readonly string[] {
  if (is === undefined) return [`${name}: is no longer there`];
  const without = `${was.base}${was.red ? ` (${was.red})` : ""}`;
  const withoutNow = `${is.base}${is.red ? ` (${is.red})` : ""}`;
  return [...(without === withoutNow ? [] : [`${name}: without the change it was ${without}, and is ${withoutNow}`]), ...(was.head === is.head ? [] : [`${name}: with the change it was ${was.head}, and is ${is.head}`])];
}

const nameOf = ({ id }: RecordedTest): string => [...(id.file === undefined ? [] : [id.file]), ...id.suite, id.name].join(" › ");

function otherSurroundings({ inputs: was }: ProofRecord, { inputs: is }: ProofRecord): readonly string[] {
  if (was === undefined || is === undefined) return [];
  const { surroundings: then } = was;
  const { surroundings: now } = is;
  return (["node", "system", "zone", "language"] as const).filter((name) => then[name] !== now[name]).map((name) => `${name}: ${then[name]} then, ${now[name]} now`);
}
