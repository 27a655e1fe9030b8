import { BerthError } from '../../errors.ts';

/** Those that say what a request is are the prober's own. */
const reserved = /^(?:host|connection|content-.*|transfer-encoding|accept|accept-encoding|mcp-.*|last-event-id)$/;

/**
 * `NAME:VALUE` of each `--header`, with `${VARIABLE}` out of the environment, so that no secret has to be typed. Error:
 * USAGE, which names the header and never its value.
 */
export function readHeaders(
  headers: readonly string[],
  variable: (name: string) => string | undefined,
): Record<string, string> {
  const read = headers.map((header): [string, string] => {
    const [, typed = '', written = ''] = /^([^:]*):\s*(.*)$/s.exec(header) ?? [];
    const name = typed.trim().toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new BerthError('USAGE', 'A --header is not of the form NAME:VALUE', {
        hint: "For a token: --header 'Authorization:Bearer ${TOKEN}'",
      });
    }
    if (reserved.test(name)) {
      throw new BerthError('USAGE', `The header ${name} is set by the protocol`, { hint: 'Leave it out.' });
    }
    const value = written.replaceAll(/\$\{(\w+)\}/g, (_, called: string) => valueOf(called, name, variable));
    // oxlint-disable-next-line no-control-regex
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new BerthError('USAGE', `The value of the header ${name} has characters that no header can carry`, {
        hint: 'Often it is the line break at the end of a file: $(cat token) leaves it out.',
      });
    }
    return [name, value.trim()];
  });
  return Object.fromEntries(read);
}

function valueOf(called: string, header: string, variable: (name: string) => string | undefined): string {
  const value = variable(called);
  if (value !== undefined && value !== '') return value;
  throw new BerthError('USAGE', `The header ${header} needs the variable ${called}, which is not set`, {
    hint: `export ${called}=…`,
  });
}
