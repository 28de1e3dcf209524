import type { Repository } from "#change";
import { isKeyFile, readKeys, type PublicKey } from "#verdict";

/** The public keys a branch lists (the default branch when none is named): never those of the change that is judged. */
export const keysOnTarget =
  (repository: Pick<Repository, "resolve" | "readFiles" | "listFiles">) =>
  async (base?: string): Promise<readonly PublicKey[]> => {
    const resolved = await repository.resolve({ ...(base !== undefined && { base }), head: { kind: "commit", rev: "HEAD" } });
    const paths = (await repository.listFiles(resolved.base, ["proofline"])).map((entry) => entry.path).filter(isKeyFile);
    const files = await repository.readFiles(resolved.base, paths);
    const texts = paths.flatMap((path) => {
      const text = files.get(path)?.text;
      return text === undefined ? [] : [{ path, text }];
    });
    return readKeys(texts).keys;
  };
