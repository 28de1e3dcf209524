import type { ReportFile } from "#evidence";
import { emptyReport, unreadableReport } from "../errors.ts";
import { readJson } from "../json/read-json.ts";
import type { ReportSource } from "../report-format.ts";
import { firstElement } from "../xml/first-element.ts";
import { inflate } from "./inflate.ts";
import { toUtf8 } from "./to-utf8.ts";

const HEAD = 4096;

/** Undoes compression and encoding and takes the first look every format's `accepts` goes by. */
export function openReport(file: ReportFile): ReportSource {
  const bytes = toUtf8(inflate(file.bytes, file.path));
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEAD, bytes.byteLength)).toString("utf8");
  if (head.trim() === "") throw emptyReport({ path: file.path });
  if (head.includes("\0")) throw unreadableReport({ path: file.path, says: "it is a binary file" });
  const text = (): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const source = { path: file.path, bytes, head, text };
  const start = head.trimStart();
  if (start.startsWith("<")) {
    const xmlRoot = firstElement(head) ?? firstElement(text());
    return xmlRoot === undefined ? source : { ...source, xmlRoot };
  }
  if (start.startsWith("{") || start.startsWith("[")) {
    const json = readJson(source);
    return json === undefined ? source : { ...source, json: json.value };
  }
  return source;
}
