import { expect, it } from "vitest";
import { judgeRisk } from "./judge-risk.ts";

it("the shipped score keeps its bars on the labels kept here", async () => {
  const figures = await judgeRisk({ say: () => undefined });
  const held = figures.filter((figure) => figure.target !== undefined);
  expect(held.length).toBe(4);
  expect(held.filter((figure) => !figure.ok).map((figure) => figure.name)).toEqual([]);
  expect(figures.filter((figure) => figure.name.startsWith("risk source changes: ") && figure.name.includes("/")).length).toBe(10);
});
