import { badFlag } from "./errors.ts";

const MOST = 100_000;

/** The value of a flag that counts something: seconds, repeats. Anything but a whole number from 1 to 100,000 is an error that names the flag. */
export function wholeNumber(flag: string, value: unknown): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > MOST) throw badFlag({ flag, value: String(value), expected: `a whole number from 1 to ${MOST.toLocaleString("en")}` });
  return number;
}
