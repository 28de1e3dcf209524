import { chmodSync } from "node:fs";

const NOBODY = 65_534;

/** Does something without the rights of root, which no permission stops; whoever runs the tests as somebody else does it as themselves. */
export async function asNobody<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  chmodSync(folder, 0o755);
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
