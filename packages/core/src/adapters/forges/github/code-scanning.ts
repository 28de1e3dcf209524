import { gzipSync } from "node:zlib";
import { isProoflineError } from "#kernel";
import type { Posting, Published } from "#operations";
import type { GitHubClient } from "./client.ts";

export interface SarifResult {
  readonly sarif: Published["sarif"];
  readonly notes: readonly string[];
}

/** What GitHub accepts, compressed. */
const MAX_BYTES = 10 * 1024 * 1024;

/** Hands SARIF to code scanning. A repository without code scanning, or a token without the right, is a note and no failure. */
export async function uploadSarif(client: GitHubClient, posting: Posting, ref: string | undefined): Promise<SarifResult> {
  if (posting.sarif === undefined) return { sarif: "none", notes: [] };
  if (posting.mode === "observe") return { sarif: "none", notes: ["SARIF is not uploaded while the gate only observes."] };
  const target = posting.pullRequest === undefined ? ref : `refs/pull/${posting.pullRequest}/head`;
  if (target === undefined) return { sarif: "none", notes: ["SARIF is not uploaded: the branch's name is not known here."] };
  const packed = gzipSync(posting.sarif);
  if (packed.length > MAX_BYTES) return { sarif: "none", notes: ["SARIF is not uploaded: it is larger than the 10 MB GitHub takes."] };
  try {
    await client.request("POST /repos/{owner}/{repo}/code-scanning/sarifs", {
      owner: client.owner,
      repo: client.repo,
      commit_sha: posting.headSha,
      ref: target,
      sarif: packed.toString("base64"),
      tool_name: "proofline",
    });
    return { sarif: "uploaded", notes: [] };
  } catch (error) {
    const notEnabled = isProoflineError(error, "forge/read-only-token") || isProoflineError(error, "forge/not-there");
    if (!notEnabled) throw error;
    return { sarif: "none", notes: [`SARIF was not uploaded: code scanning is not enabled here or the job lacks security-events: write.`] };
  }
}
