import type { Condition, MetadataValue } from './policy.ts';

/** More values than these are counted. */
const MOST_VALUES = 4;

/**
 * Describes a condition in one line.
 *
 * @param addresses whether e-mail addresses are shown whole; otherwise their first letter and their domain
 * @example describeCondition({ emailDomain: ['water.example'], not: [{ role: ['Guest'] }] })
 * // 'domain water.example and not (role Guest)'
 */
export function describeCondition(condition: Condition, addresses: 'masked' | 'whole' = 'masked'): string {
  const describe = (one: Condition) => describeCondition(one, addresses);
  const { appMetadata = {}, from, until, not = [], anyOf } = condition;
  const parts = [
    listed('address', addresses === 'whole' ? condition.email : condition.email?.map(maskedAddress)),
    listed('domain', condition.emailDomain),
    listed('connection', condition.connection),
    listed('organization', condition.organization),
    listed('group', condition.group),
    listed('role', condition.role),
    ...Object.entries(appMetadata).map(([path, values]) => listed(`app_metadata ${path}`, values.map(shownValue))),
    listed('country', condition.country),
    listed('network', condition.network),
    listed('application', condition.application),
    from === undefined ? undefined : `from ${from.replace('T00:00:00.000Z', '')}`,
    until === undefined ? undefined : `before ${until.replace('T00:00:00.000Z', '')}`,
    ...not.map((one) => `not (${describe(one)})`),
    anyOf === undefined ? undefined : `any of (${anyOf.map(describe).join('; ')})`,
  ];
  return parts.filter((part) => part !== undefined).join(' and ') || 'everybody';
}

function listed(name: string, values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  const visible = values.slice(0, MOST_VALUES).join(' or ');
  return `${name} ${visible}${values.length > MOST_VALUES ? ` or ${values.length - MOST_VALUES} more` : ''}`;
}

function maskedAddress(address: string): string {
  return `${address.slice(0, 1)}***${address.slice(address.lastIndexOf('@'))}`;
}

function shownValue(value: MetadataValue): string {
  return JSON.stringify(value);
}
