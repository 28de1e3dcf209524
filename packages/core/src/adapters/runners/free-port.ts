import { createServer, type AddressInfo } from "node:net";

/** A port nobody listens on now; undefined where none can be had. Two that ask one after the other may still meet, if neither listens. */
export function freePort(): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(undefined));
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
