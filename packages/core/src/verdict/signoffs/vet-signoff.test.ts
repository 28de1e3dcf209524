import { createPublicKey, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSignoff, renderSignoff, ROLES, signoffPath, STAGES, stageOf, type SignoffStatement } from "#intent";
import { signSignoff, vetSignoff, type SignoffContext } from "./vet-signoff.ts";
import { signer, type Signer } from "../../../../../tests/support/signer.ts";

const ann = signer("@ann", { role: "owner", emails: ["ann@acme.test"] });
const bob = signer("@bob", { teams: ["@acme/shop"] });
const eva = signer("@eva", { role: "quality-controller" });
const robot = signer("@robot", { kind: "agent", role: "owner" });

const DIGEST = "a".repeat(64);
const statement = (over: Partial<SignoffStatement> = {}): SignoffStatement => ({ schema: "proofline/signoff/1", story: "ST-cart", stage: "story", role: "owner", digest: DIGEST, criteria: { "AC-1": "0123456789ab" }, by: "@ann", issued: "2026-11-21", ...over });
const signed = (said: SignoffStatement, by?: Signer) => signSignoff(said, by && { publicKeyPem: by.key.pem, sign: (bytes) => sign(null, bytes, by.secret) });
const context = (over: Partial<SignoffContext> = {}): SignoffContext => ({
  listed: { keys: [ann.key, bob.key, eva.key, robot.key], unreadable: [] },
  verify: (pem, bytes, signature) => verify(null, bytes, createPublicKey(pem), signature),
  now: "2026-11-25T12:00:00Z",
  digest: DIGEST,
  lapse: () => "AC-1 says something else now",
  authors: ["dev@acme.test"],
  entitled: [],
  solo: false,
  byAgent: false,
  ...over,
});
const stateOf = (document: ReturnType<typeof signed>, over: Partial<SignoffContext> = {}): string => vetSignoff(document, "f.json", context(over)).state;

describe("who may sign", () => {
  test("a key with the role, or whom the story or CODEOWNERS names", () => {
    expect(stateOf(signed(statement(), ann))).toBe("signed");
    expect(stateOf(signed(statement({ by: "@bob" }), bob), { entitled: ["@ACME/shop"] })).toBe("signed");
  });

  test.each<[string, ReturnType<typeof signed>, Partial<SignoffContext>, string]>([
    ["somebody of another role", signed(statement({ by: "@eva" }), eva), {}, "foreign"],
    ["a role's key where somebody else is named", signed(statement(), ann), { entitled: ["@acme/shop"] }, "foreign"],
    ["the author", signed(statement(), ann), { authors: ["Ann@Acme.Test"] }, "author"],
    ["an agent", signed(statement({ by: "@robot" }), robot), {}, "agent"],
    ["an agent in a solo repository", signed(statement({ by: "@robot" }), robot), { solo: true }, "agent"],
    ["somebody in another's name", signed(statement(), eva), {}, "foreign"],
    ["a key nobody listed", signed(statement(), ann), { listed: { keys: [eva.key], unreadable: [] } }, "foreign"],
    ["an expired key", signed(statement(), ann), { listed: { keys: [{ ...ann.key, expires: "2026-11-24" }], unreadable: [] } }, "expired"],
    ["nobody", signed(statement()), {}, "unsigned"],
    ["nobody, in a solo repository that lists keys", signed(statement()), { solo: true }, "unsigned"],
    ["nobody, for what an agent wrote", signed(statement()), { solo: true, byAgent: true, listed: { keys: [], unreadable: [] } }, "unsigned"],
  ])("not %s", (_, document, over, state) => {
    expect(vetSignoff(document, "f.json", context(over))).toMatchObject({ state, because: expect.stringMatching(/\w/) as string });
  });

  test("alone in a repository, oneself: recorded as self", () => {
    expect(stateOf(signed(statement()), { solo: true, listed: { keys: [], unreadable: [] } })).toBe("self");
    expect(stateOf(signed(statement(), ann), { solo: true, authors: ["ann@acme.test"] })).toBe("self");
  });
});

describe("what was approved", () => {
  test("another text: the signature lapses, and says why", () => {
    expect(vetSignoff(signed(statement(), ann), "f.json", context({ digest: "b".repeat(64) }))).toMatchObject({ state: "lapsed", because: "AC-1 says something else now" });
  });

  test("of a forged one nobody learns whether it lapsed", () => {
    const document = signed(statement(), ann);
    const forged = { ...document, signoff: { ...document.signoff, digest: "b".repeat(64) } };
    expect(stateOf(forged, { digest: "b".repeat(64) })).toBe("bad-signature");
  });

  test("any word of it changed after signing breaks the signature", () => {
    const document = signed(statement(), ann);
    for (const over of [{ story: "ST-other" }, { stage: "review" as const }, { role: "architect" as const }, { criteria: { "AC-1": "ffffffffffff" } }, { issued: "2026-11-22" }]) expect(stateOf({ ...document, signoff: { ...document.signoff, ...over } })).toBe("bad-signature");
  });
});

test("a file reads back as it was written, and each person has one for each stage", () => {
  const document = signed(statement(), ann);
  expect(readSignoff(renderSignoff(document))).toEqual({ document });
  expect(signoffPath(statement())).toBe("proofline/signoffs/ST-cart.story.ann.json");
  expect(signoffPath(statement({ by: "Ann <ann@acme.test>" }))).toBe("proofline/signoffs/ST-cart.story.ann-ann-acme-test-bc6a92.json");
  expect(signoffPath(statement({ by: "@a.b" }))).not.toBe(signoffPath(statement({ by: "@a-b" })));
  expect(ROLES.every((role) => STAGES.includes(stageOf(role)))).toBe(true);
});

test("whatever stands in the file, reading says what it is", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(Object.keys(readSignoff(text))).toHaveLength(1);
    }),
  );
  expect(readSignoff(renderSignoff(signed(statement())).replace('"owner"', '"king"'))).toMatchObject({ because: expect.stringContaining("role") as string });
  expect(readSignoff(`{"signoff": ${"[".repeat(10)}`)).toMatchObject({ because: "it is no JSON" });
});
