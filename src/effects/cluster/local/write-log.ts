import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { SecretMask } from '../../../local/process/mask-secrets.ts';

export interface ContainerLog {
  follow(stream: Readable): void;
  /** A line that the container said. */
  line(text: string): void;
  /** A line of our own. */
  say(line: string): void;
  /** Once everything is written. */
  close(): Promise<void>;
}

/** Appends what a container says to its log, without the values of its secrets. */
export function openLog(file: string, secrets: Iterable<string>): ContainerLog {
  const values = [...secrets];
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  // A full disk must not end the cluster.
  log.on('error', () => undefined);
  const ends: (() => void)[] = [];
  const lines = new SecretMask(values);
  return {
    follow(stream) {
      const mask = new SecretMask(values);
      const decoder = new StringDecoder('utf8');
      stream.on('data', (chunk: Buffer) => {
        if (log.write(mask.push(decoder.write(chunk)))) return;
        stream.pause();
        log.once('drain', () => stream.resume());
      });
      ends.push(() => void log.write(mask.push(decoder.end()) + mask.end()));
    },
    line: (text) => void log.write(lines.push(`${text}\n`)),
    say: (line) => void log.write(`berth: ${line}\n`),
    async close() {
      for (const end of ends) end();
      await new Promise<void>((resolve) => {
        log.end(() => resolve());
        log.once('error', () => resolve());
      });
    },
  };
}
