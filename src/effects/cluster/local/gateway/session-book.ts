import type { IncomingMessage } from 'node:http';

/** A ready pod, as far as the gateway has to know it. */
export interface Backend {
  readonly name: string;
  /** Port of the container → port on 127.0.0.1. */
  readonly ports: ReadonlyMap<number, number>;
  /** Requests that it answers just now. */
  inFlight: number;
}

const limit = 10_000;

/** Which pod began which session: of several pods only that one knows it. */
export class SessionBook {
  readonly #pods = new Map<string, string>();
  #turn = 0;

  /** The pod of the request's session, or the next in turn; undefined where there is none. */
  pick({ headers, url = '' }: IncomingMessage, backends: readonly Backend[]): Backend | undefined {
    if (backends.length < 2) return backends[0];
    const session = headers['mcp-session-id'];
    const name = this.#pods.get(typeof session === 'string' ? session : (sessionOfPath(url) ?? ''));
    const known = name === undefined ? undefined : backends.find((backend) => backend.name === name);
    if (known) return known;
    this.#turn = (this.#turn + 1) % 1_000_000;
    return backends[this.#turn % backends.length];
  }

  learn(request: IncomingMessage, answer: IncomingMessage, backend: Backend): void {
    const session = answer.headers['mcp-session-id'];
    if (typeof session !== 'string') return;
    if (request.method === 'DELETE') this.#pods.delete(session);
    else this.#set(session, backend);
  }

  /** `/messages/?session_id=…` of the older transport. */
  learnPath(path: string, backend: Backend): void {
    const session = sessionOfPath(path);
    if (session !== undefined) this.#set(session, backend);
  }

  #set(session: string, { name }: Backend): void {
    if (session.length > 512) return;
    this.#pods.delete(session);
    this.#pods.set(session, name);
    const [oldest] = this.#pods.keys();
    if (this.#pods.size > limit && oldest !== undefined) this.#pods.delete(oldest);
  }
}

const sessionOfPath = (path: string): string | undefined => /[?&]session_?id=([^&#]+)/i.exec(path)?.[1];
