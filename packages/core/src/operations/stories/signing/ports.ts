import type { VerifySignature } from "#verdict";
import type { CheckoutFiles } from "../../ports/checkout-files.ts";
import type { Signer } from "../../waive-finding/waive-finding.ts";
import type { PastFiles } from "../history-ports.ts";
import type { TracePorts } from "../trace-ports.ts";

/** What signing, locking and telling where a story stands need. */
export interface SigningPorts extends TracePorts {
  readonly repository: TracePorts["repository"] & PastFiles;
  readonly checkout: CheckoutFiles;
  openKey(file: string): Promise<Signer>;
  verifier(): Promise<VerifySignature>;
}
