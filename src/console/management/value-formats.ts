/** A form that a text must have, in words that follow "Enter". */
export interface ValueFormat {
  readonly words: string;
  /** Whether the name of a field does not say it already. */
  readonly isHint: boolean;
  /** The `pattern` of an input: a browser checks it before the form is sent. */
  readonly pattern?: string;
}

const https: ValueFormat = { words: 'an address that begins with https://', isHint: true, pattern: 'https:\\/\\/.+' };
const address: ValueFormat = { words: 'a complete address, such as https://app.example.com/start', isHint: false };
const color: ValueFormat = { words: 'a colour such as #225588', isHint: true };
const email: ValueFormat = { words: 'an e-mail address', isHint: false };
const host: ValueFormat = { words: 'a name such as shop.example, without https', isHint: true };
const date: ValueFormat = { words: 'a date such as 2030-01-31', isHint: true };
const id = (beginning: string): ValueFormat => ({ words: `an id that begins with ${beginning}`, isHint: false });

/** The formats of the published description that say something about a text. */
const formats: Readonly<Record<string, ValueFormat>> = {
  base32: { words: 'letters and the digits 2 to 7', isHint: true },
  cidr: { words: 'a network such as 192.0.2.0/24', isHint: true },
  'callback-url': address,
  date,
  'date-time': { words: 'a time such as 2030-01-31T12:00:00Z', isHint: true },
  email,
  'email-or-empty': email,
  'event-stream-id': id('est_'),
  'forms-custom-identifier': { words: 'letters, digits, - and _', isHint: false },
  'forms-expression': { words: 'an expression such as {{ fields.name }}', isHint: false },
  'forms-hex-color': color,
  hexadecimal: { words: 'the digits 0 to 9 and the letters a to f', isHint: true },
  hostname: host,
  'hostname-rfc2181': host,
  'html-color': color,
  'html-color-or-null': color,
  ipv4: { words: 'an address such as 192.0.2.1', isHint: true },
  ipv6: { words: 'an address such as 2001:db8::1', isHint: true },
  ipv6_cidr: { words: 'a network such as 2001:db8::/32', isHint: true },
  'non-empty-string': { words: 'a text', isHint: false },
  'organization-id': id('org_'),
  'organization-name': { words: 'lower-case letters, digits, - and _, without spaces', isHint: true },
  'user-id': { words: 'the id of a user', isHint: false },
  'user-id-with-max-length': { words: 'the id of a user, such as auth0|5f7c8ec7c33c6c004bbafe82', isHint: false },
  uuid: { words: 'an id such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301', isHint: false },
  yyyymmdd: { words: 'a date such as 20300131', isHint: true },
};

/**
 * The form of a text in words, by its format and its pattern in the description.
 *
 * @example
 * valueFormatOf({ format: 'html-color' })?.words // 'a colour such as #225588'
 */
export function valueFormatOf(schema: {
  readonly format?: string;
  readonly pattern?: string;
}): ValueFormat | undefined {
  const { format = '', pattern = '' } = schema;
  if (/https/.test(format) || pattern.startsWith('^https://')) return https;
  if (Object.hasOwn(formats, format)) return formats[format];
  if (/ur[il]|origin/.test(format)) return address;
  return /^\^#\(/.test(pattern) ? color : undefined;
}
