/** Runs the work with a signal that aborts after some time (reason: TimeoutError) or when the outer one does. */
export async function within<T>(
  signal: AbortSignal,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The time is over', 'TimeoutError'));
  }, milliseconds);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** Whether the signal aborted because time was over, and not because somebody wanted to stop. */
export const timedOut = ({ reason }: AbortSignal): boolean => (reason as Error | undefined)?.name === 'TimeoutError';
