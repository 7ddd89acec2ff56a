/** A part of the Management API's resources, as the menu has them. */
export interface Area {
  readonly name: string;
  readonly label: string;
  readonly families: readonly string[];
}

/** The first parts of the Management API's paths by area, in the order of Auth0's dashboard. What no area names is in the last one. */
export const areas: readonly Area[] = [
  {
    name: 'applications',
    label: 'Applications',
    families: [
      'clients',
      'resource-servers',
      'client-grants',
      'grants',
      'device-credentials',
      'token-exchange-profiles',
    ],
  },
  {
    name: 'authentication',
    label: 'Authentication',
    families: [
      'connections',
      'connection-profiles',
      'self-service-profiles',
      'user-attribute-profiles',
      'connections-scim-configurations',
      'connections-directory-provisionings',
      'verifiable-credentials',
    ],
  },
  {
    name: 'users',
    label: 'User Management',
    families: [
      'users',
      'roles',
      'organizations',
      'groups',
      'sessions',
      'refresh-tokens',
      'user-blocks',
      'users-by-email',
      'tickets',
      'jobs',
    ],
  },
  {
    name: 'branding',
    label: 'Branding',
    families: ['branding', 'prompts', 'custom-domains', 'email-templates', 'emails'],
  },
  {
    name: 'security',
    label: 'Security',
    families: [
      'attack-protection',
      'guardian',
      'network-acls',
      'rate-limit-policies',
      'risk-assessments',
      'supplemental-signals',
      'anomaly',
      'keys',
      'blacklists',
    ],
  },
  {
    name: 'actions',
    label: 'Actions',
    families: ['actions', 'forms', 'flows', 'experimentation', 'rules', 'rules-configs', 'hooks'],
  },
  { name: 'monitoring', label: 'Monitoring', families: ['logs', 'log-streams', 'event-streams', 'events', 'stats'] },
  { name: 'tenant', label: 'Tenant', families: ['tenants'] },
];

/**
 * The area of a family.
 *
 * @example
 * areaOf('log-streams').label // 'Monitoring'
 */
export function areaOf(family: string): Area {
  const last = areas.at(-1) as Area;
  return areas.find(({ families }) => families.includes(family)) ?? last;
}
