import { Transform } from 'node:stream';

const limit = 16 * 1024;

/**
 * The older HTTP+SSE transport names the path for its messages in the first event of the stream. Behind a prefix the
 * path needs it too. All that follows passes as it is.
 */
export function endpointRewriter(prefix: string, learn: (path: string) => void): Transform {
  let held: Buffer | undefined = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (!held) return done(null, chunk);
      held = Buffer.concat([held, chunk]);
      const text = held.toString('latin1');
      const complete = /\r?\n\r?\n/.test(text);
      if (!complete && held.length < limit && couldBeEndpoint(text)) return done();
      held = undefined;
      done(null, Buffer.from(rewritten(text, prefix, learn), 'latin1'));
    },
    flush(done) {
      done(null, held);
    },
  });
}

/** So that no other event is held back. */
const couldBeEndpoint = (text: string): boolean => {
  const line = text.trimStart().slice(0, 'event: endpoint'.length);
  return 'event: endpoint'.startsWith(line) || 'event:endpoint'.startsWith(line) || line.startsWith('event:endpoint');
};

function rewritten(text: string, prefix: string, learn: (path: string) => void): string {
  return text.replace(/^(\s*event: ?endpoint\r?\ndata: ?)(\/[^\r\n]*)/, (_, before: string, path: string) => {
    learn(path);
    return `${before}${prefix}${path}`;
  });
}
