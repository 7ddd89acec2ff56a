import type { Policy } from '../../policy/policy.ts';
import type { PlannedField } from './planned-change.ts';

/**
 * Compares two policies field by field. Organisations are compared by their role.
 *
 * @example policyDifferences(before, { ...before, onFailure: 'admit' }) // [{ name: 'onFailure', before: 'refuse', after: 'admit' }]
 */
export function policyDifferences(before: Policy, after: Policy): PlannedField[] {
  const [old, next] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((name) => old.get(name) !== next.get(name))
    .map((name) => ({ name: `policy.${name}`, before: old.get(name), after: next.get(name) ?? '(none)' }));
}

function flatten(policy: Policy): Map<string, string> {
  const { applications, organizations, defaultRole, ...texts } = policy;
  const fields = new Map<string, string>([['applications', [...applications].sort().join(', ')]]);
  if (defaultRole !== undefined) fields.set('defaultRole', defaultRole);
  for (const [name, text] of Object.entries(texts)) if (typeof text === 'string') fields.set(name, text);
  for (const { role, domains, includeSubdomains } of organizations) {
    const known = fields.get(`organizations[${role}]`);
    const description = `${[...domains].sort().join(', ')}${includeSubdomains ? ' and sub-domains' : ''}`;
    fields.set(`organizations[${role}]`, known === undefined ? description : `${known}; ${description}`);
  }
  return fields;
}
