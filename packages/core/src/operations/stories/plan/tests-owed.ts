import type { SpecCall, SpecGuarantee, TechnicalSpec } from "#intent";
import type { RepositoryFacts } from "./facts.ts";
import { some } from "./words.ts";

type Owed = TechnicalSpec["testsOwed"][number];

/** Calls between this repository and others. */
export interface Calls {
  readonly calls: readonly SpecCall[];
  readonly calledBy: readonly SpecCall[];
}

/** Tests nobody has written yet: of guarantees, of calls between repositories, and of steps that change stored data. What is to be shown, not how. */
export function testsOwed({ guarantees, expectations }: Pick<TechnicalSpec, "guarantees" | "expectations">, { interfaces: { routes, tables }, place: { parts }, steps, tests, keeps }: RepositoryFacts, { calls, calledBy }: Calls): readonly Owed[] {
  const through = routes.length === 0 ? "" : ` Reached through ${some(routes.map(({ method, path }) => `${method} ${path}`), 2)}.`;
  const stepped = tables.filter(({ files }) => files.some(({ as }) => as === "step"));
  const shown = keeps || !parts.includes("observability") ? [] : expectations.filter(({ measure }) => measure !== undefined);
  return [
    ...guarantees.filter(({ owed }) => owed).map((guarantee) => ({ names: guarantee.name, layer: guarantee.layer, says: `${saysOf(guarantee, tests)}${guarantee.kind === "unchanged" ? "" : through}` })),
    ...byRepository(calls).map(([repository, routes, files]): Owed => ({ names: `${some(routes, 3)} of ${repository}`, layer: "integration", says: `what ${some(files, 2)} sends and expects is what ${repository} promises: one example of each answer, refusals included.` })),
    ...byRepository(calledBy).map(([repository, routes]): Owed => ({ names: some(routes, 3), layer: "integration", says: `what ${repository} expects of ${routes.length === 1 ? "it" : "them"} is still given; run the examples of ${repository} against this side.` })),
    ...shown.map(({ id, says, bound }): Owed => ({ names: id ?? says.slice(0, 60), layer: "integration", says: `feed the alert values on both sides of ${bound ?? "its bound"}: it is quiet on one and fires on the other.` })),
    ...(stepped.length === 0 ? [] : [{ names: some(stepped.map(({ name }) => name), 3), layer: "integration" as const, says: `apply ${some(steps.map(({ file }) => file), 3)} to data of the version before, then run the tests of both versions on it.` }]),
  ];
}

function saysOf({ kind, says, name, state, proofs }: SpecGuarantee, tests: number): string {
  if (kind === "access") return /\bmay not\b/.test(says) ? `${says}: ask as that role, be refused, and find nothing changed.` : `${says}: ask as that role and be let in.`;
  if (kind === "unchanged") return `${says} ${tests === 0 ? "No test depends on these files: write down what they do before anything changes." : ""}`.trim();
  const lower = proofs.length > 0 ? ` There is one at a lower layer: ${proofs[0]?.file ?? ""}.` : "";
  const fails = /^if\b/i.test(says) ? " Make the condition come true in the test: it is a failure somebody has to see handled." : "";
  const planned = state === "planned" ? " It is red until this is built." : "";
  return `${says}${fails}${lower}${planned} Name it by @verifies ${name}.`;
}

/** Calls to one repository are one contract: its routes, and the files that name them. */
export function byRepository(calls: readonly SpecCall[]): readonly (readonly [repository: string, routes: readonly string[], files: readonly string[]])[] {
  const found = new Map<string, SpecCall[]>();
  for (const call of calls) found.set(call.repository, [...(found.get(call.repository) ?? []), call]);
  return [...found].map(([repository, list]) => [repository, list.map(({ route }) => route), [...new Set(list.flatMap(({ files }) => files))]]);
}
