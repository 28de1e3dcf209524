export { codeMemory } from "./code-memory.ts";
export { historyMemory } from "./history-memory.ts";
export { journeyEvidence } from "./journey-evidence.ts";
export { ledgerFile } from "./ledger-file.ts";
export { proofStore, type ProofStoreOptions } from "./proof-store.ts";
export { runStore, type RunStoreOptions } from "./run-store.ts";
export { answerMemory, mutationMemory, rememberHistory } from "./remembered.ts";
export { sealedFiles, type SealedFiles } from "./sealed-files.ts";
export { traceMemory } from "./trace-memory.ts";
