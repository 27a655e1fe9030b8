import { callText } from './call-text.ts';
import { endpointExchanges, header, inWords } from './exchanges.ts';
import { type Fault, seen } from './fault.ts';
import { lastWords, logLine } from './log-line.ts';
import type { Evidence } from './types.ts';

/** Ways to use FastMCP and the Python SDK that import well and fail later. */
export const fastmcpFaults: readonly Fault[] = [
  {
    id: 'fastmcp-ctor-arg',
    evidence: ['log'],
    message: 'FastMCP takes this argument at http_app() or run(), no longer at its constructor',
    hint: 'Move the argument from FastMCP(…) to http_app(…) or run(…), then: berth new <name> --update, berth deploy <name>',
    match: (evidence) =>
      seen(
        lastWords(
          evidence,
          /TypeError: .*\b(?:FastMCP|MCPServer)(?:\(\)|\.__init__\(\)).*(?:unexpected keyword|no longer accepts)/,
        ),
      ),
  },
  {
    id: 'fastmcp-wrong-api',
    evidence: ['log'],
    message: 'The code uses a name that the installed FastMCP or MCP library does not have',
    hint: 'Use the name that the log proposes (the ASGI app of FastMCP is http_app(); mcp 2.x has MCPServer), or pin the version that the code was written for, then: berth new <name> --update, berth deploy <name>',
    match: (evidence) =>
      seen(
        lastWords(evidence, /AttributeError: '?(?:FastMCP|MCPServer)'? object has no attribute/) ??
          lastWords(evidence, /AttributeError: module '(?:fast)?mcp[\w.]*' has no attribute/) ??
          lastWords(evidence, /(?:ImportError|ModuleNotFoundError): .*\b(?:fastmcp|mcp)\.\w+/) ??
          lastWords(evidence, /ImportError: cannot import name '\w+' from '(?:fastmcp|mcp)/),
      ),
  },
  {
    id: 'fastmcp-lifespan-missing',
    evidence: ['wire', 'log'],
    message: "The MCP app's lifespan is not passed on, so its session manager never starts",
    hint: 'Pass it to the outer app: Starlette(routes=[…], lifespan=mcp_app.lifespan), then: berth new <name> --update, berth deploy <name>',
    match: (evidence) =>
      seen(logLine(evidence, /task group (?:was|is) not initialized/i) ?? answersNothingButErrors(evidence)),
  },
  {
    id: 'tool-called-as-function',
    evidence: ['wire', 'log'],
    message: 'A decorated tool is called like a function, which FastMCP 2 does not allow',
    hint: 'Call the undecorated function (or tool.fn), or use FastMCP 3 or newer, then: berth new <name> --update, berth deploy <name>',
    match: (evidence) => {
      const pattern = /'(?:FunctionTool|FunctionResource|FunctionPrompt)' object is not callable/;
      return seen(pattern.test(callText(evidence)) ? callText(evidence) : logLine(evidence, pattern));
    },
  },
];

/**
 * Without its lifespan every request dies in the session manager, before it is read: uvicorn's bare 500 for whatever is asked.
 * A server with a fault in a tool answers the handshake.
 */
function answersNothingButErrors({ observation }: Evidence): string | undefined {
  const asked = endpointExchanges(observation).filter(({ status }) => status === undefined || status >= 400);
  const bare = asked.filter(
    (exchange) =>
      exchange.status === 500 &&
      exchange.body?.trim() === 'Internal Server Error' &&
      header(exchange, 'content-type')?.startsWith('text/plain'),
  );
  const [first] = bare;
  if (observation.connected || !first || bare.length !== asked.length) return undefined;
  return /uvicorn|hypercorn|granian/i.test(header(first, 'server') ?? 'uvicorn') ? inWords(first) : undefined;
}
