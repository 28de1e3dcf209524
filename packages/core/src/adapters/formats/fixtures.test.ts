import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Evidence } from "#evidence";
import { createReportReader } from "./index.ts";

const folder = fileURLToPath(new URL("./fixtures/", import.meta.url));
const paths = new Set(JSON.parse(readFileSync(`${folder}head-paths.json`, "utf8")) as string[]);
const reports = readdirSync(folder).filter(
  (name) => !name.endsWith(".expected.json") && !["LICENSES.md", "head-paths.json", "vitest-v8-summary.json"].includes(name),
);

/** Evidence as JSON can hold it. */
const plain = (evidence: readonly Evidence[]): unknown =>
  evidence.map(({ digest: _digest, ...item }) =>
    item.kind === "coverage"
      ? {
          ...item,
          files: Object.fromEntries(
            [...item.files].map(([path, file]) => [
              path,
              {
                lines: [...file.lines].map(([line, hits]) => `${line}:${hits}`).join(" "),
                branches: file.branches.map(({ line, arm, taken }) => `${line}/${arm}:${taken ?? "-"}`).join(" "),
              },
            ]),
          ),
        }
      : item,
  );

test.each(reports)("reads %s as agreed", async (name) => {
  const golden = `${folder}${name.replace(/\.[a-z]+$/, "")}.expected.json`;
  const report = { path: `reports/${name}`, bytes: readFileSync(`${folder}${name}`), modifiedAt: Date.parse("2026-11-21T09:00:00Z") };
  const evidence = await createReportReader().read(report, { subject: "tree", root: "/home/ci/shop", paths });
  if (!process.env["WRITE_GOLDEN"]) expect(existsSync(golden), `${golden} is missing`).toBe(true);
  await expect(`${JSON.stringify(plain(evidence), null, 1)}\n`).toMatchFileSnapshot(golden);
});
