import { extendsNotPinned, type ConfigPlace } from "./errors.ts";

/** `extends:` taken apart. */
export interface PolicyRef {
  /** As written. */
  readonly text: string;
  /** Repository URL, `owner/name`, or a path relative to the repository. */
  readonly repository: string;
  /** Full commit id, lower case. */
  readonly commit: string;
}

/** Fetches the `proofline.yaml` of another repository at one exact commit. Implemented by an adapter; may be slow, may be offline. */
export interface PolicySource {
  /** The text and its `sha256:` digest. Rejects with a reason when the commit cannot be had. */
  read(ref: PolicyRef): Promise<{ readonly text: string; readonly digest: string }>;
}

/** Takes `<repository or path>@<full commit id>` apart; anything not pinned to a full id is an error. */
export function parsePolicyRef(text: string, place: ConfigPlace): PolicyRef {
  const at = text.lastIndexOf("@");
  const repository = text.slice(0, Math.max(at, 0));
  const commit = text.slice(at + 1).toLowerCase();
  // What starts with a dash would be read as an option by any command it is handed to.
  const usable = at > 0 && !repository.startsWith("-") && !/[\s\p{Cc}]/u.test(repository) && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
  if (!usable) throw extendsNotPinned({ place, ref: text });
  return { text, repository, commit };
}
