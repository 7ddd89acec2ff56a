//! The shape of rules and tests in a policy file. rule-checks.ts checks their meaning.
import * as z from 'zod';
import type { Condition } from '../policy/policy.ts';
import { foldedAddresses } from './address-rules.ts';
import type { Complaint } from './complaint.ts';
import { domainForms } from './domain-rules.ts';
import { endOf, momentOf, startOf } from './moment-rules.ts';

/** A value, or a list with at least one. */
function oneOrMore<T extends z.ZodType>(item: T) {
  return z.preprocess((value) => (Array.isArray(value) || value === undefined ? value : [value]), z.array(item).min(1));
}

/** A text with a check of its own. The complaint travels in the issue's `params`. */
export function checkedText(check: (text: string) => Complaint | undefined) {
  return z.string().check((context) => {
    const complaint = check(context.value);
    if (complaint === undefined) return;
    context.issues.push({ code: 'custom', input: context.value, params: { complaint } });
  });
}

const texts = oneOrMore(z.string());
const metadataValue = z.union([z.string(), z.number(), z.boolean()]);

const conditionSchema: z.ZodType<Condition> = z
  .strictObject({
    email: texts.transform((list) => list.flatMap(foldedAddresses)).optional(),
    emailDomain: texts.transform((list) => list.flatMap(domainPatterns)).optional(),
    connection: texts.optional(),
    organization: texts.optional(),
    group: texts.optional(),
    role: texts.optional(),
    appMetadata: z.record(z.string(), oneOrMore(metadataValue)).optional(),
    country: texts.transform((list) => list.map((code) => code.toUpperCase())).optional(),
    network: texts.optional(),
    application: texts.optional(),
    from: z
      .string()
      .transform((text) => startOf(text) ?? text)
      .optional(),
    until: z
      .string()
      .transform((text) => endOf(text) ?? text)
      .optional(),
    not: oneOrMore(z.lazy(() => conditionSchema)).optional(),
    anyOf: z
      .array(z.lazy(() => conditionSchema))
      .min(1)
      .optional(),
  })
  .transform(withoutUndefined);

export const refuseRulesSchema = z.array(
  z
    .strictObject({ rule: z.string(), when: conditionSchema, because: z.string().optional() })
    .transform(withoutUndefined),
);

export const admitRulesSchema = z.array(
  z
    .strictObject({
      rule: z.string(),
      when: conditionSchema,
      roles: z.array(z.string()).default([]),
      mfa: z.boolean().optional(),
    })
    .transform(withoutUndefined),
);

export const otherwiseSchema = z.union([z.literal('refuse'), z.strictObject({ roles: z.array(z.string()) })]);

export const testsSchema = z.array(
  z.strictObject({
    who: z
      .strictObject({
        email: z.string().optional(),
        verified: z.boolean().optional(),
        roles: z.array(z.string()).optional(),
        connection: z.string().optional(),
        organization: texts.optional(),
        group: texts.optional(),
        country: z
          .string()
          .transform((code) => code.toUpperCase())
          .optional(),
        ip: z.string().optional(),
        mfa: z.boolean().optional(),
        appMetadata: z.record(z.string(), z.unknown()).optional(),
        application: z.string().optional(),
        at: z
          .string()
          .transform((text) => momentOf(text) ?? Number.NaN)
          .optional(),
      })
      .transform(withoutUndefined),
    expect: z
      .strictObject({
        roles: z.array(z.string()).optional(),
        refusedBy: z.string().optional(),
        mfa: z.boolean().optional(),
      })
      .transform(withoutUndefined),
  }),
);

function domainPatterns(domain: string): string[] {
  return domain.startsWith('*.') ? domainForms(domain.slice(2)).map((one) => `*.${one}`) : domainForms(domain);
}

/** Fields that are set to `undefined` are left out, as the types say. */
function withoutUndefined<T extends object>(record: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
