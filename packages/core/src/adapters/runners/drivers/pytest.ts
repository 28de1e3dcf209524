import { delimiter, dirname, join, relative, sep } from "node:path";
import type { Driver, DriverRequest } from "./driver.ts";

/** Where Python projects keep their packages, when not at the top. */
const SOURCE_FOLDERS = ["src/", "lib/"];

/**
 * Starts pytest through the interpreter it is installed for. The tree's own packages come first on the path, before an installed copy of them; a file that
 * does not load does not keep the others from running.
 */
export const pytest: Driver = {
  package: "pytest",
  invocations: (request) => {
    const { start, tool, reporter, selected, trace } = request;
    const files = inside(request);
    const own = ["--continue-on-collection-errors", "--maxfail=0", "-p", "no:cacheprovider", "-p", "proofline_pytest"];
    return [
      {
        argv: [tool?.script ?? "python3", "-m", "pytest", "-q", ...(start.options ?? []), ...own, ...(selected ?? start.files ?? [])],
        env: {
          PYTHONPATH: [dirname(reporter), ...modulePath(request)].join(delimiter),
          PYTHONDONTWRITEBYTECODE: "1",
          PROOFLINE_OWN: ownModules(files).join(delimiter),
          PROOFLINE_ROOT: request.root,
          ...(trace && { PROOFLINE_TRACE: trace.folder }),
        },
      },
    ];
  },
  // Options the project gives pytest may belong to plugins (coverage, parallel runs) that are not installed here.
  again: (first, { code, output }) => (code === 4 && /unrecognized arguments|no such option|Unknown config option/i.test(output) ? { ...first, argv: [...first.argv.slice(0, 3), "-o", "addopts=", ...first.argv.slice(3)] } : undefined),
};

/** Folders in which the tree's own modules are found, before any installed copy of them. */
export function modulePath(about: Pick<DriverRequest, "root" | "cwd" | "files">): readonly string[] {
  const { root, cwd } = about;
  const files = inside(about);
  const sources = SOURCE_FOLDERS.filter((folder) => files.some((file) => file.startsWith(folder) && file.endsWith(".py")));
  return [...sources.map((folder) => join(cwd, folder)), cwd, ...(cwd === root ? [] : [root])];
}

/** Paths of the project in whose folder pytest is started. */
function inside({ root, cwd, files }: Pick<DriverRequest, "root" | "cwd" | "files">): readonly string[] {
  const dir = relative(root, cwd).replaceAll(sep, "/");
  return dir === "" ? files : files.flatMap((file) => (file.startsWith(`${dir}/`) ? [file.slice(dir.length + 1)] : []));
}

/** Names under which the tree's own packages are imported. */
function ownModules(files: readonly string[]): readonly string[] {
  const found = files.flatMap((file) => {
    const [, folder = "", name = "", rest = ""] = /^(src\/|lib\/|)([A-Za-z_]\w{0,100})(\/__init__\.py|\.py)$/.exec(file) ?? [];
    return name === "" || (folder === "" && rest === ".py") || NOT_PRODUCT.test(name) ? [] : [name];
  });
  return [...new Set(found)].slice(0, 50);
}

const NOT_PRODUCT = /^(?:tests?|docs?|examples?|benchmarks?|scripts?|tools?|conftest|setup)$/;
