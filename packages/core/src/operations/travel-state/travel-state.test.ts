import { expect, test } from "vitest";
import type { RanRecord } from "#evidence";
import { defineError } from "#kernel";
import { chainEntries, EMPTY_TAIL, floorAt, ledgerNotes, outcomesByCheck, readLedger, type FloorRecord, type LedgerEntry, type LedgerStore, type VerdictRecord } from "#ledger";
import type { Assessed } from "../attest-verdict/attest-verdict.ts";
import type { LoadedState, StateFiles, TravellingState } from "../ports/travelling-state.ts";
import { whyNotCounted } from "./standing.ts";
import { noCodeMemory } from "../ports/code-memory.ts";
import { STATE_LEDGER, travelState, type TravelPorts } from "./travel-state.ts";

const AT = "2026-11-21T10:00:00Z";
const floor = (commit: string, lines: number): FloorRecord => ({ kind: "floor", surface: "checkout", commit, lines });
const verdict = (fingerprint: string): VerdictRecord => ({
  kind: "verdict", decision: "ask", scope: "full", gate: "pull-request", mode: "enforce", base: "b", head: "h", policyDigest: "sha256:0",
  findings: [{ check: "tests/weakened", fingerprint, answer: "broken", effect: "ask", alarm: true }],
}); // prettier-ignore
const overruled = (fingerprint: string): LedgerEntry => ({ kind: "overruled", check: "tests/weakened", fingerprint, by: "@mallory", reason: "fine" });
const textOf = (...entries: readonly LedgerEntry[]): Uint8Array => new TextEncoder().encode(chainEntries(EMPTY_TAIL, entries, AT).lines);
const refused = defineError({ code: "state/refused", title: "Refused", message: () => "the remote said no.", fix: () => "Ask it.", exit: 3 });

/** State in memory; `rival` gets in between the first load and the first store. */
function memoryState(files?: StateFiles, more: { readonly signedBy?: string; readonly rival?: StateFiles; readonly fails?: boolean } = {}) {
  let kept = files;
  let rival = more.rival;
  const loaded = (): LoadedState | undefined => kept && { files: kept, version: "1", ...(more.signedBy !== undefined && { signedBy: more.signedBy }) };
  const state: TravellingState = {
    load: () => (more.fails === true ? Promise.reject(refused()) : Promise.resolve(loaded())),
    save: async (merge) => {
      if (more.fails === true) throw refused();
      let merged = await merge(kept ?? new Map(), more.signedBy);
      if (rival !== undefined) {
        kept = rival;
        rival = undefined;
        merged = await merge(kept, more.signedBy);
      }
      kept = merged;
      return { files: merged, version: "2" };
    },
  };
  return { state, kept: () => readLedger(new TextDecoder().decode(kept?.get(STATE_LEDGER))).records.map((record) => record.entry), files: () => kept };
}

function memoryLedger(): LedgerStore {
  let text = "";
  return {
    read: () => Promise.resolve(readLedger(text)),
    append: (entries, at) => {
      text += chainEntries(readLedger(text).tail, entries, at).lines;
      return Promise.resolve();
    },
  };
}

const onTarget = { place: "artifact", onTarget: true, signatureExpected: false } as const;
const onPull = { place: "artifact", onTarget: false, signatureExpected: false } as const;
const ports = (state: TravellingState, more: Partial<TravelPorts> = {}): TravelPorts => ({ ledger: memoryLedger(), state, where: "state.gz", standing: onTarget, saves: true, ...more });
const assessed = { verdict: { warnings: [] }, evidence: [] } as unknown as Assessed;

test("what one runner recorded is read by the next, and this runner's own file holds its own alone", async () => {
  const kept = memoryState();
  const first = travelState(ports(kept.state));
  expect(ledgerNotes(await first.ledger.read())).toEqual([expect.stringContaining("start here")]);
  await first.ledger.append([floor("a", 81)], AT);
  expect((await first.settle(assessed)).verdict.warnings).toEqual([]);

  const own = memoryLedger();
  const second = travelState(ports(kept.state, { ledger: own }));
  const reading = await second.ledger.read();
  expect(floorAt(reading.records, "checkout", ["a"])).toMatchObject({ lines: 81 });
  expect(ledgerNotes(reading)).toEqual([]);
  expect((await own.read()).records).toEqual([]);
});

test("what tests ran through on one runner is known on the next, and what does not count is not", async () => {
  const one: RanRecord = { test: "a.test.ts", blob: "t1", files: [{ path: "src/a.ts", blob: "s1", functions: ["price"] }] };
  const kept = memoryState();
  const first = travelState(ports(kept.state));
  await first.code(noCodeMemory).keepRan([one]);
  await first.ledger.append([floor("a", 81)], AT);
  await first.settle(assessed);
  expect(await travelState(ports(kept.state)).code(noCodeMemory).ran()).toEqual([one]);
  expect(await travelState(ports(kept.state, { standing: onPull })).code(noCodeMemory).ran()).toEqual([]);
});

test("saving twice, or while another run saves, doubles and loses nothing", async () => {
  const kept = memoryState(new Map([[STATE_LEDGER, textOf(floor("a", 1))]]), { rival: new Map([[STATE_LEDGER, textOf(floor("a", 1), floor("rival", 2))]]) });
  const run = travelState(ports(kept.state));
  await run.ledger.append([floor("mine", 3)], AT);
  await run.settle(assessed);
  await run.settle(assessed);
  expect(kept.kept()).toHaveLength(3);
  expect(kept.kept()).toEqual(expect.arrayContaining([floor("a", 1), floor("rival", 2), floor("mine", 3)]));
});

