export { ledgerFile } from "./ledger-file.ts";
export { runStore, type RunStoreOptions } from "./run-store.ts";
