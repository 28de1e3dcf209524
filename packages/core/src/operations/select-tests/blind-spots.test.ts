import { expect, test } from "vitest";
import { fileKind, type Change, type Repository } from "#change";
import { selectTests } from "./select-tests.ts";

const nothing: Pick<Repository, "listFiles" | "readBlobs" | "readFiles"> = { listFiles: () => Promise.resolve([]), readBlobs: () => Promise.resolve(new Map()), readFiles: () => Promise.resolve(new Map()) };

const spots = async (...paths: string[]): Promise<readonly string[]> => {
  const files = paths.map((path) => ({ path, kind: fileKind(path), status: "modified", behaviour: true }));
  return (await selectTests({ headTree: "tree", mergeBaseTree: "base", files } as unknown as Change, { repository: nothing })).blindSpots;
};

test("what tests may read without importing it is a blind spot", async () => {
  expect(await spots("data/countries.json")).toEqual(["data/countries.json: who reads it is not traced"]);
  expect(await spots(".env", "src/schema.graphql", "locales/de.yaml", "data/a.csv.txt", "data/b.xml", "src/gen/api.pb.go")).toEqual([
    "src/schema.graphql, locales/de.yaml, data/b.xml: who reads them is not traced",
    "src/gen/api.pb.go: who uses it is not traced, for imports of that language are not followed",
    ".env: what runs reads of this through its environment is not traced",
  ]);
});

test("what no test reads by its nature is none", async () => {
  const around = ["package-lock.json", "pnpm-lock.yaml", "go.sum", ".gitignore", ".editorconfig", ".prettierrc.json", ".vscode/settings.json", ".nvmrc", "CODEOWNERS", "README.md", "LICENSE"];
  expect(await spots(...around, ".github/workflows/ci.yml", ".github/CODEOWNERS", ".gitlab-ci.yml", "docs/guide.md")).toEqual([]);
});

test("what Proofline keeps beside the code is none either; a contract that tests may read is", async () => {
  expect(await spots("proofline.yaml", "proofline/keys/ada.pem", "proofline/waivers/3f9c.json", "proofline/baseline.json", "proofline/signoffs/ST-a.json", "proofline/qa/2026-11-21-a.json", "proofline/stories/ST-a.md", "proofline/journeys/JN-a.md", ".proofline/last-verdict.json")).toEqual([]);
  expect(await spots("proofline/contracts/api.yaml", "packages/a/proofline/keys/x.json")).toEqual(["proofline/contracts/api.yaml, packages/a/proofline/keys/x.json: who reads them is not traced"]);
});

test("a data file among lock files is still told, alone", async () => {
  expect(await spots("package-lock.json", "data/rates.json")).toEqual(["data/rates.json: who reads it is not traced"]);
});
