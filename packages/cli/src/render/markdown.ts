import type { DocumentFinding, VerdictDocument } from "@proofline/core/operations";
import { count, deciding, duration, excerptOf, headline, notes, placeOf, riskWords, short } from "./words.ts";
import { printable } from "./wrap.ts";

const TITLE = { ship: "Ship", hold: "Hold", ask: "Ask" } as const;

/** True when a comment would tell nobody anything: shipped, nothing to note, nothing waived. */
export const isTrivial = (verdict: VerdictDocument): boolean =>
  verdict.decision === "ship" && notes(verdict).length === 0 && verdict.findings.every((finding) => !finding.waived);

/** The title of the check run: one line that says all. */
export const renderTitle = (verdict: VerdictDocument): string => oneLine(`${TITLE[verdict.decision]} · ${headline(verdict)}`, 200);

/** The pull-request comment. Everything from the repository is escaped; no mention, link or HTML of its own survives. */
export function renderMarkdown(verdict: VerdictDocument): string {
  const open = deciding(verdict);
  const risk = riskWords(verdict.risk);
  const sections = [
    `### ${TITLE[verdict.decision]} · ${escapeText(headline(verdict))}`,
    ...open.map((finding, index) => section(finding, index + 1)),
    facts(verdict),
    verdict.warnings.map((warning) => `> ${escapeText(warning)}`).join("\n"),
    noteList(verdict),
    verdict.change.files > 0 && risk !== undefined ? `Risk: ${escapeText(risk)}.` : "",
    open.length > 0 ? `Wrong? An owner runs \`proofline waive ${open[0]?.fingerprint.slice(0, 12)} --reason "…"\`: recorded, this finding only.` : "",
    details(verdict),
    footer(verdict),
  ];
  return `${sections.filter((part) => part !== "").join("\n\n")}\n`;
}

/** What an earlier comment becomes once nothing is left to say. */
export function renderResolved(verdict: VerdictDocument): string {
  const { change } = verdict;
  const line = `${count(change.files, "file")}, +${change.added} -${change.deleted}. ${headline(verdict)}`;
  return `### Ship · the earlier findings are resolved\n\n${escapeText(line)}\n\n${footer(verdict)}\n`;
}

function section(finding: DocumentFinding, number: number): string {
  const [place] = finding.places;
  const where = place ? ` \`${code(placeOf(place))}\`` : "";
  const lines = [`**${number}. \`${finding.check}\`**${where}: ${escapeText(finding.because)}`];
  const excerpt = excerptOf(finding).slice(0, 12);
  if (excerpt.length > 0) lines.push(fence(excerpt));
  if (finding.fix) lines.push(`**Fix:** ${escapeText(finding.fix)}`);
  if (finding.ask) lines.push(`**Question for ${finding.ask.to.map(person).join(", ")}:** ${escapeText(finding.ask.question)} ${escapeText(finding.ask.how)}`);
  return lines.join("\n\n");
}

function facts(verdict: VerdictDocument): string {
  const ran = verdict.evidence.map((item) => `${item.says}${item.source === "reported" ? " (reported)" : ""}`);
  const columns = [
    { title: `Seen on ${short(verdict.change.head)}`, cells: ran },
    { title: "Not run", cells: verdict.missing },
    { title: "Can't see", cells: verdict.blindSpots.slice(0, 5) },
    { title: "Later", cells: verdict.later.slice(0, 5) },
  ].filter((column) => column.cells.length > 0);
  if (columns.length === 0) return "";
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [row(columns.map((column) => column.title)), row(columns.map(() => "---")), row(columns.map((column) => column.cells.map(cell).join("<br>")))].join("\n");
}

function noteList(verdict: VerdictDocument): string {
  const list = notes(verdict);
  if (list.length === 0) return "";
  const lines = list.slice(0, 10).map((finding) => `- \`${finding.check}\`${finding.places[0] ? ` \`${code(placeOf(finding.places[0]))}\`` : ""}: ${escapeText(finding.because)}`);
  const rest = list.length > 10 ? [`- and ${list.length - 10} more in the JSON`] : [];
  return `<details><summary>${count(list.length, "note")}, none of which decides</summary>\n\n${[...lines, ...rest].join("\n")}\n\n</details>`;
}

function details(verdict: VerdictDocument): string {
  const evidence = verdict.evidence.map((item) => `- ${item.kind}, ${item.source}, \`${code(item.origin)}\`: ${escapeText(item.says)} (\`${item.digest.slice(0, 19)}\`)`);
  const waived = verdict.findings.filter((finding) => finding.waived).map((finding) => `- waived: \`${finding.check}\` by ${person(finding.waived?.by ?? "")} until ${finding.waived?.until}: ${escapeText(finding.waived?.reason ?? "")}`);
  const reproduce = `- reproduce: \`proofline check --base ${short(verdict.change.base)} --head ${short(verdict.change.head)}\``;
  return `<details><summary>Evidence and how to reproduce</summary>\n\n${[...evidence, ...waived, reproduce].join("\n")}\n\n</details>`;
}

function footer(verdict: VerdictDocument): string {
  const mode = verdict.mode === "enforce" ? "" : ` · ${verdict.mode}: nothing is blocked`;
  return `<sub>${short(verdict.change.head)} · merge base ${short(verdict.change.mergeBase)} · ${duration(verdict.tookMs)} · policy ${verdict.policy.digest.replace("sha256:", "").slice(0, 7)} from ${short(verdict.policy.readFrom)}${mode}</sub>`;
}

/** Text that may hold repository content, safe inside a comment: no HTML, no links or images, no mention that pings somebody. `code` stays code. */
function escapeText(text: string): string {
  const parts = printable(text).replace(/\n+/g, " ").split("`");
  // An unpaired backtick belongs to the text around it.
  if (parts.length % 2 === 0) parts.push(`${parts.pop() ?? ""}`.replace(/^/, "`"));
  return parts.map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? `\`${code(part)}\`` : escapePlain(part))).join("");
}

const escapePlain = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]<>#|~]/g, (char) => `\\${char}`)
    .replace(/@(?=[\w-])/g, "@\u200b")
    .replace(/(https?):\/\//gi, "$1:\u200b//");

/** An owner from CODEOWNERS or configuration may be mentioned; anything else may not. */
const person = (name: string): string => (/^@[\w-]+(\/[\w.-]+)?$/.test(name) ? name : escapeText(name));
const code = (text: string): string => oneLine(printable(text).replace(/`/g, "'"), 200);
const cell = (text: string): string => escapeText(oneLine(text, 300));
const oneLine = (text: string, max: number): string => {
  const flat = text.replace(/\s*\n\s*/g, " ");
  return flat.length > max ? `${flat.slice(0, max - 1)}…` : flat;
};

/** A diff block whose fence is longer than any run of backticks inside it. */
function fence(lines: readonly string[]): string {
  const text = lines.map((line) => oneLine(printable(line), 300)).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}diff\n${text}\n${ticks}`;
}
