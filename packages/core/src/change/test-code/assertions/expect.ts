import type { Argument, Syntax } from "../syntax.ts";
import { argument, rootName, type Chain, type Link } from "./chain.ts";
import { claim, type Claim } from "./claim.ts";
import { sentenceClaim } from "./unexpected.ts";
import { CHAI, MATCHERS, type Matcher } from "./expect-matchers.ts";

/** Words that only make a sentence of it. */
const FILLERS = new Set("to be been is that which and has have with at of same but does still also it an_ deep strict own nested ordered any all itself soft poll must should eventually resolves rejects toBe_ withContext nothing".split(" "));

const EXPECT = /^(?:expect|expectTypeOf|expectType|expectAsync|chaiExpect|jestExpect|assertType|should|must|softExpect)$/;

/** True for `expect(…)` in all its forms, and for `x.should`. */
export const isExpectation = (chain: Chain): boolean => {
  const name = rootName(chain);
  if (name !== undefined && EXPECT.test(name) && (chain.rootArgs !== undefined || chain.links[0]?.name === "soft" || chain.links[0]?.name === "poll" || name === "should")) return true;
  return chain.links.some(({ name: link, args }) => (link === "should" || link === "must") && args === undefined);
};

/** What a chain of matchers insists on; a chain may insist on several things. */
export function expectationClaims(chain: Chain): readonly Claim[] {
  const { subject, links } = opened(chain);
  if (subject === undefined) return staticShould(chain);
  const sentence = chain.rootArgs === undefined ? undefined : sentenceClaim(chain.rootArgs);
  if (sentence !== undefined) return [sentence];
  const word = { negated: false, deep: false, rejects: false, any: false };
  const claims: Claim[] = [];
  let about = subject;
  let detail: string | undefined;
  for (const [at, link] of links.entries()) {
    if (link.name === "not" || link.name === "never") word.negated = !word.negated;
    if (link.name === "deep" || link.name === "nested") word.deep = true;
    if (link.name === "any") word.any = true;
    if (link.name === "rejects" || link.name === "toBeRejected") word.rejects = true;
    const last = at === links.length - 1;
    const found = matcherOf(link, last);
    if (found === undefined) continue;
    const made = claimOf(about, found, link, word, detail);
    claims.push(made.claim);
    if (made.part !== undefined) detail = made.part;
    about = made.claim.subject;
  }
  return claims;
}

/** The subject, and what is said of it. */
function opened(chain: Chain): { readonly subject: Syntax | undefined; readonly links: readonly Link[] } {
  const name = rootName(chain);
  const { links, rootArgs } = chain;
  if (name !== undefined && EXPECT.test(name)) {
    if (rootArgs !== undefined) return { subject: rootArgs[0]?.value ?? chain.root, links };
    const [first] = links;
    if (first?.name === "soft" || first?.name === "poll") return { subject: argument(first.args, 0) ?? chain.root, links: links.slice(1) };
    return { subject: undefined, links };
  }
  const at = links.findIndex(({ name: link, args }) => (link === "should" || link === "must") && args === undefined);
  const node = links[at]?.node;
  return { subject: node?.kind === "member" ? node.object : chain.root, links: links.slice(at + 1) };
}

/** `should.exist(x)`, `should.not.exist(x)`, `should.equal(a, b)`. */
function staticShould({ links, root }: Chain): readonly Claim[] {
  const negated = links.some(({ name }) => name === "not");
  const last = links.at(-1);
  if (last?.args === undefined) return [];
  const found = CHAI.get(last.name);
  const subject = argument(last.args, 0) ?? root;
  return found === undefined ? [] : [claim(subject, found.relation, negated, last.args.slice(1, 2).map(({ value }) => value))];
}

/** Chai words that say more only when another one follows: `.to.include.keys(…)`. */
const LEADING = new Set(["include", "contain", "length", "a", "an", "all"]);

