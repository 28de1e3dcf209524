/** What operations on trying by hand call. Loaded by itself: a repository whose policy owes none does not pay for it. */
export { checklistOf } from "./checklist.ts";
export { owedFor } from "./owed.ts";
