import { digestOf } from "#kernel";
import { fileKind, type Change, type Repository } from "#change";
import type { ProofInputs, RunSurroundings, TestSetup } from "#evidence";

export interface InputsRequest {
  readonly change: Pick<Change, "headTree" | "mergeBaseTree">;
  readonly asked: readonly string[];
  readonly repeat: number;
  readonly setups: readonly TestSetup[];
  readonly surroundings: RunSurroundings;
}

/** Raise it when runs are read or judged in another way. */
const READING = 2;

/** What a proof of this change is made from, here and now. */
export async function inputsOf({ change, asked, repeat, setups, surroundings }: InputsRequest, repository: Pick<Repository, "listFiles">): Promise<ProofInputs> {
  const paths = (await repository.listFiles(change.headTree)).map((entry) => entry.path);
  return {
    baseTree: change.mergeBaseTree,
    headTree: change.headTree,
    asked: [...asked].sort(),
    repeat,
    // What is absent and what is undefined are the same in JSON.
    setups: digestOf(setups.map(({ because: _words, ...setup }) => JSON.parse(JSON.stringify(setup)) as object)),
    pinned: paths.some((path) => fileKind(path) === "lock" && !path.includes("node_modules/")),
    outside: setups.some((setup) => setup.runner === "command" || setup.runner === "pytest" || (setup.needs?.ports ?? []).length + (setup.needs?.env ?? []).length > 0),
    surroundings,
    reading: READING,
  };
}
