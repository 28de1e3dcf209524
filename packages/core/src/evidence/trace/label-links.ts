import { refsIn } from "#intent";
import type { TestRun } from "../evidence.ts";
import type { ProofLink } from "./proof-link.ts";

/** Links that only a report tells: labels (`criterion=ST-guest-checkout#AC-1`) and tags (`@ST-guest-checkout`) of its tests. */
export function labelLinks(runs: readonly TestRun[]): readonly ProofLink[] {
  return runs.flatMap((run) =>
    run.cases.flatMap(({ id, labels = [] }) =>
      labels.flatMap((label) => {
        const told = /^(?:allure\.label[.:=])?criterion[=:](.*)$/s.exec(label.slice(0, 1_000))?.[1];
        const refs = told !== undefined ? refsIn(told) : label.startsWith("@ST-") ? refsIn(label.slice(1, 1_000)) : [];
        return refs.map((ref): ProofLink => ({ ref, by: "label", at: 1, file: id.file ?? "", scope: "test", titles: [...id.suite, id.name], line: 1 }));
      }),
    ),
  );
}
