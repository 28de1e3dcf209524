import { join } from "node:path";
import type { Bench, TestSetup, Workspace } from "#evidence";
import { DRIVERS } from "./drivers/drivers.ts";
import { expandPatterns } from "./expand-patterns.ts";
import { findTool } from "./find-tool.ts";
import { isNative, writeReporter } from "./reporters/write-reporters.ts";
import { hoistedPackages, whyUnable } from "./run-native.ts";

export interface ReportedRequest {
  readonly setup: TestSetup;
  readonly workspace: Workspace;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Repository paths; undefined for the whole suite. */
  readonly selection: readonly string[] | undefined;
}

/** How each chosen test file is started by itself with our reporter, as a run of the tests would; what takes no single files is one start. */
export async function reportedStarts({ setup, workspace, cwd, env, selection }: ReportedRequest): Promise<Awaited<ReturnType<NonNullable<Bench["reported"]>>>> {
  const { runner } = setup;
  if (!isNative(runner)) return { unable: `${runner} takes no reporter of ours` };
  const driver = DRIVERS[runner];
  const { root, scratch, files } = workspace;
  const tool = driver.package === undefined ? undefined : await findTool(root, cwd, driver.package);
  const unable = driver.package === undefined ? undefined : whyUnable(driver.package, tool, driver.since);
  if (unable) return { unable: unable.message };
  const reporter = await writeReporter(runner, scratch);
  const invocations = (selected: readonly string[] | undefined): ReturnType<typeof driver.invocations> =>
    driver.invocations({
      start: setup.start ?? {},
      cwd,
      selected,
      reporter,
      tool,
      root,
      files,
      expand: (patterns, extensions) => expandPatterns(patterns, { root, packageDir: setup.packageDir, files, extensions }),
      cacheFolder: join(scratch, "runner-cache"),
    });
  const chosen = selection?.map((path) => join(root, path));
  const hoisted = hoistedPackages({ runner, workspace, env });
  const whole = chosen === undefined ? invocations(undefined).map((one) => ({ file: one.selected?.[0] ?? root, ...one })) : [];
  const single = (chosen ?? []).flatMap((file) => invocations([file]).map((one) => ({ file, ...one })));
  return [...whole, ...single].map(({ file, argv, env: more, selected }) => ({ file, argv, env: { ...hoisted, ...more }, ...(selected && { selected }) }));
}
