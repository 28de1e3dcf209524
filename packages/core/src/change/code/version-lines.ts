const MANIFEST = /(?:^|\/)(?:package|composer|lerna|manifest|deno|jsr)\.json$|(?:^|\/)(?:Cargo|pyproject)\.toml$|(?:^|\/)pubspec\.yaml$/;
const NUMBER = /v?\d+\.\d+(?:\.\d+)?[\w.+-]{0,40}/.source;
const IN_MANIFEST = new RegExp(`^\\s*"?version"?\\s*[:=]\\s*"?${NUMBER}"?,?\\s*$`);
const IN_CODE = new RegExp(`^\\s*(?:export\\s+)?(?:const\\s+)?(?:__version__|VERSION|Version|version)\\s*(?::?=|:)\\s*["']${NUMBER}["'][,;]?\\s*$`);

/** A line that only says which version this is: `"version": "1.2.3"` in a manifest, `__version__ = "1.2.3"` in code. */
export const isVersionLine = (path: string, line: string): boolean => {
  if (line.length > 200) return false;
  return MANIFEST.test(path) ? IN_MANIFEST.test(line) : IN_CODE.test(line);
};
