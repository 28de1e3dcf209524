/** Trees that one command goes back and forth between. */
const REMEMBERED = 6;

/** What an id stands for never changes, so each is asked for once, as long as few others come between; a failure is not kept. */
export function once<T>(ask: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (id) => {
    const found = known.get(id);
    if (found) return found;
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    const asked = ask(id);
    known.set(id, asked);
    asked.catch(() => known.delete(id));
    return asked;
  };
}
