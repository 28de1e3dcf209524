import { wordsOf } from "../test-code/canonical.ts";
import { childrenOf, type FunctionSyntax, type Syntax, type SyntaxTree } from "../test-code/syntax.ts";
import type { Mutant, Unit } from "./mutant.ts";
import { nudged, nothing, NUDGE_SAYS, type Language } from "./nudges.ts";
import { faultsAt } from "./faults.ts";

/** Faults of one function that are kept; more of the same say little more. */
const MOST_PER_UNIT = 40;
/** Functions of one file that are looked at. */
const MOST_UNITS = 400;

interface Open {
  readonly node: FunctionSyntax;
  readonly name: string;
  readonly inside: number | undefined;
  readonly returned: Mutant[];
  readonly others: Mutant[];
}

/**
 * Every function of a source file with the faults that can be put into it, one at a time. Pure and in source order: the same text gives the
 * same mutants. Code outside of functions is left alone: it runs when the file loads, and breaks every test at once.
 */
export function placeMutants(file: string, tree: SyntaxTree): readonly Unit[] {
  if (tree.language === "data" || tree.damaged) return [];
  const placing = new Placing(file, tree);
  for (const statement of tree.body) placing.walk(statement, "", undefined);
  return placing.units();
}

class Placing {
  private readonly found: Open[] = [];
  private readonly language: Language;

  constructor(
    private readonly file: string,
    private readonly tree: SyntaxTree,
  ) {
    this.language = { name: tree.language === "python" ? "python" : "javascript", typed: /\.[cm]?tsx?$/.test(file) };
  }

  /** `named`: what the surrounding code calls this node. */
  walk(node: Syntax, named: string, inside: number | undefined): void {
    if (node.kind === "function") {
      this.open(node, node.name ?? named, inside);
      return;
    }
    if (inside !== undefined) this.breakAt(node, inside);
    const name = nameGiven(node) || named;
    if (node.kind === "object") {
      for (const { key, value } of node.entries) this.walk(value, key, inside);
      return;
    }
    for (const child of skipped(node)) this.walk(child, name, inside);
  }

  units(): readonly Unit[] {
    return this.found.map(({ node, name, inside, returned, others }) => ({
      file: this.file,
      name,
      line: node.line,
      endLine: node.endLine,
      words: wordsOf(this.tree.text.slice(node.start, Math.min(node.end, node.start + 20_000))),
      ...(inside !== undefined && { inside }),
      mutants: ordered(returned, others).slice(0, MOST_PER_UNIT),
    }));
  }

  private open(node: FunctionSyntax, name: string, inside: number | undefined): void {
    if (this.found.length >= MOST_UNITS) return;
    const index = this.found.length;
    const unit: Open = { node, name: name || (inside === undefined ? "" : (this.found[inside]?.name ?? "")), inside, returned: [], others: [] };
    this.found.push(unit);
    this.throwing(unit);
    const { body } = node;
    if (body.kind === "block") for (const statement of body.body) this.walk(statement, "", index);
    else {
      this.giving(unit, body);
      this.walk(body, "", index);
    }
  }

  private breakAt(node: Syntax, inside: number): void {
    const unit = this.found[inside];
    if (unit === undefined) return;
    if (node.kind === "return" && node.value !== undefined) this.giving(unit, node.value);
    for (const fault of faultsAt(node, this.tree.text, this.language)) unit.others.push({ ...fault, file: this.file, unit: unit.name, says: `${fault.says} in ${this.file}:${fault.line}` });
  }

  /** What a function gives back, a little different. A function in its place is what is given, and not its value. */
  private giving(unit: Open, value: Syntax): void {
    const expression = this.tree.text.slice(value.start, value.end);
    if (value.kind === "function" || value.kind === "class" || expression.length === 0 || expression.length > 20_000) return;
    const about = { file: this.file, unit: unit.name, line: value.line, endLine: value.endLine, start: value.start, end: value.end, before: expression };
    const where = `${called(unit.name)} in ${this.file}:${value.line}`;
    const kinds = LISTS.test(this.tree.text.slice(unit.node.start, Math.min(unit.node.end, unit.node.start + 20_000))) ? (["value", "order", "more"] as const) : (["value"] as const);
    for (const kind of kinds) unit.returned.push({ ...about, kind, after: nudged(kind, expression, this.language), says: `${where} ${NUDGE_SAYS[kind]}` });
    unit.returned.push({ ...about, kind: "gone", after: nothing(this.language), says: `${where} gives nothing` });
  }

