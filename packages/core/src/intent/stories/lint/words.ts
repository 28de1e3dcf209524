/** A word that two careful readers understand differently, and the question that settles it. */
export interface VagueWord {
  readonly pattern: RegExp;
  /** Stands in the rewrite, in angle brackets. */
  readonly instead: string;
}

// Patterns that end in a space want a noun behind it.
const word = (words: string, instead: string): VagueWord => ({ pattern: new RegExp(`(?<![\\w-])(?:${words})(?:(?<= )|(?![\\w-]))`, "i"), instead });

/** Words without a measure. Each means something only once somebody says which. */
export const VAGUE: readonly VagueWord[] = [
  word("(?:very )?(?:quickly|rapidly|swiftly|promptly|speedily)", "within <n> ms"),
  word("as (?:soon|quickly|fast) as possible", "within <n> seconds"),
  word("(?:in a )?timely(?: manner| fashion)?", "within <n> seconds"),
  word("(?:in a )?reasonable (?:time|amount of time|period|timeframe)|(?:an? )?(?:acceptable|adequate) (?:time|period|performance)", "within <n> seconds"),
  word("near[- ]real[- ]time|in (?:near )?real[- ]time", "within <n> seconds"),
  word("(?:user|developer)[- ]friendly|intuitive(?:ly)?|easy[- ]to[- ](?:use|read|understand|follow)|easily|effortless(?:ly)?|seamless(?:ly)?|smooth(?:ly)?(?! scroll)", "<what the user can do, in how many steps>"),
  word("appropriately|as appropriate|where appropriate|if appropriate|when appropriate|suitably|properly|sensibly|logically|reasonably|adequately|sufficiently", "<how exactly>"),
  word("(?:an? |the )?(?:appropriate|suitable|proper|reasonable|sensible|adequate|sufficient|acceptable|meaningful|relevant|optimal|ideal|nice|good|decent|robust|reliable|modern|polished|professional|beautiful|elegant|comprehensive|visually appealing) (?!to\\b|for\\b)(?=[a-z])(?![a-z]+ \\()", "<which> "),
  word("in an? (?:[a-z-]+ (?:and [a-z-]+ )?)?(?:manner|fashion|way)", "<how exactly>"),
  word("(?:safe|secure|predictable|transparent)ly(?! (?:with|across|to)\\b)", "<how exactly>"),
  word("(?:a |an )?(?:clear|concise|structured|consistent|helpful|useful|friendly|informative|key|basic) (?=(?:visual )?(?:process|formatting|layout|design|style|functionality|images|comparisons?)(?![\\w-]))", "<which> "),
  word("graceful(?:ly)?", "<what the user sees and what is kept>"),
  word("efficient(?:ly)?|performant|high[- ]performance|scalable|highly available|lightweight", "<measure and its number>"),
  word("etc\\.?|and so on|and so forth|and the like|among others|and/or similar|and more", "<the rest of the list>"),
  word("if (?:possible|feasible|practical|practicable)|where (?:possible|feasible|practical)|when (?:possible|feasible)|whenever possible|as far as possible|to the extent possible|as much as possible|best[- ]effort", "<in which cases>"),
  word("(?:as|if|when|where) (?:needed|necessary|required|applicable)(?! (?:by|for|to)\\b)", "<in which cases>"),
  word("minimi[sz]e|maximi[sz]e|optimi[sz]e", "<keep below or above which number>"),
  word("state[- ]of[- ]the[- ]art|best[- ]in[- ]class|cutting[- ]edge|industry[- ]standard|best practices?", "<which standard>"),
  word("flexible|flexibly|versatile|configurable enough|user experience", "<which variations>"),
  word("normally|usually|generally|typically|mostly|often|sometimes|occasionally|frequently|rarely", "<in which cases>"),
];

/** Amounts without a bound. */
export const UNBOUNDED: readonly VagueWord[] = [
  word("(?:an? )?(?:large|huge|small|high|low|significant|considerable|reasonable|limited|sufficient) (?:number|amount|volume|quantity|set|load|numbers|amounts|volumes|quantities)(?: of)?", "<n>"),
  word("(?<!\\bhow |\\bas |\\btoo |\\bso )(?:many|several|numerous|a few|countless|various) (?=[a-z])|a couple of|a lot of|lots of|plenty of|a variety of|an? (?:array|range) of", "<n, or the list> "),
  word("unlimited|infinite(?:ly)?|indefinite(?:ly)?|as many as|an? arbitrary (?:number|amount) of", "<at most n>"),
  word("(?:for )?(?:a (?:short|long|brief|certain|limited|specific) (?:time|period|while|duration)(?: of time)?|some time|a while|a period of time|periodically|regularly|at regular intervals|from time to time)", "<every or for n seconds>"),
  word("(?:very )?(?:large|big|huge|long|heavy) (?:files?|datasets?|documents?|lists?|texts?|inputs?|payloads?|requests?|loads?|repositories)", "<larger than n, in a unit>"),
  word("(?:within|in|after) (?:a few )?(?:seconds|minutes|milliseconds|hours|moments|a moment|days)", "within <n> seconds"),
];
