import type { VerdictDocument } from "@proofline/core/operations";
import { placeOf } from "./words.ts";
import { printable } from "./wrap.ts";

/** The verdict as JUnit XML, one test case per finding, for CI systems that show nothing else. Only deciding findings fail. */
export function renderJunit(verdict: VerdictDocument): string {
  const cases = verdict.findings.map((finding) => {
    const [place] = finding.places;
    const open = `    <testcase classname=${attribute(`proofline.${finding.check}`)} name=${attribute(finding.because)}${place ? ` file=${attribute(place.file)}` : ""}`;
    if (finding.answer === "holds") return `${open}/>`;
    if (finding.waived) return `${open}>\n      <skipped message=${attribute(`waived: ${finding.waived.reason}`)}/>\n    </testcase>`;
    if ((finding.effect !== "block" && finding.effect !== "ask") || finding.mode !== "enforce") return `${open}/>`;
    const body = [finding.because, finding.fix ?? "", ...finding.places.map(placeOf)].filter((line) => line !== "").join("\n");
    return `${open}>\n      <failure type=${attribute(finding.effect)} message=${attribute(finding.because)}>${escape(body)}</failure>\n    </testcase>`;
  });
  const failures = cases.filter((line) => line.includes("<failure")).length;
  const skipped = cases.filter((line) => line.includes("<skipped")).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${(verdict.tookMs / 1000).toFixed(3)}"`;
  const suite = [`  <testsuite name=${attribute(`proofline ${verdict.gate}: ${verdict.decision}`)} ${counts}>`, ...cases, "  </testsuite>"];
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites ${counts}>`, ...suite, "</testsuites>", ""].join("\n");
}

const attribute = (text: string): string => `"${escape(text).replace(/"/g, "&quot;").replace(/\n/g, "&#10;")}"`;
const escape = (text: string): string => printable(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/[\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "");
