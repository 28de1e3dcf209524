import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const config = (root: string, key: string): Promise<string> =>
  run("git", ["-C", root, "config", "--get", key]).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );

/** Who commits here, as Git knows them: an e-mail address, else a name. */
export async function committer(root: string): Promise<string> {
  return (await config(root, "user.email")) || (await config(root, "user.name")) || "unknown";
}

/** `git+https://host/owner/name` of the remote, without credentials; a local name where there is no remote. */
export async function repositoryUri(root: string): Promise<string> {
  const remote = await config(root, "remote.origin.url");
  const scp = /^(?:[\w.-]+@)?([\w.-]+):(?!\/)(.+?)(?:\.git)?\/?$/.exec(remote);
  if (scp && !remote.includes("://")) return `git+ssh://${scp[1]}/${scp[2]}`;
  const url = /^(https?|ssh|git):\/\/(?:[^@/]*@)?([^/]+)\/(.+?)(?:\.git)?\/?$/.exec(remote);
  return url ? `git+${url[1]}://${url[2]}/${url[3]}` : `git+file:${basename(root)}`;
}
