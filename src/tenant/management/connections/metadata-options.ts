import { createHash } from 'node:crypto';
import type { JsonObject } from '../../store/json-value.ts';

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/**
 * The options that Auth0 reads from the metadata of an identity provider. Metadata at an
 * address is not fetched.
 *
 * @example
 * metadataOptions('adfs', { fedMetadataXml: '<EntityDescriptor …' }) // { thumbprints: [], signInEndpoint: 'https://…' }
 */
export function metadataOptions(strategy: string, options: JsonObject): JsonObject {
  if (strategy === 'adfs' && typeof options.fedMetadataXml === 'string') return ofFederation(options.fedMetadataXml);
  if (strategy !== 'samlp') return {};
  if (typeof options.metadataXml === 'string') return ofSaml(options.metadataXml);
  return options.metadataUrl === undefined ? {} : { bindingMethod: REDIRECT };
}

function ofFederation(xml: string): JsonObject {
  const [endpoint = ''] = /<[\w:]*PassiveRequestorEndpoint\b.*?<\/[\w:]*PassiveRequestorEndpoint>/s.exec(xml) ?? [];
  const [, address] = /<[\w:]*Address>\s*(\S+?)\s*</.exec(endpoint) ?? [];
  const [role = ''] = /<[\w:]*RoleDescriptor\b.*?<\/[\w:]*RoleDescriptor>/s.exec(xml) ?? [];
  return {
    thumbprints: [...new Set(certificatesOf(role).map(thumbprint))],
    ...(address !== undefined && { signInEndpoint: address }),
  };
}

function ofSaml(xml: string): JsonObject {
  const signIn = serviceOf(xml, 'SingleSignOnService');
  const signOut = serviceOf(xml, 'SingleLogoutService');
  const [certificate] = certificatesOf(xml);
  return {
    bindingMethod: signIn?.binding ?? REDIRECT,
    ...(signIn !== undefined && { signInEndpoint: signIn.location }),
    ...(signOut !== undefined && { signOutEndpoint: signOut.location }),
    ...(certificate !== undefined && { signingCert: Buffer.from(pemOf(certificate)).toString('base64') }),
  };
}

/** The address of a service: the one for redirects if there are several. */
function serviceOf(xml: string, name: string): { readonly binding: string; readonly location: string } | undefined {
  const all = [...xml.matchAll(new RegExp(`<[\\w:]*${name}\\b([^>]*)>`, 'g'))].flatMap(([, attributes = '']) => {
    const [, binding] = /\bBinding="([^"]*)"/.exec(attributes) ?? [];
    const [, location] = /\bLocation="([^"]*)"/.exec(attributes) ?? [];
    return binding === undefined || location === undefined ? [] : [{ binding, location }];
  });
  return all.find(({ binding }) => binding === REDIRECT) ?? all[0];
}

/** The certificates for signatures, in base64. */
function certificatesOf(xml: string): string[] {
  const withoutEncryption = xml.replace(/<[\w:]*KeyDescriptor use="encryption".*?<\/[\w:]*KeyDescriptor>/gs, '');
  return [...withoutEncryption.matchAll(/<[\w:]*X509Certificate>([^<]+)</g)].map(([, text = '']) =>
    text.replace(/\s/g, ''),
  );
}

function thumbprint(certificate: string): string {
  return createHash('sha1').update(Buffer.from(certificate, 'base64')).digest('hex');
}

function pemOf(certificate: string): string {
  const lines = certificate.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
