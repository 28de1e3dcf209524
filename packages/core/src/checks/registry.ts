import type { Check } from "./check.ts";
import { changed } from "./gate/changed/changed.ts";
import { changedLines } from "./coverage/changed-lines/changed-lines.ts";
import { dependency } from "./security/dependency/dependency.ts";
import { failing } from "./tests/failing/failing.ts";
import { fixNeedsRegression } from "./tests/fix-needs-regression/fix-needs-regression.ts";
import { highNeedsTest } from "./risk/high-needs-test/high-needs-test.ts";
import { flaky } from "./tests/flaky/flaky.ts";
import { incomplete } from "./history/incomplete/incomplete.ts";
import { lockedProofChanged } from "./specs/locked-proof-changed/locked-proof-changed.ts";
import { needsApproval } from "./risk/needs-approval/needs-approval.ts";
import { notDone } from "./qa/not-done/not-done.ts";
import { noneRan } from "./tests/none-ran/none-ran.ts";
import { outdatedProof } from "./specs/outdated-proof/outdated-proof.ts";
import { passWithoutChange } from "./tests/pass-without-change/pass-without-change.ts";
import { promisedWithoutProof } from "./specs/promised-without-proof/promised-without-proof.ts";
import { reported } from "./security/reported/reported.ts";
import { secret } from "./security/secret/secret.ts";
import { size } from "./change/size/size.ts";
import { surfaceFloor } from "./coverage/surface-floor/surface-floor.ts";
import { survivingMutant } from "./tests/surviving-mutant/surviving-mutant.ts";
import { unproven as journeysUnproven } from "./journeys/unproven/unproven.ts";
import { unproven } from "./specs/unproven/unproven.ts";
import { unsigned } from "./specs/unsigned/unsigned.ts";
import { vacuous } from "./tests/vacuous/vacuous.ts";
import { vague } from "./specs/vague/vague.ts";
import { weakened } from "./tests/weakened/weakened.ts";

/** Every check, in the order reports show them. Adding a check = one folder + one line here. */
export const allChecks: readonly Check[] = [
  incomplete,
  changed,
  secret,
  failing,
  passWithoutChange,
  fixNeedsRegression,
  noneRan,
  weakened,
  vacuous,
  survivingMutant,
  unproven,
  lockedProofChanged,
  promisedWithoutProof,
  outdatedProof,
  unsigned,
  vague,
  journeysUnproven,
  notDone,
  highNeedsTest,
  needsApproval,
  dependency,
  surfaceFloor,
  changedLines,
  flaky,
  reported,
  size,
];
