/** Whether a text in code may name a file or folder: has a slash or an ending, and nothing a path of a repository seldom has. */
export function looksLikePath(text: string): boolean {
  if (text.length < 3 || text.length > 200 || !/^[\w@.~+\-/[\]()#=]+$/.test(text)) return false;
  return text.includes("/") ? !/^\/\/|^https?:/.test(text) && /[a-zA-Z]/.test(text) : /^[\w@~+-][\w@.~+-]*\.[a-zA-Z]\w{0,9}$/.test(text);
}
