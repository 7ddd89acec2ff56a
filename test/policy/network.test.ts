import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInNetwork, parseAddress, parseNetwork } from '../../src/policy/network.ts';

describe('a network', () => {
  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.0.0.1',
    '01.2.3.4',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/08',
    ':::',
    '1::2::3',
    '12345::',
    '::/129',
    '1:2:3:4:5:6:7:8:9',
    'water.example',
  ])('is not %j', (text) => expect(parseNetwork(text)).toBeUndefined());

  it('reads the addresses that Node reads, and no others', () => {
    const texts = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string(),
      fc.string({ unit: fc.constantFrom(':', '.', '0', '1', 'f') }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseAddress(text) !== undefined).toBe(isIP(text) !== 0);
      }),
      { numRuns: 5000 },
    );
  });

  it('holds the addresses that Node says it holds', () => {
    const networks = fc.oneof(
      fc.record({
        kind: fc.constant('ipv4' as const),
        network: fc.ipV4(),
        address: fc.ipV4(),
        bits: fc.nat({ max: 32 }),
      }),
      fc.record({
        kind: fc.constant('ipv6' as const),
        network: fc.ipV6(),
        address: fc.ipV6(),
        bits: fc.nat({ max: 128 }),
      }),
    );
    fc.assert(
      fc.property(networks, fc.boolean(), ({ kind, network, address, bits }, same) => {
        const list = new BlockList();
        list.addSubnet(network, bits, kind);
        const visitor = same ? network : address;
        const octets = parseAddress(visitor);
        const parsed = parseNetwork(`${network}/${bits}`);
        // An address of the other family, written as IPv6, is compared as IPv4 here.
        fc.pre(octets !== undefined && parsed !== undefined && octets.length === parsed.octets.length);
        expect(isInNetwork(octets, parsed)).toBe(list.check(visitor, kind));
      }),
      { numRuns: 3000 },
    );
  });
});
