import { renderBlock, rewriteBlocks, type Block, type Rewritten } from "./blocks.ts";
import { code, plain } from "./markdown.ts";
import { expectationLines, guaranteeLines, interfaceLines, noteLines, placeLines, questionLines, testLines } from "./sections.ts";
import type { TechnicalSpec } from "./technical-spec.ts";

/**
 * The document of a technical spec: a new one, or one that is there with its generated blocks brought up to date. Writing twice changes nothing. What people
 * wrote stays: outside of the blocks, and inside of one they edited.
 */
export function writeTechnicalSpec(spec: TechnicalSpec, before: string | undefined): Rewritten {
  const blocks = blocksOf(spec);
  return before === undefined ? { text: newDocument(spec, blocks), kept: [] } : rewriteBlocks(before, blocks);
}

function blocksOf(spec: TechnicalSpec): readonly Block[] {
  const block = (name: string, heading: string, lines: readonly string[]): Block => ({ name, heading, text: lines.join("\n") });
  return [
    block("source", "Source", sourceLines(spec)),
    block("place", "Where it stands", placeLines(spec.place)),
    block("interfaces", "Interfaces", interfaceLines(spec.interfaces)),
    block("guarantees", "Guarantees", guaranteeLines(spec.guarantees)),
    block("expectations", "Operational expectations", expectationLines(spec.expectations, spec.instruments)),
    block("migration", "Migration", noteLines(spec.migration, "Nothing was found here that outlives a deployment: no table, contract or public name.")),
    block("rollback", "Rollback", noteLines(spec.rollback, "unknown: nothing was found here that tells how a release is taken back.")),
    block("tests", "Integration tests owed", testLines(spec.testsOwed)),
    block("questions", "Open questions", questionLines(spec.questions)),
  ];
}

const sourceLines = ({ story, storyRevision, repository }: TechnicalSpec): readonly string[] => [
  `Drafted by \`proofline spec plan ${story}\` from the story at revision ${code(storyRevision.slice(0, 12))} and from what stands in ${plain(repository)}. Generated parts stand between markers and are brought up to date by the`,
  "same command; a part that somebody edited, and everything outside of the markers, is left alone.",
];

function newDocument(spec: TechnicalSpec, blocks: readonly Block[]): string {
  const [source, ...rest] = blocks.map(renderBlock);
  return [`# ${plain(spec.title)}, in ${plain(spec.repository)}`, "", source, ...rest.flatMap((text) => [text]), "## Decisions", "", "What was decided for this repository, by whom, and why. Nobody writes here but people.", ""].join("\n");
}
