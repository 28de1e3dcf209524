import { refsIn, type CriterionRef } from "#intent";
import type { ProofLink, ProofPlace } from "../proof-link.ts";

const HEADING = /^\s*(Feature|Rule|Scenario Outline|Scenario Template|Scenario|Examples|Example|Background)\s*:(.*)$/;

interface Tagged {
  readonly ref: CriterionRef;
  readonly at: number;
}

/** Gherkin: a tag speaks of what stands below it, a feature, a rule or a scenario. Doc strings are no tags. */
export function linksInFeature(path: string, text: string): readonly ProofLink[] {
  const found: ProofLink[] = [];
  const add = (tags: readonly Tagged[], place: Omit<ProofPlace, "file">): void => void found.push(...tags.map(({ ref, at }) => ({ ref, at, by: "gherkin-tag" as const, file: path, ...place })));
  let [open, ofRule]: readonly [Tagged[], Tagged[]] = [[], []];
  let feature = "";
  let last: Omit<ProofPlace, "file"> = { scope: "file", titles: [], line: 1 };
  for (const { line, number } of plainLines(text)) {
    if (line.startsWith("@")) {
      open.push(...tagsOf(line, number));
      continue;
    }
    const [, keyword, title = ""] = HEADING.exec(line) ?? [];
    if (keyword === undefined) continue;
    const name = title.trim();
    if (keyword === "Feature") {
      feature = name;
      add(open, { scope: "file", titles: [], line: number });
    } else if (keyword === "Rule") ofRule = open;
    else if (keyword === "Examples") add(open, last);
    else if (keyword !== "Background") {
      last = { scope: "test", titles: [feature, name], line: number };
      add([...ofRule, ...open], last);
    }
    open = [];
  }
  return found;
}

const tagsOf = (line: string, at: number): readonly Tagged[] => line.split(/\s+/).flatMap((word) => (word.startsWith("@ST-") ? refsIn(word.slice(1)).map((ref) => ({ ref, at })) : []));

/** Lines that are neither blank nor comments nor part of a doc string. */
function* plainLines(text: string): Generator<{ readonly line: string; readonly number: number }> {
  let doc: string | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.slice(0, 4_000).trim();
    const fence = /^("""|```)/.exec(line)?.[1];
    if (fence !== undefined) {
      if (doc === undefined) doc = fence;
      else if (doc === fence) doc = undefined;
    } else if (doc === undefined && line !== "" && !line.startsWith("#")) yield { line, number: index + 1 };
  }
}
