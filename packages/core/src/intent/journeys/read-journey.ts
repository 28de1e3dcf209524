import { fencedFrontMatter, parseFields, type Yaml } from "../stories/front-matter.ts";
import { refsIn, type CriterionRef } from "../stories/criterion-ref.ts";
import { linesOf } from "../stories/lines.ts";
import { collectProblems, meant, quoted, type Problems } from "../stories/problems.ts";
import { CRITERION_STATES, type CriterionState } from "../stories/story.ts";
import { idOfFile, JOURNEY_ID, JOURNEYS_FOLDER } from "./journey-id.ts";
import { LAYERS, type Journey, type JourneyLayer, type JourneyReading, type JourneyTest } from "./journey.ts";

const LARGEST = 200_000;
const KEYS = ["id", "title", "user", "impact", "why", "state", "owner", "area", "targets", "layers", "stories", "tests", "steps"] as const;

/** Reads a journey file, Markdown with front matter or plain YAML. Never throws: what can't be read as meant is among the problems, with line and fix. */
export function readJourney(file: string, text: string, yaml: Yaml): JourneyReading {
  const problems = collectProblems(file);
  if (text.length > LARGEST) {
    problems.add("too-large", 1, `The file has ${text.length.toLocaleString("en")} characters; a journey may have ${LARGEST.toLocaleString("en")}.`, "Split it into several journeys.");
    return { problems: problems.found };
  }
  const isMarkdown = file.endsWith(".md");
  const front = isMarkdown ? fencedFrontMatter(text) : { text, bodyStart: text.length, bodyLine: 1 };
  if (typeof front !== "object") {
    problems.add("front-matter", 1, front === "open" ? "The front matter is never closed." : "The file does not begin with front matter.", "Begin it with `---`, `id: JN-…`, `title: …`, `user: …`, `impact: …`, `tests: […]` and `---`.");
    return { problems: problems.found };
  }
  const read = parseFields(front.text, yaml, problems, isMarkdown ? 1 : 0);
  if (read === undefined) return { problems: problems.found };
  const fields = openFields(read, problems);
  const journey = journeyOf(file, fields, problems);
  if (journey === undefined) return { problems: problems.found };
  const steps = isMarkdown ? [...journey.steps, ...stepsIn(text, front.bodyStart, front.bodyLine)] : journey.steps;
  return { journey: { ...journey, steps }, problems: problems.found };
}

interface Fields {
  text(key: string): string | undefined;
  list(key: string): readonly string[] | undefined;
  lineOf(key: string): number;
  readonly values: ReadonlyMap<string, unknown>;
}

function openFields({ values, lineOf }: { readonly values: ReadonlyMap<string, unknown>; lineOf(key: string): number }, problems: Problems): Fields {
  for (const key of values.keys()) {
    if (!(KEYS as readonly string[]).includes(key)) problems.add("unknown-key", lineOf(key), `There is no key ${quoted(key)} in a journey.`, meant(key, KEYS));
  }
  return {
    values,
    lineOf,
    text: (key) => {
      const value = values.get(key);
      if (value === undefined || value === null) return undefined;
      if (typeof value === "string" || typeof value === "number") return String(value).trim() || undefined;
      problems.add("wrong-value", lineOf(key), `\`${key}\` must be a text.`, `Write \`${key}: …\` on one line.`);
      return undefined;
    },
    list: (key) => {
      const value = values.get(key);
      if (value === undefined || value === null) return undefined;
      const list: unknown = typeof value === "string" ? [value] : value;
      if (Array.isArray(list) && list.every((one) => typeof one === "string")) return list.slice(0, 500) as readonly string[];
      problems.add("wrong-value", lineOf(key), `\`${key}\` must be a list of texts.`, `Write \`${key}: [ … ]\`.`);
      return undefined;
    },
  };
}

