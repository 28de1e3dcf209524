import { isDeclarationFile, type ChangedFile } from "#change";
import type { LineSpan } from "#evidence";

/** Languages whose faults can be put behind switches. */
const SCRIPT = /\.(?:[cm]?[jt]sx?|py)$/;
/** Settings of tools: they are run by the tool, and no test reaches them. */
const SETTINGS = /(?:^|\/)(?:[\w.-]+\.config\.\w+|setup\.py|noxfile\.py|conftest\.py)$/;

/** The source lines a change brings, file by file: new ones, not those it only moved. */
export function changedCode(files: readonly ChangedFile[]): ReadonlyMap<string, readonly LineSpan[]> {
  const code = files.filter(({ path, kind, status, behaviour }) => kind === "source" && behaviour && status !== "deleted" && SCRIPT.test(path) && !isDeclarationFile(path) && !SETTINGS.test(path));
  return new Map(code.map(({ path, newLines }) => [path, spansOf(newLines)] as const).filter(([, spans]) => spans.length > 0));
}

/** Lines that follow each other as one span: a fault may go over several lines. */
export function spansOf(lines: readonly number[]): readonly LineSpan[] {
  const spans: { from: number; to: number }[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && line <= last.to + 1) last.to = Math.max(last.to, line);
    else spans.push({ from: line, to: line });
  }
  return spans;
}
