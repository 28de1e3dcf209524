/** One command of a script, in words; `before` is what stood between it and the one before. */
export interface ShellCommand {
  readonly before: "" | "&&" | "||" | ";" | "|" | "&";
  readonly words: readonly string[];
  /** As it was written. */
  readonly text: string;
}

/**
 * Splits a package script as a shell would, for reading: quotes, escapes and operators, no expansion. What a shell would
 * refuse (an open quote) is read to the end.
 */
export function splitScript(script: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let before: ShellCommand["before"] = "";
  let words: string[] = [];
  let word: string | undefined;
  let from = 0;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (at: number): void => {
    endWord();
    if (words.length > 0) commands.push({ before, words, text: script.slice(from, at).trim() });
    words = [];
  };
  for (let at = 0; at < script.length; at++) {
    const char = script.charAt(at);
    const operator = operatorAt(script, at);
    if (operator) {
      endCommand(at);
      before = operator;
      at += operator.length - 1;
      from = at + 1;
    } else if (/\s/.test(char)) endWord();
    else if (char === "'" || char === '"') {
      const quoted = readQuoted(script, at);
      word = (word ?? "") + quoted.text;
      at = quoted.end;
    } else if (char === "\\" && at + 1 < script.length) word = (word ?? "") + script.charAt(++at);
    else word = (word ?? "") + char;
  }
  endCommand(script.length);
  return commands;
}

function operatorAt(script: string, at: number): ShellCommand["before"] {
  const two = script.slice(at, at + 2);
  if (two === "&&" || two === "||") return two;
  const one = script.charAt(at);
  if (one === "&" && (script.charAt(at - 1) === ">" || script.charAt(at + 1) === ">")) return ""; // 2>&1
  return one === ";" || one === "|" || one === "&" ? one : "";
}

function readQuoted(script: string, at: number): { readonly text: string; readonly end: number } {
  const quote = script.charAt(at);
  let text = "";
  let end = at + 1;
  for (; end < script.length && script.charAt(end) !== quote; end++) {
    if (quote === '"' && script.charAt(end) === "\\" && /["\\$`]/.test(script.charAt(end + 1))) end++;
    text += script.charAt(end);
  }
  return { text, end };
}
