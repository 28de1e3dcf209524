export { entriesOf, type JudgedChange } from "./entries-of.ts";
export { flakeEntries, flakesIn } from "./flake-history.ts";
export { floorAt, raiseFloor } from "./floors.ts";
export { COUNTED, keepWhatDecides } from "./keep-what-decides.ts";
export { mergeRecords, writeLedger, type DatedEntry } from "./merge-ledgers.ts";
export { outcomesByCheck } from "./outcomes.ts";
export type { LedgerStore } from "./ports.ts";
export { ledgerNotes, readLedger, type LedgerProblem, type LedgerReading, type ReadUpTo } from "./read-ledger.ts";
export {
  chainEntries,
  chainEntry,
  EMPTY_TAIL,
  type FlakeRecord,
  type FloorRecord,
  type LedgerEntry,
  type LedgerRecord,
  type LedgerTail,
  type OverruledRecord,
  type RecordedFinding,
  type VerdictRecord,
  type WaiverUsedRecord,
} from "./record.ts";
export { checkRecord, EARNED, gateRecord, practisedMode, type TrackRecord } from "./track-record.ts";
