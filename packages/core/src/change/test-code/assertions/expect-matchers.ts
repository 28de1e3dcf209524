import type { Relation } from "./relation.ts";

/** What one matcher insists on. `detail` keeps its name where the relation alone does not tell it apart. */
export interface Matcher {
  readonly relation: Relation;
  readonly negated?: boolean;
  /** A fixed value it compares with. */
  readonly value?: string;
  readonly detail?: string;
  /** The first argument says which part of the subject is meant. */
  readonly part?: boolean;
}

const table = (relation: Relation, names: string, more: Omit<Matcher, "relation"> = {}): readonly (readonly [string, Matcher])[] => names.split(" ").map((name) => [name, { relation, ...more }]);

/** Matchers that are called by their name: Jest, Vitest, Jasmine, Playwright, expect.js, jest-dom. */
export const MATCHERS: ReadonlyMap<string, Matcher> = new Map([
  ...table("same", "toBe toHaveValue toHaveText toHaveURL toHaveTitle toHaveId toHaveDisplayValue toHaveRole toHaveAccessibleName"),
  ...table("same", "toBeNull", { value: "null" }),
  ...table("same", "toBeUndefined", { value: "undefined" }),
  ...table("same", "toBeTrue", { value: "true" }),
  ...table("same", "toBeFalse", { value: "false" }),
  ...table("same", "toBeNaN", { value: "NaN" }),
  ...table("deep", "toStrictEqual eql eqls"),
  ...table("deep, undefined ignored", "toEqual"),
  ...table("snapshot", "toMatchSnapshot toMatchInlineSnapshot toMatchFileSnapshot toMatchImageSnapshot toHaveScreenshot toMatchAriaSnapshot"),
  ...table("throws that", "toThrowErrorMatchingSnapshot toThrowErrorMatchingInlineSnapshot"),
  ...table("close", "toBeCloseTo approximately closeTo"),
  ...table("part", "toMatchObject containSubset toHaveStyle toMatchTypeOf toExtend toBeAssignableTo"),
  ...table("contains", "toContain toContainEqual toInclude toHaveTextContent toContainText toContainElement toHaveClass toContainHTML toContainEntry toContainKey toContainKeys toIncludeAllMembers toIncludeSameMembers"),
  ...table("matches", "toMatch toMatchRegExp"),
  ...table("size", "toHaveLength toHaveCount toHaveSize"),
  ...table("order", "toBeGreaterThan", { detail: ">" }),
  ...table("order", "toBeGreaterThanOrEqual", { detail: ">=" }),
  ...table("order", "toBeLessThan", { detail: "<" }),
  ...table("order", "toBeLessThanOrEqual", { detail: "<=" }),
  ...table("truthy", "toBeTruthy toBeOk"),
  ...table("falsy", "toBeFalsy"),
  ...table("defined", "toBeDefined toExist"),
  ...table("falsy", "toNotExist"),
  ...table("type", "toBeInstanceOf toBeA toBeAn toBeTypeOf toBeInstanceof"),
  ...table("throws", "toThrow toThrowError toReject"),
  ...table("called times", "toHaveBeenCalledTimes toBeCalledTimes toHaveReturnedTimes"),
  ...table("called times", "toHaveBeenCalledOnce toBeCalledOnce", { value: "1" }),
  ...table("called with", "toHaveBeenCalledWith toBeCalledWith toHaveBeenLastCalledWith lastCalledWith toHaveBeenNthCalledWith nthCalledWith toHaveBeenCalledOnceWith toHaveBeenCalledExactlyOnceWith toHaveReturnedWith toHaveLastReturnedWith"),
  ...table("called", "toHaveBeenCalled toBeCalled toHaveReturned toHaveResolved"),
  ...table("present", "toBeInTheDocument toBeAttached"),
  ...table("same", "toHaveProperty toHaveAttribute toHaveCSS toHaveJSProperty", { part: true }),
  ...table("same", "toEqualTypeOf equalTypeOf", { detail: "type" }),
]);

/** Words of chai's (and should.js's) chains. Names that end a chain as a property are here as well as those that are called. */
export const CHAI: ReadonlyMap<string, Matcher> = new Map([
  ...table("same", "equal equals eq exactly"),
  ...table("same", "null", { value: "null" }),
  ...table("same", "undefined", { value: "undefined" }),
  ...table("same", "true True", { value: "true" }),
  ...table("same", "false False", { value: "false" }),
  ...table("same", "NaN", { value: "NaN" }),
  ...table("deep", "eql eqls"),
  ...table("truthy", "ok"),
  ...table("defined", "exist exists"),
  ...table("size", "empty", { value: "0" }),
  ...table("size", "length lengthOf sizeOf"),
  ...table("order", "above greaterThan gt greaterThanOrEqual", { detail: ">" }),
  ...table("order", "least gte aboveOrEqual", { detail: ">=" }),
  ...table("order", "below lessThan lt", { detail: "<" }),
  ...table("order", "most lte belowOrEqual", { detail: "<=" }),
  ...table("order", "within", { detail: "within" }),
  ...table("type", "a an instanceof instanceOf instanceof type Function Object String Array Number Boolean Error arguments Date class generator"),
  ...table("contains", "include includes contain contains string keys key startWith endWith containEql containEqual"),
  ...table("one of", "oneOf"),
  ...table("part", "containSubset containDeep containDeepOrdered properties"),
  ...table("matches", "match matches"),
  ...table("members in any order", "members"),
  ...table("close", "closeTo approximately"),
  ...table("throws", "throw throws Throw throwError rejected"),
  ...table("throws that", "rejectedWith"),
  ...table("no throw", "fulfilled resolved"),
  ...table("same", "become fulfilledWith", {}),
  ...table("same", "property ownProperty propertyVal attr attribute header", { part: true }),
  ...table("same", "status statusCode", { detail: "status" }),
  ...table("own", "satisfy satisfies respondTo change increase decrease frozen sealed extensible finite html text value visible"),
  ...table("called times", "calledOnce", { value: "1" }),
  ...table("called times", "calledTwice", { value: "2" }),
  ...table("called times", "calledThrice", { value: "3" }),
  ...table("called times", "callCount"),
  ...table("called", "called"),
  ...table("called with", "calledWith calledOnceWith calledWithExactly calledOnceWithExactly calledWithMatch calledWithNew"),
  ...table("snapshot", "matchSnapshot"),
]);
