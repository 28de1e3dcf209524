/** A name some file gives to stored data. */
export interface TableNamed {
  readonly name: string;
  readonly file: string;
  readonly as: "step" | "code";
}

const NAME = String.raw`(?:["\x60\[]?\w{1,60}["\x60\]]?\.)?["\x60\[]?(\w{1,80})`;

/** Steps that change what is stored, in SQL. */
const STEPS = new RegExp(String.raw`\b(?:CREATE TABLE(?: IF NOT EXISTS)?|ALTER TABLE(?: IF EXISTS)?(?: ONLY)?|DROP TABLE(?: IF EXISTS)?|TRUNCATE(?: TABLE)?|RENAME TABLE) ${NAME}`, "gi");
const ON_TABLE = new RegExp(String.raw`\bINDEX(?: CONCURRENTLY)?(?: IF NOT EXISTS)? [\w"\x60]{1,80} ON ${NAME}`, "gi");

/** Statements in code. Upper case only: in prose people write "update the cart". */
const STATEMENTS = new RegExp(String.raw`\b(?:FROM|JOIN|INSERT INTO|UPDATE|DELETE FROM) ${NAME}`, "g");

/** Calls and declarations of the libraries people use. */
const CALLS: readonly RegExp[] = [
  /\b(?:createTable|createTableIfNotExists|alterTable|dropTable|dropTableIfExists|renameTable|hasTable)\(\s{0,10}["'`](\w{1,80})["'`]/g,
  /\b(?:pgTable|sqliteTable|mysqlTable|pgView)\(\s{0,10}["'`](\w{1,80})["'`]/g,
  /\b(?:create_table|drop_table|add_column|remove_column|change_column|rename_column|add_index)\(?\s?["':](\w{1,80})/g,
  /\b(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin)\(\s{0,10}["'`](\w{1,80})["'`]/g,
  /\bknex(?:<\w{1,60}>)?\(\s{0,10}["'`](\w{1,80})["'`]\)/g,
  /@(?:Entity|Table)\(\s{0,10}(?:\{\s{0,10}(?:name|tableName)\s?[:=]\s?)?["'`](\w{1,80})["'`]/g,
  /\b(?:sequelize|db)\.define\(\s{0,10}["'`](\w{1,80})["'`]/g,
  /\bmongoose\.model(?:<\w{1,60}>)?\(\s{0,10}["'`](\w{1,80})["'`]/g,
  /\b__tablename__\s?=\s?["'](\w{1,80})["']/g,
  /\bop\.(?:create_table|drop_table|add_column|drop_column|alter_column)\(\s{0,10}["'](\w{1,80})["']/g,
];
const PRISMA = /^model (\w{1,80}) \{/gm;
const PRISMA_CALL = /\bprisma\.(\w{1,80})\.(?:find|create|update|delete|upsert|count|aggregate|groupBy)/g;

/** Words that follow these keywords and name no table. */
const NO_TABLE = new Set(["select", "set", "where", "the", "a", "an", "this", "only", "if", "exists", "table", "lateral", "unnest", "generate_series", "values"]);

/** Tables a file names, each once. Texts above a megabyte are not read. */
export function tablesIn(file: string, text: string, isStep: boolean): readonly TableNamed[] {
  if (text.length > 1_000_000) return [];
  const as = isStep ? "step" : "code";
  const names = new Set<string>();
  const take = (pattern: RegExp): void => {
    for (const [, name = ""] of text.matchAll(pattern)) if (names.size < 100 && name !== "" && !NO_TABLE.has(name.toLowerCase())) names.add(name);
  };
  if (file.endsWith(".prisma")) take(PRISMA);
  else {
    if (file.endsWith(".sql") || isStep) for (const pattern of [STEPS, ON_TABLE]) take(pattern);
    if (/\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b/.test(text)) take(STATEMENTS);
    for (const pattern of CALLS) take(pattern);
    take(PRISMA_CALL);
  }
  return [...names].map((name) => ({ name, file, as }));
}

/** Whether a step can be taken back by what stands in it or beside it; undefined where its kind is not known. */
export function hasWayBack(file: string, text: string, paths: ReadonlySet<string>): boolean | undefined {
  if (/(?:^|\/)prisma\/migrations\//.test(file)) return false;
  if (file.endsWith(".sql")) return /\.down\.sql$/.test(file) || paths.has(file.replace(/(?:\.up)?\.sql$/, ".down.sql")) || /^-- ?(?:migrate:down|\+goose Down|!Downs|down\b)/im.test(text);
  if (/\.[cm]?[jt]s$/.test(file)) return /\bexports\.down\b|\bexport (?:async )?(?:const|function) down\b|\basync down\(|\bdown ?[:=(]/.test(text);
  if (file.endsWith(".py")) return /\bdef downgrade\(/.test(text) && !/\bdef downgrade\([^)]{0,100}\)[^:\n]{0,40}:\s{0,40}(?:pass|raise)\b/.test(text);
  if (file.endsWith(".rb")) return /\bdef (?:down|change)\b/.test(text);
  return undefined;
}
