import type { Frame } from "../report-format.ts";

/** Frames looked at and kept. A cause is near one end of a stack. */
const MOST_LINES = 60;
const MOST_FRAMES = 12;

const INTERNAL = /^node:|node_modules\/|internal\/|site-packages\/|\/go\/pkg\/mod\/|\/rustc\/|\/usr\/lib\/|\/usr\/local\/go\//;

/**
 * Lines of files a stack or a message names, in its order: `a.js:3:1`, `(Foo.java:12)` with the package its class stands in,
 * `File "a.py", line 3`, `at a.t line 3.`, `in C:\a.cs:line 3`, `a_test.go:12:`. Linear in the text, of which the first 12,000 characters are read.
 */
export function framesOf(text: string): readonly Frame[] {
  const frames: Frame[] = [];
  for (const line of text.slice(0, 12_000).split("\n", MOST_LINES)) {
    for (const frame of framesIn(line.slice(0, 1000))) {
      if (!INTERNAL.test(frame.file)) frames.push(frame);
    }
    if (frames.length >= MOST_FRAMES) break;
  }
  return frames;
}

function framesIn(line: string): readonly Frame[] {
  const python = /File "([^"\n]{1,500})", line (\d{1,7})/.exec(line) ?? /\bat ([^\s:]{1,500}) line (\d{1,7})\.?$/.exec(line);
  if (python?.[1] !== undefined) return [{ file: python[1], line: Number(python[2]) }];
  const frames: Frame[] = [];
  for (const found of line.matchAll(/:(?:line )?(\d{1,7})\b/g)) {
    const from = startOfPath(line, found.index);
    const file = line.slice(from, found.index);
    if (/[^/\\]\.[A-Za-z]\w{0,5}$/.test(file)) frames.push({ file: inPackage(line, from, file), line: Number(found[1]) });
  }
  return frames;
}

const BOUNDARY = /[\s()"'<>|,[\]{}❯]/;

/** Walks back to where a path begins. A colon belongs to it only after a drive letter or `file`. */
function startOfPath(line: string, end: number): number {
  let at = end;
  for (; at > 0 && end - at < 500; at--) {
    const char = line[at - 1] ?? "";
    if (BOUNDARY.test(char)) break;
    if (char === ":" && !/(?:^|[\s("'])(?:[A-Za-z]|file)$/.test(line.slice(Math.max(0, at - 6), at - 1))) break;
  }
  return at;
}

/** `com.acme.FooTest.adds(FooTest.java:12)` names the folder in front of the bracket. */
function inPackage(line: string, from: number, file: string): string {
  if (line[from - 1] !== "(" || file.includes("/") || !/\.(?:java|kt|groovy|scala)$/.test(file)) return file;
  const owner = /([\w.$]{1,300})$/.exec(line.slice(Math.max(0, from - 301), from - 1))?.[1]?.split(".") ?? [];
  const folders = owner.slice(0, -2).filter((part) => /^[a-z_]/.test(part));
  return [...folders, file].join("/");
}
