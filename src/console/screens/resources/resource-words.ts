import type { DescribedOperation } from './description.ts';
import { isParameter, operationOf, type ResourceNode } from './resource-tree.ts';

/** Names of parts of paths that their words do not give, as Auth0's dashboard has them. */
const names: Readonly<Record<string, string>> = {
  '/actions': 'Actions',
  '/actions/actions': 'Actions',
  '/anomaly': 'Blocked IPs',
  '/blacklists': 'Revoked tokens',
  '/anomaly/blocks/ips': 'Blocked IPs',
  '/branding': 'Branding',
  '/branding/phone/providers': 'Phone providers',
  '/branding/phone/templates': 'Phone templates',
  '/branding/templates/universal-login': 'Login page template',
  '/branding/themes/default': 'Default theme',
  '/connections/{}/directory-provisioning/default-mapping': 'Directory: default mapping',
  '/connections/{}/directory-provisioning/synchronized-groups': 'Directory: groups',
  '/connections/{}/scim-configuration/default-mapping': 'SCIM: default mapping',
  '/connections/{}/scim-configuration/tokens': 'SCIM: tokens',
  '/connections-directory-provisionings': 'Directory provisioning',
  '/connections-scim-configurations': 'SCIM configurations',
  '/custom-domains/default': 'Default domain',
  '/event-streams/{}/redeliver': 'Deliver again',
  '/clients': 'Applications',
  '/clients/cimd': 'Client ID metadata documents',
  '/clients/{}/credentials': 'Credentials',
  '/emails': 'E-mail provider',
  '/emails/provider': 'E-mail provider',
  '/email-templates': 'E-mail templates',
  '/flows/vault/connections': 'Vault connections',
  '/guardian': 'Multi-factor',
  '/guardian/factors/duo/settings': 'Duo',
  '/guardian/factors/phone/message-types': 'Phone: message types',
  '/guardian/factors/phone/providers/twilio': 'Phone: Twilio',
  '/guardian/factors/phone/selected-provider': 'Phone: provider',
  '/guardian/factors/phone/templates': 'Phone: templates',
  '/guardian/factors/push-notification/providers/apns': 'Push: APNs',
  '/guardian/factors/push-notification/providers/fcm': 'Push: FCM',
  '/guardian/factors/push-notification/providers/fcmv1': 'Push: FCM v1',
  '/guardian/factors/push-notification/providers/sns': 'Push: SNS',
  '/guardian/factors/push-notification/selected-provider': 'Push: provider',
  '/guardian/factors/sms/providers/twilio': 'SMS: Twilio',
  '/guardian/factors/sms/selected-provider': 'SMS: provider',
  '/guardian/factors/sms/templates': 'SMS: templates',
  '/guardian/factors/webauthn-platform/settings': 'WebAuthn on the device',
  '/guardian/factors/webauthn-roaming/settings': 'WebAuthn by a key',
  '/keys': 'Keys',
  '/rate-limit-policies': 'Rate limits',
  '/organizations/name': 'By name',
  '/organizations/{}/client-grants': 'API access of applications',
  '/organizations/{}/clients': 'Applications',
  '/organizations/{}/connections': 'Connections (newer API)',
  '/organizations/{}/discovery-domains': 'E-mail domains',
  '/organizations/{}/enabled_connections': 'Connections',
  '/organizations/{}/discovery-domains/name': 'E-mail domain by name',
  '/organizations/{}/members/{}/effective-roles/sources/groups': 'Roles by groups',
  '/prompts': 'Prompts and texts',
  '/prompts/{}/custom-text': 'Texts',
  '/risk-assessments/settings/new-device': 'New device',
  '/users/{}/effective-permissions/sources/effective-roles': 'Permissions by roles',
  '/users/{}/effective-roles/sources/groups': 'Roles by groups',
  '/users/{}/federated-connections-tokensets': 'Federated tokens',
  '/verifiable-credentials/verification/templates': 'Templates',
  '/resource-servers': 'APIs',
  '/risk-assessments': 'Risk assessment',
  '/stats': 'Statistics',
  '/tenants': 'Tenant',
  '/tenants/settings': 'Settings',
  '/users-by-email': 'Users by e-mail',
};

