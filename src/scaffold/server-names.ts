import { BerthError } from '../errors.ts';

/** What the objects of one server are called. */
export interface ServerNames {
  /** `weather`. */
  server: string;
  /** `weather-mcp`: Deployment, Service, NetworkPolicy, ServiceAccount, label. */
  workload: string;
  configMap: string;
  secret: string;
  /** The manifest's file name. */
  file: string;
}

// The longest name, that of the Secret, must fit into 63 characters: names end up as label values.
const suffix = '-mcp-secrets';
const longest = 63 - suffix.length;

/** The names of a server, from `weather` or `weather-mcp`. Errors: NAME_INVALID. */
export function serverNames(given: string): ServerNames {
  const server = given.replace(/-mcp$/, '');
  const reason = problemOf(server);
  if (reason !== undefined) {
    const meant = suggestion(server);
    throw new BerthError('NAME_INVALID', `"${given}" cannot be the name of a server: ${reason}`, {
      hint: meant
        ? `For example: ${meant}`
        : `Use at most ${longest} lower-case letters, digits and "-", and a letter first.`,
    });
  }
  const workload = `${server}-mcp`;
  return {
    server,
    workload,
    configMap: `${workload}-code`,
    secret: `${server}${suffix}`,
    file: `${workload}.yaml`,
  };
}

function problemOf(name: string): string | undefined {
  if (name === '' || name === 'mcp') return 'it says nothing but mcp';
  if (/-mcp(-code|-secrets)?$/.test(name)) return 'it ends as the names of its objects do';
  // A Service is stricter than other objects: its name begins with a letter (RFC 1035).
  if (!/^[a-z]/.test(name)) return 'a Service begins with a lower-case letter';
  if (!/^[a-z0-9-]+$/.test(name)) return 'Kubernetes knows only lower-case letters, digits and "-" here';
  if (name.endsWith('-')) return 'it ends with "-"';
  if (name.length > longest) {
    return `it has ${name.length} characters, and with "${suffix}" behind it only ${longest} fit`;
  }
  return undefined;
}

function suggestion(name: string): string | undefined {
  const cleaned = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longest)
    .replace(/(-mcp(-code|-secrets)?)?-*$/, '');
  return cleaned !== '' && problemOf(cleaned) === undefined ? cleaned : undefined;
}
