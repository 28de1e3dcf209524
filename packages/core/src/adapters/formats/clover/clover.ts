import { CoverageFacts } from "../coverage/coverage-facts.ts";
import type { FileFacts } from "../coverage/file-facts.ts";
import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { readStamp } from "../subject/stamp.ts";
import { readXml } from "../xml/read-xml.ts";
import type { XmlElement } from "../xml/xml-element.ts";

/** Clover XML as OpenClover, PHPUnit and Istanbul write it. */
export const clover: ReportFormat = {
  format: "Clover XML",
  accepts: ({ xmlRoot, head }) => xmlRoot === "coverage" && /<coverage[^>]{0,500}\b(?:generated|clover)\s*=/.test(head),
  parse: readClover,
};

function readClover(source: ReportSource): ReadReport {
  const facts = new CoverageFacts("max");
  const istanbul = /\bclover\s*=\s*["']3\.2\.0["']/.test(source.head) && /name\s*=\s*["']All files["']/.test(source.head);
  let generated: string | undefined;
  let file: FileFacts | undefined;
  readXml(source.text(), source.path, {
    open(element) {
      if (element.name === "coverage") generated = element.get("generated");
      else if (element.name === "file") file = fileOf(element, facts);
      else if (element.name === "line" && file) readLine(element, file, istanbul);
    },
    close(name) {
      if (name === "file") file = undefined;
    },
  });
  const stamp = readStamp(generated);
  return { drafts: [facts.draft("clover")], ...(stamp ? { writtenAt: stamp } : {}) };
}

function fileOf(element: XmlElement, facts: CoverageFacts): FileFacts | undefined {
  const name = element.get("path") ?? element.get("name");
  return name === undefined || name === "" ? undefined : facts.of(name);
}

/** A condition's two numbers mean "true so often, false so often" to Clover, "so many arms taken, so many not" to Istanbul. */
function readLine(element: XmlElement, file: FileFacts, istanbul: boolean): void {
  const line = element.count("num");
  if (line === undefined) return;
  const [yes, no] = [element.count("truecount"), element.count("falsecount")];
  if (yes === undefined || no === undefined) {
    file.line(line, element.count("count") ?? 0);
    return;
  }
  file.line(line, element.count("count") ?? yes + no);
  const arms = istanbul ? Array.from({ length: Math.min(yes + no, 1000) }, (_, arm) => (arm < yes ? 1 : 0)) : [yes, no];
  arms.forEach((taken, arm) => file.branch(line, `0:${arm}`, taken));
}
