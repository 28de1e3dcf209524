import { refsIn, type CriterionRef } from "#intent";

/** What a comment says its test proves: everything named behind `@verifies`, to the end of that line. */
export function verifiedBy(comment: string): readonly CriterionRef[] {
  if (!comment.includes("@verifies")) return [];
  return comment.split("\n").flatMap((line) => {
    const at = line.indexOf("@verifies");
    return at < 0 || !/^\s/.test(line.slice(at + "@verifies".length)) ? [] : refsIn(line.slice(at + "@verifies".length, at + 2_000));
  });
}
