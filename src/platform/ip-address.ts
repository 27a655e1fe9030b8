import ipaddr from 'ipaddr.js';

/** Whether an address (IPv4 or IPv6) lies in `10.20.0.0/24`; false where one of them is none. */
export function isInCidr(address: string, cidr: string): boolean {
  if (!isAddress(address) || !isCidr(cidr)) return false;
  const parsed = ipaddr.process(address);
  const [network, bits] = ipaddr.parseCIDR(cidr);
  return parsed.kind() === network.kind() && parsed.match(network, bits);
}

export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

export function isCidr(text: string): boolean {
  const [address = ''] = text.split('/');
  return isAddress(address) && ipaddr.isValidCIDR(text);
}
