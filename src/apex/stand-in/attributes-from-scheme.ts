import { Problem } from '../../problem/problem.ts';
import { textOf } from '../export/apex-export.ts';
import type { ExportCall } from '../export/export-calls.ts';
import type { InvalidSessionType, SchemeAttributes, TokenAuthMethod } from './scheme-attributes.ts';

const METHODS: readonly TokenAuthMethod[] = ['BASIC', 'BASIC_AND_CLID', 'BODY', 'CLID'];
const INVALID_SESSION: readonly InvalidSessionType[] = ['LOGIN', 'BUILTIN_LOGIN', 'URL'];

/**
 * Sets the stand-in to an exported authentication scheme, so that it tests the scheme that would be imported. Addresses
 * within the application lead to the stand-in's own pages of the same alias or number; others are not changed.
 *
 * @param scheme a `create_authentication` call of the type Social Sign-In
 * @param applicationId the stand-in's own
 * @throws {Problem} `invalid_option` if the scheme is of another type
 * @example startStandIn({ ...options, attributes: attributesFromScheme(scheme, options.application.id) })
 * @see Oracle APEX 24.2, WWV_FLOW_IMP_SHARED.CREATE_AUTHENTICATION; Editing Social Sign-In
 */
export function attributesFromScheme(scheme: ExportCall, applicationId: number): Partial<SchemeAttributes> {
  const type = textOf(scheme, 'p_scheme_type');
  if (type !== 'NATIVE_SOCIAL') {
    const message = `The authentication scheme ${textOf(scheme, 'p_name')} cannot be tried: it is ${type}, and only NATIVE_SOCIAL signs in elsewhere.`;
    throw new Problem('invalid_option', message);
  }
  const method = METHODS.find((one) => one === textOf(scheme, 'p_attribute_12'));
  const verify = textOf(scheme, 'p_attribute_13');
  const invalidSession = INVALID_SESSION.find((one) => one === textOf(scheme, 'p_invalid_session_type'));
  const invalidSessionUrl = ownAddress(textOf(scheme, 'p_invalid_session_url'), applicationId);
  const postLogoutUrl = ownAddress(textOf(scheme, 'p_logout_url'), applicationId);
  const username = textOf(scheme, 'p_attribute_09');
  return {
    schemeName: textOf(scheme, 'p_name'),
    switchInSession: textOf(scheme, 'p_switch_in_session_yn') === 'Y',
    scope: textOf(scheme, 'p_attribute_07') || 'profile',
    authUriParameters: textOf(scheme, 'p_attribute_08'),
    ...(username === '' ? {} : { usernameAttribute: username }),
    uppercaseUsername: textOf(scheme, 'p_attribute_11') === 'Y',
    // Exports before 21.1 have neither of the two: then the stand-in's own defaults apply.
    ...(method === undefined ? {} : { tokenAuthMethod: method }),
    ...(verify === '' ? {} : { verifyAttributes: verify === 'Y' }),
    invalidSessionType: invalidSession ?? 'LOGIN',
    ...(invalidSessionUrl === '' ? {} : { invalidSessionUrl }),
    // An export omits the setting if the home page was chosen.
    ...(postLogoutUrl === '' ? { postLogout: 'HOME' } : { postLogout: 'URL', postLogoutUrl }),
  };
}

/** Turns an address of the exported application into the stand-in's. */
function ownAddress(address: string, applicationId: number): string {
  return address
    .replace(/^(?:\/ords\/)?f\?p=[^:]*/i, `f?p=${applicationId}`)
    .replace(/&(?:APP_)?SESSION\./gi, '0')
    .replace(/&DEBUG\./gi, '');
}