  private throwing(unit: Open): void {
    const { body } = unit.node;
    const about = { file: this.file, unit: unit.name, line: unit.node.line, endLine: unit.node.line, kind: "throws" as const, says: `${called(unit.name)} in ${this.file}:${unit.node.line} fails at once` };
    if (this.language.name === "python") {
      const [first] = body.kind === "block" ? body.body : [];
      if (first === undefined) return;
      const indent = this.tree.text.slice(this.tree.text.lastIndexOf("\n", first.start) + 1, first.start);
      const separator = indent.trim() === "" ? `\n${indent}` : "; ";
      unit.others.push({ ...about, start: first.start, end: first.start, before: "", after: `raise RuntimeError("a fault put here")${separator}` });
    } else if (body.kind === "block" && this.tree.text[body.start] === "{") {
      const supers = this.tree.text.slice(body.start, body.end).includes("super(");
      if (!supers) unit.others.push({ ...about, start: body.start + 1, end: body.start + 1, before: "", after: ' if (Date.now() > 0) throw new Error("a fault put here");' });
    }
  }
}

/** What makes it likely that a function gives a list or an object. */
const LISTS = /[[{]|\.(?:map|filter|sort|concat|slice|split|keys|values|entries|from|append|items)\b|\b(?:sorted|list|dict|tuple)\(/;

const called = (name: string): string => (name === "" ? "a function" : `${name}()`);

const RANK: Readonly<Partial<Record<Mutant["kind"], number>>> = { value: 0, order: 1, more: 2, gone: 3 };

/**
 * Another value at each exit first, the last exit before the guards; then what breaks one place inside, which other tests notice least, with one more
 * way to bend the result after every two of them; a function that fails at once says least.
 */
function ordered(returned: readonly Mutant[], others: readonly Mutant[]): readonly Mutant[] {
  const bent = returned.toSorted((a, b) => (RANK[a.kind] ?? 9) - (RANK[b.kind] ?? 9) || b.start - a.start);
  const values = bent.filter(({ kind }) => kind === "value");
  const rest = bent.filter(({ kind }) => kind !== "value");
  const inner = acrossLines(others.filter(({ kind }) => kind !== "throws"));
  const mixed = inner.flatMap((mutant, at) => [mutant, ...(at % 2 === 1 ? rest.slice((at - 1) / 2, (at + 1) / 2) : [])]);
  return [...values, ...mixed, ...rest.slice(Math.floor(inner.length / 2)), ...others.filter(({ kind }) => kind === "throws")];
}

/** One of every line before the second of any: faults of one line are noticed by the same tests. */
function acrossLines(mutants: readonly Mutant[]): readonly Mutant[] {
  const seen = new Map<number, number>();
  const rounds = mutants.map((mutant) => {
    const round = seen.get(mutant.line) ?? 0;
    seen.set(mutant.line, round + 1);
    return { mutant, round };
  });
  return rounds.toSorted((a, b) => a.round - b.round).map(({ mutant }) => mutant);
}

function nameGiven(node: Syntax): string {
  if (node.kind === "declare") return node.name;
  if (node.kind !== "assign") return "";
  const { target } = node;
  return target.kind === "member" ? target.property : target.kind === "name" ? target.name : "";
}

/** Children in which a fault may be put: no decorator, and no module's name. */
function skipped(node: Syntax): readonly Syntax[] {
  if (node.kind === "call" && node.callee.kind === "name" && /^(?:require|import)$/.test(node.callee.name)) return [];
  if (node.kind === "class") return node.members;
  return childrenOf(node);
}