/** A link that insists on something; words that only fill, and properties nobody knows, do not. */
function matcherOf(link: Link, last: boolean): (Matcher & { readonly name: string }) | undefined {
  const { name, args } = link;
  const called = args !== undefined;
  const jest = called ? MATCHERS.get(name) : undefined;
  if (jest !== undefined) return { ...jest, name };
  const chai = CHAI.get(name);
  if (chai !== undefined && (called || last || speaksAlone(name, chai))) return !called && !last && LEADING.has(name) ? undefined : { ...chai, name };
  if (FILLERS.has(name) || name === "not" || name === "never" || name === "") return undefined;
  return called || last ? { relation: "own", name, detail: name } : undefined;
}

const speaksAlone = (name: string, { value }: Matcher): boolean => value !== undefined || name === "exist" || name === "called";

interface Words {
  readonly negated: boolean;
  readonly deep: boolean;
  readonly rejects: boolean;
  readonly any: boolean;
}

function claimOf(about: Syntax, matcher: Matcher & { readonly name: string }, link: Link, word: Words, inherited: string | undefined): { readonly claim: Claim; readonly part?: string } {
  const args = link.args ?? [];
  const negated = word.negated !== (matcher.negated ?? false);
  if (matcher.part === true) return ofPart(about, args, negated, inherited);
  const detail = [inherited, matcher.detail].filter((text) => text !== undefined).join(" ") || undefined;
  if (matcher.relation === "throws" || matcher.relation === "throws that") return { claim: thrown(about, matcher, args, negated, detail) };
  const relation = matcher.relation === "same" && word.deep ? "deep" : matcher.relation;
  return { claim: claim(about, relation, negated, literalBooleans(wantedBy(matcher, link)), detail ?? typeName(matcher, args)) };
}

function thrown(about: Syntax, matcher: Matcher, args: readonly Argument[], negated: boolean, detail: string | undefined): Claim {
  const wanted = args.map(({ value }) => value);
  const specific = matcher.relation === "throws that" || wanted.some((value) => value.kind !== "name" || value.name !== "Error");
  return claim(about, specific && !negated ? "throws that" : "throws", negated, wanted, detail);
}

function wantedBy(matcher: Matcher, { args = [], node }: Link): readonly Syntax[] {
  if (matcher.value !== undefined) return [{ ...spanOf(node), kind: "name", name: matcher.value }];
  return (matcher.relation === "own" ? args : args.slice(0, limitOf(matcher))).map(({ value }) => value);
}

/** `.to.be.a.Function`: the word itself says which type. */
const typeName = ({ relation, name }: Matcher & { readonly name: string }, args: readonly Argument[]): string | undefined => (relation === "type" && args.length === 0 && name.length > 2 ? name : undefined);

/** A message after the expected value says nothing about the claim; two numbers of `toBeCloseTo` and all arguments of a call do. */
const limitOf = ({ relation }: Matcher): number => (relation === "close" || relation === "called with" || relation === "contains" || relation === "order" || relation === "snapshot" ? 20 : 1);

/** `.to.be.true` compares with the value true. */
const literalBooleans = (values: readonly Syntax[]): readonly Syntax[] =>
  values.map((value) => (value.kind === "name" && (value.name === "true" || value.name === "false") ? { ...spanOf(value), kind: "literal" as const, of: "boolean" as const, value: value.name } : value));

/** `toHaveProperty("a", 1)` speaks of `subject.a`. */
function ofPart(about: Syntax, args: readonly Argument[], negated: boolean, inherited: string | undefined): { readonly claim: Claim; readonly part?: string } {
  const [name, value] = args;
  const key = name === undefined ? undefined : name.value.kind === "literal" ? name.value.value : undefined;
  const part: Syntax = key !== undefined && inherited === undefined ? { ...spanOf(about), kind: "member", object: about, property: key } : about;
  const said = key !== undefined && inherited === undefined ? undefined : [inherited, key ?? "a property"].filter((text) => text !== undefined).join(".");
  const made = value === undefined ? claim(part, "defined", negated, [], said) : claim(part, value.value.kind === "object" || value.value.kind === "list" ? "deep" : "same", negated, [value.value], said);
  return { claim: made, ...(said !== undefined && { part: said }) };
}

const spanOf = ({ start, end, line, endLine }: Syntax) => ({ start, end, line, endLine });
