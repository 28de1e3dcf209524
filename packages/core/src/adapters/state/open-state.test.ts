import { execFileSync } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyIdOf, type TrustedKey } from "#verdict";
import { nameOf, openState, type StateRequest } from "./open-state.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "proofline-open-state-"));
  execFileSync("git", ["init", "-q"], { cwd: root });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function pair(kind: TrustedKey["kind"]) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
  return { key: { principal: "proofline-ci", kind, pem }, signer: { keyId: keyIdOf(pem) ?? "", publicKeyPem: pem, sign: (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)) } };
}

const push = { CI: "true", GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/main" };
const pull = { ...push, GITHUB_EVENT_NAME: "pull_request", GITHUB_REF: "refs/pull/1/merge" };
const eventJson = JSON.stringify({ repository: { default_branch: "main" } });
const open = (more: Partial<StateRequest>) => openState({ root, env: push, place: "kept", eventJson, keysFromTargetBranch: [], verifySignature: () => true, now: "2026-11-21T10:00:00Z", ...more });

const service = pair("service");
const person = pair("person");
const agent = pair("agent");

test.each([
  ["a job of the target branch", {}, true],
  ["a pull request's job", { env: pull }, false],
  ["a laptop", { env: {} }, false],
  ["a laptop with a listed key", { env: {}, signer: person.signer, keysFromTargetBranch: [person.key] }, false],
  ["a pull request's job with a listed key", { env: pull, signer: service.signer, keysFromTargetBranch: [service.key] }, true],
  ["a pull request's job with a key nobody listed", { env: pull, signer: service.signer, keysFromTargetBranch: [person.key] }, false],
  ["a pull request's job with an agent's key", { env: pull, signer: agent.signer, keysFromTargetBranch: [agent.key] }, false],
  ["a job of the target branch without the key that is expected", { keysFromTargetBranch: [service.key] }, false],
] as const)("%s saves: %s", async (_, more, saves) => {
  expect((await open(more)).saves).toBe(saves);
});

test.each([
  ["https://user:token@Example.com:8443/acme/shop.git", "Example.com/acme/shop"],
  ["git@example.com:acme/shop.git", "example.com/acme/shop"],
  ["ssh://git@example.com/acme/shop", "example.com/acme/shop"],
  ["file:///srv/git/shop.git/", "shop"],
  ["/srv/git/shop", "shop"],
  ["", "checkout"],
])("a remote %s names the repository %s", (remote, name) => {
  expect(nameOf(remote, "/home/ann/checkout")).toBe(name);
});

test("the job's token is sent to its own server alone, and not where the checkout brings credentials", async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    execFileSync("git", ["remote", "add", "origin", `${serverUrl}/acme/shop`], { cwd: root });
    const login = { serverUrl, user: "x-access-token", token: "t" };
    const load = async (more: Partial<StateRequest>): Promise<string | undefined> => {
      asked.length = 0;
      await expect((await open({ place: "ref", ...more })).state.load()).rejects.toMatchObject({ code: "state/git-refused" });
      return asked[0];
    };
    expect(await load({ login })).toBe(`basic ${Buffer.from("x-access-token:t").toString("base64")}`);
    expect(await load({ login: { ...login, serverUrl: "https://other.example" } })).toBeUndefined();
    execFileSync("git", ["config", `http.${serverUrl}/.extraheader`, "AUTHORIZATION: basic b3du"], { cwd: root });
    expect(await load({ login })).toBe("basic b3du");
  } finally {
    server.close();
  }
});

test("a state file that Git tracks is known to be committed", async () => {
  writeFileSync(join(root, "proofline-state.gz"), "");
  expect((await open({ place: "." })).standing.committed).toBe(false);
  execFileSync("git", ["add", "proofline-state.gz"], { cwd: root });
  expect((await open({ place: "." })).standing.committed).toBe(true);
});
