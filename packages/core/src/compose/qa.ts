import { qaLibrary, journeyJudges, traceLibrary } from "#evidence";
import { journeyLibrary, storyLibrary } from "#intent";
import { checkoutFiles } from "../adapters/files/index.ts";
import type { AssessPorts, LinkMemory, QaReader, QaReaders, QaRecordPorts } from "#operations";
import { lazySyntax } from "./lazy.ts";
import { machine, openKey, type OpenRequest, type Opened } from "./opened.ts";

/** What a change owes of trying by hand; nothing of it is loaded before the target branch's policy owes any. */
export const qaReader = (repository: Opened, links: LinkMemory): QaReader => ({
  read: async (about, context) => (await import("../operations/qa/read-qa.ts")).readQa(about, { repository, links, readers: qaReaders }, context),
});

/** What listing and recording need of the same ports. */
export const qaPorts = ({ env }: Pick<OpenRequest, "env">, repository: Opened, links: LinkMemory, { clock, verifier, policySource }: AssessPorts): QaRecordPorts => ({
  repository,
  links,
  readers: qaReaders,
  clock,
  ci: Boolean(env["CI"]),
  verifier,
  ...(policySource && { policySource }),
  checkout: checkoutFiles(repository.root),
  openKey,
  person: async () => (await machine()).committer(repository.root),
});

const qaReaders = async (): Promise<QaReaders> => {
  const [qa, stories, journeys, judges, trace, { yamlParser }] = await Promise.all([qaLibrary(), storyLibrary(), journeyLibrary(), journeyJudges(), traceLibrary(), import("../adapters/stories/index.ts")]);
  return { qa, stories, journeys, judges, trace, yaml: yamlParser, syntax: lazySyntax };
};
