import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asNobody } from "../../../../../tests/support/as-nobody.ts";
import { reportFiles } from "./report-files.ts";

const withReport = (): string => {
  const root = mkdtempSync(join(tmpdir(), "reports-"));
  mkdirSync(join(root, "out"));
  writeFileSync(join(root, "out/junit.xml"), "<testsuites/>");
  return root;
};

it.skipIf(process.platform === "win32")("a folder or a file that may not be opened is an error of ours that names it, and not an empty answer", async () => {
  const root = withReport();
  const find = (glob: string) => asNobody(root, async () => (await reportFiles.find([glob], root)).files.map(({ path }) => path));
  expect(await find("out/*.xml")).toEqual(["out/junit.xml"]);
  chmodSync(join(root, "out/junit.xml"), 0o000);
  await expect(find("out/*.xml")).rejects.toMatchObject({ code: "files/unreadable-report", message: expect.stringMatching(/^out\/junit\.xml: EACCES/) });
  chmodSync(join(root, "out"), 0o000);
  await expect(find("out/*.xml")).rejects.toMatchObject({ code: "files/unreadable-report", message: expect.stringMatching(/^out\/\*\.xml: EACCES/) });
});

it("a folder that is not there matches nothing", async () => {
  expect(await reportFiles.find(["nowhere/*.xml"], withReport())).toEqual({ files: [], unmatched: ["nowhere/*.xml"] });
});
