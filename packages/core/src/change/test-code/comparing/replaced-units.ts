import type { Assertion, StandIn, TestFile, TestImport, TestPart } from "../anatomy.ts";
import { familyOf } from "../assertions/relation.ts";
import type { Comparison } from "./comparison.ts";
import { titleOf, type Located } from "./located.ts";
import type { SourceFacts } from "./source-facts.ts";
import { atMost, type TestEdit } from "./test-edit.ts";

/**
 * Tests that were there before and whose assertions look at what a product module gives, while a stand-in takes that module's, or that function's,
 * place now. What is only asked whether it was called is a stand-in by right.
 */
export function* replacedUnits({ pairs, change }: Comparison): Generator<TestEdit> {
  const told = new Set<string>();
  for (const { base, head } of pairs) {
    if (head.part.kind !== "test" || base.part.restraint?.kind === "skipped") continue;
    const unit = lookedAt(base);
    if (unit.texts.length === 0) continue;
    for (const standIn of newStandIns(base, head)) {
      const key = `${head.file.path} ${standIn.line} ${standIn.target}`;
      if (told.has(key) || !standsFor(standIn, unit)) continue;
      told.add(key);
      yield edit(head, `replaces what it tests by a stand-in (${standIn.target})`, standIn.line, standIn.text, `stand-in ${standIn.target} ${titleOf(head)}`);
    }
    const swapped = swappedImport(base, head, unit, change.source);
    if (swapped === undefined || told.has(`${head.file.path} ${swapped.name}`)) continue;
    told.add(`${head.file.path} ${swapped.name}`);
    yield edit(head, swapped.says, swapped.line, head.file.lines[swapped.line - 1]?.trim() ?? "", `swapped ${swapped.name} ${head.file.path}`);
  }
}

const edit = ({ file, part, pair }: Located, because: string, line: number, after: string, subject: string): TestEdit => ({
  kind: "unit-replaced",
  effect: atMost("unit-replaced", "ask"),
  test: titleOf({ file, part, pair }),
  because,
  places: [{ file: file.path, line, side: "head" }],
  after: after.slice(0, 160),
  subject,
});

interface Unit {
  /** What the assertions of a test look at, with local names resolved. */
  readonly texts: readonly string[];
  /** The imports whose names stand in there. */
  readonly imports: readonly TestImport[];
}

const VALUE = new Set(["value", "throws"]);

function lookedAt({ part, file }: Located): Unit {
  const texts = part.assertions.filter((one) => counts(one) && VALUE.has(familyOf(one.relation))).flatMap(({ subject, resolved }) => [subject, resolved]);
  const imports = texts.length === 0 ? [] : file.imports.filter(({ from, names }) => isProduct(from, file.path) && names.some(({ local }) => texts.some((text) => calls(text, local))));
  return { texts, imports };
}

const counts = ({ strength, reach }: Assertion): boolean => strength > 0 && (reach === "runs" || reach === "conditional");

