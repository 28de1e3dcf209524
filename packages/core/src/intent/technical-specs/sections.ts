import { code, plain, some, table } from "./markdown.ts";
import type { SpecCall, SpecExpectation, SpecGuarantee, SpecInterfaces, SpecNote, SpecPlace, SpecProof, SpecQuestion, TechnicalSpec } from "./technical-spec.ts";

/** Rows of a table a reader bears; the document of the command holds all. */
const ROWS = 40;

const bullets = (lines: readonly string[]): readonly string[] => lines.map((line) => `- ${line}`);

const more = (all: number, shown: number): readonly string[] => (all > shown ? ["", `… and ${all - shown} more (\`--format json\` has them).`] : []);

export function placeLines(place: SpecPlace): readonly string[] {
  const { because, files, ofFiles, unmatched, parts, packages, areas, owners, ownerless, surfaces } = place;
  const floors = surfaces.map(({ name, floor }) => `${plain(name)}${floor === undefined ? " (no floor)" : ` (${[floor.lines === undefined ? "" : `lines ${floor.lines} %`, floor.branches === undefined ? "" : `branches ${floor.branches} %`].filter(Boolean).join(", ")})`}`);
  return bullets([
    `**Affected** because ${plain(because)}.`,
    `**Part of the product**: ${parts.length === 0 ? "unknown" : parts.join(", ")}.`,
    `**Files**: ${ofFiles === 0 ? "none that the story's targets name" : `${ofFiles}: ${some(files.map(({ path }) => code(path)), 8)}`}.`,
    ...(unmatched.length > 0 ? [`**Targets that name nothing here**: ${some(unmatched.map(code), 8)}.`] : []),
    `**Packages**: ${packages.length === 0 ? "unknown" : packages.map((one) => `${plain(one.name)}${one.folder === "." ? "" : ` in ${code(one.folder)}`} (${[one.private ? "private" : "published", ...one.stack, ...one.runners.map((runner) => `tests by ${runner}`)].map((word) => plain(word)).join(", ")})`).join("; ")}.`,
    `**Areas**: ${areas.length === 0 ? "none" : areas.map(({ name, risk, owners: who }) => `${plain(name)} (${risk} risk${who.length > 0 ? `, ${who.map((one) => plain(one)).join(", ")}` : ""})`).join(", ")}.`,
    `**Owners**: ${owners.length === 0 ? "unknown: no rule of CODEOWNERS names these files" : `${owners.map(({ who, files: n }) => `${plain(who)} (${n})`).join(", ")}${ownerless > 0 ? `; ${ownerless} without an owner` : ""}`}.`,
    `**Surfaces**: ${floors.length === 0 ? "none" : floors.join(", ")}.`,
  ]);
}

export function interfaceLines({ routes, contracts, symbols, ofSymbols, tables, calls, calledBy, dependents }: SpecInterfaces): readonly string[] {
  const names = symbols.filter((one) => one.public);
  const shown = names.length > 0 ? names : symbols;
  const parts: (readonly string[])[] = [
    part("Routes", table(["route", "handled in", "promised by"], routes.slice(0, ROWS).map(({ method, path, file, contract }) => [code(`${method} ${path}`), code(file), contract === undefined ? "no description found" : `${code(contract.file)}${contract.operation === undefined ? "" : ` ${code(contract.operation)}`}`])), more(routes.length, ROWS)),
    part("Contracts", bullets(contracts.slice(0, ROWS).map(({ kind, name, because }) => `${plain(kind)} ${code(name)}: ${plain(because)}`)), more(contracts.length, ROWS)),
    part(names.length > 0 ? "Names others import" : "Names the files export", table(["name", "kind", "stands in"], shown.slice(0, ROWS).map(({ name, kind, file, line }) => [code(name), kind, code(`${file}:${line}`)])), more(names.length > 0 ? names.length : ofSymbols, ROWS)),
    part("Stored data", table(["table", "changed by", "used in"], tables.slice(0, ROWS).map(({ name, files }) => [code(name), filesAs(files, "step"), filesAs(files, "code")])), more(tables.length, ROWS)),
    part("Calls between repositories", bullets([...calls.map((call) => `calls ${callWords(call)}`), ...calledBy.map((call) => `is called by ${callWords(call)}`)])),
    part("Who depends on it", dependents.files === 0 ? [] : [`${dependents.files} other ${dependents.files === 1 ? "file" : "files"}, in ${some(dependents.packages.map((name) => plain(name)), 8)}.`]),
  ];
  const found = parts.filter((lines) => lines.length > 0);
  return found.length === 0 ? ["unknown: no route, contract, exported name or table was found in the files of the story."] : found.flatMap((lines, at) => (at === 0 ? lines : ["", ...lines]));
}

const part = (heading: string, lines: readonly string[], after: readonly string[] = []): readonly string[] => (lines.length === 0 ? [] : [`### ${heading}`, "", ...lines, ...after]);

const filesAs = (files: readonly { readonly file: string; readonly as: string }[], as: string): string => some(files.filter((one) => one.as === as).map(({ file }) => code(file)), 4) || "—";

const callWords = ({ repository, route, files }: SpecCall): string => `${plain(repository)}: ${code(route)} in ${some(files.map(code), 3)}`;

export function guaranteeLines(guarantees: readonly SpecGuarantee[]): readonly string[] {
  if (guarantees.length === 0) return ["None stands here: the story promises and plans nothing, or other repositories keep it."];
  return [
    ...table(
      ["guarantee", "state", "what has to hold", "proof at least", "shown by"],
      guarantees.slice(0, ROWS).map(({ name, state, says, layer, why, proofs, owed }) => [code(name), state, plain(says), `${layer}: ${plain(why)}`, proofs.length === 0 ? (owed ? "**nothing yet**" : "tests that reach these files") : `${some(proofs.map(proofWords), 3)}${owed ? "; **not at that layer**" : ""}`]),
    ),
    ...more(guarantees.length, ROWS),
  ];
}

const proofWords = ({ repository, file, titles, layer }: SpecProof): string => `${code(`${repository === undefined ? "" : `${repository}:`}${file}`)}${titles.length === 0 ? "" : ` ${plain(titles.at(-1) ?? "", 80)}`} (${layer})`;

export function expectationLines(expectations: readonly SpecExpectation[], instruments: readonly string[]): readonly string[] {
  if (expectations.length === 0) return ["unknown: the story states no constraint and no quality gate."];
  return [
    ...table(["expectation", "bound", "measured as"], expectations.slice(0, ROWS).map(({ id, says, bound, measure }) => [`${id === undefined ? "" : `${code(id)} `}${plain(says)}`, bound === undefined ? "unknown" : plain(bound), plain(measure ?? "unknown", 400)])),
    "",
    `Instruments found here: ${instruments.length === 0 ? "none; unknown what measures this" : some(instruments.map(code), 8)}.`,
  ];
}

export const noteLines = (notes: readonly SpecNote[], without: string): readonly string[] => (notes.length === 0 ? [without] : bullets(notes.map(({ about, says }) => `**${plain(about)}**: ${plain(says, 600)}`)));

export const testLines = (tests: TechnicalSpec["testsOwed"]): readonly string[] => (tests.length === 0 ? ["None: each guarantee above is shown at the layer it needs."] : bullets(tests.map(({ names, layer, says }) => `${code(names)} · ${layer}: ${plain(says, 500)}`)));

export const questionLines = (questions: readonly SpecQuestion[]): readonly string[] => (questions.length === 0 ? ["None."] : bullets(questions.map(({ from, says }) => `${from === "story" ? "The story asks" : "Not found in the code"}: ${plain(says, 400)}`)));
