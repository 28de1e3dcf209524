import { expect, test } from "vitest";
import { gateChange, gateFile, runsProofline } from "./config-files.ts";

test.each([
  ["proofline.yaml", "gate"],
  ["proofline/baseline.json", "gate"],
  ["proofline/keys/ann.pem", "gate"],
  ["proofline/proofs.lock", "gate"],
  [".github/CODEOWNERS", "gate"],
  ["CODEOWNERS", "gate"],
  [".github/workflows/ci.yml", "if-it-runs-proofline"],
  [".gitlab-ci.yml", "if-it-runs-proofline"],
  ["Jenkinsfile", "if-it-runs-proofline"],
  [".husky/pre-push", "if-it-runs-proofline"],
  ["proofline/waivers/a.json", undefined],
  ["proofline/stories/ST-a.md", undefined],
  ["proofline/incidents/2026-01.md", undefined],
  ["packages/a/proofline.yaml", undefined],
  ["src/CODEOWNERS", undefined],
  ["docs/proofline.yaml.md", undefined],
  ["src/workflows/ci.yml", undefined],
])("%s is %s", (path, expected) => {
  expect(gateFile(path)).toBe(expected);
});

test("a CI file belongs to the gate when a line that is no comment runs Proofline", () => {
  expect(runsProofline("steps:\n  - run: npx proofline check\n")).toBe(true);
  expect(runsProofline("- uses: proofline/check@v1")).toBe(true);
  expect(runsProofline("# - run: npx proofline check\n- run: npm test")).toBe(false);
  expect(runsProofline("- run: prooflineage")).toBe(false);
});

const runs = (path: string): string | undefined => (path === ".github/workflows/gate.yml" ? "- run: npx proofline check" : "- run: npm test");

test("altering the gate is told; everyday files, waivers and other workflows are not", () => {
  const files = ["proofline.yaml", ".github/workflows/gate.yml", ".github/workflows/ci.yml", "proofline/waivers/a.json", "src/a.ts"].map((path) => ({
    path,
    status: "modified",
  }));
  expect(gateChange(files, true, runs)).toEqual({ altered: ["proofline.yaml", ".github/workflows/gate.yml"], introduces: false });
});

test("deleting and renaming away are altering; adding a workflow is not", () => {
  expect(gateChange([{ path: "proofline.yaml", status: "deleted" }], true, runs).altered).toEqual(["proofline.yaml"]);
  expect(gateChange([{ path: "old.yml", basePath: ".github/workflows/gate.yml", status: "renamed" }], true, runs).altered).toEqual([
    ".github/workflows/gate.yml",
  ]);
  expect(gateChange([{ path: ".github/workflows/gate.yml", status: "added" }], true, () => undefined).altered).toEqual([]);
});

test("without a configuration on the target there is no gate of files, and bringing the first one introduces it", () => {
  const first = [
    { path: "proofline.yaml", status: "added" },
    { path: "CODEOWNERS", status: "modified" },
    { path: "proofline/baseline.json", status: "added" },
  ];
  expect(gateChange(first, false, runs)).toEqual({ altered: [], introduces: true });
  expect(gateChange([{ path: "CODEOWNERS", status: "modified" }], false, runs)).toEqual({ altered: [], introduces: false });
  expect(gateChange([{ path: ".github/workflows/gate.yml", status: "deleted" }], false, runs)).toEqual({
    altered: [".github/workflows/gate.yml"],
    introduces: false,
  });
});
