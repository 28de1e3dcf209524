import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Every file below a folder with kind, mode, size, times and content: equal snapshots mean that nothing was written there. Git may renew the time stamp of
 * an object that it would otherwise store a second time, so of objects the times do not count.
 */
export function snapshot(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (path: string): void => {
    const { mode, size, mtimeMs, ctimeMs } = lstatSync(path);
    const isObject = /\/objects\/[0-9a-f]{2}\/[0-9a-f]+$/.test(path);
    const facts = `${mode} ${size} ${isObject ? "" : `${mtimeMs} ${ctimeMs}`}`;
    const kind = mode & 0o170000;
    if (kind === 0o040000) {
      found.set(path, `folder ${mode} ${mtimeMs}`);
      for (const name of readdirSync(path)) visit(join(path, name));
    } else if (kind === 0o120000) found.set(path, `${facts} ${readlinkSync(path)}`);
    else if (kind === 0o100000) found.set(path, `${facts} ${readFileSync(path).toString("base64").slice(0, 2_000)}`);
  };
  visit(folder);
  return found;
}
