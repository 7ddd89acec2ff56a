import type { AdmitRule, Condition, RefuseRule } from '../../../policy/policy.ts';

/** The kinds of rules, as the policy file has them. */
export type RuleList = 'refuse' | 'admit';

/** The lists of a condition, with their labels. */
export const conditionLists = [
  { name: 'email', label: 'Email addresses' },
  { name: 'emailDomain', label: 'Email domains', hint: '*.water.example for all domains below water.example' },
  { name: 'connection', label: 'Connections' },
  { name: 'organization', label: 'Organizations' },
  { name: 'group', label: 'Groups' },
  { name: 'role', label: 'Roles held', hint: 'ORG:* for all that begin so' },
  { name: 'country', label: 'Countries', hint: 'Two letters each, such as DE' },
  { name: 'network', label: 'Networks', hint: 'Such as 192.0.2.0/24' },
  { name: 'application', label: 'Applications' },
] as const;

type ListName = (typeof conditionLists)[number]['name'];

/** The fields of the form, as they are typed. Lists have a value in each line. */
export type RuleFields = Readonly<Record<ListName, string>> & {
  readonly list: RuleList;
  readonly rule: string;
  readonly from: string;
  readonly until: string;
  readonly appMetadata: string;
  /** `not` and `anyOf`. */
  readonly others: string;
  readonly roles: string;
  readonly because: string;
  readonly mfa: boolean;
};

/** Returns the fields of a rule; of a new one if there is none. */
export function fieldsOf(list: RuleList, rule?: RefuseRule | AdmitRule): RuleFields {
  const when: Condition = rule?.when ?? {};
  const { from = '', until = '', appMetadata, not, anyOf } = when;
  const lists = Object.fromEntries(conditionLists.map(({ name }) => [name, (when[name] ?? []).join('\n')]));
  return {
    ...(lists as Record<ListName, string>),
    list,
    rule: rule?.rule ?? '',
    from,
    until,
    appMetadata: jsonOf(appMetadata),
    others: jsonOf(not === undefined && anyOf === undefined ? undefined : { not, anyOf }),
    roles: rule !== undefined && 'roles' in rule ? rule.roles.join('\n') : '',
    because: rule !== undefined && 'because' in rule ? (rule.because ?? '') : '',
    mfa: rule !== undefined && 'mfa' in rule && rule.mfa === true,
  };
}

/**
 * Returns the rule that the fields describe, as the policy file has it.
 *
 * @throws {Error} if a field is not JSON, with the label of the field
 */
export function ruleOf(fields: RuleFields): Readonly<Record<string, unknown>> {
  const { list, rule, from, until, because, mfa } = fields;
  const lists = conditionLists.flatMap(({ name }) => {
    const values = linesOf(fields[name]);
    return values.length === 0 ? [] : [[name, values] as const];
  });
  const appMetadata = parsed(fields.appMetadata, 'app_metadata');
  const when = {
    ...Object.fromEntries(lists),
    ...(from.trim() === '' ? {} : { from: from.trim() }),
    ...(until.trim() === '' ? {} : { until: until.trim() }),
    ...(appMetadata === undefined ? {} : { appMetadata }),
    ...parsed(fields.others, 'Exceptions and alternatives'),
  };
  if (list === 'refuse')
    return { rule: rule.trim(), when, ...(because.trim() === '' ? {} : { because: because.trim() }) };
  return { rule: rule.trim(), when, roles: linesOf(fields.roles), ...(mfa ? { mfa: true } : {}) };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function parsed(text: string, label: string): Readonly<Record<string, unknown>> | undefined {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // The same mistake.
  }
  throw new Error(`${label}: this is not a JSON object.`);
}

function jsonOf(value: object | undefined): string {
  return value === undefined ? '' : JSON.stringify(value);
}