test("files and kinds of records of a newer version travel on", async () => {
  const newer = { kind: "deploy", id: 7 } as unknown as LedgerEntry;
  const kept = memoryState(new Map([[STATE_LEDGER, textOf(newer)], ["flakes.json", new Uint8Array([1])]]));
  const run = travelState(ports(kept.state));
  await run.ledger.append([floor("a", 1)], AT);
  await run.settle(assessed);
  expect(kept.files()?.get("flakes.json")).toEqual(new Uint8Array([1]));
  expect(new TextDecoder().decode(kept.files()?.get(STATE_LEDGER))).toContain('"kind":"deploy"');
});

test("a fork's artifact with a lower floor, made-up overrules and a red test called flaky is passed over, and that is said", async () => {
  const flaky: LedgerEntry = { kind: "flake", test: "pay", title: "pay", subject: "tree", passed: 9, failed: 9 };
  const forged = memoryState(new Map([[STATE_LEDGER, textOf(floor("base", 1), flaky, ...Array.from({ length: 50 }, (_, n) => overruled(`f${n}`)))]]));
  const reading = await travelState(ports(forged.state, { standing: onPull, saves: false })).ledger.read();
  expect(reading.records).toEqual([]);
  expect(ledgerNotes(reading)).toEqual([expect.stringMatching(/state\.gz.*does not count: it is not signed/)]);
  // The innocent twin: the same bytes, signed with a key the target branch lists.
  const signed = memoryState(forged.files(), { signedBy: "proofline-ci" });
  expect((await travelState(ports(signed.state, { standing: onPull, saves: false })).ledger.read()).records).toHaveLength(52);
});

test("a record that lowers a floor lowers nothing, even where its state counts", async () => {
  const kept = memoryState(new Map([[STATE_LEDGER, textOf(floor("base", 81), floor("base", 1))]]));
  const { records } = await travelState(ports(kept.state)).ledger.read();
  expect(floorAt(records, "checkout", ["base"])).toMatchObject({ lines: 81 });
});

test("a run that may save does not launder what does not count", async () => {
  const forged = memoryState(new Map([[STATE_LEDGER, textOf(floor("base", 1))], ["flakes.json", new Uint8Array([9])]]));
  const run = travelState(ports(forged.state, { standing: { ...onTarget, signatureExpected: true } }));
  await run.ledger.append([floor("mine", 80)], AT);
  await run.settle(assessed);
  expect(forged.kept()).toEqual([floor("mine", 80)]);
  expect(forged.files()?.has("flakes.json")).toBe(false);
});

test("a run that may not save leaves the state as it was", async () => {
  const kept = memoryState(new Map([[STATE_LEDGER, textOf(floor("a", 1))]]));
  const run = travelState(ports(kept.state, { standing: onPull, saves: false }));
  await run.ledger.append([floor("mine", 80)], AT);
  await run.settle(assessed);
  expect(kept.kept()).toEqual([floor("a", 1)]);
});

test("state that can't be had breaks no verdict: it is said, for reading and for saving", async () => {
  const broken = memoryState(undefined, { fails: true });
  const run = travelState(ports(broken.state));
  expect(ledgerNotes(await run.ledger.read())).toEqual([expect.stringContaining("does not count: the remote said no.")]);
  await run.ledger.append([floor("a", 1)], AT);
  expect((await run.settle(assessed)).verdict.warnings).toEqual([expect.stringContaining("was not saved (state.gz): the remote said no.")]);
});

test("what landed is marked, and alone makes no check look noisy", async () => {
  const kept = memoryState();
  const run = travelState(ports(kept.state));
  const waived = { kind: "waiver-used", check: "tests/weakened", fingerprint: "x", by: "@ann", reason: "fine", until: "2027-01-01", how: "waiver", head: "h" } as const;
  await run.ledger.append([verdict("x"), waived], AT);
  await run.settle(assessed);
  const { records } = await travelState(ports(kept.state)).ledger.read();
  expect(records.map(({ entry }) => entry)).toEqual(expect.arrayContaining([{ ...verdict("x"), landed: true }, { ...waived, landed: true }]));
  expect(outcomesByCheck(records).size).toBe(0);
});

test.each([
  ["signed, in any job", { signedBy: "ci", place: "artifact", onTarget: false, signatureExpected: true }, undefined],
  ["signed and committed", { signedBy: "ci", place: "artifact", onTarget: false, committed: true, signatureExpected: true }, undefined],
  ["under a ref, unsigned", { place: "ref", onTarget: false, signatureExpected: false }, undefined],
  ["under a ref, unsigned where a service's key is listed", { place: "ref", onTarget: true, signatureExpected: true }, "not signed"],
  ["an artifact in a job of the target branch", onTarget, undefined],
  ["an artifact in a pull request's job", onPull, "the code under judgement"],
  ["committed, in a job of the target branch", { ...onTarget, committed: true }, "committed"],
] as const)("state that is %s", (_, standing, because) => {
  if (because === undefined) expect(whyNotCounted(standing)).toBeUndefined();
  else expect(whyNotCounted(standing)).toContain(because);
});
