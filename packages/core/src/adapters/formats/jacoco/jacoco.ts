import { CoverageFacts } from "../coverage/coverage-facts.ts";
import type { FileFacts } from "../coverage/file-facts.ts";
import type { ReadReport, ReportFormat, ReportSource, Stamp } from "../report-format.ts";
import { latest, readStamp } from "../subject/stamp.ts";
import { readXml } from "../xml/read-xml.ts";
import type { XmlElement } from "../xml/xml-element.ts";

/** JaCoCo XML, as JaCoCo and Kover write it. */
export const jacoco: ReportFormat = {
  format: "JaCoCo XML",
  accepts: ({ xmlRoot, head }) => xmlRoot === "report" && /JACOCO|<(?:sessioninfo|group|package)[\s/>]/.test(head),
  parse: readJacoco,
};

function readJacoco(source: ReportSource): ReadReport {
  const facts = new CoverageFacts("max");
  const stamps: (Stamp | undefined)[] = [];
  let folder = "";
  let file: FileFacts | undefined;
  readXml(source.text(), source.path, {
    open(element) {
      if (element.name === "sessioninfo") stamps.push(readStamp(element.get("dump")));
      else if (element.name === "package") folder = element.get("name") ?? "";
      else if (element.name === "sourcefile") file = facts.of([folder, element.get("name") ?? ""].filter((part) => part !== "").join("/"));
      else if (element.name === "line" && file) readLine(element, file);
    },
    close(name) {
      if (name === "sourcefile") file = undefined;
    },
  });
  // Data of several sessions is kept only for classes that did not change since, so the last one counts.
  const stamp = latest(stamps);
  return { drafts: [facts.draft("jacoco")], ...(stamp ? { writtenAt: stamp } : {}) };
}

/** `mi`/`ci`: instructions missed and covered; `mb`/`cb`: branches. JaCoCo knows whether, not how often. */
function readLine(element: XmlElement, file: FileFacts): void {
  const line = element.count("nr");
  if (line === undefined) return;
  const ran = (element.count("ci") ?? 0) > 0;
  file.line(line, ran ? 1 : 0);
  const [missed, covered] = [element.count("mb") ?? 0, element.count("cb") ?? 0];
  for (let arm = 0; arm < Math.min(missed + covered, 1000); arm++) {
    file.branch(line, `0:${arm}`, ran ? (arm < covered ? 1 : 0) : undefined);
  }
}
