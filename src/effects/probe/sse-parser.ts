export interface ServerSentEvent {
  event: string;
  data: string;
  /** Of the last event that had one: where a broken stream is taken up again. */
  id?: string;
  /** Milliseconds to wait before that, where the server says so. */
  retry?: number;
}

/**
 * Takes the text of an event stream in pieces of any size, and gives the events that are complete. A line ends with
 * CR, LF or CRLF, which may be torn apart by a chunk.
 */
export function sseParser(): (text: string) => ServerSentEvent[] {
  let line = '';
  let afterReturn = false;
  let event = '';
  let data: string[] = [];
  let id: string | undefined;
  let retry: number | undefined;

  const finishEvent = (): ServerSentEvent[] => {
    const finished = {
      event: event === '' ? 'message' : event,
      data: data.join('\n'),
      ...(id === undefined ? {} : { id }),
      ...(retry === undefined ? {} : { retry }),
    };
    const empty = data.length === 0;
    event = '';
    data = [];
    // A priming event has an id and no data: it says where to take up the stream, and nothing else.
    return empty && id === undefined ? [] : [finished];
  };

  const finishLine = (): ServerSentEvent[] => {
    const text = line;
    line = '';
    if (text === '') return finishEvent();
    const colon = text.indexOf(':');
    const name = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') event = value;
    else if (name === 'data') data.push(value);
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d{1,9}$/.test(value)) retry = Number(value);
    return [];
  };

  return (text) => {
    const events: ServerSentEvent[] = [];
    const pieces = (afterReturn && text.startsWith('\n') ? text.slice(1) : text).split(/\r\n|\r|\n/);
    if (text !== '') afterReturn = text.endsWith('\r');
    for (const [index, piece] of pieces.entries()) {
      line += piece;
      if (index < pieces.length - 1) events.push(...finishLine());
    }
    return events;
  };
}
