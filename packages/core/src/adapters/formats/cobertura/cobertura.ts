import { CoverageFacts } from "../coverage/coverage-facts.ts";
import type { FileFacts } from "../coverage/file-facts.ts";
import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { readStamp } from "../subject/stamp.ts";
import { readXml } from "../xml/read-xml.ts";
import type { XmlElement } from "../xml/xml-element.ts";

/** Cobertura XML as coverage.py, Istanbul, coverlet, gcovr, PHPUnit and Cobertura itself write it. */
export const cobertura: ReportFormat = {
  format: "Cobertura XML",
  accepts: ({ xmlRoot, head }) => xmlRoot === "coverage" && /<(?:packages|sources)[\s/>]|\bline-rate\s*=|\bbranch-rate\s*=|coverage-0\d\.dtd/.test(head),
  parse: readCobertura,
};

function readCobertura(source: ReportSource): ReadReport {
  const facts = new CoverageFacts("max");
  const bases: string[] = [];
  let writtenAt: string | undefined;
  let file: FileFacts | undefined;
  let base: string | undefined;
  readXml(source.text(), source.path, {
    open(element) {
      if (element.name === "coverage") writtenAt = element.get("timestamp");
      else if (element.name === "source") base = "";
      else if (element.name === "class") file = fileOf(element, facts);
      else if (element.name === "line" && file) readLine(element, file);
    },
    text(value) {
      if (base !== undefined) base += value;
    },
    close(name) {
      if (name === "class") file = undefined;
      else if (name === "source" && base !== undefined) {
        if (base.trim() !== "") bases.push(base.trim());
        base = undefined;
      }
    },
  });
  const stamp = readStamp(writtenAt);
  // A method's lines are told again by its class, and one file by several classes: the same runs, not more of them.
  return { drafts: [facts.draft("cobertura")], bases, ...(stamp ? { writtenAt: stamp } : {}) };
}

function fileOf(element: XmlElement, facts: CoverageFacts): FileFacts | undefined {
  const name = element.get("filename");
  return name === undefined || name === "" ? undefined : facts.of(name);
}

function readLine(element: XmlElement, file: FileFacts): void {
  const line = element.count("number");
  if (line === undefined) return;
  const hits = Number(element.get("hits") ?? 0);
  file.line(line, Number.isFinite(hits) ? hits : 1);
  // `50% (1/2)`: how many arms, not which; they are numbered with the taken ones first.
  const [, taken, arms] = /\((\d{1,6})\/(\d{1,6})\)/.exec(element.get("condition-coverage") ?? "") ?? [];
  for (let arm = 0; arm < Math.min(Number(arms ?? 0), 1000); arm++) {
    file.branch(line, `0:${arm}`, hits === 0 ? undefined : arm < Number(taken) ? 1 : 0);
  }
}
