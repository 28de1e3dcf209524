/** The width every terminal has. */
const WIDTH = 80;
const BELOW = " ".repeat(6);

/**
 * An example as `--help` shows it, within 80 columns: a command too long goes on below a backslash, so that it can be copied as it stands, and what is said
 * of it (after two spaces) stands below it where it does not fit beside.
 */
export function exampleLines(example: string): readonly string[] {
  const whole = `  $ ${example}`;
  if (whole.length <= WIDTH) return [whole];
  const at = example.indexOf("  ");
  const [command, says] = at < 0 ? [example, ""] : [example.slice(0, at), example.slice(at).trim()];
  return [...folded("  $", wordsOf(command), " \\"), ...(says === "" ? [] : folded(" ".repeat(5), says.split(" "), ""))];
}

/** Words of the shell; an option keeps its value. Inside quotes a break would be part of the word. */
function wordsOf(command: string): readonly string[] {
  const words: string[] = [];
  for (const word of command.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []) {
    const last = words.at(-1);
    if (last !== undefined && /^--[\w-]+$/.test(last) && !word.startsWith("-")) words[words.length - 1] = `${last} ${word}`;
    else words.push(word);
  }
  return words;
}

function folded(start: string, words: readonly string[], end: string): readonly string[] {
  const lines: string[] = [];
  let line = start;
  for (const word of words) {
    if (line === start || line.length + 1 + word.length <= WIDTH - end.length) line += ` ${word}`;
    else {
      lines.push(line + end);
      line = `${BELOW}${word}`;
    }
  }
  return [...lines, line];
}
