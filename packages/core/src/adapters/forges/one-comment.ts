/** A comment of ours as the host stores it. */
export interface OwnComment {
  readonly id: number | bigint;
  readonly body: string;
  readonly url?: string;
}

/** The four things a host's comments allow. */
export interface CommentBox {
  /** Comments by ourselves that carry the marker, oldest first. */
  own(): Promise<readonly OwnComment[]>;
  create(body: string): Promise<OwnComment>;
  /** Undefined when it was deleted meanwhile. */
  edit(id: number | bigint, body: string): Promise<OwnComment | undefined>;
  remove(id: number | bigint): Promise<void>;
}

export interface CommentResult {
  readonly comment: "created" | "updated" | "unchanged" | "none";
  readonly commentUrl?: string;
}

/**
 * Leaves exactly one comment that says `body`: the oldest is edited, twins from a race are removed.
 * With `create: false` nothing is written where nothing was. Safe to repeat.
 */
export async function keepOneComment(box: CommentBox, wanted: { readonly body: string; readonly create: boolean }): Promise<CommentResult> {
  const found = await box.own();
  const edited = await editFirst(box, found, wanted.body);
  if (edited !== undefined) return edited;
  if (!wanted.create) return { comment: "none" };
  const created = await box.create(wanted.body);
  // Another run may have written between our look and our write: the older comment wins in both runs, so they agree.
  const now = await box.own();
  const first = now[0];
  if (first === undefined || first.id === created.id) {
    await removeAll(box, now.slice(1));
    return result("created", created);
  }
  return (await editFirst(box, now, wanted.body)) ?? result("created", created);
}

async function editFirst(box: CommentBox, found: readonly OwnComment[], body: string): Promise<CommentResult | undefined> {
  for (const [index, comment] of found.entries()) {
    if (comment.body.trim() === body.trim()) {
      await removeAll(box, found.slice(index + 1));
      return result("unchanged", comment);
    }
    const edited = await box.edit(comment.id, body);
    if (edited === undefined) continue;
    await removeAll(box, found.slice(index + 1));
    return result("updated", edited);
  }
  return undefined;
}

async function removeAll(box: CommentBox, twins: readonly OwnComment[]): Promise<void> {
  for (const twin of twins) await box.remove(twin.id);
}

const result = (comment: CommentResult["comment"], own: OwnComment): CommentResult => ({
  comment,
  ...(own.url === undefined ? {} : { commentUrl: own.url }),
});
