import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { openVisit, VISIT_SECONDS } from "../auth/sessions.js";
import { apiRoutes, refuse } from "./api.js";
import { BadRequest } from "./body.js";
import { nowhere, turnAway, webRoutes } from "./web.js";

const COOKIE = "visit";
const HEADERS = { "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", "x-content-type-options": "nosniff", "referrer-policy": "same-origin" };

const compile = ([method, path, action, handle]) => ({ method, action, handle, api: path.startsWith("/api/"), pattern: new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]{1,40})")}$`) });
const ROUTES = [...apiRoutes, ...webRoutes].map(compile);

/** The shop's web server; it listens once `listen` is called. */
export function makeServer(pool) {
  return createServer((request, response) => {
    serve(pool, request).catch(failed).then((result) => send(response, request, result)).catch(() => response.destroy());
  });
}

async function serve(pool, request) {
  const url = new URL(request.url ?? "/", "http://shop.invalid");
  if (url.pathname === "/healthz") return health(pool);
  if (url.pathname === "/style.css") return { status: 200, css: await readFile(new URL("../../public/style.css", import.meta.url), "utf8") };
  const here = ROUTES.filter(({ pattern }) => pattern.test(url.pathname));
  const route = here.find(({ method }) => method === request.method);
  if (here.length === 0 && request.method === "GET" && !url.pathname.startsWith("/api/")) return nobodysPage(pool, request, url);
  if (!route) return { status: here.length > 0 ? 405 : 404, json: { title: here.length > 0 ? "That can't be done here." : "There is nothing here.", status: here.length > 0 ? 405 : 404 } };
  if (request.method !== "GET" && fromElsewhere(request)) throw new BadRequest("The form came from another site.", 403);
  const visit = await openVisit(pool, cookieOf(request));
  const about = { pool, request, url, visit, params: route.pattern.exec(url.pathname)?.groups ?? {} };
  const refused = route.api ? refuse(visit.user, route.action) : await turnAway(about, route.action);
  const result = refused ?? (await route.handle(about));
  return { token: visit.token, ...result };
}

async function nobodysPage(pool, request, url) {
  const visit = await openVisit(pool, cookieOf(request));
  return { token: visit.token, ...(await nowhere({ pool, request, url, visit })) };
}

/** A browser says where a form stood; another site's is not ours to obey. */
function fromElsewhere({ headers }) {
  if (headers.origin === undefined) return false;
  try {
    return new URL(headers.origin).host !== headers.host;
  } catch {
    return true;
  }
}

async function health(pool) {
  const well = await pool.query("SELECT 1").then(() => true, () => false);
  return { status: well ? 200 : 503, json: { status: well ? "ok" : "no database" } };
}

const cookieOf = ({ headers }) => new RegExp(`(?:^|; )${COOKIE}=([\\w-]{20,100})(?:;|$)`).exec(headers.cookie ?? "")?.[1];

/** What went wrong inside stays inside. */
function failed(error) {
  if (error instanceof BadRequest) return { status: error.status, json: { title: error.message, status: error.status } };
  console.error(error);
  return { status: 500, json: { title: "Something went wrong here.", status: 500 } };
}

function send(response, request, { status, html, json, css, location, token }) {
  const cookie = token === undefined ? {} : { "set-cookie": `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${token === "" ? 0 : VISIT_SECONDS}${request.socket.encrypted ? "; Secure" : ""}` };
  const [type, body] = html !== undefined ? ["text/html; charset=utf-8", html] : css !== undefined ? ["text/css; charset=utf-8", css] : json !== undefined ? [status >= 400 ? "application/problem+json" : "application/json", JSON.stringify(json)] : [undefined, ""];
  response.writeHead(status, { ...HEADERS, ...cookie, ...(location && { location }), ...(type && { "content-type": type }) });
  response.end(request.method === "HEAD" ? "" : body);
}
