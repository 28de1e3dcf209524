/**
 * Milliseconds of processor time this process has used. What a bound on hostile input is measured in: the clock on the wall
 * also counts what others on the machine do, and a test must not fail for that.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
