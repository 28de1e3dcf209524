/** What a process said last that a person would call the reason, short enough for a sentence: the first line that speaks of an error, else the last one. */
export function lastWords(output: string): string {
  const lines = output
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, "")
    .split("\n")
    .map((line) => line.trim())
    // A heading drawn with a line says what kind of thing follows, not what it is.
    .filter((line) => line !== "" && !/^[⎯─━═=-]{3,}(?:.*[⎯─━═=-]{3,})?$/.test(line));
  const errors = lines.filter((line) => /error|cannot|not found|unknown|invalid|unexpected/i.test(line));
  return (errors[0] ?? lines.at(-1) ?? "it printed nothing").slice(0, 300);
}
