import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allChecks } from "../../packages/core/src/checks/index.ts";
import { generatedPages, root } from "../../tools/docs/pages.ts";

test("generated pages are up to date (run `npm run docs`)", async () => {
  for (const [path, text] of await generatedPages()) {
    expect(await readFile(join(root, path), "utf8").catch(() => "missing"), path).toBe(text);
  }
});

test.each(allChecks.map((check) => check.id))("%s has a page with motivation, examples, remedy and limits", async (id) => {
  const page = await readFile(join(root, `packages/core/src/checks/${id}/${id.split("/")[1]}.md`), "utf8");
  for (const heading of ["## Motivation", "## Examples", "## Remedy", "## When not to use it"]) expect(page).toContain(heading);
});
