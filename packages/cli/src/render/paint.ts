/** The word carries the meaning; colour only repeats it. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  /** White on red, green or yellow, for the one word that matters. */
  badge(text: string, colour: "red" | "green" | "yellow"): string;
}

const BACKGROUND = { red: 41, green: 42, yellow: 43 } as const;

/** ANSI colours, or none. */
export function makePaint(colour: boolean): Paint {
  const style = (open: number, close: number) => (text: string) => (colour && text !== "" ? `\u001b[${open}m${text}\u001b[${close}m` : text);
  const bold = style(1, 22);
  return {
    bold,
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39),
    cyan: style(36, 39),
    badge: (text, name) => (colour ? `\u001b[${BACKGROUND[name]}m\u001b[30m\u001b[1m ${text} \u001b[22m\u001b[39m\u001b[49m` : ` ${text} `),
  };
}

/** Colour only where a person reads: a terminal, unless NO_COLOR says no or FORCE_COLOR says yes. */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return true;
  return stream.isTTY === true && env["TERM"] !== "dumb";
}
