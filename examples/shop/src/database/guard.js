// Stands between the shop and its PostgreSQL: ends the server and removes its folder when the shop ends, however it ends.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

const { program, args, folder, owner } = JSON.parse(process.argv[2] ?? "{}");
const server = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"], detached: true, ...owner });
let stopping = false;

const stop = () => {
  if (stopping) return;
  stopping = true;
  // SIGINT is PostgreSQL's fast shutdown: it rolls back what is open and writes down the rest.
  server.kill("SIGINT");
  setTimeout(() => server.kill("SIGKILL"), 5000).unref();
};

// The pipe closes when the shop is gone, also when it was killed.
process.stdin.on("end", stop).on("error", stop).resume();
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
server.on("exit", (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(stopping ? 0 : (code ?? 1));
});
