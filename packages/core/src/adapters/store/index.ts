export { ledgerFile } from "./ledger-file.ts";
