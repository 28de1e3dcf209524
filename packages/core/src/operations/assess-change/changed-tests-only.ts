import { showsNoTest, withoutUnchangedTests, type BothTexts, type Change, type ChangedFile } from "#change";
import type { FileRequest } from "#checks";

type TextOf = (side: FileRequest["side"], path: string) => string | undefined;

/**
 * Texts of changed test files without the tests that did not change, by side and path; undefined for a file that is to be read whole: reading a large file of tests as a tree takes longer than all else, and most of it is
 * the same on both sides. Undefined where some file has to be read whole for the sake of all: a helper or a stored snapshot changed with them.
 */
export function changedTestsOnly(files: Change["files"], text: TextOf): TextOf | undefined {
  if (files.some((file) => file.kind === "snapshot")) return undefined;
  const cut = new Map<string, string>();
  for (const file of files.filter(isTestCode)) {
    const texts = bothTexts(file, text);
    if (texts === undefined) continue;
    if (showsNoTest(file.path, texts.base) && showsNoTest(file.path, texts.head)) return undefined;
    // What lost more than it got lost a test or a check: that is looked for in all the others, so it is read whole at once.
    const left = file.deleted > file.added ? undefined : withoutUnchangedTests(file, texts);
    if (left === undefined) continue;
    cut.set(`base:${file.basePath ?? file.path}`, left.base);
    cut.set(`head:${file.path}`, left.head);
  }
  return cut.size === 0 ? undefined : (side, path) => cut.get(`${side}:${path}`);
}

const isTestCode = (file: ChangedFile): boolean => file.kind === "test" && file.hunks.length > 0 && file.status !== "added" && file.status !== "deleted" && file.unread !== true && /\.(?:[cm]?[jt]sx?|py)$/.test(file.path);

function bothTexts(file: ChangedFile, text: TextOf): BothTexts | undefined {
  const [base, head] = [text("base", file.basePath ?? file.path), text("head", file.path)];
  return base === undefined || head === undefined ? undefined : { base, head };
}
