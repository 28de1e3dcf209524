import { digestOf } from "#kernel";
import type { Story, TechnicalSpec } from "#intent";
import type { TracedStory } from "#evidence";
import { callsTo } from "./calls.ts";
import { expectationOf } from "./expectations.ts";
import type { RepositoryFacts } from "./facts.ts";
import { guaranteesOf, layerOwed, proofsOf } from "./guarantees.ts";
import { migrationNotes, questionsOf, rollbackNotes } from "./notes.ts";
import { testsOwed } from "./tests-owed.ts";

/** A story with its proofs, and every repository it concerns. */
export interface Drafting {
  readonly story: Story;
  readonly traced: TracedStory | undefined;
  readonly all: readonly RepositoryFacts[];
  /** Name of the repository that is asked: links without a name stand there. */
  readonly here: string;
}

/** What one repository owes the story. Pure: the same story and the same files always give the same. */
export function draftSpec(facts: RepositoryFacts, { story, traced, all, here }: Drafting): TechnicalSpec {
  const others = all.filter(({ name }) => name !== facts.name);
  const caller = (one: RepositoryFacts) => ({ name: one.name, routes: one.interfaces.routes, paths: one.paths });
  const calls = {
    calls: others.flatMap((other) => callsTo(caller(facts), caller(other))),
    calledBy: others.flatMap((other) => callsTo(caller(other), caller(facts)).map((call) => ({ ...call, repository: other.name }))),
  };
  const layers = new Map(all.map((one) => [one.name, layerOwed(one).layer]));
  const guarantees = guaranteesOf(story, facts, { proofs: proofsOf(traced, all, here, facts.name), layerIn: (name) => layers.get(name) ?? "unit", asksOthers: calls.calls.length > 0 && facts.interfaces.routes.length === 0 });
  // What keeps nothing itself shows what is measured elsewhere.
  const measured = facts.keeps ? [facts] : others;
  const measuring = { routes: measured.flatMap(({ interfaces }) => interfaces.routes), parts: facts.place.parts, tables: measured.flatMap(({ interfaces }) => interfaces.tables.map(({ name }) => name)) };
  const expectations = [...story.constraints, ...story.qualityGates].filter(({ text }) => !/^\[NEEDS CLARIFICATION/i.test(text)).map((entry) => expectationOf(entry, measuring));
  return {
    story: story.id,
    title: story.title,
    storyRevision: revisionOfStory(story),
    repository: facts.name,
    place: facts.place,
    interfaces: { ...facts.interfaces, ...calls },
    guarantees,
    expectations,
    instruments: facts.instruments,
    migration: migrationNotes(facts, calls),
    rollback: rollbackNotes(facts, calls),
    testsOwed: testsOwed({ guarantees, expectations }, facts, calls),
    questions: questionsOf(story, facts, expectations, calls),
  };
}

/** Over what the story says, not over how its file looks. */
export const revisionOfStory = ({ title, targets, criteria, constraints, qualityGates, access, unchanged, openQuestions }: Story): string => {
  const texts = (entries: readonly { readonly text: string }[]): readonly string[] => entries.map(({ text }) => text);
  return digestOf({ title, targets, criteria: criteria.map(({ id, state, revision }) => [id, state, revision]), constraints: texts(constraints), gates: texts(qualityGates), access: access.map(({ role, action, allowed }) => [role, action, allowed]), unchanged: texts(unchanged), questions: texts(openQuestions) }).replace(/^sha256:/, "");
};
