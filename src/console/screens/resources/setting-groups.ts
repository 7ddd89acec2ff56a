import type { Property } from './field-shape.ts';

export interface SettingGroup {
  readonly label: string;
  readonly properties: readonly Property[];
}

/** Forms with fewer fields have no groups. */
const FEWEST = 14;

/** The groups of a long form, by the names of the fields; the first that fits has a field. */
const groups: readonly (readonly [label: string, names: RegExp])[] = [
  [
    'Basic',
    /^(name|display_name|description|app_type|is_first_party|logo_uri|logo_url|.*metadata|identifier|friendly_name|picture_url|support_.*|strategy|enabled_locales)$/,
  ],
  [
    'Sign-in and sign-out addresses',
    /callback|logout|origin|initiate_login|redirect|_loc$|allowed_clients|universal_login/,
  ],
  [
    'Credentials',
    /secret|auth_method|authentication_methods|signing|signed|encryption_key|certificate|mtls|credential|compliance|proof_of_possession|pkce/,
  ],
  ['Tokens', /token|jwt|refresh|lifetime|audience|consent|scope/],
  ['Sessions', /session|cookie|sso/],
  ['Grants and flows', /grant|par$|pushed|ciba|device|async|flow|acr|cross_/],
  ['Organizations', /organization/],
  ['Pages', /page|form_template|theme|font|color|custom_login/],
];

/**
 * Arranges the fields of a long form. Fields that no group names come last.
 *
 * @example
 * settingGroups(properties).map(({ label }) => label) // ['Basic', 'Tokens', 'Others']
 */
export function settingGroups(properties: readonly Property[]): readonly SettingGroup[] {
  if (properties.length < FEWEST) return [{ label: '', properties }];
  const labelOf = ({ name }: Property) => groups.find(([, names]) => names.test(name))?.[0] ?? 'Others';
  return [...groups.map(([label]) => label), 'Others']
    .map((label) => ({ label, properties: properties.filter((one) => labelOf(one) === label) }))
    .filter((group) => group.properties.length > 0);
}
