import { PROOF_LOCK, readProofLock, relocked, renderProofLock } from "#evidence";
import { approvable, renderSignoff, revisionsOf, ROLE_TITLES, signoffPath, stageOf, type Role, type SignoffStatement } from "#intent";
import { signSignoff, vetSignoff } from "#verdict";
import { readRules } from "../assess-change/read-rules.ts";
import { notCommitted, notReady, signRefused } from "./sign-errors.ts";
import { authorsOf } from "./signing/authors.ts";
import type { SigningPorts } from "./signing/ports.ts";
import { conditionsOf } from "./signing/stage-conditions.ts";
import { standingAt, type Standing } from "./signing/standing.ts";
import { digestOfStage, entitledTo, isSolo, type Vetting } from "./signing/vetted.ts";
import { choose, lockAt } from "./story-status.ts";

export interface SignInput {
  readonly names: readonly string[];
  readonly role: Role;
  /** Private key file; absent only where a person works alone. */
  readonly keyFile?: string;
}

export interface SignReport {
  readonly files: readonly string[];
  readonly signed: readonly SignoffStatement[];
  /** `self`: a person who works alone signed for themselves. */
  readonly kind: "signed" | "self";
  /** Proofs that are locked now. */
  readonly locked: number;
}

export interface LockReport {
  readonly file: string;
  readonly stories: readonly string[];
  /** Lines of those stories. */
  readonly locked: number;
}

/**
 * Signs a stage of stories as they stand at HEAD, in one role. Raises a named error where a machine says the stage is not ready, or the signature would not count: better now than in
 * the pull request. Signing the validation locks its proofs. Nothing is committed.
 */
export const signStory =
  (ports: SigningPorts) =>
  async ({ names, role, keyFile }: SignInput): Promise<SignReport> => {
    const { repository } = ports;
    const resolved = await repository.resolve({ head: { kind: "commit", rev: "HEAD" } });
    const readers = await ports.readers();
    const { standings } = await standingAt(resolved.headTree, readers, ports);
    const [rules, locked, signer] = await Promise.all([readRules(resolved, repository, ports.policySource), lockAt(resolved.headTree, ports), keyFile === undefined ? undefined : ports.openKey(keyFile)]);
    const listed = signer && rules.keys.keys.find((key) => key.pem.trim() === signer.publicKeyPem.trim());
    const by = listed?.principal ?? (await ports.whoAmI());
    const about: Vetting = { rules, at: resolved.head, base: resolved.base, now: new Date(ports.clock.now()).toISOString() };
    const vetting = { ...ports, readers, agents: rules.config.agents.flatMap((agent) => [...agent.accounts, ...agent.emails]) };
    const stage = stageOf(role);
    const made: { readonly file: string; readonly text: string; readonly statement: SignoffStatement; readonly standing: Standing; readonly kind: "signed" | "self" }[] = [];
    for (const standing of choose(standings, names)) {
      await refuseUncommitted(standing, ports);
      const open = conditionsOf(stage, { standing, proven: undefined, locked }).filter(({ holds, says }) => !holds && stage !== "implementation" && !says.startsWith("its proofs are locked"));
      if (open[0] !== undefined) throw notReady({ story: standing.read.id, stage, says: open.map(({ says }) => says) });
      const statement: SignoffStatement = { schema: "proofline/signoff/1", story: standing.read.id, stage, role, digest: digestOfStage(approvable(standing), stage), criteria: revisionsOf(standing.version), by, issued: about.now.slice(0, 10) };
      const document = signSignoff(statement, signer);
      const wrote = await authorsOf(standing, stage, about.at, vetting);
      const file = signoffPath(statement);
      const vetted = vetSignoff(document, file, { listed: rules.keys, verify: await ports.verifier(), now: about.now, digest: statement.digest, lapse: () => "", authors: wrote.authors, entitled: entitledTo(role, standing, rules), solo: await isSolo(wrote, about, vetting), byAgent: wrote.byAgent });
      if (vetted.state !== "signed" && vetted.state !== "self") throw signRefused({ role: ROLE_TITLES[role], story: standing.read.id, because: [vetted.because ?? vetted.state, ...rules.keys.unreadable.map(({ file, because }) => `${file} can't be read: ${because}`)].join("; "), base: resolved.baseName });
      made.push({ file, text: renderSignoff(document), statement, standing, kind: vetted.state });
    }
    for (const { file, text } of made) await ports.checkout.write(file, text);
    const lines = stage === "validation" ? await writeLock(made.map(({ standing }) => standing), ports) : 0;
    return { files: [...made.map(({ file }) => file), ...(lines > 0 ? [PROOF_LOCK] : [])], signed: made.map(({ statement }) => statement), kind: made.every(({ kind }) => kind === "self") ? "self" : "signed", locked: lines };
  };

/** Locks the proofs of stories as they stand at HEAD. */
export const lockProofs =
  (ports: SigningPorts) =>
  async (names: readonly string[]): Promise<LockReport> => {
    const resolved = await ports.repository.resolve({ head: { kind: "commit", rev: "HEAD" } });
    const { standings } = await standingAt(resolved.headTree, await ports.readers(), ports);
    const chosen = choose(standings, names);
    return { file: PROOF_LOCK, stories: chosen.map(({ read }) => read.id), locked: await writeLock(chosen, ports) };
  };

/** Replaces the lines of some stories in the working tree's lock; those of others stay. */
async function writeLock(standings: readonly Standing[], { checkout }: SigningPorts): Promise<number> {
  const text = await checkout.read(PROOF_LOCK);
  const { locked } = readProofLock(text ?? "");
  const stories = new Set(standings.map(({ read }) => read.id));
  const replaced = new Set(locked.map(({ criterion }) => criterion).filter((criterion) => stories.has(criterion.split("#")[0] ?? "")));
  const fresh = standings.flatMap(({ lines }) => lines);
  // A lock that holds nothing is no file anybody wants.
  if (text === undefined && fresh.length === 0) return 0;
  await checkout.write(PROOF_LOCK, renderProofLock(relocked(locked, replaced, fresh)));
  return fresh.length;
}

/** What is signed is what is committed: a text on its way would lapse with the next key stroke. */
async function refuseUncommitted({ read, story }: Standing, { checkout, readers }: SigningPorts): Promise<void> {
  const text = await checkout.read(read.file);
  const { stories, yaml } = await readers();
  const here = text === undefined ? undefined : stories.versionReader(yaml)(read.file, text);
  if (here === undefined || JSON.stringify(revisionsOf(here)) !== JSON.stringify(revisionsOf(story))) throw notCommitted({ file: read.file });
}
