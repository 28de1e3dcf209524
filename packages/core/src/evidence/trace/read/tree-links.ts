import { refsIn, type CriterionRef } from "#intent";
import { everyNode, outlineOf, type DeclaredTest, type Syntax, type SyntaxOf, type SyntaxTree } from "#change";
import type { LinkWay, ProofLink } from "../proof-link.ts";
import { verifiedBy } from "./comment-refs.ts";

/** Links of a file that was parsed: tags, annotations, labels and comments, each at the test or suite it speaks of. */
export function linksInTree(path: string, tree: SyntaxTree): readonly ProofLink[] {
  const declared = outlineOf(tree);
  const twins = twinsAmong(declared);
  const found: ProofLink[] = [];
  const add = (test: DeclaredTest | undefined, ref: CriterionRef, by: LinkWay, at: number): void => {
    const place = test === undefined ? { scope: "file" as const, titles: [], line: 1 } : { scope: test.kind, titles: [...test.suites, test.name], line: test.line };
    found.push({ ref, by, at, file: path, ...place, ...(test?.skipped && { skipped: true }), ...(test !== undefined && twins.has(titleKey(test)) && { twin: true }) });
  };
  for (const test of declared) for (const { ref, by, at } of saidBy(test, tree.text)) add(test, ref, by, at);
  const lines = tree.text.split("\n");
  for (const [at, comment] of tree.comments) for (const ref of verifiedBy(comment)) add(testAt(at, declared, lines), ref, "comment", at);
  return found;
}

const titleKey = ({ kind, suites, name }: DeclaredTest): string => [kind, ...suites, name].join("\0");

function twinsAmong(declared: readonly DeclaredTest[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twins = new Set<string>();
  for (const test of declared) {
    const key = titleKey(test);
    if (test.kind === "test" && seen.has(key)) twins.add(key);
    seen.add(key);
  }
  return twins;
}

interface Said {
  readonly ref: CriterionRef;
  readonly by: LinkWay;
  readonly at: number;
}

function saidBy({ kind, given, body }: DeclaredTest, text: string): readonly Said[] {
  const options = given.flatMap((node) => everyNode(node));
  const tags = options.flatMap((node) => tagsIn(node));
  // What a suite's body says is said by the tests in it; a body is walked only where it may hold an annotation or a label.
  const inside = kind === "test" && body !== undefined && text.slice(body.start, body.end).includes("criterion") ? everyNode(body) : [];
  return [...tags, ...[...options, ...inside].flatMap((node) => (node.kind === "object" ? annotationIn(node) : node.kind === "call" ? labelIn(node) : []))];
}

const textOf = (node: Syntax | undefined): string | undefined => (node?.kind === "literal" && node.of === "string" ? node.value : node?.kind === "template" && node.values.length === 0 ? node.parts.join("") : undefined);

const said = (text: string | undefined, by: LinkWay, at: number): readonly Said[] => (text === undefined ? [] : refsIn(text).map((ref) => ({ ref, by, at })));

/** `tag: "@ST-guest-checkout"`, and tags that stand in a title. */
function tagsIn(node: Syntax): readonly Said[] {
  const text = textOf(node);
  if (text === undefined || !text.includes("@ST-")) return [];
  return text.split(/\s+/).flatMap((word) => (word.startsWith("@ST-") ? said(word.slice(1), "tag", node.line) : []));
}

/** `{ type: "criterion", description: "ST-guest-checkout#AC-1" }`, among the options or pushed in the body. */
function annotationIn(node: SyntaxOf<"object">): readonly Said[] {
  const value = (key: string): string | undefined => textOf(node.entries.find((entry) => entry.key === key)?.value);
  if (value("type") === "criterion") return said(value("description"), "annotation", node.line);
  return value("name") === "criterion" ? said(value("value"), "label", node.line) : [];
}

/** `allure.label("criterion", "ST-guest-checkout#AC-1")`, `@pytest.mark.criterion("ST-guest-checkout#AC-1")`. */
function labelIn(node: SyntaxOf<"call">): readonly Said[] {
  const name = node.callee.kind === "member" ? node.callee.property : node.callee.kind === "name" ? node.callee.name : "";
  const texts = node.args.map(({ value }) => textOf(value));
  if (name === "criterion") return texts.flatMap((text) => said(text, "label", node.line));
  return /^(?:label|addLabel)$/.test(name) && texts[0] === "criterion" ? texts.slice(1).flatMap((text) => said(text, "label", node.line)) : [];
}

/** The test or suite a comment speaks of: the one it stands in, or right above; undefined for the file. */
function testAt(line: number, declared: readonly DeclaredTest[], lines: readonly string[]): DeclaredTest | undefined {
  const above = declared.find((test) => test.line > line && onlyRemarks(lines, line, test.line - 1));
  if (above !== undefined && !inside(line, declared, above)) return above;
  return declared.findLast((test) => test.line <= line && line <= test.endLine);
}

/** True where the comment stands in a test, and what follows below it is another one. */
const inside = (line: number, declared: readonly DeclaredTest[], next: DeclaredTest): boolean => declared.some((test) => test.kind === "test" && test.line <= line && line <= test.endLine && next.line > test.endLine);

/** Nothing but blank lines, comments and decorators between two lines. */
function onlyRemarks(lines: readonly string[], after: number, until: number): boolean {
  if (until - after > 30) return false;
  for (let at = after; at < until; at += 1) if (!/^\s*(?:$|\/\/|\/?\*|#|@)/.test(lines[at] ?? "")) return false;
  return true;
}
