import type { EditKind, TestEdit } from "../comparing/test-edit.ts";
import { namesRunner } from "./command-words.ts";
import type { Governing } from "./governs.ts";
import { settingEdit, type SettingsPair } from "./setting-edit.ts";
import { leafOf, nameOf, type Setting } from "./setting.ts";

interface Switch {
  readonly leaf: RegExp;
  /** The value that makes tests catch less. */
  readonly weak: string;
  readonly says: string;
  readonly kind: EditKind;
}

const SWITCHES: readonly Switch[] = [
  { leaf: /^passWithNoTests$/, weak: "true", says: "lets a run without tests pass", kind: "failure-ignored" },
  { leaf: /^(?:forbidOnly|forbid-only)$/, weak: "false", says: "no longer forbids `only`", kind: "failure-ignored" },
  { leaf: /^allowOnly$/, weak: "true", says: "allows `only`", kind: "failure-ignored" },
  { leaf: /^dangerouslyIgnoreUnhandledErrors$/, weak: "true", says: "ignores errors outside of tests", kind: "failure-ignored" },
  { leaf: /^(?:check-coverage|checkCoverage)$/, weak: "false", says: "no longer checks coverage", kind: "threshold-lowered" },
  { leaf: /^xfail_strict$/, weak: "false", says: "accepts tests that pass although they are expected to fail", kind: "failure-ignored" },
  { leaf: /^failWithoutAssertions$/, weak: "false", says: "accepts tests without assertions", kind: "failure-ignored" },
  { leaf: /^onUnhandledError$/, weak: "()=>false", says: "ignores errors outside of tests", kind: "failure-ignored" },
  { leaf: /^(?:update|updateSnapshots?)$/, weak: "true", says: "writes snapshots anew instead of comparing with them", kind: "failure-ignored" },
  { leaf: /^updateSnapshots$/, weak: "all", says: "writes snapshots anew instead of comparing with them", kind: "failure-ignored" },
  { leaf: /^dry-?run$/i, weak: "true", says: "lists the tests and runs none", kind: "failure-ignored" },
  { leaf: /^allow_failure$/, weak: "true", says: "lets the job fail", kind: "failure-ignored" },
  { leaf: /^continue-on-error$/, weak: "true", says: "goes on when a step fails", kind: "failure-ignored" },
];

/** `${{ true }}` is `true`. */
const saidOf = ({ value }: Setting): string => value.toLowerCase().replace(/^\$\{\{\s*(true|false)\s*\}\}$/, "$1");

/** Switches that were turned so that less is caught. */
export function* switches({ path, base = [], head = [] }: SettingsPair, kind: Governing): Generator<TestEdit> {
  for (const after of head) {
    const found = SWITCHES.find(({ leaf, weak }) => leaf.test(leafOf(after)) && saidOf(after) === weak);
    if (found === undefined || (kind === "pipeline" && !aboutTests(after, head))) continue;
    const before = base.filter((setting) => leafOf(setting) === leafOf(after) && saidOf(setting) === found.weak).length;
    const now = head.filter((setting) => leafOf(setting) === leafOf(after) && saidOf(setting) === found.weak).length;
    const strictBefore = base.some((setting) => leafOf(setting) === leafOf(after) && saidOf(setting) !== found.weak);
    if (now <= before || base.length === 0 || (found.weak === "false" && !strictBefore && !strictByDefault(path, after))) continue;
    yield settingEdit(found.kind, path, after, nameOf(after), found.says, "ask", undefined, `${leafOf(after)}: ${after.value}`);
    return;
  }
  for (const gone of ["forbid-only", "forbidOnly", "check-coverage", "checkCoverage"]) {
    const before = base.find((setting) => leafOf(setting) === gone && setting.value === "true");
    if (before !== undefined && head.length > 0 && !head.some((setting) => leafOf(setting) === gone)) yield settingEdit(gone.startsWith("forbid") ? "failure-ignored" : "threshold-lowered", path, { line: 1 }, nameOf(before), "is gone", "ask", `${gone}: true`);
  }
}

/** tap checks coverage unless it is told not to. */
const strictByDefault = (path: string, setting: Setting): boolean => /^check-?coverage$/i.test(leafOf(setting)) && (/\.taprc/.test(path) || /^tap\./.test(nameOf(setting)));

/** A step that may fail matters here when it, or its job, runs tests. */
function aboutTests(setting: Setting, all: readonly Setting[]): boolean {
  const above = setting.path.slice(0, -1).join(".");
  return all.some((other) => other.path.slice(0, -1).join(".").startsWith(above) && /^(?:run|script|command|bash)$/.test(leafOf(other)) && (/\btest/.test(other.value) || namesRunner(other.value)));
}

