import type { Syntax } from "../syntax.ts";
import { METHODS, PYTHON_METHODS } from "./assert-methods.ts";
import { methodClaims } from "./assert.ts";
import { chainOf, rootName } from "./chain.ts";
import { claim, type Claim } from "./claim.ts";
import { simplify } from "./simplify.ts";

/** What a Python statement, or the head of a `with`, insists on. */
export function pythonClaims(node: Syntax): readonly Claim[] {
  if (node.kind === "assert") return simplify(claim(node.test, "truthy"), true);
  if (node.kind !== "call") return [];
  const chain = chainOf(node);
  const name = rootName(chain);
  const last = chain.links.at(-1);
  if (last === undefined) return name !== undefined && /^assert_\w+$/.test(name) && node.args[0] ? [claim(node.args[0].value, "own", false, node.args.slice(1).map(({ value }) => value), name)] : [];
  if (name === "pytest") return last.name === "raises" || last.name === "warns" ? [raised(node)] : last.name === "fail" ? [claim(node, "fails")] : [];
  const mock = PYTHON_METHODS.get(last.name);
  if (mock !== undefined && node.callee.kind === "member") return methodClaims(mock, last.name, [{ value: node.callee.object }, ...node.args], true);
  if (name === "self" && chain.links.length === 1) return unittest(last.name, node);
  return /^assert_[a-z_]+$/.test(last.name) && node.args[0] ? [claim(node.args[0].value, "own", false, node.args.slice(1).map(({ value }) => value), last.name)] : [];
}

function unittest(name: string, node: Extract<Syntax, { readonly kind: "call" }>): readonly Claim[] {
  const [first, second] = node.args.map(({ value }) => value);
  if (/^assertRaises|^assertWarns/.test(name)) return [raised(node)];
  if ((name === "assertIn" || name === "assertNotIn") && first && second) return simplify(claim(second, "contains", name === "assertNotIn", [first]), true);
  const method = METHODS.get(name);
  if (method !== undefined) return methodClaims(method, name, node.args, true).flatMap((one) => simplify(one, true));
  return /^assert[A-Z]/.test(name) && first ? [claim(first, "own", false, second ? [second] : [], name)] : [];
}

/** A class alone is what Python people always name; `Exception` names nothing, a message pins it. */
function raised(node: Extract<Syntax, { readonly kind: "call" }>): Claim {
  const [type] = node.args;
  const bare = type === undefined || (type.value.kind === "name" && /^(?:Exception|BaseException)$/.test(type.value.name));
  const message = node.args.some(({ name }) => name === "match") || (node.callee.kind === "member" && /Regex/.test(node.callee.property));
  const wanted = node.args.filter(({ name }, at) => at === 0 || name === "match" || (message && at === 1)).map(({ value }) => value);
  return claim(node.callee, bare && !message ? "throws" : "throws that", false, wanted);
}
