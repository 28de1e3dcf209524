import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { safeFolder } from "./safe-folder.ts";

it("gives a folder of the tree and refuses one that a link leads out of it", async () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "safe-folder-")));
  mkdirSync(join(base, "tree/inside"), { recursive: true });
  mkdirSync(join(base, "outside/deep"), { recursive: true });
  symlinkSync("../outside", join(base, "tree/link"));
  await expect(safeFolder(join(base, "tree"), "inside")).resolves.toBe(join(base, "tree/inside"));
  await expect(safeFolder(join(base, "tree"), "link/deep")).rejects.toMatchObject({ code: "workspace/escaping-path" });
  rmSync(base, { recursive: true });
});
