/** A text as it may be shown: what stands before the `@` of its URLs is left out. Linear. */
export const withoutCredentials = (text: string): string => text.replace(/\/\/[^@/\s]{1,2000}@/g, "//");
