// Every file of a bundle costs a resolve, a read and a link at start. esbuild makes a chunk of every set of entries that share code, so that the
// main command would begin by loading twenty files: here what is always loaded together becomes one file, and the chunks' old names lead to it.
import { writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { build } from "esbuild";

/** Everything a chunk loads before it runs, itself included. */
export function closureOf(outputs, start) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind } of outputs[name].imports) if (kind === "import-statement" && outputs[path]) visit(path);
  };
  visit(start);
  return found;
}

/** Puts `names` into the file `into`, which exports what `entry` does; each of the chunks becomes a list of what it exported. Names are paths from `root`. Answers what the file exports. */
export async function mergeChunks({ names, entry, into, root, outputs, options }) {
  const own = new Set(names.map((name) => resolve(root, name)));
  const target = resolve(root, into);
  const folder = dirname(target);
  const at = (name) => `./${relative(folder, resolve(root, name)).replaceAll("\\", "/")}`;
  const exported = names.map((name, index) => ({ name, list: outputs[name].exports.map((each) => [each, name === entry ? each : `m${index}_${each}`]) }));
  const contents = exported.map(({ name, list }) => (list.length === 0 ? `import ${JSON.stringify(at(name))};` : `export {${list.map(([from, to]) => `${from} as ${to}`).join()}} from ${JSON.stringify(at(name))};`)).join("\n");
  const { outputFiles } = await build({
    ...options,
    stdin: { contents, resolveDir: folder, sourcefile: "merged.js" },
    outfile: target,
    bundle: true,
    splitting: false,
    write: false,
    plugins: [stayOutside(own, folder)],
  });
  await Promise.all(exported.map(({ name, list }) => writeFile(resolve(root, name), forward(list, relative(dirname(resolve(root, name)), target)))));
  await writeFile(target, outputFiles[0].text);
  return exported.flatMap(({ list }) => list.map(([, name]) => name));
}

const forward = (list, target) => (list.length === 0 ? `import "./${target}";\n` : `export {${list.map(([from, to]) => `${to} as ${from}`).join()}} from "./${target}";\n`);

/** What is not merged stays a file of its own, and what is loaded later stays so. */
const stayOutside = (own, folder) => ({
  name: "stay-outside",
  setup(of) {
    of.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      const file = resolve(resolveDir, path);
      if (own.has(file) && kind !== "dynamic-import") return undefined;
      const from = relative(folder, file).replaceAll("\\", "/");
      return { path: from.startsWith(".") ? from : `./${from}`, external: true };
    });
  },
});
