import { expect, test } from "vitest";
import type { CommitFacts } from "#change";
import type { VerdictDocument } from "../verdict-document.ts";
import { initRepository, type InitPorts } from "./init-repository.ts";

const commit = (id: string): CommitFacts => ({ id, parents: ["p"], message: id }) as unknown as CommitFacts;
const finding = (check: string, fingerprint: string) => ({ check, fingerprint, answer: "broken", effect: "block", because: "b", places: [] });

/** A replay in which each landing has the findings given. */
function replaying(...landings: readonly (readonly object[])[]) {
  const ports = {
    checkout: { read: () => Promise.resolve(undefined) },
    progress: { says: () => {}, done: () => {} },
    detect: () => Promise.resolve({ defaultBranch: "main", runners: [], packages: 1, ci: [], agents: [], areas: [], solo: true, installs: [] }),
    landings: () => Promise.resolve(landings.map((_, index) => commit(String(index)))),
    judge: ({ id }: CommitFacts) => Promise.resolve({ decision: "hold", findings: landings[Number(id)] } as unknown as VerdictDocument),
    pipelineFiles: () => Promise.resolve([]),
  } as unknown as InitPorts;
  return initRepository(ports)({ write: false, replay: 50 });
}

test("what comes up in more than one merge and speaks of the code is debt; what speaks of each change is not", async () => {
  const red = finding("tests/failing", "a");
  expect((await replaying([red], [red], [finding("tests/failing", "b")])).debt).toBe(1);
  expect((await replaying([red, red], [finding("tests/failing", "b")])).debt).toBe(0);
  expect((await replaying([finding("risk/needs-approval", "a")], [finding("risk/needs-approval", "a")])).debt).toBe(0);
});
