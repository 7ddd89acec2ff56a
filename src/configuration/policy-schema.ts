import * as z from 'zod';
import { checkClaim } from './claim-rules.ts';
import { domainForms } from './domain-rules.ts';
import { checkLandingPage } from './landing-page-rules.ts';
import { checkApplication, checkPrefix, checkRoleName } from './name-rules.ts';
import { admitRulesSchema, checkedText, otherwiseSchema, refuseRulesSchema, testsSchema } from './rule-schema.ts';

export const DEFAULT_PREFIX = 'ORG:';

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

const landingPageSchema = checkedText(checkLandingPage).transform((page) =>
  isAscii(page) ? page : (URL.parse(page)?.href ?? page),
);

const applicationSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value } : value),
  z.strictObject({ name: checkedText(checkApplication), landingPage: landingPageSchema.optional() }),
);

/** Every field by itself, with its default. policy-consistency.ts checks fields against each other. */
export const policySchema = z.strictObject({
  applications: z.array(applicationSchema).min(1),
  claim: checkedText(checkClaim),
  reasonClaim: checkedText(checkClaim).optional(),
  landingPage: landingPageSchema,
  refuse: refuseRulesSchema.optional(),
  admit: admitRulesSchema.optional(),
  otherwise: otherwiseSchema.optional(),
  tests: testsSchema.default([]),
  defaultRole: checkedText(checkRoleName).optional(),
  organizationPrefix: checkedText(checkPrefix).optional(),
  organizations: z.array(organizationSchema).default([]),
  unverifiedEmail: z.enum(['refuse', 'admit', 'rules']).default('refuse'),
  onFailure: refuseOrAdmit,
});

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}
