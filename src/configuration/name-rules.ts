import type { Complaint } from './complaint.ts';

const LONGEST_ROLE = 255;
const LONGEST_PREFIX = 50;
const LONGEST_APPLICATION = 255;
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const ROLE_ID = /^rol_[A-Za-z0-9]{12,}$/;
/** A client secret has 64 characters, a client id 32. */
const SECRET_SHAPED = /^[\w-]{48,}$/;

/**
 * Checks the name of a role.
 *
 * @example checkRoleName('rol_c0ffee0123456789')?.expected // "the role's name, not its id"
 */
export function checkRoleName(role: string): Complaint | undefined {
  const invisible = checkInvisible(role, "a role's name");
  if (invisible !== undefined) return invisible;
  if (ROLE_ID.test(role)) {
    return {
      expected: "the role's name, not its id",
      advice: 'Copy the name from User Management > Roles; ids differ from tenant to tenant.',
    };
  }
  if (role.length > LONGEST_ROLE) return { expected: `a role's name of at most ${LONGEST_ROLE} characters` };
  return undefined;
}

/**
 * Checks the prefix of the names of organisation roles.
 *
 * @example checkPrefix('')?.advice // 'With an empty prefix every role would be an organisation role …'
 */
export function checkPrefix(prefix: string): Complaint | undefined {
  const expected = 'what the names of organisation roles begin with, such as "ORG:"';
  if (prefix.trim() === '') {
    return {
      expected,
      advice: 'With an empty prefix every role would be an organisation role, and would let its holder in.',
    };
  }
  if (prefix !== prefix.trimStart() || CONTROL.test(prefix)) {
    return { expected, advice: 'Remove the space in front and any invisible character: names compare exactly.' };
  }
  if (prefix.length > LONGEST_PREFIX) return { expected: `${expected}, of at most ${LONGEST_PREFIX} characters` };
  return undefined;
}

/**
 * Checks the name or client id of a guarded application.
 *
 * @example checkApplication('*')?.advice // 'Name each application …'
 */
export function checkApplication(application: string): Complaint | undefined {
  const expected = 'the name or the client id of an application of the tenant, such as "APEX"';
  const invisible = checkInvisible(application, expected);
  if (invisible !== undefined) return invisible;
  if (/^(\*|all)$/i.test(application)) {
    return { expected, advice: 'Name each application: every other one of the tenant is left alone, on purpose.' };
  }
  if (/[<>]/.test(application))
    return { expected, advice: 'Auth0 allows neither < nor > in the name of an application.' };
  if (application.length > LONGEST_APPLICATION) {
    return { expected: `${expected}, of at most ${LONGEST_APPLICATION} characters` };
  }
  if (SECRET_SHAPED.test(application)) {
    return {
      expected,
      advice: 'This looks like a client secret. Take it out of the file, and rotate it if it was shared.',
    };
  }
  return undefined;
}

function checkInvisible(name: string, expected: string): Complaint | undefined {
  if (name.trim() === '') return { expected };
  if (name !== name.trim() || CONTROL.test(name)) {
    return { expected, advice: 'Remove spaces at the ends and invisible characters: names compare exactly.' };
  }
  return undefined;
}
