export { entriesOf, type JudgedChange } from "./entries-of.ts";
export { floorAt, raiseFloor } from "./floors.ts";
export { outcomesByCheck } from "./outcomes.ts";
export type { LedgerStore } from "./ports.ts";
export { readLedger, type LedgerProblem, type LedgerReading } from "./read-ledger.ts";
export {
  chainEntries,
  chainEntry,
  EMPTY_TAIL,
  type FloorRecord,
  type LedgerEntry,
  type LedgerRecord,
  type LedgerTail,
  type OverruledRecord,
  type RecordedFinding,
  type VerdictRecord,
  type WaiverUsedRecord,
} from "./record.ts";
