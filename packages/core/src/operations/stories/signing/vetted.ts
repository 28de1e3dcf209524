import type { TreeEntry } from "#change";
import { approvable, isSignoffFile, ownersOf, readSignoff, stageOf, whyLapsed, type Role, type SignoffDocument } from "#intent";
import { vetSignoff, type VettedSignoff, type VerifySignature } from "#verdict";
import { isOwnWork } from "../../assess-change/solo.ts";
import type { Rules } from "../../assess-change/read-rules.ts";
import type { Repository } from "#change";
import { authorsOf, type AuthorPorts, type Authorship } from "./authors.ts";
import type { Standing } from "./standing.ts";

export interface VettingPorts extends AuthorPorts {
  readonly repository: AuthorPorts["repository"] & Pick<Repository, "contributors">;
  verifier(): Promise<VerifySignature>;
}

/** What sign-offs of a commit are vetted against. */
export interface Vetting {
  readonly rules: SigningRules;
  /** Commit that is looked at. */
  readonly at: string;
  /** Tip of the target, whose people count. */
  readonly base: string;
  readonly now: string;
  /** Who else wrote what is approved, beside those Git tells: the authors of the change that is judged. */
  readonly alsoAuthors?: readonly string[];
  /** What says who may sign for a story, where that is not the story as it reads now: a change does not choose its own signers. */
  readonly entitling?: (standing: Standing) => Entitling;
}

/** What of a story says who may sign for it. */
export interface Entitling {
  readonly read: { readonly owner?: string };
  readonly targets: Standing["targets"];
}

/** What of the target's rules says who may sign. */
export interface SigningRules extends Pick<Rules, "keys" | "intent"> {
  readonly config: Pick<Rules["config"], "agents">;
}

/** A file that should hold a sign-off and does not. */
export interface UnreadSignoff {
  readonly file: string;
  readonly because: string;
}

/** Reads the sign-off files of a tree. */
export async function signoffsIn(entries: readonly TreeEntry[], repository: Pick<Repository, "readBlobs">): Promise<{ readonly documents: readonly { readonly file: string; readonly document: SignoffDocument }[]; readonly unread: readonly UnreadSignoff[] }> {
  const files = entries.filter(({ path }) => isSignoffFile(path)).slice(0, 10_000);
  const texts = await repository.readBlobs(files.map(({ blob }) => blob));
  const read = files.map(({ path, blob }) => ({ file: path, ...readSignoff(texts.get(blob)?.text ?? "") }));
  return { documents: read.flatMap((one) => ("document" in one ? [{ file: one.file, document: one.document }] : [])), unread: read.flatMap((one) => ("because" in one ? [{ file: one.file, because: one.because }] : [])) };
}

/** Whether each sign-off of a story counts now. Who wrote what is asked once a stage. */
export async function vetAll(standing: Standing, documents: readonly { readonly file: string; readonly document: SignoffDocument }[], about: Vetting, ports: VettingPorts): Promise<readonly VettedSignoff[]> {
  const own = documents.filter(({ document }) => document.signoff.story === standing.story.id);
  if (own.length === 0) return [];
  const verify = await ports.verifier();
  const digests = approvable(standing);
  const vetted: VettedSignoff[] = [];
  const asked = new Map<string, { readonly wrote: Authorship; readonly solo: boolean }>();
  for (const { file, document } of own) {
    const { stage, role } = document.signoff;
    const { wrote, solo } = asked.get(stage) ?? (await whoWrote(standing, stage, about, ports));
    asked.set(stage, { wrote, solo });
    vetted.push(
      vetSignoff(document, file, {
        listed: about.rules.keys,
        verify,
        now: about.now,
        // One role signs one stage: in another it approves nothing.
        digest: stageOf(role) === stage ? digestOfStage(digests, stage) : "",
        lapse: ({ criteria }) => whyLapsed(criteria, standing.version, stage),
        authors: [...wrote.authors, ...(about.alsoAuthors ?? [])],
        entitled: entitledTo(role, about.entitling?.(standing) ?? standing, about.rules),
        solo,
        byAgent: wrote.byAgent,
      }),
    );
  }
  return vetted;
}

async function whoWrote(standing: Standing, stage: Parameters<typeof authorsOf>[1], about: Vetting, ports: VettingPorts): Promise<{ readonly wrote: Authorship; readonly solo: boolean }> {
  const wrote = await authorsOf(standing, stage, about.at, ports);
  return { wrote, solo: await isSolo(wrote, about, ports) };
}

/** Hash of what is approved at a stage; of those nobody signs, none. */
export const digestOfStage = (digests: ReturnType<typeof approvable>, stage: string): string => (stage in digests ? digests[stage as keyof typeof digests] : "");

/** Who may sign in a role: a story names its owner, CODEOWNERS those of the code; the others are keys that list the role. */
export function entitledTo(role: Role, { read, targets }: Entitling, { intent }: Pick<SigningRules, "intent">): readonly string[] {
  if (role === "owner") return (read.owner ?? "").split(/[\s,]+/).filter((one) => one !== "");
  return role === "code-owner" ? [...new Set(targets.flatMap(({ path }) => ownersOf(path, intent.codeOwners)))] : [];
}

/** True where one human works here, and wrote it: proof then takes the place of others' signatures. */
export const isSolo = async ({ identities }: Pick<Authorship, "identities">, { rules, base }: Vetting, { repository }: VettingPorts): Promise<boolean> => isOwnWork(await repository.contributors(base, 90), rules.config.agents, identities);
