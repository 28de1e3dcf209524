/**
 * True where two texts of a criterion surely say the same: after articles, case, spelling of a few words and the place of the condition are taken
 * away, they are equal word for word. Numbers, units, negations, `shall`, `should` and `may`, names, quoted text and code are never taken for one another, so
 * whatever is not on the short lists below counts as another meaning. Texts are normalised ones.
 */
export function sameMeaning(before: string, after: string): boolean {
  if (before === after) return true;
  if (before.length > LARGEST || after.length > LARGEST || figuresOf(before) !== figuresOf(after)) return false;
  const [one, two] = [meaningOf(before), meaningOf(after)];
  return one.length === two.length && one.every((word, at) => word === two[at] || isSlip(word, two[at] ?? ""));
}

const LARGEST = 20_000;

/** The figures of a text in any order: most changes are told by them alone. */
const figuresOf = (text: string): string => (text.match(/\d+/g) ?? []).sort().join(" ");

/** What a text says, as a row of words. Empty only for a text without one. */
export function meaningOf(text: string): readonly string[] {
  const said = text.replace(/\.$/, "");
  const rows = [...conditionLast(said).matchAll(WORD)].map(([raw]) => raw);
  const conditional = /^(?:if|when|while|where)\b/i.test(said);
  return joinPairs(rows.flatMap((raw, at) => (isDropped(raw, rows[at - 1], conditional) ? [] : [wordOf(raw)])));
}

/** Quoted text, code and whatever has a digit in it stay as they are; other words are letters with what joins them; every other sign counts, since a comma can turn a sentence round. */
const WORD = /`[^`]{0,500}`|“[^”]{0,500}”|"[^"]{0,500}"|‘[^’]{0,500}’|«[^»]{0,500}»|„[^“”]{0,500}[“”]|'[^']{0,500}'(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:[.,:'’_/-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;

/** A literal is what stands between its marks, whichever they are; a word is its usual spelling. */
function wordOf(raw: string): string {
  if (/^["“]/.test(raw)) return `"${raw.slice(1, -1)}"`;
  if (/^[`'‘«„]/.test(raw) && raw.length > 1) return raw;
  // “IT” is no “it”, a kB no kb, and 5 M no 5 m.
  if (/\p{N}/u.test(raw) || /\S\p{Lu}/u.test(raw) || (raw.length === 1 && raw !== "A")) return raw;
  const word = raw.replaceAll("’", "'").toLowerCase();
  return SPELLINGS.get(word) ?? word;
}

/** Words without which a sentence says the same. “A” that begins nothing is a name: option A. “Then” says nothing only behind a condition: elsewhere it is an order of steps. */
function isDropped(raw: string, before: string | undefined, conditional: boolean): boolean {
  const word = raw.toLowerCase();
  if (word === "then") return conditional && before === ",";
  return raw === "A" ? before === undefined || /^[.:;!?]$/.test(before) : word === "a" || word === "an" || word === "the";
}

const spelled = (...groups: readonly string[]): ReadonlyMap<string, string> =>
  new Map(groups.flatMap((group) => {
    const [first = "", ...others] = group.split(" ");
    return others.map((other): [string, string] => [other, first]);
  }));

/** The first of each group stands for the others. Only spellings, contractions and words that mean the same in every sentence. */
const SPELLINGS = spelled(
  "shall must",
  "cannot can't",
  "email e-mail",
  "color colour",
  "behavior behaviour",
  "canceled cancelled",
  "canceling cancelling",
  "catalog catalogue",
  "center centre",
  "license licence",
  "gray grey",
  "authorize authorise",
  "authorized authorised",
  "authorization authorisation",
  "organization organisation",
  "organizations organisations",
  "recognize recognise",
  "recognized recognised",
  "initialize initialise",
  "initialized initialised",
  "customize customise",
  "customized customised",
  "minimize minimise",
  "maximize maximise",
  "normalize normalise",
  "normalized normalised",
  "serialize serialise",
  "serialized serialised",
  "ms millisecond milliseconds",
  "% percent",
  "username user-name",
  "backend back-end",
  "frontend front-end",
);

/** Two words that are spelled as one or as two. */
const PAIRS = new Map([
  ["log in", "login"],
  ["sign in", "login"],
  ["logs in", "logins"],
  ["signs in", "logins"],
  ["log out", "logout"],
  ["sign out", "logout"],
  ["logs out", "logouts"],
  ["signs out", "logouts"],
  ["can not", "cannot"],
  ["user name", "username"],
  ["e mail", "email"],
  ["back end", "backend"],
  ["front end", "frontend"],
  ["do not", "don't"],
  ["does not", "doesn't"],
  ["is not", "isn't"],
  ["are not", "aren't"],
]);

function joinPairs(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const pair = PAIRS.get(`${words[at]} ${words[at + 1]}`);
    joined.push(pair ?? words[at] ?? "");
    if (pair !== undefined) at += 1;
  }
  return joined;
}

/**
 * “When A, the shop shall B” and “The shop shall B when A” are one sentence. The condition is moved only where there is one sentence, one comma and one
 * condition: otherwise it can't be told what it belongs to.
 */
function conditionLast(text: string): string {
  const [, condition, rest] = /^((?:when|while|if|where)\s[^,.;:]{1,400}),\s*([^,.;:]{1,1000})$/i.exec(text) ?? [];
  if (condition === undefined || rest === undefined || CONDITION.test(rest) || CONDITION.test(condition.slice(condition.indexOf(" "))) || /\b(?:and|or)\b/i.test(rest) || LEANS.test(rest)) return text;
  return `${rest.replace(/^then\s+/i, "")} ${condition}`;
}

const CONDITION = /\b(?:when|while|if|where|unless|until|after|before)\b/i;

/** A last word that would lean on the condition behind it: “only when” is more than “when”. */
const LEANS = /\b(?:only|even|except|not|just|but|exactly|precisely|especially|mainly|mostly|always|never|also|than|as|for|of|to|from|by|at|in|on)$/i;

/**
 * Surely a slip of the pen: two letters inside a long word changed places, or one of them was doubled or not. Anything else, such as another letter, may make
 * another word.
 */
function isSlip(one: string, two: string): boolean {
  const [short, long] = one.length <= two.length ? [one, two] : [two, one];
  if (short.length < 6 || !/^\p{L}+$/u.test(short) || !/^\p{L}+$/u.test(long) || REAL.has(short) || REAL.has(long)) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (at === 0) return false;
  if (short.length === long.length) return at + 2 < short.length && short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
  return long.length === short.length + 1 && at < short.length && long[at] === long[at - 1] && short.slice(at) === long.slice(at + 1);
}

/** Words that such a slip turns into another word. */
const REAL = new Set("casual causal martial marital united untied sacred scared reserve reverse desert dessert planed planned planing planning hoping hopping rating ratting scraped scrapped striped stripped latter later canon cannon cannons canons filed filled filing filling stared starred staring starring tinny bared barred discreet discrete coma comma taped tapped taping tapping bating batting caned canned diner dinner diners dinners moped mopped robed robbed super supper winer winner writen riding ridding bitten biten sniped snipped sloped slopped griped gripped tiled tilled wined winned accept except form from public angels angles trails trials barely barley silver sliver carton cartons cartoon cartoons prince princes princess needles needless pining pinning dining dinning scaring scarring sparing sparring diaries dairies signed singed signing singing carries caries".split(" "));
