import { argument, chainOf, rootName, type Chain, type Link } from "../assertions/chain.ts";
import { everyNode, type Syntax } from "../syntax.ts";
import { swallows } from "./flow.ts";

/** `.catch(() => {})` at the end, or `.then(f, () => {})`. */
export function swallowedBy({ links }: Chain): boolean {
  const last = links.at(-1);
  if (last?.name === "catch" && last.args?.length === 1) return isDeaf(last.args[0]?.value);
  return last?.name === "then" && last.args?.length === 2 && isDeaf(last.args[1]?.value);
}

const isDeaf = (node: Syntax | undefined): boolean => node?.kind === "function" && node.body.kind === "block" && swallows(node.body, node.params[0]);

export const isEmptyLoop = ({ root, links }: Chain): boolean => root.kind === "list" && root.items.length === 0 && links.length === 1 && (links[0]?.name === "forEach" || links[0]?.name === "map");

/** Fake clocks, and code that gives time to timers. */
const CLOCK = /^(?:useFakeTimers|runAll\w*|runOnly\w*|advance\w*|tick\w*|flush\w*|install)$/;

/** True for a test that is not over when its last line has run, or that moves the clock itself. */
export const pauses = (body: Syntax): boolean => everyNode(body).some((node) => node.kind === "await" || (node.kind === "return" && node.value !== undefined) || (node.kind === "member" && CLOCK.test(node.property)) || (node.kind === "name" && CLOCK.test(node.name)));

/** Questions whose answer is a promise, whatever library they are of. */
const PROMISED = /^(?:throwsAsync|notThrowsAsync|rejects|doesNotReject|isRejected|isFulfilled|becomes|eventually)$/;
/** Words of chai-as-promised. */
const EVENTUALLY = /^(?:eventually|rejected|rejectedWith|fulfilled|become|fulfilledWith)$/;
/** Playwright's own, that no other library has. */
const LOOKED_FOR = /^(?:toHaveURL|toContainText|toBeAttached|toBeInViewport|toHaveScreenshot|toHaveJSProperty|toMatchAriaSnapshot|toPass)$/;
const TIMER = /^(?:setTimeout|setInterval|setImmediate|requestAnimationFrame)$/;

/** True for a call as a statement of its own that gives a promise, or leaves its checks to a timer, while nobody waits. `paused`: the test itself goes on. */
export function isAdrift(node: Syntax, paused: boolean): boolean {
  if (node.kind !== "call") return false;
  const chain = chainOf(node);
  const last = chain.links.at(-1) ?? (chain.rootArgs === undefined ? undefined : { name: rootName(chain) ?? "", args: chain.rootArgs });
  if (last?.args === undefined) return false;
  if (last.name === "then" || last.name === "catch" || last.name === "finally") return true;
  if (TIMER.test(last.name)) return !paused;
  // `waitFor(() => expect(…))` answers with a promise.
  if (/^(?:waitFor|waitUntil|eventually)$/.test(last.name)) return true;
  return isAsyncLoop(last) || isPromised(chain, last.name);
}

/** `list.forEach(async (one) => …)`: what it starts ends after the test. */
function isAsyncLoop({ name, args }: Pick<Link, "name" | "args">): boolean {
  const callback = argument(args, 0);
  return (name === "forEach" || name === "map") && callback?.kind === "function" && callback.async;
}

function isPromised(chain: Chain, last: string): boolean {
  const { links } = chain;
  if (rootName(chain) === "expectAsync") return true;
  const expects = rootName(chain) === "expect";
  if (expects && links.some(({ name, args }) => (args === undefined && (name === "resolves" || name === "rejects")) || name === "poll")) return true;
  if (expects && LOOKED_FOR.test(last)) return true;
  const insists = expects || links.some(({ name, args }) => name === "should" && args === undefined);
  return insists ? links.some(({ name }) => EVENTUALLY.test(name)) : links.length > 0 && PROMISED.test(last) && chain.rootArgs === undefined && /^(?:t|assert|chai|test|is)$/.test(rootName(chain) ?? "");
}
