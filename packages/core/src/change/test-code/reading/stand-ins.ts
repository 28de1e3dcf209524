import { argument, chainOf, rootName, type Chain, type Link } from "../assertions/chain.ts";
import { canonical } from "../canonical.ts";
import type { StandIn } from "../anatomy.ts";
import { everyNode, type Syntax, type SyntaxOf } from "../syntax.ts";

const MODULE = /^(?:mock|doMock|unstable_mockModule|module|replace|replaceEsm|setMock|patch)$/;
const MOCKERS = /^(?:vi|vitest|jest|mock|td|rewiremock|import_mock|t|ctx|context|patch|mocker|unittest)$/;
/** Replacing what a spy does; a spy alone only watches. */
const ACTS = /^(?:mock(?:Return|Resolved|Rejected)Value(?:Once)?|mockImplementation(?:Once)?|mockReturnThis|returns|resolves|rejects|callsFake|yields|throws|onCall|withArgs)$/;
/** A function made by a mocking library. */
const MADE = /^(?:(?:vi|jest|sinon|td|mock|t\.mock|context\.mock)\.(?:fn|stub|fake|mock|function|func)|(?:unittest\.)?(?:mock\.)?(?:Magic|Async|NonCallable)?Mock|create_autospec|jasmine\.createSpy)\(/;

const isPath = (text: string): boolean => text.startsWith(".") || text.startsWith("/") || /^[\w@#~-]+[/.]\S/.test(text);

type Found = Pick<StandIn, "target" | "kind" | "names">;

/** Modules, methods and names that are replaced in a piece of code. */
export const standInsIn = (node: Syntax, text: string, into?: (node: Syntax) => boolean): StandIn[] => standInsAmong(everyNode(node, into), text);

/** The same of nodes that were walked already. */
export function standInsAmong(nodes: readonly Syntax[], text: string): StandIn[] {
  const standIns: StandIn[] = [];
  for (const node of nodes) {
    if (node.kind !== "call" && node.kind !== "declare" && node.kind !== "assign") continue;
    for (const standIn of found(node)) standIns.push({ ...standIn, line: node.line, text: text.slice(node.start, Math.min(node.end, node.start + 200)).replace(/\s+/g, " ") });
  }
  return standIns;
}

function found(node: Syntax): readonly Found[] {
  if (node.kind === "call") return called(node);
  // `const total = vi.fn()` where `total` is what is tested
  if (node.kind === "declare" && node.name !== "" && node.value && MADE.test(canonical(node.value))) return [{ target: node.name, kind: "name" }];
  if (node.kind !== "assign") return [];
  const replaces = node.value.kind === "function" || MADE.test(canonical(node.value));
  if (!replaces) return [];
  if (node.target.kind === "name") return node.value.kind === "function" ? [] : [{ target: node.target.name, kind: "name" }];
  return node.target.kind === "member" && node.target.computed === undefined ? [{ target: canonical(node.target), kind: "method" }] : [];
}

function called(node: SyntaxOf<"call">): readonly Found[] {
  const chain = chainOf(node);
  const name = rootName(chain) ?? "";
  // `t.mock.method(…)` is `mock.method(…)`.
  const links = chain.links[0]?.name === "mock" && /^(?:t|unittest|ctx|context|test)$/.test(name) ? chain.links.slice(1) : chain.links;
  const last = links.at(-1);
  const args = last === undefined ? chain.rootArgs : (links[0]?.args ?? last.args);
  if (args === undefined || wraps(args)) return [];
  // `mock.patch.object(cart, "total")`, `patch.object(…)`
  if (last?.name === "object" && MOCKERS.test(name)) return methodOf(argument(last.args, 0), argument(last.args, 1));
  if (links[0] === undefined) return name === "patch" ? dotted(args) : /^(?:proxyquire|esmock|quibble)$/.test(name) ? byPath(args) : [];
  return ofLibrary(name, links[0], links[1]);
}

/** `vi.mock("./cart", …)`, `mock.module(…)`, `sinon.stub(…)`, `mock.patch("shop.cart.total")`. */
function ofLibrary(name: string, call: Link, next: Link | undefined): readonly Found[] {
  const inner = call.args === undefined && call.name === "patch" && next?.args !== undefined ? next : call;
  const target = argument(inner.args, 0);
  if (target === undefined) return [];
  const path = pathIn(target);
  if (path !== undefined && MODULE.test(inner.name) && MOCKERS.test(name)) return moduleOf(path, argument(inner.args, 1));
  if (path !== undefined && name === "monkeypatch" && inner.name === "setattr") return [{ target: path, kind: "module" }];
  return method(name, inner, target, next);
}

function dotted(args: Chain["rootArgs"]): readonly Found[] {
  const target = argument(args, 0);
  const path = target === undefined ? undefined : pathIn(target);
  return path === undefined ? [] : moduleOf(path, argument(args, 1));
}

/** Python's way to watch: the real thing is called. */
const wraps = (args: Chain["rootArgs"]): boolean => args?.some(({ name }) => name === "wraps") === true;

/** `proxyquire("./a", { "./b": {…} })`: what stands behind the keys is replaced. */
function byPath(args: Chain["rootArgs"]): readonly Found[] {
  const [own, given] = [argument(args, 0), argument(args, 1)];
  if (own?.kind !== "literal" || given?.kind !== "object") return [];
  return given.entries.filter(({ key }) => isPath(key)).flatMap(({ key, value }) => moduleOf(key, value));
}

/** `"./cart"`, `import("./cart")`. */
function pathIn(target: Syntax): string | undefined {
  const inner = target.kind === "call" && target.callee.kind === "name" && target.callee.name === "import" ? argument(target.args, 0) : target;
  return inner?.kind === "literal" && inner.of === "string" && isPath(inner.value) ? inner.value : undefined;
}

const REAL = /(?:import|require)(?:Actual|Original)|(?:^|\b)(?:original|actual)\w*\(|\bActual\b/i;

/** What is put in the place of a module; nothing where it is only watched. */
function moduleOf(path: string, given: Syntax | undefined): readonly Found[] {
  if (given === undefined) return [{ target: path, kind: "module" }];
  if (given.kind === "object") {
    if (given.entries.some(({ key, value }) => key === "spy" && canonical(value) === "true")) return [];
    const named = given.entries.find(({ key }) => key === "namedExports")?.value;
    return [{ target: path, kind: "module", ...(named?.kind === "object" && { names: [...named.entries.map(({ key }) => key), ...(given.entries.some(({ key }) => key === "defaultExport") ? ["default"] : [])] }) }];
  }
  if (given.kind !== "function") return [{ target: path, kind: "module" }];
  const whole = canonical(given);
  // With the rest of the module as it is, only what is named is replaced; what calls the real thing is not.
  const partly = REAL.test(whole) || given.params.length > 0;
  if (!partly) return [{ target: path, kind: "module" }];
  const names = everyNode(given.body).flatMap((node) => (node.kind === "object" ? node.entries.filter(({ spread, value }) => spread !== true && !passesOn(value)).map(({ key }) => key) : []));
  return [{ target: path, kind: "module", names }];
}

/** `vi.fn(actual.total)`, `jest.fn().mockImplementation(original.total)`. */
const passesOn = (value: Syntax): boolean => everyNode(value).some((node) => node.kind === "name" && /^(?:actual|original|real|orig|mod|module)/i.test(node.name));

/** `sinon.stub(cart, "total")`, `vi.spyOn(cart, "total").mockReturnValue(1)`, `monkeypatch.setattr(cart, "total", …)`, `t.mock.method(cart, "total", …)`. */
function method(name: string, call: Link, target: Syntax, next: Link | undefined): readonly Found[] {
  const replaced = argument(call.args, 1);
  const stubs = (name === "sinon" || name === "sandbox") && /^(?:stub|replace|define)$/.test(call.name) && replaced !== undefined;
  const acts = (call.name === "spyOn" || (name === "spyOn" && call.name === "and")) && next !== undefined && ACTS.test(next.name);
  const given = (call.name === "method" || call.name === "getter") && MOCKERS.test(name) && argument(call.args, 2) !== undefined;
  const other = (name === "td" && call.name === "replace") || (name === "jest" && call.name === "replaceProperty") || (name === "monkeypatch" && call.name === "setattr");
  return stubs || acts || given || other ? methodOf(target, replaced) : [];
}

const methodOf = (object: Syntax | undefined, name: Syntax | undefined): readonly Found[] => (object === undefined ? [] : [{ target: `${canonical(object)}${name?.kind === "literal" ? `.${name.value}` : ""}`, kind: "method" }]);
