import { describe, expect, it } from "vitest";
import type { ProofInputs } from "#evidence";
import { proofDigest } from "./proof-digest.ts";
import { takeOver } from "./handed-proofs.ts";
import { addressOf, proofOfRecord, recordOf, recordText, replayCommand, type ProofRecord } from "./proof-record.ts";
import { readRecord } from "./read-record.ts";
import { whyNotTaken, type WantedProof } from "./take-over.ts";

const id = (digit: string): string => digit.repeat(40);
const INPUTS: ProofInputs = {
  baseTree: id("1"),
  headTree: id("2"),
  asked: [],
  repeat: 2,
  setups: `sha256:${"3".repeat(64)}`,
  pinned: true,
  outside: false,
  surroundings: { node: "v20.20.2", system: "linux x64", zone: "UTC", language: "C.UTF-8" },
  reading: 1,
};
const FACTS = { outcome: "proven", changeType: "fix", broken: id("a"), brokenTree: id("4"), selection: ["test/a.test.js"], subject: id("b"), tests: [{ id: { file: "test/a.test.js", suite: ["a"], name: "b" }, head: "green", base: "red", why: "assertion" }] } as const;
const RECORD = recordOf(
  { kind: "proof", source: "ran", origin: "here", ...FACTS, digest: proofDigest(FACTS), because: "it is red", headSurroundings: false, repeats: 2, isolation: "own clone", inputs: INPUTS, runs: [] },
  { fixedTree: id("2"), notes: [], replay: "proofline prove", tookMs: 5 },
);
const WANTED: WantedProof = { fixed: id("b"), type: "fix", selection: ["test/a.test.js"], inputs: INPUTS };

describe("a proof made elsewhere takes the place of a run", () => {
  it("when everything it was made from agrees", () => {
    expect(whyNotTaken(RECORD, WANTED)).toBeUndefined();
    expect(whyNotTaken({ ...RECORD, inputs: { ...INPUTS, repeat: 5 } }, WANTED)).toBeUndefined();
    expect(whyNotTaken({ ...RECORD, weak: "absent-before", repeats: 1 }, WANTED)).toBeUndefined();
  });

  it.each<[string, Partial<ProofRecord> | Partial<ProofInputs>]>([
    ["not about this commit", { fixed: id("c"), fixedTree: id("d") }],
    ["about another change", { baseTree: id("9") }],
    ["about another change", { headTree: id("9") }],
    ["asked of a feature", { type: "feature" }],
    ["about other tests", { selection: ["test/b.test.js"] }],
    ["about other tests", { asked: ["test/a.test.js::one"] }],
    ["rests on 1 run a side", { repeat: 1 }],
    ["rests on 1 run a side", { repeats: 1 }],
    ["another version of Proofline", { reading: 0 }],
    ["no lock file", { pinned: false }],
    ["only the machine they ran on has", { outside: true }],
    ["started in another way", { setups: `sha256:${"5".repeat(64)}` }],
    ["another environment: Node v18.0.0, here v20.20.2; system linux arm64", { surroundings: { ...INPUTS.surroundings, node: "v18.0.0", system: "linux arm64" } }],
    ["another environment: time zone Asia/Tokyo", { surroundings: { ...INPUTS.surroundings, zone: "Asia/Tokyo" } }],
    ["another environment: language de_DE.UTF-8", { surroundings: { ...INPUTS.surroundings, language: "de_DE.UTF-8" } }],
    ["shows nothing", { outcome: "not proven" }],
  ])("not when it is %s", (says, other) => {
    const inRecord = Object.keys(other).every((key) => key in RECORD && !(key in INPUTS));
    const record = inRecord ? { ...RECORD, ...(other as Partial<ProofRecord>) } : { ...RECORD, inputs: { ...INPUTS, ...(other as Partial<ProofInputs>) } };
    expect(whyNotTaken(record, WANTED)).toContain(says);
  });

  it("only when it is signed; else it stays reported, with the reason", () => {
    const signed = takeOver([{ where: "p.jsonl", record: RECORD, signedBy: "@ci" }], WANTED);
    expect([signed.taken?.source, signed.taken?.origin, signed.reported]).toEqual(["ran", `${addressOf(RECORD)}, made elsewhere and signed by @ci (p.jsonl)`, []]);
    const plain = takeOver([{ where: "p.json", record: RECORD, unsigned: "nobody signed it" }], WANTED);
    expect([plain.taken, plain.reported.map((one) => [one.source, one.notes])]).toEqual([undefined, [["reported", ["not taken over: nobody signed it"]]]]);
  });
});

describe("a record's text", () => {
  it("is read back as it was, under the same address, and as the same evidence", async () => {
    const read = await readRecord(recordText(RECORD), "here", addressOf(RECORD));
    expect(read).toEqual({ record: RECORD, address: addressOf(RECORD) });
    expect(proofOfRecord(read.record, { source: "ran", origin: "here" })).toMatchObject({ ...FACTS, subject: id("b"), inputs: INPUTS });
    expect((await readRecord(JSON.stringify(RECORD, null, 2), "printed")).address).toBe(addressOf(RECORD));
  });

  it.each([
    ["a test's outcome", (text: string) => text.replace('"base":"red"', '"base":"green"')],
    ["the outcome", (text: string) => text.replace('"outcome":"proven"', '"outcome":"refuted"')],
    ["the commit", (text: string) => text.replace(id("b"), id("e"))],
    ["words, where its name is known", (text: string) => text.replace("it is red", "it is fine")],
  ])("is refused when %s was changed", async (_, change) => {
    const text = change(recordText(RECORD));
    expect(text).not.toBe(recordText(RECORD));
    await expect(readRecord(text, "here", addressOf(RECORD))).rejects.toMatchObject({ code: "proof/record-tampered" });
  });

  it.each(["", "[]", "null", "{}", '{"schema":"proofline/proof/1"}', '{"payload":"!!","payloadType":"application/vnd.in-toto+json"}', `{"payload":"${btoa("{}")}","payloadType":"application/vnd.in-toto+json"}`])("is unreadable when it is %j", async (text) => {
    await expect(readRecord(text, "here")).rejects.toMatchObject({ code: "proof/record-unreadable" });
  });
});

it("names the command with what a shell would take apart in quotes", () => {
  expect(replayCommand({ asked: ["test/a.test.js::it's ok"], broken: "a", fixed: "b", type: "feature", repeat: 2 })).toBe(`proofline prove --test 'test/a.test.js::it'\\''s ok' --broken a --fixed b --type feature --repeat 2`);
});
