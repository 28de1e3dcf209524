import { execFileSync } from "node:child_process";
import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StateFiles, TravellingState } from "#operations";
import { keyIdOf, stateSealer, type TrustedKey } from "#verdict";
import { artifactState } from "./artifact.ts";
import { refState } from "./ref-state.ts";

const identity = { repository: "git.example/acme/shop", name: "state" };
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
const key: TrustedKey = { principal: "proofline-ci", kind: "service", pem };
const verifySignature = (publicKeyPem: string, bytes: Uint8Array, signature: Uint8Array) => verify(null, bytes, createPublicKey(publicKeyPem), signature);
const unsigned = stateSealer({ keysFromTargetBranch: [key], verifySignature, now: "2026-11-21T10:00:00Z" });
const signed = stateSealer({
  signer: { keyId: keyIdOf(pem) ?? "", sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)) },
  keysFromTargetBranch: [key],
  verifySignature,
  now: "2026-11-21T10:00:00Z",
});
const sealedByOther = stateSealer({ ...{ keysFromTargetBranch: [], verifySignature, now: "2026-11-21T10:00:00Z" } });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proofline-state-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const git = (cwd: string, ...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  });

function makeRepo(name: string, ...options: string[]): string {
  const root = join(folder, name);
  git(folder, "init", "--quiet", ...options, root);
  return root;
}

