import { describe, expect, test } from "vitest";
import { PublishedApi } from "./openapi.ts";

const R = "/repos/{owner}/{repo}";
const api = new PublishedApi();
const none = new URLSearchParams();
const good = { name: "proofline", head_sha: "a", status: "completed", conclusion: "success", output: { title: "t", summary: "s" } };

describe("the description the GitHub tests rest on", () => {
  test("lets a right request pass", () => {
    expect(api.requestFaults(`POST ${R}/check-runs`, none, good)).toEqual([]);
  });

  test.each([
    ["a conclusion GitHub does not know", { ...good, conclusion: "perhaps" }],
    ["a key GitHub does not know", { ...good, colour: "red" }],
    ["a name that is no text", { ...good, name: 1 }],
    ["a summary over the limit", { ...good, output: { title: "t", summary: "x".repeat(65_536) } }],
    [
      "more than fifty annotations",
      {
        ...good,
        output: {
          ...good.output,
          annotations: Array.from({ length: 51 }, () => ({ path: "a", start_line: 1, end_line: 1, annotation_level: "notice", message: "m" })),
        },
      },
    ],
    [
      "an annotation without message",
      { ...good, output: { ...good.output, annotations: [{ path: "a", start_line: 1, end_line: 1, annotation_level: "notice" }] } },
    ],
  ])("catches %s", (_, body) => {
    expect(api.requestFaults(`POST ${R}/check-runs`, none, body)).not.toEqual([]);
  });

  test("catches unknown queries, bodies where none belong, unknown paths and answers without their fields", () => {
    expect(api.requestFaults(`GET ${R}/commits/{ref}/check-runs`, new URLSearchParams("checkname=x"), undefined)).toEqual([
      "unknown query parameter checkname",
    ]);
    expect(api.requestFaults(`GET ${R}/commits/{ref}/check-runs`, new URLSearchParams("filter=some"), undefined)).not.toEqual([]);
    expect(api.requestFaults(`GET ${R}/commits/{ref}/check-runs`, none, {})).not.toEqual([]);
    expect(api.match("GET", "/repos/a/b/checks")).toMatch(/^no operation/);
    expect(api.answerFaults(`POST ${R}/check-runs`, 201, { id: 1 })).not.toEqual([]);
    expect(api.answerFaults(`POST ${R}/check-runs`, 200, {})).not.toEqual([]);
  });
});
