import type { SpecNote, SpecQuestion, SpecExpectation, Story } from "#intent";
import type { RepositoryFacts } from "./facts.ts";
import { byRepository, type Calls } from "./tests-owed.ts";
import { count, some } from "./words.ts";

/** What outlives a deployment here, and the order in which it has to change. */
export function migrationNotes({ interfaces: { tables, contracts, symbols, dependents }, place, steps }: RepositoryFacts, { calls, calledBy }: Calls): readonly SpecNote[] {
  const notes: SpecNote[] = [];
  const names = tables.map(({ name }) => name);
  if (names.length > 0) notes.push({ about: `Stored data (${some(names, 5)})`, says: `add what is new beside what is there, move the data, and take away what is old in a later release: code of the version before runs on the new shape meanwhile.${steps.length === 0 ? " No step that changes these tables was found here." : ` Steps so far: ${some(steps.map(({ file }) => file), 3)}.`}` });
  const descriptions = contracts.filter(({ kind }) => kind !== "package");
  if (descriptions.length > 0) notes.push({ about: some(descriptions.map(({ name }) => name), 3), says: "only add: what is new is optional, what is there keeps its meaning. proofline contract diff names what would break." });
  for (const [repository, routes] of byRepository(calls)) notes.push({ about: `${some(routes, 4)} of ${repository}`, says: `${repository} is deployed first; what calls it here follows.` });
  for (const [repository, routes] of byRepository(calledBy)) notes.push({ about: some(routes, 4), says: `called by ${repository}: this repository is deployed first, and the answer of before is given until ${repository} has followed.` });
  const published = symbols.filter((one) => one.public);
  if (published.length > 0 && place.packages.some((one) => !one.private)) notes.push({ about: `${count(published.length, "public name")}`, says: `deprecate in one release, remove in a major one. ${dependents.files === 0 ? "Nothing in this repository depends on them; who does outside is not known." : `${count(dependents.files, "file")} here depend on them.`}` });
  if (place.parts.includes("front end") && place.ofFiles > 0) notes.push({ about: "Pages that are open already", says: "they run the version before until they are loaded again: what they call has to answer them meanwhile." });
  const infrastructure = place.files.filter(({ path }) => /\.(?:tf|tfvars|bicep)$|(?:^|\/)(?:k8s|kubernetes|helm|charts)\//.test(path));
  if (infrastructure.length > 0) notes.push({ about: some(infrastructure.map(({ path }) => path), 3), says: "is applied before the code that needs it is deployed." });
  return notes;
}

/** How each of these is taken back, as far as the files tell. */
export function rollbackNotes({ steps, flags, interfaces: { tables, symbols }, place }: RepositoryFacts, { calls, calledBy }: Calls): readonly SpecNote[] {
  const notes: SpecNote[] = [];
  for (const [back, says] of [[true, "has a way back; taking it loses what was written since, unless that is moved first."], [false, "has no way back: a later step has to undo it. Take a copy of the data before."], [undefined, "unknown whether it can be taken back."]] as const) {
    const files = steps.filter((step) => step.back === back).map(({ file }) => file);
    if (files.length > 0) notes.push({ about: some(files, 4), says });
  }
  if (flags.length > 0) notes.push({ about: some(flags, 2), says: "is among its packages: say under Decisions which flag turns this off." });
  if (calls.length + calledBy.length > 0) notes.push({ about: "Order", says: "the other way round: first what calls, then what is called." });
  if (symbols.some((one) => one.public) && place.packages.some((one) => !one.private)) notes.push({ about: "Published versions", says: "stay: deprecate the one that is wrong and publish what was before under a new number." });
  if (tables.length === 0 && place.ofFiles > 0 && (place.parts.includes("back end") || place.parts.includes("front end"))) notes.push({ about: "Deployment", says: "deploy the version before; no file of the story was found to store or reshape data." });
  return notes;
}

/** What only a person can say: the story's own questions, and whatever was looked for and not found. */
export function questionsOf(story: Story, facts: RepositoryFacts, expectations: readonly SpecExpectation[], { calledBy }: Calls): readonly SpecQuestion[] {
  const { place, interfaces: { routes, tables }, steps, instruments } = facts;
  const code = (says: string): SpecQuestion => ({ from: "code", says });
  const bare = routes.filter(({ contract }) => contract === undefined);
  const unmeasured = expectations.filter(({ measure, bound }) => bound !== undefined && measure === undefined);
  const unbounded = expectations.filter(({ bound }) => bound === undefined);
  const risky = place.areas.filter(({ risk, owners }) => risk === "high" && owners.length === 0);
  const oneWay = steps.filter(({ back }) => back !== true);
  const asked: readonly (readonly [boolean, string])[] = [
    [place.ofFiles === 0 && facts.keeps, "which files will hold this? No target of the story names one here."],
    [place.ofFiles > 0 && place.unmatched.length > 0, `what does ${some(place.unmatched, 4)} stand for? It names no file here.`],
    [place.ofFiles > 0 && place.ownerless > 0 && place.areas.every(({ owners }) => owners.length === 0), `who answers for ${place.ownerless === place.ofFiles ? "these files" : count(place.ownerless, "of these files", "of these files")}? No rule of CODEOWNERS names ${place.ownerless === 1 ? "it" : "them"}.`],
    [risky.length > 0, `who owns ${some(risky.map(({ name }) => name), 3)}? It is of high risk, and no area declares an owner.`],
    [place.packages.length > 0 && place.packages.every(({ runners }) => runners.length === 0), "what runs the tests? No runner is among its packages."],
    [bare.length > 0 && (calledBy.length > 0 || routes.length > bare.length), `what promises ${some(bare.map(({ method, path }) => `${method} ${path}`), 4)}? No description has ${bare.length === 1 ? "it" : "them"}.`],
    [tables.length > 0 && steps.length === 0, `what creates ${some(tables.map(({ name }) => name), 4)}? No step was found.`],
    [oneWay.length > 0, `how is ${some(oneWay.map(({ file }) => file), 3)} taken back?`],
    [unbounded.length > 0, `which number has to hold for ${some(unbounded.map(({ id, says }) => id ?? `“${says.slice(0, 60)}”`), 3)}?`],
    [unmeasured.length > 0, `where is ${some(unmeasured.map(({ id, says }) => id ?? `“${says.slice(0, 60)}”`), 3)} measured?`],
    [expectations.length > 0 && instruments.length === 0, "what reports the measurements? No telemetry library and no dashboard was found."],
  ];
  return [...story.openQuestions.map(({ text }): SpecQuestion => ({ from: "story", says: text })), ...asked.flatMap(([applies, says]) => (applies ? [code(says)] : []))];
}
