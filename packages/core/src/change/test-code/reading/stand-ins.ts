import { argument, chainOf, rootName, type Link } from "../assertions/chain.ts";
import { canonical } from "../canonical.ts";
import type { ForcedOutcome, StandIn } from "../anatomy.ts";
import { everyNode, type Syntax } from "../syntax.ts";
import { swallows } from "./flow.ts";

const MODULE = /^(?:mock|doMock|unstable_mockModule|module|replace|replaceEsm|setMock|patch)$/;
const MOCKERS = /^(?:vi|vitest|jest|mock|td|rewiremock|import_mock|t|patch|mocker|unittest)$/;
/** Replacing what a spy does; a spy alone only watches. */
const ACTS = /^(?:mock(?:Return|Resolved|Rejected)Value(?:Once)?|mockImplementation(?:Once)?|mockReturnThis|returns|resolves|rejects|callsFake|yields|throws|onCall|withArgs)$/;

const isPath = (text: string): boolean => text.startsWith(".") || text.startsWith("/") || /^[\w@#~-]+[/.]\S/.test(text);

/** Modules and methods that are replaced in a piece of code. */
export function standInsIn(node: Syntax, text: string, into: (node: Syntax) => boolean = () => true): StandIn[] {
  return [...everyNode(node, into)].flatMap((one) => {
    const found = one.kind === "call" ? standIn(one) : undefined;
    return found === undefined ? [] : [{ ...found, line: one.line, text: text.slice(one.start, Math.min(one.end, one.start + 200)).replace(/\s+/g, " ") }];
  });
}

function standIn(node: Extract<Syntax, { readonly kind: "call" }>): Pick<StandIn, "target" | "kind"> | undefined {
  const chain = chainOf(node);
  const name = rootName(chain) ?? "";
  const [first, second] = chain.links;
  const call = first?.args === undefined ? undefined : first;
  const target = argument(call === undefined ? chain.rootArgs : call.args, 0);
  if (target === undefined) return undefined;
  const path = pathIn(target);
  const mocks = call === undefined ? name === "patch" && chain.links.length === 0 : MODULE.test(call.name) && MOCKERS.test(name);
  if (path !== undefined && mocks) return { target: path, kind: "module" };
  return call === undefined ? undefined : method(name, call, target, second);
}

/** `"./cart"`, `import("./cart")`. */
function pathIn(target: Syntax): string | undefined {
  const inner = target.kind === "call" && target.callee.kind === "name" && target.callee.name === "import" ? argument(target.args, 0) : target;
  return inner?.kind === "literal" && inner.of === "string" && isPath(inner.value) ? inner.value : undefined;
}

/** `sinon.stub(cart, "total")`, `vi.spyOn(cart, "total").mockReturnValue(1)`, `monkeypatch.setattr(cart, "total", …)`. */
function method(name: string, call: Link, target: Syntax, next: Link | undefined): Pick<StandIn, "target" | "kind"> | undefined {
  const replaced = argument(call.args, 1);
  const stubs = (name === "sinon" || name === "sandbox") && call.name === "stub" && replaced !== undefined;
  const acts = call.name === "spyOn" && next !== undefined && ACTS.test(next.name);
  if (!stubs && !acts && !(name === "monkeypatch" && call.name === "setattr")) return undefined;
  return { target: `${canonical(target)}${replaced?.kind === "literal" ? `.${replaced.value}` : ""}`, kind: "method" };
}

/** Code that decides what the run says, whatever the tests say. */
export function forcedIn(nodes: readonly Syntax[], text: string): ForcedOutcome[] {
  return nodes.flatMap((node) => {
    const says = forced(node);
    return says === undefined ? [] : [{ says, line: node.line, text: text.slice(node.start, Math.min(node.end, node.start + 200)).replace(/\s+/g, " ") }];
  });
}

const PATCHED = /^(?:globalThis\.|global\.|window\.)?(?:expect|assert|it|test|describe)(?:\.\w+)?$/;
const EXPECT_ITSELF = /^(?:to[A-Z]\w+|equal|deepEqual|strictEqual|ok)$/;

const forced = (node: Syntax): string | undefined => (node.kind === "call" ? forcedByCall(node) : node.kind === "assign" ? forcedByAssignment(node) : undefined);

function forcedByCall({ callee: called, args }: Extract<Syntax, { readonly kind: "call" }>): string | undefined {
  const callee = canonical(called);
  const first = argument(args, 0);
  const text = first?.kind === "literal" ? first.value : undefined;
  if (text === "0" && /^(?:process\.exit|process\.reallyExit|sys\.exit|os\._exit)$/.test(callee)) return `${callee}(0) ends the run as a success`;
  if (text !== undefined && /^process\.on(?:ce)?$/.test(callee) && /^(?:uncaughtException|unhandledRejection)$/.test(text)) {
    const handler = argument(args, 1);
    return handler?.kind === "function" && swallows(handler.body, handler.params[0]) ? `${text} is caught and dropped` : undefined;
  }
  const own = callee === "expect.extend" && first?.kind === "object" ? first.entries.find(({ key }) => BUILT_IN.has(key)) : undefined;
  return own === undefined ? undefined : `expect.extend replaces ${own.key}`;
}

function forcedByAssignment({ target: to, value }: Extract<Syntax, { readonly kind: "assign" }>): string | undefined {
  const target = canonical(to);
  if (target === "process.exitCode" && value.kind === "literal" && value.value === "0") return "process.exitCode = 0 ends the run as a success";
  const property = to.kind === "member" ? to.property : "";
  return PATCHED.test(target) && value.kind === "function" && (EXPECT_ITSELF.test(property) || property === "expect") ? `${target} is replaced` : undefined;
}

const BUILT_IN = new Set("toBe toEqual toStrictEqual toThrow toContain toMatch toMatchObject toHaveLength toBeTruthy toBeDefined toHaveBeenCalled toHaveBeenCalledTimes toHaveBeenCalledWith toMatchSnapshot".split(" "));
