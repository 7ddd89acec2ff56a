//! Whether a value from outside, such as the code of an Action or a file, is a policy.
import type { AdmitRule, Condition, Organization, Policy, RefuseRule } from './policy.ts';

type Check = (value: unknown) => boolean;

/** The checks of the fields of a type: the compiler refuses a list that is not complete. */
type Checks<T> = { readonly [Key in keyof Required<T>]: Check };

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isTexts = isListOf(isText);
const isAnswer: Check = (value) => value === 'refuse' || value === 'admit';

const conditionChecks: Checks<Condition> = {
  email: isTexts,
  emailDomain: isTexts,
  connection: isTexts,
  organization: isTexts,
  group: isTexts,
  role: isTexts,
  appMetadata: isRecordOf(isListOf((value) => ['string', 'number', 'boolean'].includes(typeof value))),
  country: isTexts,
  network: isTexts,
  application: isTexts,
  from: isText,
  until: isText,
  not: isListOf(isCondition),
  anyOf: isListOf(isCondition),
};

const refuseRuleChecks: Checks<RefuseRule> = { rule: isText, when: isCondition, because: isText };
const admitRuleChecks: Checks<AdmitRule> = { rule: isText, when: isCondition, roles: isTexts, mfa: isFlag };
const organizationChecks: Checks<Organization> = { role: isText, domains: isTexts, includeSubdomains: isFlag };

const policyChecks: Checks<Policy> = {
  applications: isTexts,
  claim: isText,
  reasonClaim: isText,
  landingPage: isText,
  landingPages: isRecordOf(isText),
  defaultRole: isText,
  organizationPrefix: isText,
  organizations: isListOf((value) => hasFields(value, organizationChecks, [])),
  refuse: isListOf((value) => hasFields(value, refuseRuleChecks, ['because'])),
  admit: isListOf((value) => hasFields(value, admitRuleChecks, ['mfa'])),
  otherwise: (value) => value === 'refuse' || hasFields(value, { roles: isTexts }, []),
  unverifiedEmail: (value) => isAnswer(value) || value === 'rules',
  onFailure: isAnswer,
};

/**
 * Whether a value has the fields of a policy and no others. A field that this version does not know could mean anything.
 *
 * @example isPolicy(JSON.parse(text)) // false
 */
export function isPolicy(value: unknown): value is Policy {
  return hasFields(value, policyChecks, ['reasonClaim', 'landingPages', 'defaultRole', 'refuse', 'admit', 'otherwise']);
}

function isCondition(value: unknown): boolean {
  return hasFields(value, conditionChecks, Object.keys(conditionChecks));
}

function hasFields(value: unknown, checks: Readonly<Record<string, Check>>, optional: readonly string[]): boolean {
  if (!isObject(value)) return false;
  const fields = Object.entries(value);
  const present = fields.filter(([, field]) => field !== undefined).map(([name]) => name);
  return (
    present.every((name) => Object.hasOwn(checks, name) && checks[name]?.(value[name]) === true) &&
    Object.keys(checks).every((name) => optional.includes(name) || present.includes(name))
  );
}

function isRecordOf(check: Check): Check {
  return (value) => isObject(value) && Object.values(value).every(check);
}

function isListOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
