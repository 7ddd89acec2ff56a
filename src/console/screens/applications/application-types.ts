import type { Management } from 'auth0';

/** The application types to choose from, with the dashboard's initial settings for each. */
export const applicationTypes = [
  {
    value: 'regular_web',
    label: 'Regular Web Application',
    grants: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
    method: 'client_secret_post',
  },
  {
    value: 'non_interactive',
    label: 'Machine to Machine Application',
    grants: ['client_credentials'],
    method: 'client_secret_post',
  },
  {
    value: 'spa',
    label: 'Single Page Application',
    grants: ['authorization_code', 'implicit', 'refresh_token'],
    method: 'none',
  },
  {
    value: 'native',
    label: 'Native Application',
    grants: ['authorization_code', 'implicit', 'refresh_token'],
    method: 'none',
  },
] as const satisfies readonly {
  value: Management.ClientAppTypeEnum;
  label: string;
  grants: readonly string[];
  method: Management.ClientTokenEndpointAuthMethodEnum;
}[];

/**
 * @example
 * nameOfType('spa') // 'Single Page Application'
 */
export function nameOfType(type: string | undefined): string {
  return applicationTypes.find(({ value }) => value === type)?.label ?? type ?? 'unknown';
}
