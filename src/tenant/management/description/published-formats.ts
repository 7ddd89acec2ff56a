import { isIP } from 'node:net';

type Check = (text: string) => boolean;

/** Not an address that a browser runs as code. */
const uri: Check = (text) =>
  !/[\s\p{Cc}]/u.test(text) && URL.canParse(text) && !/^(javascript|data|vbscript|file):/i.test(text);
/** Placeholders such as `{organization_name}` and wildcards may stand for a part of a URL. */
const withPlaceholders: Check = (text) => uri(text.replaceAll('*', 'wildcard').replace(/\{[\w.]+\}/g, 'placeholder'));
const https: Check = (text) => uri(text) && text.startsWith('https://');
const hostname: Check = (text) =>
  text.length <= 253 && /^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(text);
const email: Check = (text) => text.length <= 320 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
const color: Check = (text) => /^#([\da-f]{3}|[\da-f]{6})$/i.test(text);
const cidr =
  (version: 4 | 6): Check =>
  (text) => {
    const [address = '', bits = '', ...rest] = text.split('/');
    return (
      isIP(address) === version &&
      /^\d{1,3}$/.test(bits) &&
      Number(bits) <= (version === 4 ? 32 : 128) &&
      rest.length === 0
    );
  };
const orEmpty =
  (check: Check): Check =>
  (text) =>
    text === '' || check(text);
const prefixed =
  (...prefixes: string[]): Check =>
  (text) =>
    prefixes.some((prefix) => text.startsWith(prefix) && /^[\w-]+$/.test(text));

/**
 * The formats that the published description names and that say something about a text. Formats that say nothing more than
 * their schema are not listed.
 */
export const publishedFormats: Readonly<Record<string, Check>> = {
  'absolute-https-uri-or-empty': orEmpty(https),
  'absolute-https-uri-with-placeholders-or-empty': orEmpty(
    (text) => withPlaceholders(text) && text.startsWith('https://'),
  ),
  'absolute-uri-or-empty': orEmpty(uri),
  'absolute-uri-with-placeholders-or-empty': orEmpty(withPlaceholders),
  base32: (text) => /^[A-Z2-7]+=*$/i.test(text),
  'callback-url': withPlaceholders,
  cidr: cidr(4),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  'date-time': (text) => /^\d{4}-\d\d-\d\d[Tt ]/.test(text) && !Number.isNaN(Date.parse(text)),
  email,
  'email-or-empty': orEmpty(email),
  // Ids made of 22 characters of base58: the real service refuses others.
  'event-stream-id': (text) => /^est_[1-9A-HJ-NP-Za-km-z]{22}$/.test(text),
  // Not `$ending`, which stands beside it in a `oneOf`.
  'forms-custom-identifier': (text) => /^[\w-]+$/.test(text),
  // Not an e-mail address, which stands beside it in a `oneOf`.
  'forms-expression': (text) => /\{\{.+\}\}/s.test(text),
  'forms-hex-color': color,
  'forms-url-https': https,
  hexadecimal: (text) => /^[\da-f]+$/i.test(text),
  hostname,
  'hostname-rfc2181': hostname,
  'html-color': color,
  'html-color-or-null': color,
  ipv4: (text) => isIP(text) === 4,
  ipv6: (text) => isIP(text) === 6,
  ipv6_cidr: cidr(6),
  'non-empty-string': (text) => text.trim() !== '',
  'organization-id': prefixed('org_'),
  'organization-name': (text) => /^[a-z0-9][a-z0-9_-]{0,49}$/.test(text),
  'strict-https-uri': https,
  'strict-https-uri-or-null': https,
  'strict-uri': uri,
  uri,
  // Kinds of tokens are named by URNs as well as by URLs.
  url: uri,
  'url-or-null': uri,
  'url-with-placeholders': withPlaceholders,
  'user-id': (text) => text.length > 0,
  'user-id-with-max-length': (text) => /^[^|]+\|.+$/s.test(text) && text.length <= 255,
  uuid: (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
  yyyymmdd: (text) =>
    /^\d{8}$/.test(text) && !Number.isNaN(Date.parse(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))),
};
