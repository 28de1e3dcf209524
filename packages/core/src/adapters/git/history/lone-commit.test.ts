import { expect, test } from "vitest";
import { makeRepo } from "../../../../../../tests/support/repo.ts";
import { openObjectReader } from "../objects/object-reader.ts";
import { openRepository } from "../open-repository.ts";
import { loneCommit } from "./lone-commit.ts";

// `git log` is asked where a change has two commits, the object where it has one: both have to say the same of the same commit.
test.each([
  ["a subject", "fix: mend it", true],
  ["a subject and a body", "Mend it\n\nBecause it broke\nand nobody saw.", true],
  ["a subject over two lines", "Mend it,\nall of it", true],
  ["a colon within a line", "Mend it\n\nSee the page about a: it says so", true],
  ["trailers", "Mend it\n\nChange-Type: fix\nCo-authored-by: A <a@example.org>", false],
  ["letters of other scripts", "Prix : 3 € — 直す", true],
  ["a subject that looks like a trailer", "Change-Type: fix", true],
])("a commit with %s reads the same alone and in a longer change", async (_, message, quick) => {
  const repo = makeRepo();
  const base = repo.commit("Start", { a: "1" });
  const before = repo.commit("Between", { a: "2" });
  const head = repo.commit(message, { a: "3" });
  const opened = await openRepository(repo.dir, { env: repo.env });
  const commitsFrom = async (from: string) => opened.commits(await opened.resolve({ base: from, head: { kind: "commit", rev: head } }));
  const [alone, inChange] = [await commitsFrom(before), await commitsFrom(base)];
  expect(alone).toHaveLength(1);
  expect(inChange).toHaveLength(2);
  expect(alone[0]).toEqual(inChange[0]);
  const objects = openObjectReader(() => ({ cwd: repo.dir, env: { ...repo.env } }));
  expect((await loneCommit(objects, head, before)) !== undefined).toBe(quick);
  await Promise.all([opened.close(), objects.close()]);
});

test("a commit in another encoding, and one of a strange author, read the same alone and in a longer change", async () => {
  const repo = makeRepo();
  const base = repo.commit("Start", { a: "1" });
  const before = repo.commit("Between", { a: "2" });
  const tree = repo.git("rev-parse", `${before}^{tree}`);
  const write = (headers: string, text: Buffer): string =>
    repo.gitWith(Buffer.concat([Buffer.from(`tree ${tree}\nparent ${before}\n${headers}\n\n`), text]), "hash-object", "-t", "commit", "-w", "--stdin", "--literally");
  const people = "author A <a@example.org> 1700000000 +0200\ncommitter B <b@example.org> 1700000100 -0330";
  const odd = [
    write(`${people}\nencoding ISO-8859-1`, Buffer.from("d\xe9j\xe0 vu\n", "latin1")),
    write("author  <> 1700000000 +0000\ncommitter B <b <c@example.org> 1700000100 +0000", Buffer.from("Odd\n")),
    write(people, Buffer.from("\n\nStarts late\n")),
  ];
  const opened = await openRepository(repo.dir, { env: repo.env });
  for (const head of odd) {
    const commitsFrom = async (from: string) => opened.commits(await opened.resolve({ base: from, head: { kind: "commit", rev: head } }));
    expect((await commitsFrom(before))[0]).toEqual((await commitsFrom(base))[0]);
  }
  await opened.close();
});
