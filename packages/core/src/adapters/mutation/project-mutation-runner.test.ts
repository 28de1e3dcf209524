import { expect, test } from "vitest";
import type { Repository } from "#change";
import type { MutationRequest, OnBenches, TestSetup } from "#evidence";
import { projectMutationRunner } from "./project-mutation-runner.ts";

const repository = { readFiles: () => Promise.resolve(new Map([["src/fee.js", { text: "exports.fee = (n) => (n >= 3 ? 0 : 5);\n" }]])) } as unknown as Pick<Repository, "readFiles">;
const request = { tree: "tree", lines: new Map([["src/fee.js", [{ from: 1, to: 1 }]]]), selection: "all", budgetMs: 1000, signal: new AbortController().signal } as unknown as MutationRequest;
const setup = (runner: string): TestSetup => ({ runner, packageDir: ".", because: "" });

test("where no runner can be driven, that is said without laying out a tree, which takes seconds", async () => {
  let laidOut = 0;
  const onBenches: OnBenches = () => {
    laidOut += 1;
    return Promise.resolve([]);
  };
  const outcome = await projectMutationRunner({ repository, onBenches }).mutate([setup("command"), setup("command")], request);
  expect(outcome).toMatchObject({ complete: false, because: expect.stringMatching(/^mutants are not tried with command, only with /), isolation: "nothing was run" });
  expect(new Set(outcome.mutants.map(({ fate }) => fate))).toEqual(new Set(["unknown"]));
  expect(laidOut).toBe(0);
  await projectMutationRunner({ repository, onBenches }).mutate([setup("command"), setup("ava")], request);
  expect(laidOut).toBe(1);
});
