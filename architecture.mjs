/**
 * The flow, declared once. dependency-cruiser, docs/architecture.md and the tests read this list.
 * A layer may import the layers above it in this list, and none below.
 */
export const layers = [
  { name: "kernel", says: "words and rules every layer shares: Finding, Answer, Effect, Decision, errors as data" },
  { name: "intent", says: "what must be true: areas, surfaces, owners, stories, journeys, sign-offs, technical specs; later contracts, invariants" },
  { name: "change", says: "what moved: files, hunks, symbols, kinds, areas, type of change, risk" },
  { name: "evidence", says: "what was observed: test runs, coverage, mutants, links from promises to tests, walked journeys, QA runs, SARIF, audits, approvals" },
  { name: "checks", says: "questions asked of intent + change + evidence; one folder each" },
  { name: "verdict", says: "policy, waivers and baseline applied to findings at a gate: ship, hold or ask" },
  { name: "ledger", says: "what happened: verdicts, signed statements, waivers used" },
  { name: "guardrails", says: "failures turned into proposed intent" },
  { name: "operations", says: "what a user can ask Proofline to do; one file each" },
];

/** Pure libraries a layer below operations may use: no input, output, clock or randomness. */
export const pureLibraries = ["zod", "yaml", "picomatch", "semver", "@noble/hashes", "@marcbachmann/cel-js"];
