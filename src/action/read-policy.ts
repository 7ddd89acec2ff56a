import type { Policy } from '../policy/policy.ts';
import { isPolicy } from '../policy/policy-shape.ts';
import { ungroupAddresses } from './grouped-addresses.ts';
import type { Literal } from './javascript-literal.ts';
import { parseLiteral } from './literal-parser.ts';
import type { ResolvedPolicy } from './resolved-policy.ts';

/**
 * Reads the policy at the top of an Action from its code as it is now, even if it was edited. Runs none of the code.
 *
 * @returns `undefined` if the code has no policy, or none that can be read with certainty
 * @example readPolicy(action.deployed_version.code)?.defaultRole // 'APEX User'
 */
export function readPolicy(code: string): ResolvedPolicy | undefined {
  const value = ungroupAddresses(readConstant(code, /^const POLICY = /m));
  // The Action's own policy has client ids: only `resolveApplications` and this return one.
  return isPolicy(value) ? (value as Policy as ResolvedPolicy) : undefined;
}

/**
 * Reads the ids of the roles that an Action assigns, by the names that they had when it was deployed. Runs none of the code.
 *
 * @returns an empty record if the code has none, or none that can be read with certainty
 * @example readRoleIds(action.deployed_version.code)['APEX User'] // 'rol_4fT…'
 */
export function readRoleIds(code: string): Readonly<Record<string, string>> {
  const settings = readConstant(code, /^const SETTINGS = /m);
  const roleIds = isObject(settings) ? settings.roleIds : undefined;
  if (!isObject(roleIds)) return {};
  return Object.fromEntries(
    Object.entries(roleIds).flatMap(([name, id]) => (typeof id === 'string' ? [[name, id]] : [])),
  );
}

function readConstant(code: string, head: RegExp): Literal | undefined {
  const match = head.exec(code);
  return match === null ? undefined : parseLiteral(code, match.index + match[0].length);
}

function isObject(value: Literal | undefined): value is { readonly [key: string]: Literal | undefined } {
  return typeof value === 'object' && !Array.isArray(value);
}
