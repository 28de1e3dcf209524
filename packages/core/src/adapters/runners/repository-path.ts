import { isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Path inside the tree with forward slashes; undefined for what lies outside of it or in installed packages. */
export function repositoryPath(root: string, path: string | null | undefined, cwd: string = root): string | undefined {
  if (!path) return undefined;
  const plain = fromUrl(path.replace(/[?#].*$/, ""));
  if (plain === undefined) return undefined;
  const inside = relative(root, resolve(cwd, plain));
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) return undefined;
  const tidy = sep === "/" ? inside : inside.replaceAll(sep, "/");
  return /(^|\/)node_modules\//.test(tidy) ? undefined : tidy;
}

function fromUrl(path: string): string | undefined {
  if (OF_NO_FILE.test(path)) return undefined;
  if (!path.startsWith("file:")) return path;
  try {
    return fileURLToPath(path);
  } catch {
    return undefined;
  }
}

/** Node's own modules, and what was loaded from elsewhere. */
const OF_NO_FILE = /^(?:node|data|https?|blob|wasm):/;

/** Text without the folder the tree happens to lie in, so that two runs of the same tree say the same. */
export function withoutRoot(root: string, text: string): string {
  return text.replaceAll(`file://${root}/`, "").replaceAll(`${root}/`, "").replaceAll(root, ".");
}
