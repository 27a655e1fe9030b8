import { called } from './call-faults.ts';
import type { Fault } from './fault.ts';

/** The server is well; what it asks on the call's behalf is not. Its own words say so. */
export const upstreamFaults: readonly Fault[] = [
  {
    id: 'upstream-address-wrong',
    evidence: ['wire'],
    message: 'The server cannot resolve the name of its upstream',
    hint: 'Correct the upstream URL in the environment of <name> (<service>.<namespace>.svc, of the same cluster), then: berth deploy <name>',
    match: (evidence) =>
      called(
        evidence,
        /ENOTFOUND|EAI_AGAIN|Name or service not known|getaddrinfo|nodename nor servname|Temporary failure in name resolution|no such host/i,
      ),
  },
  {
    id: 'upstream-tls',
    evidence: ['wire'],
    message: "The server does not trust its upstream's certificate, or speaks the wrong scheme to it",
    hint: 'Give <name> the CA of its upstream (SSL_CERT_FILE, NODE_EXTRA_CA_CERTS), or correct http and https in the URL, then: berth deploy <name>',
    match: (evidence) =>
      called(
        evidence,
        /CERTIFICATE_VERIFY_FAILED|certificate verify failed|self[- ]signed certificate|unable to verify the first certificate|x509:|WRONG_VERSION_NUMBER|wrong version number|CERT_HAS_EXPIRED/i,
      ),
  },
  {
    id: 'upstream-unreachable',
    evidence: ['wire'],
    message: 'The server does not reach its upstream',
    hint: "Use the Service's port (not the container's) in the upstream URL, and let a NetworkPolicy pass it on both sides, then: berth deploy <name>",
    match: (evidence) =>
      called(
        evidence,
        /ECONNREFUSED|connection refused|all connection attempts failed|EHOSTUNREACH|ENETUNREACH|no route to host|ConnectTimeout|ETIMEDOUT|i\/o timeout|(?:read|connect)ion? timed? ?out/i,
      ),
  },
  {
    id: 'upstream-auth',
    evidence: ['wire'],
    message: 'The upstream refuses the credential of the server',
    hint: 'Put a valid credential into the Secret of <name> (on a local cluster: .berth/secrets.yaml), then: berth restart <name>',
    match: (evidence) =>
      called(
        evidence,
        /\b(?:HTTP|status|code|error)\W{0,8}(?:code )?40[13]\b|\b40[13] (?:unauthori[sz]ed|forbidden|client error)|\bunauthori[sz]ed\b|invalid (?:api[ _-]?key|token|credentials)|authentication failed/i,
      ),
  },
  {
    id: 'upstream-api-misuse',
    evidence: ['wire'],
    message: 'The upstream does not know what the server asks it',
    hint: 'Compare path, method and fields with the version of the upstream that runs, and correct the code or the base URL of <name>, then: berth deploy <name>',
    match: (evidence) =>
      called(
        evidence,
        /\b(?:HTTP|status|code|error)\W{0,8}(?:code )?4(?:0[0245679]|1\d|22)\b|\b4(?:00|04|05|22) (?:bad request|not found|method not allowed|unprocessable|client error)/i,
      ),
  },
];
