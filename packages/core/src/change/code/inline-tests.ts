import type { DiffFile, DiffLine } from "../diff.ts";
import type { TextOf } from "./changed-code.ts";
import { extensionOf } from "./language.ts";

/** How a language writes tests into the file they test. */
interface InlineTests {
  /** A line that begins a test, or an example that is run as one. */
  readonly begins: RegExp;
  /** A line that opens a block of nothing but tests; it ends with the first line at its own margin that closes a bracket. */
  readonly opens?: RegExp;
  /** What a text with such a block holds: most have none, and are not read line by line. */
  readonly hint?: string;
}

const RUST: InlineTests = { begins: /^\s*#\[(?:\w+::){0,4}(?:\w+_)?(?:test|rstest|test_case|case|proptest|quickcheck)\b/, opens: /^\s*(?:pub\s+)?mod\s+\w*tests?\w*\s*\{/, hint: "cfg(test)" };
const SCRIPT: InlineTests = { begins: /^\s*if\s*\(\s*import\.meta\.vitest\b/, opens: /^\s*if\s*\(\s*import\.meta\.vitest\b/, hint: "import.meta.vitest" };
const STYLES: Readonly<Record<string, InlineTests>> = {
  rs: RUST,
  zig: { begins: /^\s*test\s+(?:"|\w|\{)/ },
  py: { begins: /^\s*>>> \S/ },
  ex: { begins: /^\s*iex(?:\(\d+\))?> \S/ },
  ...Object.fromEntries(["ts", "mts", "js", "mjs", "tsx", "jsx"].map((extension) => [extension, SCRIPT])),
};

/** What a changed file says in tests that stand beside its code: Rust's `mod tests`, Vitest's `import.meta.vitest`, Zig's `test`, examples that run. */
export interface TestsInside {
  /** It adds such a test, or to one. */
  readonly brings: boolean;
  /** Every changed line is part of one. */
  readonly only: boolean;
}

const NONE: TestsInside = { brings: false, only: false };

/** Reads the changed lines; those inside an older block of tests are known only where the file's text is at hand. */
export function testsInside(file: DiffFile, textOf: TextOf = () => undefined): TestsInside {
  const extension = extensionOf(file.path);
  const style = Object.hasOwn(STYLES, extension) ? STYLES[extension] : undefined;
  if (style === undefined) return NONE;
  const added = inTests(file, "+", style, textOf("head", file.path));
  const deleted = inTests(file, "-", style, textOf("base", file.basePath ?? file.path));
  const all = [...added, ...deleted];
  return { brings: added.includes(true), only: all.length > 0 && all.every(Boolean) };
}

/** For each changed line of a side that is not blank, whether it stands in a test or begins one. */
function inTests({ hunks }: DiffFile, op: DiffLine["op"], style: InlineTests, text: string | undefined): readonly boolean[] {
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.op === op && line.text.trim() !== "");
  const begins = (line: DiffLine): boolean => style.begins.test(line.text.slice(0, 300));
  if (style.opens === undefined || text === undefined || !text.includes(style.hint ?? "")) return lines.map(begins);
  const blocks = blocksOf(text.split("\n"), style.opens);
  return lines.map((line) => begins(line) || blocks.some(({ from, to }) => line.line >= from && line.line <= to));
}

function blocksOf(lines: readonly string[], opens: RegExp): readonly { readonly from: number; readonly to: number }[] {
  const blocks: { from: number; to: number }[] = [];
  let margin: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (margin === undefined) {
      if (!opens.test(line.slice(0, 300))) continue;
      margin = /^\s*/.exec(line)?.[0] ?? "";
      blocks.push({ from: index + 1, to: lines.length });
    } else if (line.startsWith(`${margin}}`)) {
      const last = blocks.at(-1);
      if (last) last.to = index + 1;
      margin = undefined;
    }
  }
  return blocks;
}
