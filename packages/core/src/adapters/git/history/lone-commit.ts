import { isUtf8 } from "node:buffer";
import type { CommitFacts } from "#change";
import type { ObjectReader } from "../objects/object-reader.ts";

const PERSON = /^(author|committer) ([^<>\n]*) <([^<>\n]*)> (\d+) [+-]\d{4}$/;
/** A line that Git may take for a trailer, by its own rules or by a user's. */
const MAY_BE_TRAILER = /^[^\s:]+\s*:|^\(cherry picked from commit /m;

/**
 * The facts of an ordinary commit whose only parent is the merge base, from the object itself: most changes are one commit, and a process of its own costs more than
 * all there is to read. Undefined wherever `git log` would do more than copy what is written: trailers, other encodings, odd headers.
 */
export async function loneCommit(objects: Pick<ObjectReader, "read">, head: string, mergeBase: string): Promise<CommitFacts | undefined> {
  const found = await objects.read(head, 64 * 1024);
  if (typeof found === "string" || found.type !== "commit" || !found.content || !isUtf8(found.content)) return undefined;
  const text = found.content.toString("utf8");
  const end = text.indexOf("\n\n");
  const headers = text.slice(0, end).split("\n");
  const message = text.slice(end + 2).trimEnd();
  if (end < 0 || message === "" || message.startsWith("\n") || message.includes("\0") || headers.some((line) => line.startsWith("encoding "))) return undefined;
  const body = message.slice(Math.max(0, message.indexOf("\n\n")));
  if (body !== message && MAY_BE_TRAILER.test(body)) return undefined;
  const parents = headers.filter((line) => line.startsWith("parent "));
  const [author, committer] = [personIn(headers, "author"), personIn(headers, "committer")];
  if (parents.length !== 1 || parents[0] !== `parent ${mergeBase}` || !author || !committer) return undefined;
  return {
    id: found.id,
    parents: [mergeBase],
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
    authoredAt: author.at,
    committedAt: committer.at,
    message,
    trailers: [],
  };
}

function personIn(headers: readonly string[], role: string): { readonly name: string; readonly email: string; readonly at: number } | undefined {
  const [, , name = "", email = "", at = ""] = headers.map((line) => PERSON.exec(line)).find((line) => line?.[1] === role) ?? [];
  return at === "" || name !== name.trim() || email !== email.trim() ? undefined : { name, email, at: Number(at) };
}
