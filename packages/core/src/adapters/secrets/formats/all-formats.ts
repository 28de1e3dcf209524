import type { SecretFormat } from "../secret-format.ts";
import { addresses } from "./addresses.ts";
import { business } from "./business.ts";
import { chat } from "./chat.ts";
import { clouds } from "./clouds.ts";
import { codeHosts } from "./code-hosts.ts";
import { generatedKeys } from "./generated-keys.ts";
import { models, packageRegistries } from "./packages-and-models.ts";

/** Every format that fits on one line, most telling first. Adding one = one row in its file. */
export const allFormats: readonly SecretFormat[] = [...codeHosts, ...packageRegistries, ...clouds, ...models, ...chat, ...business, ...generatedKeys, ...addresses];
