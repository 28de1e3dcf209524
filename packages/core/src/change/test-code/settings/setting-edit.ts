import { atMost, type EditKind, type TestEdit } from "../comparing/test-edit.ts";
import type { Setting } from "./setting.ts";

/** A file that governs tests, on both sides; a side is absent where the file is. */
export interface SettingsPair {
  readonly path: string;
  readonly base?: readonly Setting[];
  readonly head?: readonly Setting[];
}

/** An edit to a setting; `before` and `after` are the setting as written. */
export const settingEdit = (kind: EditKind, file: string, setting: Pick<Setting, "line">, test: string, because: string, effect: TestEdit["effect"] = "block", before?: string, after?: string): TestEdit => ({
  kind,
  effect: atMost(kind, effect),
  // A step without a name is called by its commands.
  test: test.replace(/\s+/g, " ").trim(),
  because,
  places: [{ file, line: setting.line, side: "head" }],
  ...(before !== undefined && { before: before.slice(0, 160) }),
  ...(after !== undefined && { after: after.slice(0, 160) }),
  subject: `${kind} ${test} ${because}`,
});
