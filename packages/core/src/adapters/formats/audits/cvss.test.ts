import { expect, test } from "vitest";
import { cvss3Score } from "./cvss.ts";
import { severityFromScore } from "./severity.ts";

// Scores as the advisories themselves publish them beside the vector.
test.each([
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8],
  ["CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L", 5.6],
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1],
  ["CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5],
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10],
  ["CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.5],
  ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0],
  ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", undefined],
  ["CVSS:3.1/AV:N/AC:L", undefined],
  ["nonsense", undefined],
])("%s scores %s", (vector, score) => {
  expect(cvss3Score(vector)).toBe(score);
});

test("scores fall into the published bands", () => {
  expect([0, 0.1, 3.9, 4, 6.9, 7, 8.9, 9, 10, 11].map(severityFromScore)).toEqual([
    "unknown",
    "low",
    "low",
    "moderate",
    "moderate",
    "high",
    "high",
    "critical",
    "critical",
    "unknown",
  ]);
});
