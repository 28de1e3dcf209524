/** Names under which writers and CI systems record a commit, without case and punctuation. */
const NAMES = new Set([
  "commit",
  "commitid",
  "commitsha",
  "commithash",
  "gitcommit",
  "gitcommitid",
  "gitcommitsha",
  "gitcommithash",
  "gitsha",
  "githead",
  "gitrevision",
  "githubsha",
  "cicommit",
  "cicommitsha",
  "cicommithash",
  "circlesha1",
  "bitbucketcommit",
  "buildkitecommit",
  "travispullrequestsha",
  "buildsourceversion",
  "scmcommit",
  "scmrevision",
  "vcsrevision",
  "vcsrefheadrevision",
  "revision",
  "revisionid",
  "headsha",
]);

/** Commits among the named values a report carries. Whether a value is a commit at all is judged later. */
export function commitsIn(properties: Iterable<readonly [string, unknown]>): readonly string[] {
  const commits: string[] = [];
  for (const [name, value] of properties) {
    if (typeof value === "string" && NAMES.has(name.toLowerCase().replace(/[^a-z0-9]/g, ""))) commits.push(value);
  }
  return commits;
}
