import type { QaRunDocument } from "./vet-qa-run.ts";

/** Folder of records of what people tried; its files alone never change the gate, because they count by signature and for one product. */
export const QA_FOLDER = "proofline/qa/";

/** True for a record's path. */
export const isQaFile = (path: string): boolean => path.startsWith(QA_FOLDER) && path.endsWith(".json");

/** Where a record stands: one file each, so that two people's never conflict. */
export const qaPath = ({ at, product, by }: QaRunDocument["run"]): string => `${QA_FOLDER}${at.slice(0, 10)}-${product.slice("sha256:".length, "sha256:".length + 12)}-${by.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40) || "somebody"}.json`;

export const renderQaRun = (document: QaRunDocument): string => `${JSON.stringify(document, null, 2)}\n`;

/** Reads a record. Where nobody wrote one, the parser is never loaded. */
export async function parseQaRun(text: string, file: string): Promise<QaRunDocument> {
  const { readQaRunDocument } = await import("./read-qa-run.ts");
  return readQaRunDocument(text, file);
}
