import type { Matcher } from "./expect-matchers.ts";
import type { Relation } from "./relation.ts";

export interface Method extends Matcher {
  /** Which arguments are the subject and what it is compared with; `1` by default for the latter, none when the relation needs nothing. */
  readonly takes: 0 | 1 | 2;
}

const table = (relation: Relation, takes: 0 | 1 | 2, names: string, more: Omit<Matcher, "relation"> = {}): readonly (readonly [string, Method])[] => names.split(" ").map((name) => [name, { relation, takes, ...more }]);

/** Methods of `assert`, `t`, and unittest's `self`: one table, because a name means the same wherever it is known (but for `equal`). */
export const METHODS: ReadonlyMap<string, Method> = new Map([
  ...table("same", 1, "strictEqual strictEquals is equals isEqual equal_ assertIs"),
  ...table("loosely equal", 1, "equal eq looseEqual"),
  ...table("same", 1, "notStrictEqual notStrictEquals isNot not notEquals isNotEqual assertIsNot", { negated: true }),
  ...table("loosely equal", 1, "notEqual notLooseEqual", { negated: true }),
  ...table("deep", 1, "deepEqual deepStrictEqual same deepEquals isEquivalent propEqual strictSame eql assertEqual assertEquals assertListEqual assertDictEqual assertTupleEqual assertSetEqual assertMultiLineEqual assertSequenceEqual"),
  ...table("loosely equal", 1, "deepLooseEqual propContains_"),
  ...table("deep", 1, "notDeepEqual notDeepStrictEqual notSame notDeepEquals assertNotEqual assertNotEquals", { negated: true }),
  ...table("part", 1, "like partialDeepStrictEqual deepInclude propContains containsSubset has hasStrict assertDictContainsSubset"),
  ...table("truthy", 0, "ok assert assertTrue_ isOk true_"),
  ...table("falsy", 0, "notOk falsy isNotOk"),
  ...table("truthy", 0, "truthy assertTrue"),
  ...table("falsy", 0, "assertFalse"),
  ...table("same", 0, "true isTrue", { value: "true" }),
  ...table("same", 0, "false isFalse", { value: "false" }),
  ...table("same", 0, "isNull", { value: "null" }),
  ...table("same", 0, "assertIsNone", { value: "None" }),
  ...table("same", 0, "isUndefined", { value: "undefined" }),
  ...table("same", 0, "isNaN", { value: "NaN" }),
  ...table("same", 0, "isNotNull", { value: "null", negated: true }),
  ...table("same", 0, "assertIsNotNone", { value: "None", negated: true }),
  ...table("same", 0, "isNotTrue", { value: "true", negated: true }),
  ...table("same", 0, "isNotFalse", { value: "false", negated: true }),
  ...table("falsy", 0, "error ifError ifErr"),
  ...table("defined", 0, "isDefined exists"),
  ...table("defined", 0, "notExists isNotDefined", { negated: true }),
  ...table("contains", 1, "include includes includeMembers includeDeepMembers assertCountContains hasAllKeys containsAllKeys hasAnyKeys property nestedProperty ownProperty"),
  ...table("contains", 1, "notInclude notIncludes notProperty doesNotHaveAllKeys", { negated: true }),
  ...table("matches", 1, "match matches regex assertRegex assertRegexpMatches"),
  ...table("matches", 1, "doesNotMatch notMatch notRegex assertNotRegex", { negated: true }),
  ...table("same", 2, "propertyVal nestedPropertyVal deepPropertyVal"),
  ...table("size", 1, "lengthOf sizeOf"),
  ...table("order", 1, "isAbove assertGreater", { detail: ">" }),
  ...table("order", 1, "isAtLeast assertGreaterEqual", { detail: ">=" }),
  ...table("order", 1, "isBelow assertLess", { detail: "<" }),
  ...table("order", 1, "isAtMost assertLessEqual", { detail: "<=" }),
  ...table("close", 2, "closeTo approximately assertAlmostEqual assertAlmostEquals"),
  ...table("members in any order", 1, "sameMembers sameDeepMembers assertCountEqual assertItemsEqual"),
  ...table("deep", 1, "sameOrderedMembers sameDeepOrderedMembers"),
  ...table("type", 1, "typeOf instanceOf type assertIsInstance"),
  ...table("type", 0, "isFunction isObject isArray isString isNumber isBoolean isFinite isCallable"),
  ...table("throws", 1, "throws throwsAsync rejects throw Throw assertRaises assertRaisesRegex assertRaisesRegexp raises isRejected"),
  ...table("no throw", 0, "doesNotThrow notThrows notThrowsAsync doesNotReject isFulfilled resolves"),
  ...table("snapshot", 0, "snapshot matchSnapshot"),
  ...table("fails", 0, "fail"),
  ...table("passes", 0, "pass"),
  ...table("called times", 0, "calledOnce", { value: "1" }),
  ...table("called times", 0, "calledTwice", { value: "2" }),
  ...table("called times", 0, "calledThrice", { value: "3" }),
  ...table("called times", 0, "notCalled", { value: "0" }),
  ...table("called times", 1, "callCount"),
  ...table("called", 0, "called"),
  ...table("called with", 2, "calledWith calledWithExactly calledOnceWithExactly calledOnceWithMatch calledWithMatch alwaysCalledWith alwaysCalledWithExactly neverCalledWith"),
]);

/** unittest's and mock's own, that are not asked of `assert`. */
export const PYTHON_METHODS: ReadonlyMap<string, Method> = new Map([
  ...table("called times", 0, "assert_called_once", { value: "1" }),
  ...table("called times", 0, "assert_not_called", { value: "0" }),
  ...table("called", 0, "assert_called assert_awaited"),
  ...table("called with", 2, "assert_called_with assert_called_once_with assert_any_call assert_has_calls assert_awaited_once_with"),
  ...table("contains", 1, "assertIn_"),
]);
