/**
 * Loaded into every Node of a pod with `--import`. Servers listen where `BERTH_PORTS` says, on 127.0.0.1 only, and
 * connections of the pod to itself find them there. A server that listens on loopback only stays unreachable, as it
 * would be on a cluster.
 */
export const nodePortShim = String.raw`
import net from 'node:net';

const ports = new Map(Object.entries(JSON.parse(process.env.BERTH_PORTS ?? '{}')).map(([from, to]) => [Number(from), to]));
const own = new Map();
const loopback = (host) => host === 'localhost' || host === '::1' || /^127\./.test(host) || /^::ffff:127\./.test(host);
const isPort = (value) => (typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)));

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
  const [first] = args;
  const options = typeof first === 'object' && first !== null ? first : isPort(first) ? { port: first } : undefined;
  const cluster = options?.fd !== undefined || options?.path !== undefined || !isPort(options?.port);
  if (cluster || '_handle' in options) return listen.apply(this, args);
  const asked = Number(options.port);
  const host = options.host ?? (options !== first && typeof args[1] === 'string' ? args[1] : undefined);
  const callback = args.findLast((arg) => typeof arg === 'function');
  const hidden = host !== undefined && loopback(host);
  const port = asked === 0 || hidden ? 0 : (ports.get(asked) ?? 0);
  if (hidden && asked !== 0) {
    process.stderr.write('berth: port ' + asked + ' is bound to ' + host + ': only its own pod can reach it. Bind to 0.0.0.0.\n');
  }
  const { address } = this;
  this.address = function () {
    const real = address.call(this);
    if (!real || typeof real === 'string' || asked === 0) return real;
    return { address: host ?? '::', family: host === undefined || host.includes(':') ? 'IPv6' : 'IPv4', port: asked };
  };
  this.once('listening', () => {
    const real = address.call(this);
    if (real && typeof real === 'object' && asked !== 0) own.set(asked, real.port);
  });
  const { backlog, exclusive, signal, reusePort } = options;
  const rest = Object.fromEntries(Object.entries({ backlog, exclusive, signal, reusePort }).filter(([, value]) => value !== undefined));
  return listen.call(this, { ...rest, port, host: '127.0.0.1' }, ...(callback ? [callback] : []));
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  // net.connect hands on a list of already sorted arguments.
  const list = Array.isArray(args[0]) ? args[0] : args;
  const [first] = list;
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: typeof list[1] === 'string' ? list[1] : undefined };
  const to = isPort(options.port) && loopback(options.host ?? 'localhost') ? (own.get(Number(options.port)) ?? ports.get(Number(options.port))) : undefined;
  if (to === undefined) return connect.apply(this, args);
  const callback = list.findLast((arg) => typeof arg === 'function');
  return connect.call(this, { ...options, port: to, host: '127.0.0.1' }, ...(callback ? [callback] : []));
};
`;
