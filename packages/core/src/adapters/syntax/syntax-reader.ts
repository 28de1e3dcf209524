import type { SyntaxReader, SyntaxTree } from "#change";

/** Characters; a test file above this is generated. Babel reads about eight million a second. */
const LARGEST = 1_500_000;

type Read = (path: string, text: string) => Promise<SyntaxTree | undefined>;

const LANGUAGES: readonly (readonly [RegExp, Read])[] = [
  [/\.(?:[cm]?[jt]sx?|js\.flow)$/i, async (path, text) => (await import("./read-javascript.ts")).readJavascript(path, text)],
  [/\.(?:json[c5]?|nycrc|c8rc|mocharc|jsonc)$|(?:^|\/)\.(?:nycrc|c8rc|mocharc)$/i, async (_, text) => (await import("./read-javascript.ts")).readJson(text)],
  [/\.py$/i, async (_, text) => (await import("./read-python.ts")).readPython(text)],
  [/\.ya?ml$|(?:^|\/)\.taprc$/i, async (_, text) => (await import("./read-yaml.ts")).readYaml(text)],
];

/** Reads JavaScript and its dialects, Python, JSON and YAML. Each parser is loaded when its first text comes. */
export const syntaxReader: SyntaxReader = {
  read: async (path, text) => {
    if (text.length > LARGEST) return undefined;
    const language = LANGUAGES.find(([pattern]) => pattern.test(path));
    try {
      return await language?.[1](path, text);
    } catch {
      // Texts made to harm a parser end in a stack overflow: unread, like any other that nobody understands.
      return undefined;
    }
  },
};
