/** Somebody with a browser's memory for cookies, and no browser. */
export function visitor(shop) {
  let cookie = "";
  const call = async (method, path, body, headers = {}) => {
    const response = await fetch(shop.url + path, {
      method,
      redirect: "manual",
      headers: { ...(cookie && { cookie }), ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set = /^([^;]+)/.exec(response.headers.get("set-cookie") ?? "")?.[1];
    if (set) cookie = set;
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : undefined };
  };
  return {
    get: (path) => call("GET", path),
    send: call,
    signIn: (email, password) => call("POST", "/api/session", { email, password }),
    cookie: () => cookie,
  };
}

export const ADA = ["ada@example.org", "correct horse"];
export const SAM = ["sam@example.org", "battery staple"];
