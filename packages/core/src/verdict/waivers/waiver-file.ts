import type { WaiverDocument } from "./waiver.ts";

/** Folder of waivers; its files alone never change the gate, because they count only with a signature of the target branch's keys. */
export const WAIVER_FOLDER = "proofline/waivers/";

/** Reads a waiver written as YAML or JSON. Where nobody waived, the parsers are never loaded. */
export async function parseWaiver(text: string, file: string): Promise<WaiverDocument> {
  const { readWaiverDocument } = await import("./read-waiver-document.ts");
  return readWaiverDocument(text, file);
}

/** A waiver's text as `proofline waive` writes it: JSON, which is YAML too. */
export function renderWaiver(document: WaiverDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Path of the file `proofline waive` writes: one per finding, so that two waivers never conflict. */
export const waiverPath = (fingerprint: string): string => `${WAIVER_FOLDER}${fingerprint.slice(0, 16)}.json`;
