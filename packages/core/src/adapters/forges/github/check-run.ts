import { createHash } from "node:crypto";
import type { Annotation, Posting, Published } from "#operations";
import { fitMarkdown, fitText } from "../fit-markdown.ts";
import type { GitHubClient } from "./client.ts";

/** GitHub's limits, from its API description. */
const PER_REQUEST = 50;
const TEXT_BYTES = 65_535;
const TITLE_BYTES = 255;
const MESSAGE_BYTES = 60_000;
/** Ours: at one write a second more would take the run's time and nobody reads them. */
const MAX_ANNOTATIONS = 250;
/** Marks runs of ours; a job of GitHub Actions that happens to have the same name carries none. */
const EXTERNAL_ID = "proofline:";

type Remark = ReturnType<typeof remarkOf>;
type Body = ReturnType<typeof bodyOf>;

export interface CheckResult {
  readonly check: Published["check"];
  readonly checkUrl?: string;
  readonly notes: readonly string[];
}

/**
 * Leaves one check of this name on the head that says what the posting says. An earlier run of ours is updated; where it carries
 * remarks that no longer hold, a new run takes its place, because GitHub can add remarks to a run but never take them back.
 */
export async function setCheck(client: GitHubClient, posting: Posting): Promise<CheckResult> {
  const shown = mostUrgentFirst(posting.annotations).slice(0, MAX_ANNOTATIONS);
  const left = posting.annotations.length - shown.length;
  const notes = left > 0 ? [`${left} more remarks are not shown at lines; they are in the summary and in the JSON document.`] : [];
  const remarks = shown.map(remarkOf);
  const body = bodyOf(posting, remarks);
  const earlier = await findEarlier(client, posting);
  const said = earlier === undefined ? [] : await remarksOf(client, earlier.id);
  const wanted = new Set(remarks.map(keyOf));
  if (earlier === undefined || said.some((key) => !wanted.has(key))) return { ...(await create(client, posting, body, remarks)), notes };
  const missing = remarks.filter((remark) => !said.includes(keyOf(remark)));
  if (missing.length === 0 && earlier.externalId === body.external_id) return { ...found("unchanged", earlier.url), notes };
  await update(client, earlier.id, body, missing);
  return { ...found("updated", earlier.url), notes };
}

const found = (check: Published["check"], url: string | undefined) => ({ check, ...(url === undefined ? {} : { checkUrl: url }) });

async function findEarlier(client: GitHubClient, posting: Posting) {
  const { owner, repo } = client;
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    owner,
    repo,
    ref: posting.headSha,
    check_name: posting.checkName,
    filter: "latest",
    per_page: 100,
  });
  const ours = data.check_runs.filter((run) => run.external_id?.startsWith(EXTERNAL_ID) === true && run.name === posting.checkName);
  const newest = ours.sort((a, b) => Number(b.id) - Number(a.id))[0];
  return newest && { id: newest.id, url: newest.html_url ?? undefined, externalId: newest.external_id };
}

async function remarksOf(client: GitHubClient, run: number | bigint): Promise<readonly string[]> {
  const { owner, repo } = client;
  const all = await client.pages(async (page) => {
    const answer = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", {
      owner,
      repo,
      check_run_id: run,
      per_page: 100,
      page,
    });
    return answer.data;
  });
  return all.map(keyOf);
}

async function create(client: GitHubClient, posting: Posting, body: Body, remarks: readonly Remark[]) {
  const { owner, repo } = client;
  const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
    owner,
    repo,
    name: posting.checkName,
    head_sha: posting.headSha,
    ...body,
    output: { ...body.output, annotations: remarks.slice(0, PER_REQUEST) },
  });
  if (remarks.length > PER_REQUEST) await update(client, data.id, body, remarks.slice(PER_REQUEST));
  return found("created", data.html_url ?? undefined);
}

async function update(client: GitHubClient, run: number | bigint, body: Body, remarks: readonly Remark[]): Promise<void> {
  const { owner, repo } = client;
  for (let at = 0; at === 0 || at < remarks.length; at += PER_REQUEST) {
    const annotations = remarks.slice(at, at + PER_REQUEST);
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      owner,
      repo,
      check_run_id: run,
      ...body,
      output: { ...body.output, annotations },
    });
  }
}

function bodyOf(posting: Posting, remarks: readonly Remark[]) {
  const title = fitText(posting.title, TITLE_BYTES);
  const summary = fitMarkdown(posting.summaryMarkdown, TEXT_BYTES, "The whole text is in the job's log and in the JSON document.");
  const conclusion = conclusionOf(posting);
  const digest = createHash("sha256")
    .update(JSON.stringify([title, summary, conclusion, posting.detailsUrl, remarks]))
    .digest("hex");
  return {
    status: "completed" as const,
    conclusion,
    external_id: `${EXTERNAL_ID}${digest}`,
    ...(posting.detailsUrl === undefined ? {} : { details_url: posting.detailsUrl }),
    output: { title, summary },
  };
}

/** `neutral` satisfies a required check, so it stands for gates that are not enforced and for nothing else. */
function conclusionOf({ mode, conclusion }: Posting): "success" | "failure" | "action_required" | "neutral" {
  if (mode !== "enforce") return "neutral";
  return ({ ship: "success", hold: "failure", ask: "action_required" } as const)[conclusion];
}

const URGENCY = { failure: 0, warning: 1, notice: 2 } as const;

const mostUrgentFirst = (annotations: readonly Annotation[]): readonly Annotation[] => [...annotations].sort((a, b) => URGENCY[a.level] - URGENCY[b.level]);

function remarkOf(annotation: Annotation) {
  return {
    path: annotation.path,
    start_line: annotation.line,
    end_line: Math.max(annotation.line, annotation.endLine),
    annotation_level: annotation.level,
    title: fitText(annotation.title, TITLE_BYTES),
    message: fitText(annotation.message, MESSAGE_BYTES),
  };
}

interface Keyed {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string | null;
  readonly title: string | null;
  readonly message: string | null;
}

const keyOf = (remark: Keyed): string =>
  JSON.stringify([remark.path, remark.start_line, remark.end_line, remark.annotation_level, remark.title, remark.message]);
