import { isParameter, type Place, placeAbove, type ResourceNode } from './resource-tree.ts';
import { inWords } from './resource-words.ts';

/** The names of the factors in Auth0's dashboard. */
const factors: Readonly<Record<string, string>> = {
  'push-notification': 'Push notification with Guardian',
  sms: 'Phone message',
  email: 'E-mail',
  duo: 'Cisco Duo',
  otp: 'One-time password',
  'webauthn-roaming': 'WebAuthn with a security key',
  'webauthn-platform': 'WebAuthn with the device',
  'recovery-code': 'Recovery code',
};

/**
 * A published value of a path's parameter in words. The value itself follows if the words do not give it.
 *
 * @returns `undefined` if the description does not publish the value
 * @example
 * nameOfValue(language, 'ar-EG') // 'Arabic (Egypt) (ar-EG)'
 */
export function nameOfValue(node: ResourceNode, value: string): string | undefined {
  if (!node.parameterValues?.includes(value)) return undefined;
  const own = node.parameterName === 'language' ? languageName(value) : factorName(node, value);
  return own === undefined ? inWords(value) : `${own} (${value})`;
}

/**
 * The name of a place whose parameters have published values, with those above it.
 *
 * @example
 * nameOfValues({ node: texts, values: ['login', 'en'] }) // 'Login: English (en)'
 */
export function nameOfValues(place: Place): string | undefined {
  const value = place.values.at(-1);
  const name = value === undefined ? undefined : nameOfValue(place.node, value);
  if (name === undefined) return undefined;
  for (let above = placeAbove(place); above !== undefined; above = placeAbove(above)) {
    if (!isParameter(above.node)) continue;
    const outer = nameOfValues(above);
    return outer === undefined ? name : `${outer}: ${name}`;
  }
  return name;
}

function factorName(node: ResourceNode, value: string): string | undefined {
  return node.path === '/guardian/factors/{}' ? factors[value] : undefined;
}

function languageName(code: string): string | undefined {
  return new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' }).of(code);
}
