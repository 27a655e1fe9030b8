import { isAddress } from '../../platform/ip-address.ts';
import { portNumber } from '../server-ports.ts';
import type { Repository } from '../types.ts';
import { listAt, valueAt } from '../value-at.ts';
import { mostCommon } from './most-common.ts';

/** The address that a client file uses together with node ports of this repository. */
export function surveyNodeAddress(repository: Repository, clientFile: string): string | undefined {
  const ports = new Set(
    repository
      .manifestsOf('Service')
      .flatMap(({ value }) => listAt(value, 'spec', 'ports').map((port) => portNumber(valueAt(port, 'nodePort')))),
  );
  const hosts = [...clientFile.matchAll(/"https?:\/\/([\d.]{7,15}):(\d{4,5})[/"]/g)].flatMap(([, host = '', port]) =>
    isAddress(host) && !host.startsWith('127.') && ports.has(Number(port)) ? [host] : [],
  );
  return mostCommon(hosts);
}
