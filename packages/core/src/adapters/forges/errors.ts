import { defineError } from "#kernel";

/** What every failed call can say about itself. Never carries a token. */
export interface CallAbout {
  readonly host: string;
  readonly call: string;
  readonly says: string;
}

export const noForge = defineError<{ wanted: string; missing: string }>({
  code: "forge/no-context",
  title: "Nothing tells which pull request to post to",
  message: ({ wanted, missing }) => `Posting to ${wanted} was asked for, but ${missing} is not set.`,
  fix: ({ wanted, missing }) => `Run this inside ${wanted}'s own jobs, or set ${missing}. Without it leave out --post.`,
  exit: 2,
});

export const badEvent = defineError<{ file: string; because: string }>({
  code: "forge/bad-event",
  title: "The event that started the job can't be read",
  message: ({ file, because }) => `${file}: ${because}`,
  fix: () => "Start the job from an event of the host (pull_request, merge_group, workflow_run, push), or leave out --post.",
  exit: 2,
});

export const noToken = defineError<{ host: string; variable: string; needs: string }>({
  code: "forge/no-token",
  title: "There is no token to post with",
  message: ({ host, variable }) => `${host} needs a token and ${variable} is not set for this step.`,
  fix: ({ variable, needs }) => `Pass the token as ${variable} in the step's environment (${needs}).`,
  exit: 2,
});

export const notAuthorised = defineError<CallAbout>({
  code: "forge/not-authorised",
  title: "The token is not accepted",
  message: ({ host, call, says }) => `${host} does not accept the token (${call}: ${says}).`,
  fix: () => "Check that the token is whole, has not expired and belongs to this host.",
  exit: 2,
});

export const readOnlyToken = defineError<CallAbout & { needs: string; savedTo?: string }>({
  code: "forge/read-only-token",
  title: "The token lacks the right to do this",
  message: ({ host, call, says, savedTo }) =>
    `${host} refused ${call}: ${says}.${savedTo === undefined ? "" : ` What would have been posted was saved to ${savedTo}.`}`,
  fix: ({ needs }) => `Give the job ${needs}. Runs for forks never get that: post from a second workflow (templates/ci/github-fork-second-half.yml).`,
  exit: 2,
});

export const notThere = defineError<CallAbout>({
  code: "forge/not-there",
  title: "The host does not know what was asked for",
  message: ({ host, call, says }) => `${host} answered "not found" to ${call}: ${says}.`,
  fix: () => "Check the repository's name, the pull request's number and that the token may see this repository.",
  exit: 2,
});

export const refused = defineError<CallAbout & { status: number }>({
  code: "forge/refused",
  title: "The host refused a request",
  message: ({ host, call, status, says }) => `${host} answered ${status} to ${call}: ${says}.`,
  fix: () => "If the answer names something of yours (a commit not pushed yet, a closed discussion) mend that; otherwise report it with this text.",
  exit: 3,
});

export const unreachable = defineError<CallAbout>({
  code: "forge/unreachable",
  title: "The host could not be reached",
  message: ({ host, call, says }) => `${host} gave no usable answer to ${call}: ${says}.`,
  fix: () => "Run the step again. The verdict itself does not depend on the host; only posting and approvals do.",
  exit: 3,
});

export const broken = defineError<CallAbout & { status: number }>({
  code: "forge/broken",
  title: "The host is in trouble",
  message: ({ host, call, status }) => `${host} answered ${status} to ${call}, also when asked again.`,
  fix: () => "Run the step again later. The verdict itself does not depend on the host; only posting and approvals do.",
  exit: 3,
});

export const outOfTime = defineError<CallAbout & { seconds: number }>({
  code: "forge/out-of-time",
  title: "Posting took too long",
  message: ({ host, call, says, seconds }) => `${host} was not done with ${call} within ${seconds} s (${says}).`,
  fix: () => "Run the step again; what was already posted is found and edited, not posted twice.",
  exit: 3,
});

export const rateLimited = defineError<CallAbout & { seconds: number }>({
  code: "forge/rate-limited",
  title: "The host asks to wait",
  message: ({ host, call, seconds }) => `${host} wants ${seconds} s of silence before ${call}, longer than this run may wait.`,
  fix: () => "Run the step again later, or give Proofline a token of its own so that other jobs don't use up its allowance.",
  exit: 3,
});
