/** Local name of the first element, past declaration, comments, instructions and document type; undefined when the text ends before it. */
export function firstElement(text: string): string | undefined {
  let at = 0;
  for (;;) {
    at = text.indexOf("<", at);
    if (at === -1) return undefined;
    if (text.startsWith("<!--", at)) at = after(text, "-->", at);
    else if (text.startsWith("<?", at)) at = after(text, "?>", at);
    else if (text.startsWith("<!", at)) at = after(text, ">", at);
    else return /^<(?:[\w.-]{1,100}:)?([A-Za-z_][\w.-]{0,100})[\s/>]/.exec(text.slice(at, at + 204))?.[1];
    if (at === -1) return undefined;
  }
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? -1 : found + end.length;
}
