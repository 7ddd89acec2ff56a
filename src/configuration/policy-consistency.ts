import * as z from 'zod';
import type { Complaint } from './complaint.ts';
import { describeValue, isShowable } from './describe-value.ts';
import { checkDomain, normalizeDomain } from './domain-rules.ts';
import { DEFAULT_PREFIX } from './policy-schema.ts';

/** A complaint with its place. */
export interface PlacedComplaint extends Complaint {
  readonly path: readonly (string | number)[];
}

const textOrNothing = z.string().optional().catch(undefined);

/** The parts of the input that have the right kinds, so that one mistake does not hide the next. */
const lenientSchema = z
  .object({
    applications: z
      .array(
        z
          .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
          .optional()
          .catch(undefined),
      )
      .catch([]),
    defaultRole: textOrNothing,
    organizationPrefix: z.string().default(DEFAULT_PREFIX).catch(''),
    organizations: z
      .array(
        z
          .object({
            role: textOrNothing,
            domains: z.array(textOrNothing).catch([]),
            includeSubdomains: z.boolean().catch(false),
          })
          .catch({ role: undefined, domains: [], includeSubdomains: false }),
      )
      .catch([]),
  })
  .catch({ applications: [], defaultRole: undefined, organizationPrefix: '', organizations: [] });

type LenientPolicy = z.infer<typeof lenientSchema>;

/**
 * Finds contradictions between fields: names that lack the prefix, and values that occur twice.
 *
 * @param input any value; parts of the wrong kind are skipped
 * @example findContradictions({ applications: ['APEX', 'APEX'] })[0]?.path // ['applications', 1]
 */
export function findContradictions(input: unknown): PlacedComplaint[] {
  const policy = lenientSchema.parse(input);
  return [
    ...findRepeatedApplications(policy),
    ...checkDefaultRole(policy),
    ...checkOrganizationRoles(policy),
    ...checkDomains(policy),
  ];
}

function* findRepeatedApplications({ applications }: LenientPolicy): Generator<PlacedComplaint> {
  for (const [index, application] of applications.entries()) {
    const first = applications.indexOf(application);
    if (application === undefined || first === index) continue;
    yield {
      path: ['applications', index],
      expected: 'each application once',
      found: `${describeValue(application)} again, after applications[${first}]`,
      advice: 'Remove one of the two.',
    };
  }
}

function* checkDefaultRole({ defaultRole, organizationPrefix }: LenientPolicy): Generator<PlacedComplaint> {
  if (defaultRole === undefined || organizationPrefix === '' || !defaultRole.startsWith(organizationPrefix)) return;
  yield {
    path: ['defaultRole'],
    expected: `a role whose name does not begin with ${JSON.stringify(organizationPrefix)}`,
    advice: 'Every user who is given it would count as a member of an organisation.',
  };
}

function* checkOrganizationRoles({ organizations, organizationPrefix }: LenientPolicy): Generator<PlacedComplaint> {
  const firstIndex = new Map<string, number>();
  for (const [index, { role, includeSubdomains }] of organizations.entries()) {
    if (role === undefined) continue;
    const path = ['organizations', index, 'role'];
    const complaint = checkAgainstPrefix(role, organizationPrefix);
    if (complaint !== undefined) yield { path, ...complaint };

    // Two entries that treat subdomains differently cannot be merged, and are not a mistake.
    const key = JSON.stringify([role, includeSubdomains]);
    const first = firstIndex.get(key);
    firstIndex.set(key, first ?? index);
    if (first === undefined) continue;
    yield {
      path,
      expected: 'each role in one organisation',
      found: `${describeValue(role)} again, after organizations[${first}]`,
      advice: `Merge the two: put all their domains into organizations[${first}].domains.`,
    };
  }
}

function checkAgainstPrefix(role: string, prefix: string): Complaint | undefined {
  if (prefix === '') return undefined;
  const expected = `a role whose name begins with ${JSON.stringify(prefix)}`;
  if (!role.startsWith(prefix)) {
    const hasOtherCase = role.toLowerCase().startsWith(prefix.toLowerCase());
    const corrected = prefix + (hasOtherCase ? role.slice(prefix.length) : role);
    return {
      expected,
      advice: `Write ${isShowable(corrected) ? JSON.stringify(corrected) : 'it in front'}, and give the role that name in Auth0, or set organizationPrefix.`,
    };
  }
  if (role.slice(prefix.length).trim() !== '') return undefined;
  return { expected: `${expected} and has something behind it`, advice: 'Put the name of the organisation behind it.' };
}

function* checkDomains({ organizations }: LenientPolicy): Generator<PlacedComplaint> {
  const firstField = new Map<string, string>();
  for (const [index, { domains, includeSubdomains }] of organizations.entries()) {
    for (const [position, domain] of domains.entries()) {
      if (domain === undefined) continue;
      const path = ['organizations', index, 'domains', position];
      const complaint = checkDomain(domain, includeSubdomains);
      if (complaint !== undefined) {
        yield { path, ...complaint };
        continue;
      }
      const ascii = normalizeDomain(domain) ?? domain;
      const first = firstField.get(ascii);
      firstField.set(ascii, first ?? `organizations[${index}].domains[${position}]`);
      if (first === undefined) continue;
      yield {
        path,
        expected: 'each domain once',
        found: `${JSON.stringify(ascii)} again, after ${first}`,
        advice: 'Domains are compared in lower case and in their ASCII form. A domain belongs to one organisation.',
      };
    }
  }
}
