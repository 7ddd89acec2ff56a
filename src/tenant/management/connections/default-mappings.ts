import type { JsonObject } from '../../store/json-value.ts';

const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const scimUser: readonly (readonly [scim: string, auth0: string])[] = [
  ['externalId', 'app_metadata.external_id'],
  ['active', 'blocked'],
  ['displayName', 'name'],
  ['name.givenName', 'given_name'],
  ['name.familyName', 'family_name'],
  ['name.middleName', 'app_metadata.middle_name'],
  ['name.honorificPrefix', 'app_metadata.honorific_prefix'],
  ['name.honorificSuffix', 'app_metadata.honorific_suffix'],
  ['nickName', 'nickname'],
  ['photos[type eq "photo"].value', 'picture'],
  ['phoneNumbers[primary eq true].value', 'app_metadata.primary_phone_number'],
  ['phoneNumbers[type eq "mobile"].value', 'app_metadata.mobile_phone_number'],
  ['addresses[type eq "work"].streetAddress', 'app_metadata.street_address'],
  ['addresses[type eq "work"].locality', 'app_metadata.city'],
  ['addresses[type eq "work"].region', 'app_metadata.state'],
  ['addresses[type eq "work"].postalCode', 'app_metadata.postal_code'],
  ['addresses[type eq "work"].formatted', 'app_metadata.postal_address'],
  ['addresses[type eq "work"].country', 'app_metadata.country'],
  ['profileUrl', 'app_metadata.profile_url'],
  ['userType', 'app_metadata.user_type'],
  ['title', 'app_metadata.title'],
  ['preferredLanguage', 'app_metadata.language'],
  ['locale', 'app_metadata.locale'],
  ['timezone', 'app_metadata.timezone'],
  [`${enterpriseUser}.employeeNumber`, 'app_metadata.employee_id'],
  [`${enterpriseUser}.costCenter`, 'app_metadata.cost_center'],
  [`${enterpriseUser}.organization`, 'app_metadata.organization'],
  [`${enterpriseUser}.division`, 'app_metadata.division'],
  [`${enterpriseUser}.department`, 'app_metadata.department'],
  [`${enterpriseUser}.manager`, 'app_metadata.manager'],
];

/** Members of a directory's user that a user gets under another name. */
const renamed: readonly (readonly [idp: string, auth0: string])[] = [
  ['id', 'app_metadata.external_id'],
  ['primaryEmail', 'email'],
  ['primaryEmail', 'primaryEmail'],
  ['name.fullName', 'name'],
  ['name.givenName', 'given_name'],
  ['name.familyName', 'family_name'],
  ['isAdmin', 'isAdmin'],
  ['isAdmin', 'is_admin'],
  ['isDelegatedAdmin', 'isDelegatedAdmin'],
  ['agreedToTerms', 'agreedToTerms'],
  ['agreedToTerms', 'tou_accepted'],
  ['suspended', 'suspended'],
  ['suspended', 'is_suspended'],
  ['suspended', 'blocked'],
  ['suspensionReason', 'suspensionReason'],
  ['archived', 'archived'],
  ['ipWhitelisted', 'ipWhitelisted'],
  ['ipWhitelisted', 'is_ipWhitelisted'],
];

const sameName =
  'kind etag customerId orgUnitPath emails phones externalIds aliases addresses organizations nonEditableAliases relations ' +
  'languages posixAccounts notes websites locations keywords gender ims creationTime lastLoginTime changePasswordAtNextLogin ' +
  'isMailboxSetup includeInGlobalAddressList thumbnailPhotoUrl thumbnailPhotoEtag isEnrolledIn2Sv isEnforcedIn2Sv ' +
  'recoveryEmail recoveryPhone sshPublicKeys customSchemas';

/** The members of a user that those of a directory's user become by default, by the connection's strategy. */
export function defaultScimMapping(strategy: string): JsonObject[] {
  const [user, mail] = strategy === 'samlp' ? ['username', 'email'] : ['preferred_username', 'email'];
  return [['userName', user], ['emails[primary eq true].value', mail], ...scimUser].map(([scim, auth0]) => ({
    scim,
    auth0,
  }));
}

/** The same for a directory that is read: Google Workspace's. */
export function defaultDirectoryMapping(): JsonObject[] {
  const rows = [...renamed, ...sameName.split(' ').map((name) => [name, name] as const)];
  return rows.map(([idp, auth0]) => ({ idp, auth0 }));
}
