// The rules of https://auth0.com/docs/secure/tenant-access-control-list/rule-evaluation
import { describe, expect, it } from 'vitest';
import { matchingLists, type NetworkRequest, type NetworkScope } from '../../../src/tenant/network-acls/network-acl.ts';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import type { StoredRecord } from '../../../src/tenant/store/record-table.ts';

const list = (rule: JsonObject, members: JsonObject = {}, id = 'acl_1'): StoredRecord => ({
  id,
  parent: '',
  created_at: '',
  updated_at: '',
  members: {
    description: id,
    active: true,
    priority: 1,
    rule: { action: { block: true }, scope: 'tenant', ...rule },
    ...members,
  },
});
const request = (facts: Partial<NetworkRequest> = {}): NetworkRequest => ({
  scope: 'authentication',
  address: '192.0.2.7',
  hostname: 'localhost',
  userAgent: 'curl/8.5.0',
  ...facts,
});
const applies = (rule: JsonObject, facts?: Partial<NetworkRequest>) =>
  matchingLists([list(rule)], request(facts)).length === 1;

describe('a network access control list', () => {
  it.each<[string, JsonObject, Partial<NetworkRequest>, boolean]>([
    ['an address of the list', { match: { ipv4_cidrs: ['198.51.100.1', '192.0.2.0/24'] } }, {}, true],
    ['another address', { match: { ipv4_cidrs: ['198.51.100.0/24'] } }, {}, false],
    ['an IPv6 address', { match: { ipv6_cidrs: ['2001:db8::/32'] } }, { address: '2001:db8::1' }, true],
    [
      'an address of either family',
      { match: { ipv4_cidrs: ['192.0.2.0/24'], ipv6_cidrs: ['2001:db8::/32'] } },
      {},
      true,
    ],
    ['a connecting address', { match: { connecting_ipv4_cidrs: ['192.0.2.7'] } }, {}, true],
    ['a host name', { match: { hostnames: ['localhost'] } }, {}, true],
    ['another host name', { match: { hostnames: ['login.example'] } }, {}, false],
    ['a user agent', { match: { user_agents: ['wget', 'curl/8.5.0'] } }, {}, true],
    ['a part of a user agent', { match: { user_agents: ['curl'] } }, {}, false],
    ['a country', { match: { geo_country_codes: ['DE'] } }, { country: 'DE' }, true],
    ['a subdivision', { match: { geo_subdivision_codes: ['DE-HH'] } }, { subdivision: 'DE-HH' }, true],
    ['an unknown country', { match: { geo_country_codes: ['DE'] } }, {}, false],
    ['all of two signals', { match: { ipv4_cidrs: ['192.0.2.7'], user_agents: ['curl/8.5.0'] } }, {}, true],
    ['one of two signals', { match: { ipv4_cidrs: ['192.0.2.7'], user_agents: ['wget'] } }, {}, false],
    ['a signal that a local tenant does not know', { match: { asns: [64_496] } }, {}, false],
    [
      'a known and an unknown signal',
      { match: { ipv4_cidrs: ['192.0.2.7'], auth0_managed: ['auth0.low_reputation'] } },
      {},
      false,
    ],
    ['no signal', { match: {} }, {}, false],
    ['not an address of the list', { not_match: { ipv4_cidrs: ['198.51.100.0/24'] } }, {}, true],
    ['not any address but its own', { not_match: { ipv4_cidrs: ['192.0.2.0/24'] } }, {}, false],
    ['not a user agent', { not_match: { user_agents: ['wget'] } }, {}, true],
    ['not an unknown signal', { not_match: { ja3_fingerprints: ['a'] } }, {}, false],
    ['not an unknown country', { not_match: { geo_country_codes: ['DE'] } }, {}, false],
    ['not another country', { not_match: { geo_country_codes: ['DE'] } }, { country: 'FR' }, true],
    [
      'both conditions',
      { match: { ipv4_cidrs: ['192.0.2.0/24'] }, not_match: { ipv4_cidrs: ['192.0.2.8'] } },
      {},
      true,
    ],
    [
      'one of both conditions',
      { match: { ipv4_cidrs: ['192.0.2.0/24'] }, not_match: { ipv4_cidrs: ['192.0.2.7'] } },
      {},
      false,
    ],
    [
      'another network from this machine',
      { not_match: { ipv4_cidrs: ['192.0.2.0/24'] } },
      { address: '127.0.0.1' },
      false,
    ],
    [
      'another network from this machine over IPv6',
      { not_match: { ipv4_cidrs: ['192.0.2.0/24'] } },
      { address: '::1' },
      false,
    ],
    [
      'a list that names a loopback address from another one',
      { not_match: { ipv4_cidrs: ['192.0.2.0/24', '127.0.0.1/32'] } },
      { address: '127.0.0.2' },
      true,
    ],
    ['a list with every address', { match: { ipv4_cidrs: ['0.0.0.0/0'] } }, {}, true],
    [
      'a list with every address from this machine',
      { match: { ipv4_cidrs: ['0.0.0.0/0'], ipv6_cidrs: ['::/0'] } },
      { address: '127.0.0.1' },
      false,
    ],
    ['this machine', { match: { ipv4_cidrs: ['127.0.0.0/8'] } }, { address: '127.0.0.3' }, true],
    [
      'another host name from this machine',
      { not_match: { hostnames: ['login.example'] } },
      { address: '127.0.0.1' },
      false,
    ],
  ])('compares %s', (_, rule, facts, expected) => {
    expect(applies(rule, facts)).toBe(expected);
  });

  it.each<[string, readonly NetworkScope[]]>([
    ['tenant', ['management', 'authentication', 'dynamic_client_registration']],
    ['management', ['management']],
    ['authentication', ['authentication']],
    ['dynamic_client_registration', ['dynamic_client_registration']],
  ])('of the scope %s is for the endpoints of its scope', (scope, expected) => {
    const scopes: NetworkScope[] = ['management', 'authentication', 'dynamic_client_registration'];
    const rule = { scope, match: { ipv4_cidrs: ['192.0.2.7'] } };
    expect(scopes.filter((one) => applies(rule, { scope: one }))).toEqual(expected);
  });

  it('is compared by priority, and then in the order of creation, if it is active', () => {
    const rule = { match: { ipv4_cidrs: ['192.0.2.7'] } };
    const lists = [
      list(rule, { priority: undefined }, 'default'),
      list(rule, { priority: 50 }, 'the same'),
      list(rule, { priority: 2 }, 'second'),
      list(rule, { active: false, priority: 1 }, 'inactive'),
      list(rule, { priority: 1 }, 'first'),
    ];
    expect(matchingLists(lists, request()).map(({ id }) => id)).toEqual(['first', 'second', 'default', 'the same']);
  });
});
