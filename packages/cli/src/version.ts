declare const __PROOFLINE_VERSION__: string | undefined;

/** The published version; the build writes it in, a source run says so. */
export const version: string = typeof __PROOFLINE_VERSION__ === "string" ? __PROOFLINE_VERSION__ : "0.1.0-source";

declare const __PROOFLINE_BUILD__: string | undefined;

/** A digest of everything the build made; a source run, which changes under one's hands, has none. */
export const build: string | undefined = typeof __PROOFLINE_BUILD__ === "string" ? __PROOFLINE_BUILD__ : undefined;
