import { describeCondition } from '../../policy/describe-condition.ts';
import type { AdmitRule, Policy, RefuseRule } from '../../policy/policy.ts';
import type { PlannedField } from './planned-change.ts';

/** A field of a policy: what is compared, and what is shown. */
interface Field {
  readonly value: string;
  readonly shown: string;
}

/**
 * Compares two policies field by field. Organisations are compared by their role, rules by their name.
 *
 * @example policyDifferences(before, { ...before, onFailure: 'admit' }) // [{ name: 'onFailure', before: 'refuse', after: 'admit' }]
 */
export function policyDifferences(before: Policy, after: Policy): PlannedField[] {
  const [old, next] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((name) => {
    const [one, other] = [old.get(name), next.get(name)];
    if (one?.value === other?.value) return [];
    const isOther = one !== undefined && one.shown === other?.shown;
    const text = other === undefined ? '(none)' : `${other.shown}${isOther ? ' (other values)' : ''}`;
    return { name: `policy.${name}`, before: one?.shown, after: text };
  });
}

function flatten(policy: Policy): Map<string, Field> {
  const { applications, organizations, defaultRole, landingPages = {}, refuse = [], admit = [], otherwise } = policy;
  const fields = new Map<string, Field>();
  const set = (name: string, shown: string, value: string = shown): void => {
    const known = fields.get(name);
    const add = (first: string | undefined, second: string) => (first === undefined ? second : `${first}; ${second}`);
    fields.set(name, { value: add(known?.value, value), shown: add(known?.shown, shown) });
  };
  set('applications', [...applications].sort().join(', '));
  if (defaultRole !== undefined) set('defaultRole', defaultRole);
  for (const [name, text] of Object.entries(policy)) {
    if (typeof text === 'string' && !fields.has(name)) set(name, text);
  }
  for (const [application, page] of Object.entries(landingPages)) set(`landingPages[${application}]`, page);
  for (const { role, domains, includeSubdomains } of organizations) {
    set(`organizations[${role}]`, `${[...domains].sort().join(', ')}${includeSubdomains ? ' and sub-domains' : ''}`);
  }
  for (const rule of refuse) set(`refuse[${rule.rule}]`, describeRefusal(rule), canonical(rule));
  for (const rule of admit) set(`admit[${rule.rule}]`, describeAdmission(rule), canonical(rule));
  if (typeof otherwise === 'object') set('otherwise', rolesText(otherwise.roles));
  return fields;
}

/** The order of fields and of values has no meaning. */
function canonical(rule: RefuseRule | AdmitRule): string {
  return JSON.stringify(rule, (_key, value: unknown) => {
    if (Array.isArray(value)) return value.map((one) => JSON.stringify(one)).sort();
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

function describeRefusal({ when, because }: RefuseRule): string {
  return `${describeCondition(when)}${because === undefined ? '' : `: "${because}"`}`;
}

function describeAdmission({ when, roles, mfa }: AdmitRule): string {
  return `${describeCondition(when)}: ${rolesText(roles)}${mfa === true ? ', after a second factor' : ''}`;
}

function rolesText(roles: readonly string[]): string {
  return roles.length === 0 ? 'no role' : roles.join(', ');
}
