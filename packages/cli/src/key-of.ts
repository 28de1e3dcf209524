import { badFlag } from "./errors.ts";

/** The file with the private key a command signs with. */
export function keyOf(flags: Readonly<Record<string, unknown>>): string {
  const key = flags["key"] ?? process.env["PROOFLINE_KEY_FILE"];
  if (typeof key !== "string" || key === "") throw badFlag({ flag: "--key", value: "", expected: "the file with your private key, since --attest signs (or PROOFLINE_KEY_FILE)" });
  return key;
}
