import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Whether an IP address is one of a list. Each entry is an address or a network, of IPv4 or IPv6.
 *
 * @param entries as a setting of the tenant stores them; anything but a list has no entry
 * @example
 * addressList(['192.0.2.0/24'])('192.0.2.7'); // true
 */
export function addressList(entries: unknown): (ip: string) => boolean {
  const list = new BlockList();
  for (const entry of Array.isArray(entries) ? entries.map(String) : []) {
    const [address = '', bits] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (ip) => isIP(ip) !== 0 && list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}
