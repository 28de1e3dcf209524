import { mergeRan, packRan, unpackRan, type RanRecord } from "#evidence";
import { isProoflineError } from "#kernel";
import { mergeRecords, readLedger, writeLedger, type DatedEntry, type LedgerEntry, type LedgerReading, type LedgerStore } from "#ledger";
import type { Assessed } from "../attest-verdict/attest-verdict.ts";
import type { CodeMemory } from "../ports/code-memory.ts";
import type { StateFiles, TravellingState } from "../ports/travelling-state.ts";
import { whyNotCounted, type Standing } from "./standing.ts";

/** The ledger inside the state. Other files are passed on as they are. */
export const STATE_LEDGER = "ledger.jsonl";
/** What tests ran through, inside the state. */
export const STATE_RAN = "ran-through.json";

export interface TravelPorts {
  /** This runner's own. */
  readonly ledger: LedgerStore;
  readonly state: TravellingState;
  /** Where it is kept, for people: `refs/proofline/state of origin`. */
  readonly where: string;
  readonly standing: Omit<Standing, "signedBy">;
  /** True where this run's word may become history: on the target branch, or with a key to sign. */
  readonly saves: boolean;
}

/** A ledger that has seen the earlier runs, and the way to hand this run on to later ones. */
export interface TravellingLedger {
  readonly ledger: LedgerStore;
  /** A memory of code that knows what tests ran through on other runners as well, and hands on what they run through here. */
  code(own: CodeMemory): CodeMemory;
  /** Saves what was recorded and measured meanwhile; why it could not, in words. */
  save(): Promise<string | undefined>;
  /** The same for a verdict, which says so: the verdict stands whether or not that worked, and says so where it did not. */
  settle(assessed: Assessed): Promise<Assessed>;
}

/** Joins the state of earlier runs with this runner's ledger. The two are joined for reading; this runner's file holds its own runs. */
export function travelState(ports: TravelPorts): TravellingLedger {
  const recorded: DatedEntry[] = [];
  const measured: RanRecord[] = [];
  const { ledger } = ports;
  let loaded: Promise<Earlier> | undefined;
  const save = async (): Promise<string | undefined> => (!ports.saves || recorded.length + measured.length === 0 ? undefined : saved(ports, recorded, measured));
  const joined = async (own: LedgerReading): Promise<LedgerReading> => {
    const { records, notes } = await (loaded = earlier(ports));
    return { ...own, records: writeLedger(mergeRecords(records, own.records)).records, notes: [...(own.notes ?? []), ...notes] };
  };
  return {
    ledger: {
      read: async () => joined(await ledger.read()),
      append: async (entries, at) => {
        await ledger.append(entries, at);
        recorded.push(...entries.map((entry) => ({ at, entry: ports.standing.onTarget ? landed(entry) : entry })));
      },
    },
    code: (own) => ({
      ...own,
      ran: async () => mergeRan((await (loaded ??= earlier(ports))).ran, await own.ran()),
      keepRan: async (records) => {
        measured.push(...records);
        await own.keepRan(records);
      },
    }),
    save,
    settle: async (assessed) => {
      const failed = await save();
      return failed === undefined ? assessed : { ...assessed, verdict: { ...assessed.verdict, warnings: [...assessed.verdict.warnings, failed] } };
    },
  };
}

/** What has landed is judged again by a job of the target branch: one change, whatever its pull request's runs said before. */
const landed = (entry: LedgerEntry): LedgerEntry => (entry.kind === "verdict" || entry.kind === "waiver-used" ? { ...entry, landed: true } : entry);

interface Earlier {
  readonly records: readonly DatedEntry[];
  readonly ran: readonly RanRecord[];
  readonly notes: readonly string[];
}

/** Records of earlier runs, as far as they count. What does not is passed over and said, for it may be an attack as well as a mistake. */
async function earlier({ state, where, standing }: TravelPorts): Promise<Earlier> {
  const ignored = (because: string): Earlier => ({ records: [], ran: [], notes: [`the state of earlier runs (${where}) does not count: ${because}`] });
  try {
    const found = await state.load();
    if (!found) return { records: [], ran: [], notes: [`no state of earlier runs was found (${where}): floors and history start here`] };
    const why = whyNotCounted({ ...standing, ...(found.signedBy !== undefined && { signedBy: found.signedBy }) });
    return why === undefined ? { records: recordsIn(found.files), ran: ranIn(found.files), notes: [] } : ignored(why);
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    return ignored(error.message);
  }
}

/** All of a state's records, kinds of a newer version included. */
function recordsIn(files: StateFiles): readonly DatedEntry[] {
  const { records, others = [] } = readLedger(new TextDecoder().decode(files.get(STATE_LEDGER) ?? new Uint8Array()));
  return [...records, ...(others as readonly DatedEntry[])];
}

const ranIn = (files: StateFiles): readonly RanRecord[] => unpackRan(new TextDecoder().decode(files.get(STATE_RAN) ?? new Uint8Array()));

async function saved({ state, where, standing }: TravelPorts, recorded: readonly DatedEntry[], measured: readonly RanRecord[]): Promise<string | undefined> {
  try {
    await state.save((newest, signedBy) => {
      // What does not count must not be laundered by our signature or our place.
      const counts = whyNotCounted({ ...standing, ...(signedBy !== undefined && { signedBy }) }) === undefined;
      const before = counts ? newest : new Map<string, Uint8Array>();
      const { text } = writeLedger(mergeRecords(recordsIn(before), recorded));
      const ran = measured.length === 0 ? [] : [[STATE_RAN, new TextEncoder().encode(packRan(mergeRan(ranIn(before), measured)))] as const];
      return new Map([...before, ...ran, [STATE_LEDGER, new TextEncoder().encode(text)]]);
    });
    return undefined;
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    return `the state for later runs was not saved (${where}): ${error.message} ${error.fix}`;
  }
}
