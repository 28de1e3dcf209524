/** What planning calls. Loaded by itself. */
export { writeTechnicalSpec } from "./write-technical-spec.ts";
