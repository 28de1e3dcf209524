import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { proposeConfig, type Detected } from "./propose-config.ts";

const found = (areas: number): Detected => ({
  defaultBranch: "main",
  runners: ["vitest"],
  installs: [],
  packages: 1,
  ci: [],
  agents: [],
  areas: Array.from({ length: areas }, (_, at) => ({ name: `area ${at}`, risk: "high", paths: Array.from({ length: 9 }, (__, folder) => `src/${at}/${folder}/**`) })),
  solo: false,
});

test("what init writes is as short as the README says, however much it found", () => {
  const lines = (areas: number): number => proposeConfig(found(areas)).trimEnd().split("\n").length;
  expect([lines(0), lines(1), lines(4), lines(40)]).toEqual([5, 7, 10, 10]);
  expect(readFileSync(new URL("../../../../../README.md", import.meta.url), "utf8")).toContain("config of at most ten lines it would write");
});
