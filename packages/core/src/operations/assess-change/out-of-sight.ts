import { isInSight, type Change, type Repository } from "#change";
import { readAttributes, type AttributeRule } from "#intent";

const ATTRIBUTES = ".gitattributes";
/** Files whose first lines are read to see whether a program wrote them; more than that is told without. */
const LOOKED_INTO = 200;

/**
 * Files that checks look at by the target's attributes and would not by those the change leaves behind. Only what says of itself that a program
 * wrote it is left out: marking that is what the marks are for. Empty unless the change touches the attributes.
 */
export async function outOfSight(change: Change, onTarget: readonly AttributeRule[], repository: Pick<Repository, "readFiles" | "listFiles">): Promise<readonly string[]> {
  if (!change.files.some((file) => file.path === ATTRIBUTES || file.basePath === ATTRIBUTES)) return [];
  const after = readAttributes((await repository.readFiles(change.headTree, [ATTRIBUTES])).get(ATTRIBUTES)?.text ?? "");
  if (after.every((rule) => !rule.value)) return [];
  const paths = (await repository.listFiles(change.headTree)).map((entry) => entry.path);
  const leaving = paths.filter((path) => isInSight(path, onTarget) && !isInSight(path, after));
  const texts = await repository.readFiles(change.headTree, leaving.slice(0, LOOKED_INTO));
  return leaving.filter((path) => {
    const text = texts.get(path)?.text;
    return text === undefined || isInSight(path, onTarget, text.slice(0, 20_000).split("\n", 20));
  });
}
