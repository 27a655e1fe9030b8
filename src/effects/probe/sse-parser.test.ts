import { describe, expect, test } from 'vitest';
import { sseParser } from './sse-parser.ts';

const stream = 'event: endpoint\r\ndata: /messages\r\n\r\n: a comment\r\nid: 7\r\ndata: {"a":\r\ndata: 1}\r\n\r\n';
const events = [
  { event: 'endpoint', data: '/messages' },
  { event: 'message', data: '{"a":\n1}', id: '7' },
];

describe('an event stream', () => {
  test.each([
    ['CRLF', stream],
    ['LF', stream.replaceAll('\r\n', '\n')],
    ['CR', stream.replaceAll('\r\n', '\r')],
  ])('is the same with %s, in one piece and in pieces of every size', (_, text) => {
    for (let size = 1; size <= text.length; size++) {
      const parse = sseParser();
      const seen = [];
      for (let at = 0; at < text.length; at += size) seen.push(...parse(text.slice(at, at + size)));
      expect(seen).toEqual(events);
    }
  });

  test('gives no event before its empty line', () => {
    const parse = sseParser();
    expect(parse('data: 1\n')).toEqual([]);
    expect(parse('\n')).toEqual([{ event: 'message', data: '1' }]);
  });

  test('keeps the place where it can be taken up again', () => {
    expect(sseParser()('retry: 200\nid: 3\ndata:\n\n')).toEqual([{ event: 'message', data: '', id: '3', retry: 200 }]);
  });

  test('ignores lines that mean nothing', () => {
    expect(sseParser()(': hello\nnonsense\nretry: soon\n\n')).toEqual([]);
  });
});
