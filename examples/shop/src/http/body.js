/** Bytes of a form or a JSON body; a shop's are small. */
const LARGEST = 20_000;

/** What a visitor did wrong, with the status that says so. */
export class BadRequest extends Error {
  constructor(message, status = 400) {
    super(message);
    this.status = status;
  }
}

async function textOf(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > LARGEST) throw new BadRequest("The request is too large.", 413);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The fields of a form. */
export const readForm = async (request) => Object.fromEntries(new URLSearchParams(await textOf(request)));

/** A JSON object. */
export async function readJson(request) {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) throw new BadRequest("Send application/json.", 415);
  try {
    const value = JSON.parse(await textOf(request));
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value;
  } catch (error) {
    if (error instanceof BadRequest) throw error;
  }
  throw new BadRequest("The body is no JSON object.");
}
