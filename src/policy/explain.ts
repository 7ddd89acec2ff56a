import type { AdmissionReason, AdmitDecision, Decision, RefusalReason } from './decision.ts';

const admissions: Readonly<Record<AdmissionReason, string>> = {
  admit_rule: 'Let in by a rule of the policy',
  otherwise: 'Let in as a verified person that no rule names',
  organization_member: 'Let in as the holder of an organisation role',
  default_role_holder: 'Let in as a holder of the default role',
  organization_domain: "Let in because the e-mail's domain belongs to an organisation",
  default_role: 'Let in as a verified person without an organisation',
  unverified_email_admitted: 'Let in without a verified e-mail address, as unverifiedEmail says',
  assignment_failed_admitted: 'Let in although the roles could not be read or assigned, as onFailure says',
};

const refusals: Readonly<Record<RefusalReason, string>> = {
  missing_email: 'Refused: there is no usable e-mail address',
  unverified_email: 'Refused: the e-mail address is not verified',
  refuse_rule: 'Refused by a rule of the policy',
  no_matching_rule:
    "Refused: no role opens the door, no organisation has the e-mail's domain, and there is no default role",
  assignment_failed: 'Refused: the role could not be assigned',
  roles_unknown: 'Refused: the roles could not be read',
  refused_before: 'Refused: the login was taken up again after a refusal',
};

/**
 * Turns a decision into one plain sentence for a log or a terminal. It names roles and never the user.
 *
 * @param decision as `decide` returns it
 * @returns one line of text with a full stop at its end
 * @example
 * explain({ outcome: 'admit', reason: 'default_role', assign: ['APEX User'], roles: ['APEX User'] })
 * // 'Let in as a verified person without an organisation: "APEX User" is assigned, and the claim carries "APEX User".'
 */
export function explain(decision: Decision): string {
  switch (decision.outcome) {
    case 'ignore':
      return 'Left alone: the policy does not guard this application.';
    case 'refuse':
      return decision.rule === undefined
        ? `${refusals[decision.reason]}.`
        : `Refused by the rule ${listNames([decision.rule])}.`;
    case 'admit':
      return `${explainAdmission(decision)}: ${explainRoles(decision)}.`;
  }
}

/**
 * Says why a decision admits, without the roles: for a login of which the claims are not known.
 *
 * @example
 * explainAdmission({ reason: 'default_role' }) // 'Let in as a verified person without an organisation'
 */
export function explainAdmission({ reason, rules, mfa }: Pick<AdmitDecision, 'reason' | 'rules' | 'mfa'>): string {
  const admission =
    rules === undefined
      ? admissions[reason]
      : `Let in by the ${rules.length === 1 ? 'rule' : 'rules'} ${listNames(rules)}`;
  return mfa === true ? `${admission}, after a second factor` : admission;
}

function explainRoles({ assign, roles }: AdmitDecision): string {
  const assigned =
    assign.length === 0 ? 'nothing is assigned' : `${listNames(assign)} ${assign.length === 1 ? 'is' : 'are'} assigned`;
  return `${assigned}, and the claim carries ${roles.length === 0 ? 'no role' : listNames(roles)}`;
}

function listNames(names: readonly string[]): string {
  // Quoted as JSON, so that a line break in a role's name cannot forge a second line of a log.
  const quoted = names.map((name) => JSON.stringify(name));
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}
