import * as z from 'zod';
import { checkClaim } from './claim-rules.ts';
import type { Complaint } from './complaint.ts';
import { domainForms } from './domain-rules.ts';
import { checkLandingPage } from './landing-page-rules.ts';
import { checkApplication, checkPrefix, checkRoleName } from './name-rules.ts';

export const DEFAULT_PREFIX = 'ORG:';

/** A text with a check of its own. The complaint travels in the issue's `params`. */
function checkedText(check: (text: string) => Complaint | undefined) {
  return z.string().check((context) => {
    const complaint = check(context.value);
    if (complaint === undefined) return;
    context.issues.push({ code: 'custom', input: context.value, params: { complaint } });
  });
}

const refuseOrAdmit = z.enum(['refuse', 'admit']).default('refuse');

const organizationSchema = z.strictObject({
  role: checkedText(checkRoleName),
  // Whether a domain is acceptable depends on `includeSubdomains`: policy-consistency.ts checks it.
  domains: z
    .array(z.string())
    .min(1)
    .transform((domains) => domains.flatMap(domainForms)),
  includeSubdomains: z.boolean().default(false),
});

/** Every field by itself, with its default. policy-consistency.ts checks fields against each other. */
export const policySchema = z.strictObject({
  applications: z.array(checkedText(checkApplication)).min(1),
  claim: checkedText(checkClaim),
  landingPage: checkedText(checkLandingPage).transform((page) =>
    isAscii(page) ? page : (URL.parse(page)?.href ?? page),
  ),
  defaultRole: checkedText(checkRoleName).optional(),
  organizationPrefix: checkedText(checkPrefix).default(DEFAULT_PREFIX),
  organizations: z.array(organizationSchema).default([]),
  unverifiedEmail: refuseOrAdmit,
  onFailure: refuseOrAdmit,
});

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** The expected content of each field, for values of the wrong kind. `[]` means any place in a list. */
export const expectedKinds: Readonly<Record<string, string>> = {
  '': 'an object with the fields of a policy',
  applications: 'a list with at least one application, such as ["APEX"]',
  'applications[]': 'the name or the client id of an application, such as "APEX"',
  claim: 'a URL of your own with a name at its end, such as https://apex.example.com/roles',
  landingPage: 'the absolute URL of a public page, such as https://apex.example.com/ords/r/team/app/refused',
  defaultRole: 'the name of a role, such as "APEX User"',
  organizationPrefix: 'what the names of organisation roles begin with, such as "ORG:"',
  organizations: 'a list of organisations, such as [{ role: "ORG:WATER", domains: ["water.example"] }]',
  'organizations[]': 'an organisation, such as { role: "ORG:WATER", domains: ["water.example"] }',
  'organizations[].role': 'the name of a role, such as "ORG:WATER"',
  'organizations[].domains': 'a list with at least one e-mail domain, such as ["water.example"]',
  'organizations[].domains[]': 'an e-mail domain, such as "water.example"',
  'organizations[].includeSubdomains': 'true or false',
  unverifiedEmail: '"refuse" or "admit"',
  onFailure: '"refuse" or "admit"',
};

/** Names of these fields in other products, in lower case and without signs. */
export const otherFieldNames: ReadonlyMap<string, string> = new Map([
  ['app', 'applications'],
  ['apps', 'applications'],
  ['client', 'applications'],
  ['clients', 'applications'],
  ['clientid', 'applications'],
  ['clientids', 'applications'],
  ['namespace', 'claim'],
  ['rolesclaim', 'claim'],
  ['roleclaim', 'claim'],
  ['returnto', 'landingPage'],
  ['redirecturl', 'landingPage'],
  ['landingurl', 'landingPage'],
  ['prefix', 'organizationPrefix'],
  ['roleprefix', 'organizationPrefix'],
  ['orgs', 'organizations'],
  ['tenants', 'organizations'],
  ['unverified', 'unverifiedEmail'],
  ['emailverified', 'unverifiedEmail'],
  ['onerror', 'onFailure'],
  ['emaildomains', 'domains'],
  ['subdomains', 'includeSubdomains'],
  ['name', 'role'],
]);
