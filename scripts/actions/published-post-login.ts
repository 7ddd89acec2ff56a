/**
 * The event and API that Auth0 has published for post-login v3. Source: Auth0's documentation, "Actions Triggers: post-login -
 * Event Object" and "- API Object".
 */

/** Every method, by its namespace. */
export const publishedMethods: Readonly<Record<string, readonly string[]>> = {
  access: ['deny'],
  accessToken: ['setCustomClaim', 'addScope', 'removeScope'],
  authentication: [
    'challengeWith',
    'challengeWithAny',
    'enrollWith',
    'enrollWithAny',
    'recordMethod',
    'setPrimaryUser',
  ],
  cache: ['delete', 'get', 'set'],
  groups: ['getUserGroups', 'hasGroupMembership'],
  idToken: ['setCustomClaim'],
  multifactor: ['enable'],
  prompt: ['render'],
  redirect: ['encodeToken', 'sendUserTo', 'canRedirect', 'validateToken'],
  refreshToken: ['revoke', 'setExpiresAt', 'setIdleExpiresAt', 'setMetadata', 'deleteMetadata', 'evictMetadata'],
  roles: ['getUserEffectiveRoles', 'getUserEffectiveRolesByIds', 'getUserEffectiveRolesByNames'],
  rules: ['wasExecuted'],
  samlResponse: [
    'setAttribute',
    'setAudience',
    'setAuthnContextClassRef',
    'setCert',
    'setCreateUpnClaim',
    'setDestination',
    'setDigestAlgorithm',
    'setEncryptionAlgorithm',
    'setEncryptionCert',
    'setEncryptionPublicKey',
    'setIncludeAttributeNameFormat',
    'setIssuer',
    'setKey',
    'setLifetimeInSeconds',
    'setMapIdentities',
    'setMapUnknownClaimsAsIs',
    'setNameIdentifierFormat',
    'setNameIdentifierProbes',
    'setPassthroughClaimsWithNoMapping',
    'setRecipient',
    'setRelayState',
    'setSignResponse',
    'setSignatureAlgorithm',
    'setSigningCert',
    'setTypedAttributes',
  ],
  session: [
    'revoke',
    'setExpiresAt',
    'setIdleExpiresAt',
    'setCookieMode',
    'setMetadata',
    'deleteMetadata',
    'evictMetadata',
  ],
  transaction: ['setMetadata'],
  user: ['setAppMetadata', 'setUserMetadata'],
  validation: ['error'],
};

/** Fields of the event, with `[]` for the members of a list. Metadata and the like count as one field, regardless of their members. */
export const publishedFields: readonly string[] = `
agent.agent_id agent.agent_metadata agent.name
authentication.methods[].name authentication.methods[].timestamp authentication.methods[].type
authentication.riskAssessment
authorization.roles[]
client.client_id client.metadata client.name client.refresh_token.policies[].audience client.refresh_token.policies[].scope[]
configuration
connection.id connection.metadata connection.name connection.strategy
custom_domain.domain custom_domain.domain_metadata
organization.display_name organization.id organization.metadata organization.name
prompt.fields prompt.id prompt.vars
refresh_token.client_id refresh_token.created_at
refresh_token.device.initial_asn refresh_token.device.initial_ip refresh_token.device.initial_user_agent
refresh_token.device.last_asn refresh_token.device.last_ip refresh_token.device.last_user_agent
refresh_token.expires_at refresh_token.id refresh_token.idle_expires_at refresh_token.last_exchanged_at refresh_token.metadata
refresh_token.resource_servers[].audience refresh_token.resource_servers[].scopes refresh_token.rotating
refresh_token.session_id refresh_token.session_transfer refresh_token.user_id
request.asn request.body
request.geoip.cityName request.geoip.continentCode request.geoip.countryCode request.geoip.countryCode3
request.geoip.countryName request.geoip.latitude request.geoip.longitude request.geoip.subdivisionCode
request.geoip.subdivisionName request.geoip.timeZone
request.hostname request.ip request.language request.method request.query request.user_agent
resource_server.identifier
secrets
security_context.ja3 security_context.ja4
session.actor session.authenticated_at session.clients[].client_id session.cookie.mode session.created_at
session.device.initial_asn session.device.initial_ip session.device.initial_user_agent
session.device.last_asn session.device.last_ip session.device.last_user_agent
session.expires_at session.id session.idle_expires_at session.last_interacted_at session.metadata session.session_transfer
session.updated_at session.user_id
session_transfer_token
stats.logins_count
tenant.id
transaction.acr_values[] transaction.actor transaction.actor_token_type transaction.correlation_id transaction.id
transaction.linking_id transaction.locale transaction.login_hint transaction.metadata transaction.prompt[]
transaction.protocol transaction.redirect_uri transaction.requested_authorization_details transaction.requested_scopes[]
transaction.response_mode transaction.response_type[] transaction.state transaction.subject_token_type
transaction.ui_locales[]
user.app_metadata user.created_at user.email user.email_verified user.enrolledFactors[].type user.family_name
user.given_name user.identities[].connection user.identities[].isSocial user.identities[].profileData
user.identities[].provider user.identities[].user_id user.identities[].userId user.last_password_reset
user.multifactor[] user.name user.nickname user.phone_number user.phone_verified user.picture user.updated_at user.user_id
user.user_metadata user.username
`
  .trim()
  .split(/\s+/);

/** Fields that count as one, regardless of their members. */
export const OPAQUE: ReadonlySet<string> = new Set(
  publishedFields.filter((field) => /(metadata|configuration|secrets|query|body|profileData)$/.test(field)),
);