/** A relative module, or in Python any that is no testing tool. */
const isProduct = (from: string, path: string): boolean => (path.endsWith(".py") ? !/^(?:unittest|pytest|mock|os|sys|re|json|datetime|time|typing)\b/.test(from) : /^[./@~#]/.test(from)) && !TEST_SIDE.test(from);

const TEST_SIDE = /(?:^|[/.])(?:__mocks__|mocks?|fakes?|stubs?|fixtures?|helpers?|tests?|testing|utils?|test-utils|conftest)(?:[/.]|$)/i;

/** The text calls what is imported under this name, or something of it. */
function calls(text: string, local: string): boolean {
  for (let at = text.indexOf(local); at >= 0; at = text.indexOf(local, at + local.length)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + local.length] ?? " ";
    if (!/[\w$."']/.test(before) && /[(.,)]/.test(after)) return true;
  }
  return false;
}

/** In the test itself, in hooks, and round all tests of the file. */
function newStandIns(base: Located, head: Located): readonly StandIn[] {
  const before = new Set([...base.file.standIns, ...base.file.parts.flatMap(({ standIns }) => standIns)].map(signature));
  const round = head.file.parts.filter((part) => part.kind === "hook" && isRound(part, head.part)).flatMap(({ standIns }) => standIns);
  return [...head.part.standIns, ...round, ...head.file.standIns.filter(({ kind }) => kind !== "name")].filter((one) => !before.has(signature(one)));
}

const signature = ({ target, kind, names }: StandIn): string => `${kind} ${target} ${names?.join() ?? ""}`;
const isRound = (hook: TestPart, test: TestPart): boolean => hook.suites.every((suite, at) => test.suites[at] === suite);

function standsFor({ target, kind, names }: StandIn, { texts, imports }: Unit): boolean {
  const locals = imports.flatMap(({ from, names: imported }) => imported.map((one) => ({ ...one, from })));
  if (kind === "name") return locals.some(({ local }) => local === target);
  if (kind === "method") return locals.some(({ local }) => target === local || target.startsWith(`${local}.`)) && texts.some((text) => speaksOf(text, target));
  return locals.some(({ from, imported, local }) => (samePath(from, target) ? takesPlace(names, imported, local, texts) : isDotted(target, from, imported, local, texts)));
}

/** `Cart.prototype.total` is spoken of by `new Cart().total()`, `cart.total` by `cart.total(1)`. */
function speaksOf(text: string, target: string): boolean {
  const parts = target.split(".");
  const last = parts.at(-1) ?? "";
  return parts.length === 1 ? calls(text, target) : text.includes(parts.includes("prototype") || /^[A-Z]/.test(parts[0] ?? "") ? `.${last}(` : `${target}(`);
}

const takesPlace = (names: readonly string[] | undefined, imported: string, local: string, texts: readonly string[]): boolean =>
  names === undefined || names.includes(imported) || (imported === "*" && names.some((name) => texts.some((text) => text.includes(`${local}.${name}(`))));

const bare = (path: string): string => path.replace(/\.(?:[cm]?[jt]sx?)$/, "").replace(/\/index$/, "");
const samePath = (one: string, other: string): boolean => one === other || bare(one) === bare(other);

/** Python names what it patches by its dotted path: `shop.cart.total` is `total` of `shop.cart`, or `cart.total` after `from shop import cart`. */
function isDotted(target: string, from: string, imported: string, local: string, texts: readonly string[]): boolean {
  if (!/^[\w.]+$/.test(target) || target.startsWith(".")) return false;
  if (target === `${from}.${imported}`) return true;
  const last = target.slice(target.lastIndexOf(".") + 1);
  const module = target.slice(0, target.lastIndexOf("."));
  return (module === from || module === `${from}.${imported}` || module.endsWith(`.${local}`)) && texts.some((text) => text.includes(`${local}.${last}(`));
}

/** The name is still looked at, and is something of the test side now. */
function swappedImport({ file: before }: Located, { file: after, part }: Located, { imports }: Unit, source: SourceFacts): { readonly name: string; readonly says: string; readonly line: number } | undefined {
  for (const { from, names } of imports) {
    if (after.imports.some((one) => samePath(one.from, from)) && before.path === after.path) continue;
    for (const { local, imported } of names) {
      const looked = part.assertions.some((one) => counts(one) && VALUE.has(familyOf(one.relation)) && (calls(one.subject, local) || calls(one.resolved, local)));
      if (!looked || source.gone.has((imported === "default" ? local : imported).toLowerCase())) continue;
      const now = after.imports.find((one) => one.names.some((name) => name.local === local));
      if (now === undefined ? !definedIn(after, local) : !TEST_SIDE.test(now.from) || isMoved(from, now.from)) continue;
      return { name: local, says: now === undefined ? `tests ${local} as it is written in the test, no longer that of ${from}` : `tests ${local} of ${now.from}, no longer that of ${from}`, line: now?.line ?? definedIn(after, local) ?? 1 };
    }
  }
  return undefined;
}

/** The same module by a longer or shorter path. */
function isMoved(before: string, after: string): boolean {
  const [one, other] = [before, after].map((path) => bare(path).replace(/^(?:\.{1,2}\/)+/, "").replace(/^\.+/, ""));
  return one !== undefined && other !== undefined && (one.endsWith(other) || other.endsWith(one));
}

/** The line of the file that declares a function of this name. */
function definedIn({ lines }: TestFile, name: string): number | undefined {
  const at = lines.findIndex((line) => line.length < 500 && line.includes(name) && ["const ", "let ", "var ", "function ", "async function ", "def ", "async def "].some((word) => line.trimStart().startsWith(word + name) && !/[\w$]/.test(line.trimStart()[word.length + name.length] ?? " ")));
  return at < 0 || /\brequire\(|\bimport\(/.test(lines[at] ?? "") ? undefined : at + 1;
}