/** Words that are not written in small letters. */
const capitals: Readonly<Record<string, string>> = Object.fromEntries(
  'ACL ACLs ACR API APIs APNs CIMD CSS DPoP FCM HTML HTTP ID IDs IP IPs JSON JWE JWKS JWT MFA OIDC OTP PAR PKCE SAML SCIM SMS SMTP SNS SSO TLS TTL URI URIs URL URLs'
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);

/**
 * A name of the API in words.
 *
 * @example
 * inWords('log-streams') // 'Log streams'
 * inWords('allowedClientIds') // 'Allowed client IDs'
 */
export function inWords(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter(Boolean)
    .map((word) => capitals[word.toLowerCase()] ?? word.toLowerCase());
  const text = words.join(' ').replace(/\bemail/g, 'e-mail');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name of a place. That of a thing of a list is the list's, for one. */
export function nameOfNode(node: ResourceNode): string {
  if (isParameter(node)) return node.parent === undefined ? '' : singular(nameOfNode(node.parent));
  return names[node.path] ?? inWords(node.segment);
}

/** The name of a section within its subject: `Phone › Providers › Twilio`. */
export function nameOfSection(section: ResourceNode, subject: ResourceNode): string {
  if (section === subject) return isParameter(section) ? 'Details' : nameOfNode(section);
  const parts: string[] = [];
  for (let node: ResourceNode | undefined = section; node !== undefined && node !== subject; node = node.parent) {
    parts.unshift(nameOfNode(node));
    if (names[node.path] !== undefined) break;
  }
  return parts.join(' › ');
}

/**
 * The name of one thing of a list.
 *
 * @example
 * singular('Log streams') // 'log stream'
 */
export function singular(plural: string): string {
  const one = plural
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  return inSentence(one);
}

/** A name inside a sentence: `APIs` and `E-mail templates` become `APIs` and `e-mail templates`. */
export function inSentence(name: string): string {
  return /^[A-Z][a-z-]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** Operations whose words their method does not give. */
const operationNames: Readonly<Record<string, string>> = {
  'POST /organizations/{}/connections': 'Enable a connection',
  'POST /organizations/{}/enabled_connections': 'Enable a connection',
  'DELETE /organizations/{}/connections/{}': 'Disable the connection',
  'DELETE /organizations/{}/enabled_connections/{}': 'Disable the connection',
};

const verbs = { GET: 'Read', POST: 'Create', PATCH: 'Change', PUT: 'Set', DELETE: 'Delete' } as const;

/**
 * An operation in words: `Create log stream`, `Remove members`, `Rotate secret`.
 *
 * @param node the place of the operation
 */
export function nameOfOperation(operation: DescribedOperation, node: ResourceNode): string {
  const { method } = operation;
  const name = nameOfNode(node);
  const own = operationNames[`${method} ${node.path}`];
  if (own !== undefined) return own;
  if (method === 'GET' && operation.list !== undefined) return `List ${inSentence(name)}`;
  if (!isParameter(node) && operationOf(node, 'GET') === undefined && node.parameter === undefined) return name;
  if (isAssignment(node) && method === 'POST') return `Add ${inSentence(name)}`;
  if (isAssignment(node) && method === 'DELETE') return `Remove ${inSentence(name)}`;
  if (method === 'POST' && operationOf(node, 'GET')?.list !== undefined) return `Create ${singular(name)}`;
  return `${verbs[method]} ${inSentence(name)}`;
}

/** Whether a place is a list of things that exist elsewhere and are added to it, such as the members of an organization. */
export function isAssignment(node: ResourceNode): boolean {
  const removes = operationOf(node, 'DELETE');
  return operationOf(node, 'GET')?.list !== undefined && removes?.hasBody === true;
}
