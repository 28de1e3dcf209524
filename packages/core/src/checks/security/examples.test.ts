import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Check, Facts, TextSide } from "../check.ts";
import type { Change, ChangedFile, DiffLine } from "#change";
import type { Evidence } from "#evidence";
import { dependency } from "./dependency/dependency.ts";
import { reported } from "./reported/reported.ts";
import { secret } from "./secret/secret.ts";

interface Example {
  readonly title: string;
  readonly answer: string;
  readonly facts: { readonly evidence?: readonly Record<string, unknown>[]; readonly options?: Facts["options"]; readonly base?: Readonly<Record<string, string>>; readonly head?: Readonly<Record<string, string>> };
  readonly diff: string;
  readonly because: string | undefined;
}

const blockOf = (section: string, language: string): string | undefined => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``).exec(section)?.[1];

function examplesOf(page: string): Example[] {
  const examples = page.split(/^## /m).find((part) => part.startsWith("Examples")) ?? "";
  return examples
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [heading = ""] = section.split("\n");
      const [answer = "", title = ""] = heading.split(/:\s(.*)/);
      return { answer, title, facts: (parse(blockOf(section, "yaml") ?? "{}") ?? {}) as Example["facts"], diff: blockOf(section, "diff") ?? "", because: blockOf(section, "text") };
    });
}

/** Just enough of a diff reader for the pages: the lines of each file with their numbers. */
function filesOf(diff: string): ChangedFile[] {
  return diff
    .split(/^--- /m)
    .slice(1)
    .map((text) => {
      const [from = "", to = "", ...rest] = text.split("\n");
      const path = (to.includes("/dev/null") ? from : to.replace("+++ ", "")).replace(/^[ab]\//, "").trim();
      let [base, head] = [1, 1];
      const lines = rest.flatMap((line): DiffLine[] => {
        const at = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
        if (at) [base, head] = [Number(at[1]), Number(at[2])];
        else if (line.startsWith("+")) return [{ op: "+" as const, text: line.slice(1), line: head++ }];
        else if (line.startsWith("-")) return [{ op: "-" as const, text: line.slice(1), line: base++ }];
        else if (line.startsWith(" ")) [base, head] = [base + 1, head + 1];
        return [];
      });
      const newLines = lines.filter(({ op }) => op === "+").map(({ line }) => line);
      const status = from.includes("/dev/null") ? ("added" as const) : to.includes("/dev/null") ? ("deleted" as const) : ("modified" as const);
      const kind = /^test\//.test(path) ? ("test" as const) : /lock|go\.sum/.test(path) ? ("lock" as const) : ("source" as const);
      const hunks = [{ baseStart: 1, baseCount: 0, headStart: 1, headCount: 0, heading: "", lines }];
      return { path, status, binary: false, hunks, added: newLines.length, deleted: lines.length - newLines.length, kind, areas: [], packageDir: ".", symbols: [], behaviour: true, newLines };
    });
}

const EVIDENCE_KEYS = ["secret-scan", "audit", "static-analysis"] as const;

function evidenceOfPage(items: Example["facts"]["evidence"] = []): Evidence[] {
  return items.map((item) => {
    const kind = EVIDENCE_KEYS.find((key) => key in item);
    const placed = (list: unknown): unknown => (Array.isArray(list) ? list.map(({ file, line, side, ...rest }: Record<string, unknown>) => ({ ...rest, place: { file, line, ...(side !== undefined && { side }) } })) : undefined);
    const subject = item[kind ?? ""] === "base" ? "base" : "head";
    return {
      kind,
      source: "reported",
      subject,
      digest: "sha256:0",
      origin: "page",
      tool: item["tool"] ?? "tool",
      ...(item["sightings"] !== undefined && { sightings: placed(item["sightings"]) }),
      ...(item["issues"] !== undefined && { issues: placed(item["issues"]) }),
      ...(item["advisories"] !== undefined && { advisories: item["advisories"] }),
    } as unknown as Evidence;
  });
}

function factsOf(check: Check, { facts, diff }: Example): Facts {
  const change = { base: "base", baseName: "main", head: "head", headTree: "tree", mergeBase: "base", mergeBaseTree: "basetree", files: filesOf(diff) } as unknown as Change;
  const defaults = Object.fromEntries(Object.entries(check.options ?? {}).map(([name, option]) => [name, option.default]));
  const sides: Record<TextSide, Readonly<Record<string, string>>> = { base: facts.base ?? {}, head: facts.head ?? {}, target: {} };
  return {
    change,
    intent: { areas: [], surfaces: [] } as unknown as Facts["intent"],
    gate: "pull-request",
    options: { ...defaults, ...facts.options },
    evidence: evidenceOfPage(facts.evidence),
    unavailable: new Map(),
    text: (side, path) => sides[side][path],
  };
}

describe.each([secret, dependency, reported])("the page of $id", (check) => {
  const slug = check.id.split("/")[1];
  const page = readFileSync(fileURLToPath(new URL(`./${slug}/${slug}.md`, import.meta.url)), "utf8");

  test("has its four sections", () => {
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(["Motivation", "Examples", "Remedy", "When not to use it"]);
  });

  test.each(examplesOf(page))("tells the truth: $answer: $title", (example) => {
    const facts = factsOf(check, example);
    const wanted = new Set([...(check.reads?.(facts) ?? [])].map(({ side, path }) => `${side} ${path}`));
    const text: Facts["text"] = (side, path) => (wanted.has(`${side} ${path}`) ? facts.text(side, path) : undefined);
    const seen = [...check.look({ ...facts, text })];
    expect(seen.map(({ answer }) => answer)).toEqual(example.answer === "nothing" ? [] : [example.answer]);
    if (example.because !== undefined) expect(seen[0]?.because).toBe(example.because);
    if (example.title.endsWith("(a note)")) expect(seen[0]?.effect ?? check.effect).toBe("note");
  });
});
