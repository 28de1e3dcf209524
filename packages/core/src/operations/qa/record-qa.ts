import { agentSigns } from "#change";
import type { QaItem, QaOutcome, QaRun } from "#evidence";
import { qaPath, renderQaRun, signQaRun } from "#verdict";
import type { CheckoutFiles } from "../ports/checkout-files.ts";
import type { Signer } from "../waive-finding/waive-finding.ts";
import { agentsTryNothing, badOutcome, nobodyNamed, noSuchItem, nothingToTry, qaKeyNotListed } from "./errors.ts";
import { lookAtQa, type QaInput, type QaListPorts } from "./list-qa.ts";

export interface QaRecordInput extends QaInput {
  /** Outcome of every item that is not named. */
  readonly outcome?: string;
  /** `2=failed:the button stays grey`, by number or id. */
  readonly items: readonly string[];
  /** Who did it, where no key says so; as Git knows the committer when absent. */
  readonly by?: string;
  readonly note?: string;
  readonly artifact?: string;
  readonly environment?: string;
  /** Private key file. */
  readonly keyFile?: string;
}

export interface QaRecorded {
  readonly file: string;
  readonly run: QaRun;
  readonly signed: boolean;
}

export interface QaRecordPorts extends QaListPorts {
  readonly checkout: CheckoutFiles;
  openKey(file: string): Promise<Signer>;
  /** Who works in this checkout, as Git knows them. */
  person(): Promise<string>;
}

/** Writes down what somebody tried, on which build, with which outcome, bound to the product as it stands in this tree. Nothing is committed. */
export const recordQa =
  (ports: QaRecordPorts) =>
  async (input: QaRecordInput): Promise<QaRecorded> => {
    const { change, rules, list } = await lookAtQa(input, ports);
    if (list.items.length === 0) throw nothingToTry({ base: change.baseName });
    const signer = input.keyFile === undefined ? undefined : await ports.openKey(input.keyFile);
    const listed = signer && rules.keys.keys.find((key) => key.pem.trim() === signer.publicKeyPem.trim());
    if (signer && listed === undefined) throw qaKeyNotListed({ base: change.baseName });
    const by = listed?.principal ?? input.by ?? (await ports.person());
    if (by === "unknown") throw nobodyNamed();
    refuseAgents(by, listed?.kind, rules.config.agents.flatMap(({ accounts, emails }) => [...accounts, ...emails]));
    const outcomes = readOutcomes(input, list.items);
    const items = list.items.flatMap((item): QaRun["items"] => {
      const said = outcomes.get(item.id);
      return said === undefined ? [] : [{ id: item.id, what: item.what, outcome: said.outcome, ...(said.note !== undefined && { note: said.note }) }];
    });
    if (items.length === 0) throw badOutcome({ asked: "" });
    const run: QaRun = {
      schema: "proofline/qa-run/1",
      by,
      at: new Date(ports.clock.now()).toISOString(),
      product: list.product,
      build: { ...(change.headKind === "commit" && { commit: change.head }), ...(input.artifact !== undefined && { artifact: input.artifact.slice(0, 300) }), ...(input.environment !== undefined && { environment: input.environment.slice(0, 300) }) },
      items,
      ...(input.note !== undefined && { note: input.note.slice(0, 2_000) }),
    };
    const file = await freePath(qaPath(run), ports.checkout);
    await ports.checkout.write(file, renderQaRun(signQaRun(run, signer)));
    return { file, run, signed: signer !== undefined };
  };

/** A second record of one day takes the place of none. */
async function freePath(path: string, checkout: CheckoutFiles): Promise<string> {
  for (let n = 1; ; n += 1) {
    const file = n === 1 ? path : path.replace(/\.json$/, `-${n}.json`);
    if ((await checkout.read(file)) === undefined) return file;
  }
}

function refuseAgents(by: string, kind: string | undefined, declared: readonly string[]): void {
  const person = { name: by, email: by };
  const commit = { id: "", parents: [], author: person, committer: person, authoredAt: 0, committedAt: 0, message: "", trailers: [] };
  if ((kind !== undefined && kind !== "person") || agentSigns([commit], declared).length > 0) throw agentsTryNothing({ by });
}

const OUTCOMES: readonly string[] = ["passed", "failed", "skipped"];

/** `--item` by number or id, before `--outcome` for the rest: for what is owed, and for the whole list where nothing is. */
function readOutcomes({ outcome, items: given }: QaRecordInput, items: readonly QaItem[]): ReadonlyMap<string, { readonly outcome: QaOutcome; readonly note?: string }> {
  if (outcome !== undefined && !OUTCOMES.includes(outcome)) throw badOutcome({ asked: outcome });
  const said = new Map<string, { outcome: QaOutcome; note?: string }>();
  const noneOwed = !items.some(({ owed }) => owed);
  for (const text of given) {
    const { name, word, note } = readItem(text);
    const item = /^\d{1,3}$/.test(name) ? items[Number(name) - 1] : items.find(({ id }) => id === name);
    if (item === undefined) throw noSuchItem({ asked: name, known: items.map(({ id }) => id) });
    if (word === "skipped" && note.length < 5) throw badOutcome({ asked: text });
    said.set(item.id, { outcome: word as QaOutcome, ...(note !== "" && { note }) });
  }
  if (outcome !== undefined && outcome !== "skipped") for (const { id, owed } of items) if ((owed || noneOwed) && !said.has(id)) said.set(id, { outcome: outcome as QaOutcome });
  return said;
}

/** `2=failed:the button stays grey` in its parts. */
function readItem(text: string): { readonly name: string; readonly word: string; readonly note: string } {
  const at = text.lastIndexOf("=", text.search(/=(?:passed|failed|skipped)(?::|$)/) + 1);
  const [, word = "", note = ""] = /^=(passed|failed|skipped)(?::(.*))?$/s.exec(at < 0 ? "" : text.slice(at)) ?? [];
  if (word === "") throw badOutcome({ asked: text });
  return { name: text.slice(0, at), word, note: note.trim().slice(0, 2_000) };
}
