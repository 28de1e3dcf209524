import type { HeadTree } from "../paths/head-tree.ts";

/** Where a name of a class or module stands. */
export interface FoundFile {
  readonly path: string;
  /** Classes inside a module, where the class name carries both. */
  readonly inner?: readonly string[];
}

/** `tests.test_price.TestMembers` is a Python module and a class, `com.acme.PriceTest$Inner` a Java class: the tree says which file. */
export function fromDottedClass(classname: string, tree: HeadTree): FoundFile | undefined {
  if (!/^[\w$-]+(?:\.[\w$-]+)*$/.test(classname) || classname.length > 500) return undefined;
  const parts = classname.split(".");
  for (let length = parts.length; length > 0; length--) {
    const module = `${parts.slice(0, length).join("/")}.py`;
    const path = tree.guess([module]);
    if (path !== undefined && (path === module || length > 1)) return { path, inner: parts.slice(length) };
  }
  const type = parts.join("/").replace(/\$.*$/, "");
  const path =
    parts.length === 1 && !/Test|Spec|IT$/.test(type)
      ? undefined
      : tree.guess(["java", "kt", "groovy", "scala", "cs", "php"].map((extension) => `${type}.${extension}`));
  return path === undefined ? undefined : { path };
}
