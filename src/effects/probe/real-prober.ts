import { contractOf } from '../../proof/contract-of.ts';
import type { Observation, ProbeRequest, ToolDefinition } from '../../proof/types.ts';
import type { McpProber } from '../mcp-prober.ts';
import { callTool, chooseCall } from './call-tool.ts';
import { connect } from './connect.ts';
import { connectLegacy } from './legacy-session.ts';
import { listAll } from './list-all.ts';
import { listTools } from './list-tools.ts';
import { isNowhere, lookAround } from './look-around.ts';
import type { McpSession } from './session.ts';
import { type Wire, openWire } from './wire.ts';
import { within } from './within.ts';

/** What is seen after the handshake. */
type Seen = Omit<Observation, 'endpoint' | 'exchanges' | 'connected' | 'protocolVersions'>;

/** What else a server offers decides nothing, so it may take no longer than this. */
const othersPatience = 3000;

/** Speaks MCP over HTTP as the clients of every revision do. */
export const realProber = (): McpProber => ({
  async probe(request, signal) {
    const { endpoint, timeoutMilliseconds, healthPath } = request;
    const wire = openWire(endpoint);
    const url = new URL(endpoint.url);
    // The last part of the time is for what is asked afterwards: the health path, other paths, the end of a session.
    const [seen] = await within(signal, timeoutMilliseconds, async (whole) => {
      const talk = within(whole, timeoutMilliseconds * 0.85, async (most) =>
        observe(request, wire, { url, most, whole }),
      );
      return Promise.all([
        talk,
        healthPath === undefined
          ? undefined
          : askHealth(wire, new URL(`/${healthPath.replace(/^\/+/, '')}`, url), whole),
      ]);
    });
    signal.throwIfAborted();
    return { endpoint: { url: withoutUser(url) }, exchanges: wire.exchanges, ...seen };
  },
});

interface Times {
  url: URL;
  /** Until when the protocol is spoken. */
  most: AbortSignal;
  /** Until when everything is over. */
  whole: AbortSignal;
}

async function observe(
  request: ProbeRequest,
  wire: Wire,
  { url, most, whole }: Times,
): Promise<Omit<Observation, 'endpoint' | 'exchanges'>> {
  const handshake = await within(most, request.timeoutMilliseconds / 2, async (soon) => connect(wire, url, soon));
  if ('reply' in handshake) {
    if (isNowhere(handshake.reply.status)) await lookAround(wire, url, whole);
    const message = handshake.reply.problem ?? 'the handshake failed';
    return { protocolVersions: [], failure: { stage: 'connect', message } };
  }
  const { session } = handshake;
  const { transport, era, protocolVersion, server } = session;
  const { redirectedTo } = wire;
  const connected = {
    transport,
    era,
    protocolVersion,
    ...(server ? { server } : {}),
    ...(redirectedTo === undefined ? {} : { redirectedTo }),
  };
  try {
    const seen = await useSession(request, session, most);
    const older = async (soon: AbortSignal) => spokenLegacy(wire, url, soon);
    const legacy = era === 'modern' ? await within(most, request.timeoutMilliseconds / 3, older) : [];
    const protocolVersions = [...new Set([...session.protocolVersions, ...legacy])].toSorted();
    return { connected, protocolVersions, ...seen };
  } finally {
    await session.close(whole);
  }
}

async function useSession(request: ProbeRequest, session: McpSession, signal: AbortSignal): Promise<Seen> {
  const { tools, problem } = await listTools(session, signal);
  if (problem !== undefined)
    return { ...(tools.length > 0 ? { tools } : {}), failure: { stage: 'list', message: problem } };

  const chosen = chooseCall(request, tools);
  const definition = tools.find(({ name }) => name === chosen?.tool);
  const call = chosen && (await callTool(session, chosen, definition, signal));
  const called: Seen = { tools, ...(call ? { call } : {}) };
  if (call?.error !== undefined)
    return { ...called, failure: { stage: 'call', message: `${call.tool}: ${call.error}` } };

  const again = await listTools(session, signal);
  if (again.problem !== undefined) {
    return { ...called, failure: { stage: 'list', message: `at the second time, ${again.problem}` } };
  }
  const unstableTools = differences(tools, again.tools);
  return {
    ...called,
    ...(unstableTools.length > 0 ? { unstableTools } : {}),
    ...(await within(signal, othersPatience, async (soon) => listOthers(session, soon))),
  };
}

/** Prompts and resources where the server says it has some; that they cannot be listed breaks no tool. */
async function listOthers(session: McpSession, signal: AbortSignal): Promise<Pick<Seen, 'prompts' | 'resources'>> {
  const list = async (key: 'prompts' | 'resources') => {
    if (session.capabilities[key] === undefined) return undefined;
    const { items, problem } = await listAll(session, key, signal);
    return problem === undefined ? items : undefined;
  };
  const prompts = (await list('prompts')) as NonNullable<Seen['prompts']> | undefined;
  const resources = (await list('resources')) as NonNullable<Seen['resources']> | undefined;
  return { ...(prompts ? { prompts } : {}), ...(resources ? { resources } : {}) };
}

/** The revision that a server of the modern era speaks with older clients: shaken hands on, and listed with. */
async function spokenLegacy(wire: Wire, url: URL, signal: AbortSignal): Promise<readonly string[]> {
  const handshake = await connectLegacy(wire, url, signal);
  if ('reply' in handshake) return [];
  const { session } = handshake;
  try {
    const { problem } = await listTools(session, signal);
    return problem === undefined ? session.protocolVersions : [];
  } finally {
    await session.close(signal);
  }
}

/** Tools that are not the same in both lists. */
function differences(before: readonly ToolDefinition[], after: readonly ToolDefinition[]): string[] {
  const [first, second] = [contractOf({ tools: before }).tools, contractOf({ tools: after }).tools];
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].filter((name) => first[name] !== second[name]).toSorted();
}

async function askHealth(wire: Wire, url: URL, signal: AbortSignal): Promise<void> {
  await within(signal, 5000, async (soon) => wire.send({ method: 'GET', url, anonymous: true }, soon));
}

/** `user:password@` is for the server alone. */
function withoutUser(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}
