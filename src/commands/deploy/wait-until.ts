import type { Context } from '../define-command.ts';

/** Looks again and again until something is there, or the time is over; then undefined. */
export async function waitUntil<T>(
  { now, signal }: Pick<Context, 'now' | 'signal'>,
  timeoutSeconds: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = now() + timeoutSeconds * 1000;
  for (let pause = 100; ; pause = Math.min(pause * 1.5, 2000)) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    const left = end - now();
    if (left <= 0) return undefined;
    await sleep(Math.min(pause, left), signal);
  }
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
