import type { Qa } from "#evidence";
import type { QaAbout, QaContext } from "../qa/read-qa.ts";

/** Says what a change owes of trying by hand, and who tried it. Asked only where the target branch's policy owes any. */
export interface QaReader {
  /** Nothing where no rule applies to the change. */
  read(about: QaAbout, context: QaContext): Promise<readonly Qa[]>;
}
