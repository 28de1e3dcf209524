declare const __PROOFLINE_VERSION__: string | undefined;

/** The published version; the build writes it in, a source run says so. */
export const version: string = typeof __PROOFLINE_VERSION__ === "string" ? __PROOFLINE_VERSION__ : "0.1.0-source";
