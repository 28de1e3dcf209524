import { inFolder, words, type PathWords } from "./path-words.ts";

const FOLDERS = words("migrations migration migrate db-migrations schema-migrations db_migrations drizzle versions");
const NUMBERED = /^(?:v?\d{3,}|v\d+(?:[._]\d+){0,4}__|r__|\d{1,4}[-_.])[\w.-]*\.(?:sql|[cm]?[jt]s|py|rb|php|cs|java|kt|go|exs?|xml|ya?ml)$/;
const SCHEMAS = /(?:^|\/)db\/(?:schema\.rb|structure\.sql)$/;

/** A step that changes stored data or its schema: numbered files of a migration folder. The code that *runs* migrations is source. */
export function isMigration(at: PathWords): boolean {
  if (SCHEMAS.test(at.path)) return true;
  if (/(?:^|\/)prisma\/(?:migrations\/.+|schema)\.(?:sql|prisma)$/.test(at.path)) return true;
  if (/(?:^|\/)alembic\/versions\/[^/]+\.py$/.test(at.path)) return true;
  if (!(inFolder(at, FOLDERS) || at.folders.some((folder) => /[a-z][-_]migrations?$/.test(folder))) || (at.folders.includes("versions") && !at.folders.some((folder) => /migrat|alembic/.test(folder)))) return false;
  return NUMBERED.test(at.lower) || (at.extension === "sql" && !at.folders.includes("src"));
}
