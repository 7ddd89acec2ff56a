import type { Condition, Policy } from '../policy/policy.ts';

/**
 * Returns a policy with other names for its applications: in the list, in conditions, and beside landing pages.
 *
 * @param nameOf the new name, such as the client id
 * @example renameApplications(policy, (name) => (name === 'HR' ? 'b1Xk…' : name)).applications // ['b1Xk…']
 */
export function renameApplications(policy: Policy, nameOf: (application: string) => string): Policy {
  const { refuse, admit, landingPages } = policy;
  const rename = (condition: Condition): Condition => ({
    ...condition,
    ...(condition.application === undefined ? {} : { application: condition.application.map(nameOf) }),
    ...(condition.not === undefined ? {} : { not: condition.not.map(rename) }),
    ...(condition.anyOf === undefined ? {} : { anyOf: condition.anyOf.map(rename) }),
  });
  return {
    ...policy,
    applications: [...new Set(policy.applications.map(nameOf))],
    ...(refuse === undefined ? {} : { refuse: refuse.map((rule) => ({ ...rule, when: rename(rule.when) })) }),
    ...(admit === undefined ? {} : { admit: admit.map((rule) => ({ ...rule, when: rename(rule.when) })) }),
    ...(landingPages === undefined
      ? {}
      : { landingPages: Object.fromEntries(Object.entries(landingPages).map(([name, page]) => [nameOf(name), page])) }),
  };
}
