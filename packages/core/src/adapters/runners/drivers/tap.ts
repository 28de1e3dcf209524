import { node, type Driver } from "./driver.ts";

/**
 * Starts node-tap through its own command line, which knows the loaders, plugins and settings of the project; our reporter rides along in the options
 * of every Node process it starts. One file at a time, without coverage, to the end.
 */
export const tap: Driver = {
  package: "tap",
  since: "10.0.0",
  invocations: (request) => {
    const { start, tool, selected, reporter } = request;
    const version = Number.parseInt(tool?.version ?? "", 10) || 0;
    const files = selected ?? start.files ?? [];
    const own = ["--jobs=1", "--no-bail", ...(version >= 18 ? ["--reporter=tap"] : ["--reporter=tap", "--no-color"]), ...withoutCoverage(version)];
    const options = `--require ${JSON.stringify(reporter)}`;
    const before = start.variables?.["NODE_OPTIONS"];
    return [
      {
        argv: node(request, tool?.script ?? "", ...(version >= 18 ? ["run"] : []), ...(start.options ?? []), ...own, ...files),
        env: { NODE_OPTIONS: before === undefined ? options : `${before} ${options}`, PROOFLINE_TAP: tool?.script ?? "", PROOFLINE_TAP_OPTIONS: options },
        ...(selected ? { selected } : {}),
      },
    ];
  },
};

function withoutCoverage(version: number): readonly string[] {
  if (version >= 18) return ["--disable-coverage", "--allow-incomplete-coverage", "--allow-empty-coverage"];
  return version >= 13 ? ["--no-coverage", "--no-check-coverage"] : ["--no-coverage"];
}
