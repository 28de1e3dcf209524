import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allChecks } from "../../packages/core/src/checks/index.ts";
import { askExample, readExamples } from "./page-examples.ts";

describe.each(allChecks.map((check) => [check.id, check] as const))("%s", (id, check) => {
  const examples = readExamples(readFileSync(new URL(`../../packages/core/src/checks/${id}/${id.split("/")[1]}.md`, import.meta.url), "utf8"));

  test("has an example that it catches and an innocent one", () => {
    const answers = examples.map((example) => example.answer);
    expect(answers).toContain("broken");
    expect(answers.some((answer) => answer === "nothing" || answer === "holds")).toBe(true);
  });

  test.each(examples.map((example) => [`${example.answer}: ${example.title}`, example] as const))("%s", async (_, example) => {
    const seen = (await askExample(check, example)).filter((observation) => observation.answer !== "not-applicable");
    if (example.answer === "nothing") {
      expect(seen).toEqual([]);
      return;
    }
    expect(seen.map((observation) => `${observation.answer}: ${observation.because}`).join("\n")).toContain(example.says ?? "");
    expect(seen.map((observation) => observation.answer)).toContain(example.answer);
  });
});
