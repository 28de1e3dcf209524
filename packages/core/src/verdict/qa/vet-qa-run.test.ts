import { generateKeyPairSync, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { QaRun } from "#evidence";
import type { PublicKey } from "../waivers/public-key.ts";
import { parseQaRun, qaPath, renderQaRun } from "./qa-file.ts";
import { signQaRun, vetQaRun, type QaRunContext } from "./vet-qa-run.ts";

const pair = generateKeyPairSync("ed25519");
const pem = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
const signer = { publicKeyPem: pem, sign: (bytes: Uint8Array) => sign(null, bytes, pair.privateKey) };
const PRODUCT = `sha256:${"1".repeat(64)}`;
const RUN: QaRun = { schema: "proofline/qa-run/1", by: "@grace", at: "2026-11-21T10:00:00.000Z", product: PRODUCT, build: { environment: "staging" }, items: [{ id: "area:payment", what: "Use payment", outcome: "passed" }] };
const key = (over: Partial<PublicKey> = {}): PublicKey => ({ file: "proofline/keys/grace.pem", principal: "@grace", kind: "person", teams: ["@acme/qa"], emails: [], pem, ...over });
const context = (over: Partial<QaRunContext> = {}): QaRunContext => ({ listed: { keys: [key()], unreadable: [] }, verify: (publicPem, bytes, signature) => verify(null, bytes, publicPem, signature), now: "2026-11-21T12:00:00Z", product: PRODUCT, by: [], solo: false, byAgent: false, ...over });
const nobody = { listed: { keys: [], unreadable: [] } };
const state = (over: Partial<QaRunContext> = {}, run: QaRun = RUN, signed = true) => vetQaRun(signed ? signQaRun(RUN, signer) : { run, signatures: [] }, "f", context(over)).state;

describe("a record counts", () => {
  test("signed by a listed person, for this product alone", () => {
    expect(state()).toBe("signed");
    expect(state({ by: ["@acme/qa"] })).toBe("signed");
    expect(state({ product: `sha256:${"2".repeat(64)}` })).toBe("lapsed");
  });

  test.each([
    ["a word of it was changed", {}, { ...signQaRun(RUN, signer), run: { ...RUN, items: [{ ...(RUN.items[0] as QaRun["items"][number]), outcome: "failed" as const }] } }],
    ["it was moved to another product", { product: `sha256:${"2".repeat(64)}` }, { ...signQaRun(RUN, signer), run: { ...RUN, product: `sha256:${"2".repeat(64)}` } }],
    ["its key is not listed", nobody, signQaRun(RUN, signer)],
    ["its key is an agent's", { listed: { keys: [key({ kind: "agent" })], unreadable: [] } }, signQaRun(RUN, signer)],
    ["somebody else was to do it", { by: ["@ann"] }, signQaRun(RUN, signer)],
    ["it bears another's name", {}, signQaRun({ ...RUN, by: "@ann" }, signer)],
  ])("not where %s", (_, over, document) => {
    expect(vetQaRun(document, "f", context(over)).state).toBe("refused");
  });

  test("without a signature only where nobody lists a key and no agent had a hand in it", () => {
    expect(state({ ...nobody, solo: true }, RUN, false)).toBe("self");
    expect(vetQaRun({ run: RUN, signatures: [] }, "f", context(nobody))).toMatchObject({ state: "reported", because: expect.stringContaining("own word") as string });
    expect(state({}, RUN, false)).toBe("refused");
    expect(state({ ...nobody, byAgent: true }, RUN, false)).toBe("refused");
    expect(state({ ...nobody, by: ["@ann"] }, RUN, false)).toBe("refused");
  });
});

describe("a record's file", () => {
  test("is read as it was written, under a name of its own", async () => {
    const document = signQaRun(RUN, signer);
    expect(await parseQaRun(renderQaRun(document), "f")).toEqual(document);
    expect(qaPath(RUN)).toBe("proofline/qa/2026-11-21-111111111111-grace.json");
    expect(qaPath({ ...RUN, by: "../../x@y" })).not.toContain("..");
  });

  test.each(["", "{", "[]", JSON.stringify({ run: { ...RUN, product: "x" } }), JSON.stringify({ run: { ...RUN, more: 1 } }), JSON.stringify({ run: { ...RUN, items: [] } }), " ".repeat(300_000)])("%# that is none is refused by name", async (text) => {
    await expect(parseQaRun(text, "proofline/qa/a.json")).rejects.toMatchObject({ code: "qa/unreadable", message: expect.stringContaining("proofline/qa/a.json") as string });
  });
});