function journeyOf(file: string, fields: Fields, problems: Problems): Journey | undefined {
  const { text, lineOf } = fields;
  const id = text("id") ?? "";
  if (!JOURNEY_ID.test(id)) {
    problems.add("no-id", lineOf("id"), id === "" ? "The journey has no id." : `${quoted(id)} is no journey id.`, "Write `id: JN-buy-as-guest`: JN- and letters, digits or dashes.");
    return undefined;
  }
  if (id !== idOfFile(file)) problems.add("file-name", lineOf("id"), `The journey ${id} stands in another file than its own.`, `Move it to ${JOURNEYS_FOLDER}/${id}${/\.[a-z]+$/.exec(file)?.[0] ?? ".md"}, or correct its id.`);
  const needed = (key: string, example: string): string => {
    const found = text(key);
    if (found === undefined) problems.add(`no-${key}`, lineOf(key), `The journey has no ${key}.`, `Write \`${key}: ${example}\`.`);
    return found ?? "";
  };
  const [owner, area, layers] = [text("owner"), text("area"), layersOf(fields, problems)];
  return {
    file,
    id,
    title: needed("title", "what the user gets, in a few words") || id,
    user: needed("user", "the kind of user who walks it, such as guest or staff") || "user",
    impact: impactOf(fields, problems),
    why: needed("why", "what is lost while it is broken: money, how often, who is locked out"),
    state: stateOf(fields, problems),
    ...(owner !== undefined && { owner }),
    ...(area !== undefined && { area }),
    targets: fields.list("targets") ?? [],
    ...(layers && { layers }),
    stories: storiesOf(fields, problems),
    tests: testsOf(fields),
    steps: fields.list("steps") ?? [],
    line: lineOf("id"),
  };
}

function impactOf({ values, lineOf }: Fields, problems: Problems): number {
  const value = values.get("impact");
  if (typeof value === "number" && value >= 1 && value <= 100) return value;
  problems.add("impact", lineOf("impact"), value === undefined ? "The journey has no impact." : `\`impact\` is ${quoted(String(value))}.`, "Write `impact:` and a number from 1 to 100: how much is lost while it is broken, compared with the others.");
  return 50;
}

function stateOf({ text, lineOf }: Fields, problems: Problems): CriterionState {
  const said = text("state") ?? "promised";
  const known = CRITERION_STATES.find((state) => state === said);
  if (known === undefined) problems.add("unknown-state", lineOf("state"), `A journey is never ${quoted(said)}.`, meant(said, CRITERION_STATES));
  return known ?? "promised";
}

function layersOf({ list, lineOf }: Fields, problems: Problems): readonly JourneyLayer[] | undefined {
  return list("layers")?.flatMap((said) => {
    const known = LAYERS.find((layer) => layer === said);
    if (known === undefined) problems.add("unknown-layer", lineOf("layers"), `There is no layer ${quoted(said)}.`, meant(said, LAYERS));
    return known ?? [];
  });
}

function storiesOf({ list, lineOf }: Fields, problems: Problems): readonly CriterionRef[] {
  return (list("stories") ?? []).flatMap((said) => {
    const refs = refsIn(said);
    if (refs.length === 0) problems.add("no-story", lineOf("stories"), `${quoted(said)} names no story.`, "Write ST-guest-checkout, or ST-guest-checkout#AC-1.");
    return refs;
  });
}

/** `e2e/buy.spec.ts`, or `e2e/buy.spec.ts::buys as a guest`. */
const testsOf = ({ list }: Fields): readonly JourneyTest[] =>
  (list("tests") ?? []).flatMap((said): JourneyTest[] => {
    const [path = "", ...rest] = said.split("::");
    const [file, title] = [path.trim().replace(/^\.?\//, ""), rest.join("::").trim()];
    return file === "" ? [] : [{ file, ...(title !== "" && { title }) }];
  });

/** Entries of the lists below `## Steps`. */
function stepsIn(text: string, from: number, firstLine: number): readonly string[] {
  let inSteps = false;
  return linesOf(text, from, firstLine).flatMap(({ text: line, opaque }) => {
    if (opaque) return [];
    if (/^#{1,6}[ \t]/.test(line)) inSteps = /^##[ \t]+steps[ \t#]*$/i.test(line);
    const entry = inSteps ? /^[ \t]{0,3}(?:[-*]|\d{1,3}[.)])[ \t]+(\S.*)$/.exec(line)?.[1] : undefined;
    return entry === undefined ? [] : [entry.trim()];
  });
}
