import { stripControls } from './strip-controls.ts';

interface Entry {
  reason: string;
  message: string;
  count: number;
}

const limit = 30;

/** What happened to a pod, in Kubernetes' words; what happens again is counted, as `kubectl describe` shows it. */
export class EventLog {
  /** Newest first. */
  readonly #entries: Entry[] = [];

  add(reason: string, message: string): void {
    const text = stripControls(message).slice(0, 1024);
    const at = this.#entries.findIndex((entry) => entry.reason === reason && entry.message === text);
    const [known] = at < 0 ? [] : this.#entries.splice(at, 1);
    this.#entries.unshift({ reason, message: text, count: (known?.count ?? 0) + 1 });
    this.#entries.length = Math.min(this.#entries.length, limit);
  }

  /** `Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503 (x3)`, newest first. */
  lines(): string[] {
    return this.#entries.map(({ reason, message, count }) => `${reason}: ${message}${count > 1 ? ` (x${count})` : ''}`);
  }
}