const text = (files: StateFiles | undefined): Record<string, string> =>
  Object.fromEntries([...(files ?? [])].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
const files = (entries: Record<string, string>): StateFiles =>
  new Map(Object.entries(entries).map(([name, content]) => [name, new TextEncoder().encode(content)]));
const append =
  (line: string) =>
  (newest: StateFiles): StateFiles =>
    new Map([...newest, ["ledger.jsonl", new TextEncoder().encode(`${text(newest)["ledger.jsonl"] ?? ""}${line}\n`)]]);
const lines = async (state: TravellingState): Promise<string[]> => (text((await state.load())?.files)["ledger.jsonl"] ?? "").trim().split("\n").sort();
const noSleep = () => Promise.resolve();

const artifact = (more: Partial<Parameters<typeof artifactState>[0]> = {}) =>
  artifactState({ file: join(folder, "state.gz"), identity, sealer: signed, ...more });
const inRepo = (root: string, more: Partial<Parameters<typeof refState>[0]> = {}) => refState({ root, identity, sealer: signed, ...more });

const places: readonly (readonly [string, () => TravellingState])[] = [
  ["in an artifact file", () => artifact()],
  ["under a ref", () => inRepo(makeRepo("one"))],
];

describe.each(places)("state %s", (_, open) => {
  test("comes back as it was stored, with who signed it, nested names and odd bytes included", async () => {
    const state = open();
    expect(await state.load()).toBeUndefined();
    const content = new Map([
      ["coverage/test-a.json", new Uint8Array([0, 10, 13, 255, 10])],
      ["empty", new Uint8Array()],
      ["ledger.jsonl", new TextEncoder().encode("ü\r\n")],
    ]);
    await state.save(() => content);
    const loaded = await state.load();
    expect(loaded?.signedBy).toBe("proofline-ci");
    expect(new Map(loaded?.files)).toEqual(content);
  });

  test("is replaced by what merge makes of the newest", async () => {
    const state = open();
    await state.save(append("first"));
    await state.save(append("second"));
    expect(await lines(state)).toEqual(["first", "second"]);
  });

  test("asks again when somebody else saved meanwhile, and loses nothing", async () => {
    const state = open();
    await state.save(append("first"));
    let asked = 0;
    await state.save(async (newest) => {
      asked += 1;
      if (asked === 1) await state.save(append("in between"));
      return append("second")(newest);
    });
    expect(asked).toBe(2);
    expect(await lines(state)).toEqual(["first", "in between", "second"]);
  });

  test.each(["../escape", "/abs", "a/../b", ".git/config", "-option", "a\nb", "", "a//b", ".manifest"])("refuses to store under the name %j", async (name) => {
    await expect(open().save(() => files({ [name]: "x" }))).rejects.toMatchObject({ code: "state/unreadable" });
  });

  test("refuses to store more than may travel", async () => {
    const large = new Uint8Array(70 * 1024 * 1024);
    await expect(
      open().save(
        () =>
          new Map([
            ["a", large],
            ["b", large],
          ]),
      ),
    ).rejects.toMatchObject({ code: "state/too-large" });
  });
});

describe("an artifact", () => {
  const file = () => join(folder, "state.gz");
  const rewrite = async (change: (content: string) => string) => writeFile(file(), gzipSync(change(gunzipSync(await readFile(file())).toString("utf8"))));

  test("that is unsigned says so by naming nobody", async () => {
    await artifact({ sealer: unsigned }).save(append("x"));
    expect(await artifact().load()).not.toHaveProperty("signedBy");
  });

  test.each([
    ["a changed file", (content: string) => content.replace(/("content":")[^"]+/, "$1bWFsbG9yeQo=")],
    ["a removed file", (content: string) => content.split("\n").slice(0, 1).join("\n")],
    ["an added file", (content: string) => `${content}${JSON.stringify({ name: "more", content: "" })}\n`],
  ])("with %s is tampered with", async (_, change) => {
    await artifact().save(append("x"));
    await rewrite(change);
    await expect(artifact().load()).rejects.toMatchObject({ code: "state/tampered" });
  });

  test("whose signature is by a key the target branch does not list is tampered with", async () => {
    await artifact().save(append("x"));
    await expect(artifact({ sealer: sealedByOther }).load()).rejects.toMatchObject({ code: "state/tampered" });
  });

  test("of another repository or another name is not taken for ours", async () => {
    await artifact().save(append("x"));
    for (const other of [
      { ...identity, repository: "git.example/acme/fork" },
      { ...identity, name: "other" },
    ]) {
      await expect(artifact({ identity: other }).load()).rejects.toMatchObject({ code: "state/tampered" });
    }
  });

  test("that is cut short, no archive or a bomb is unreadable, and saving does not overwrite it", async () => {
    await artifact().save(append("x"));
    const whole = await readFile(file());
    for (const content of [whole.subarray(0, whole.length - 5), Buffer.from("hello"), gzipSync(Buffer.alloc(5 * 1024 * 1024))]) {
      await writeFile(file(), content);
      await expect(artifact({ maxUnpackedBytes: 4 * 1024 * 1024 }).save(append("y"))).rejects.toMatchObject({ code: "state/unreadable" });
      expect(await readFile(file())).toEqual(Buffer.from(content));
    }
  });
});

describe("a ref", () => {
  test("keeps no history and leaves index, branches and work tree alone", async () => {
    const root = makeRepo("one");
    await writeFile(join(root, "a.txt"), "a");
    git(root, "add", ".");
    git(root, "commit", "--quiet", "-m", "a");
    const before = [git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD"), git(root, "branch", "-a")];
    const state = inRepo(root);
    await state.save(append("first"));
    await state.save(append("second"));
    expect(git(root, "rev-list", "--count", "refs/proofline/state").trim()).toBe("1");
    expect([git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD"), git(root, "branch", "-a")]).toEqual(before);
  });

  test("takes four writers at once without losing a line", async () => {
    const root = makeRepo("one");
    await Promise.all(Array.from({ length: 4 }, (_, index) => inRepo(root).save(append(`run ${index}`))));
    expect(await lines(inRepo(root))).toEqual(Array.from({ length: 4 }, (_, index) => `run ${index}`));
  }, 60_000);

  test("travels through a remote: another clone sees it and adds to it", async () => {
    const remote = makeRepo("remote.git", "--bare");
    const [a, b] = [makeRepo("a"), makeRepo("b")];
    await inRepo(a, { remote }).save(append("from a"));
    await inRepo(b, { remote }).save(append("from b"));
    expect(await lines(inRepo(a, { remote }))).toEqual(["from a", "from b"]);
    expect(git(remote, "for-each-ref", "--format=%(refname)").trim()).toBe("refs/proofline/state");
  });

  test("pushed by two clones at once keeps both", async () => {
    const remote = makeRepo("remote.git", "--bare");
    const roots = ["a", "b", "c"].map((name) => makeRepo(name));
    await Promise.all(roots.map((root) => inRepo(root, { remote }).save(append(root))));
    expect(await lines(inRepo(makeRepo("d"), { remote }))).toEqual([...roots].sort());
  }, 60_000);

  test("runs no hook of the user", async () => {
    const root = makeRepo("one");
    const remote = makeRepo("remote.git", "--bare");
    for (const hook of ["reference-transaction", "pre-push"]) {
      await writeFile(join(root, ".git", "hooks", hook), `#!/bin/sh\ntouch ${join(folder, "hook-ran")}\n`);
      await chmod(join(root, ".git", "hooks", hook), 0o755);
    }
    await inRepo(root, { remote }).save(append("x"));
    await expect(readFile(join(folder, "hook-ran"))).rejects.toThrow("ENOENT");
  });

  test("that somebody else wrote to is noticed", async () => {
    const root = makeRepo("one");
    await inRepo(root).save(append("x"));
    const blob = execFileSync("git", ["hash-object", "-w", "--stdin"], { cwd: root, input: "mallory\n", encoding: "utf8" }).trim();
    git(root, "read-tree", "refs/proofline/state");
    git(root, "update-index", "--cacheinfo", `100644,${blob},ledger.jsonl`);
    const commit = git(root, "commit-tree", git(root, "write-tree").trim(), "-m", "x").trim();
    git(root, "update-ref", "refs/proofline/state", commit);
    await expect(inRepo(root).load()).rejects.toMatchObject({ code: "state/tampered" });
  });

  test("with a symlink or a submodule in it is unreadable", async () => {
    const root = makeRepo("one");
    const blob = execFileSync("git", ["hash-object", "-w", "--stdin"], { cwd: root, input: "/etc/passwd", encoding: "utf8" }).trim();
    git(root, "update-index", "--add", "--cacheinfo", `120000,${blob},ledger.jsonl`);
    git(root, "update-ref", "refs/proofline/state", git(root, "commit-tree", git(root, "write-tree").trim(), "-m", "x").trim());
    await expect(inRepo(root).load()).rejects.toMatchObject({ code: "state/unreadable" });
  });

  test("that the remote refuses is a named error at once, not a loop", async () => {
    const remote = makeRepo("remote.git", "--bare");
    await writeFile(join(remote, "hooks", "update"), "#!/bin/sh\necho no state here >&2\nexit 1\n");
    await chmod(join(remote, "hooks", "update"), 0o755);
    await expect(inRepo(makeRepo("a"), { remote, sleep: noSleep }).save(append("x"))).rejects.toMatchObject({ code: "state/git-refused" });
  });

  test("of a folder that is no repository, or a remote that is none, is a named error", async () => {
    await expect(inRepo(folder).save(append("x"))).rejects.toMatchObject({ code: "state/git-refused" });
    await expect(inRepo(makeRepo("a"), { remote: join(folder, "nowhere") }).load()).rejects.toMatchObject({ code: "state/git-refused" });
    expect(() => inRepo(folder, { remote: "--upload-pack=x" })).toThrow("not allowed");
    expect(() => inRepo(folder, { identity: { ...identity, name: "../heads/main" } })).toThrow("not allowed");
  });
});
