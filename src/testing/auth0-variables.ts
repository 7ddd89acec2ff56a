import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { TestApplication } from './test-applications.ts';

/** The parts of a tenant that a program needs in its environment. */
export interface Auth0Tenant {
  /** Issuer, with its slash: `https://localhost:4000/`. */
  readonly url: string;
  readonly domain: string;
  readonly caFile: string;
  readonly management: { readonly clientId: string; readonly clientSecret: string; readonly audience: string };
}

/**
 * The environment variables of Auth0's libraries, for the programs under test.
 *
 * Source, by name: `AUTH0_DOMAIN`, `AUTH0_CLIENT_ID`, `AUTH0_CLIENT_SECRET` and `AUTH0_AUDIENCE` are those of the quickstarts of
 * every language (Python, Java, .NET, Ruby, PHP, Go); `ISSUER_BASE_URL`, `CLIENT_ID`, `SECRET` and `BASE_URL` those of
 * `express-openid-connect` and, with `AUDIENCE`, `express-oauth2-jwt-bearer`; `AUTH0_ISSUER_BASE_URL`, `AUTH0_BASE_URL`,
 * `APP_BASE_URL` and `AUTH0_SECRET` those of `nextjs-auth0`; `AUTH0_COOKIE_SECRET` that of `auth0-php`. The files of certificates are those of
 * Node.js, OpenSSL (Ruby, PHP, Go), Python's `requests` and `curl`.
 *
 * @param application the application under test
 * @param audience the API under test, if there is one
 * @param baseUrl the address of the application under test
 * @example
 * const env = auth0Variables(tenant, application, 'https://api.example.com', 'http://localhost:3000');
 */
export function auth0Variables(
  tenant: Auth0Tenant,
  application: TestApplication,
  audience: string | undefined,
  baseUrl: string,
): Readonly<Record<string, string>> {
  const bundle = certificateBundle(tenant.caFile);
  const secret = randomBytes(32).toString('hex');
  const issuer = tenant.url.replace(/\/$/, '');
  return {
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_ISSUER_BASE_URL: issuer,
    AUTH0_CLIENT_ID: application.clientId,
    AUTH0_CLIENT_SECRET: application.clientSecret,
    AUTH0_SECRET: secret,
    AUTH0_COOKIE_SECRET: secret,
    AUTH0_BASE_URL: baseUrl,
    APP_BASE_URL: baseUrl,
    AUTH0_CALLBACK_URL: application.callbacks[0] ?? '',
    AUTH0_REDIRECT_URI: application.callbacks[0] ?? '',
    ISSUER_BASE_URL: issuer,
    CLIENT_ID: application.clientId,
    CLIENT_SECRET: application.clientSecret,
    SECRET: secret,
    BASE_URL: baseUrl,
    ...(audience !== undefined && { AUTH0_AUDIENCE: audience, AUDIENCE: audience }),
    AUTH0_MANAGEMENT_API_CLIENT_ID: tenant.management.clientId,
    AUTH0_MANAGEMENT_API_CLIENT_SECRET: tenant.management.clientSecret,
    AUTH0_MANAGEMENT_API_AUDIENCE: tenant.management.audience,
    NODE_EXTRA_CA_CERTS: tenant.caFile,
    SSL_CERT_FILE: bundle,
    REQUESTS_CA_BUNDLE: bundle,
    CURL_CA_BUNDLE: bundle,
  };
}

/** Writes the public authorities and the tenant's into one file: these libraries take no second one. */
function certificateBundle(caFile: string): string {
  const file = caFile.replace(/\.pem$/, '-bundle.pem');
  const content = [readFileSync(caFile, 'utf8').trim(), ...rootCertificates, ''].join('\n');
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
    const temporary = `${file}.${randomBytes(6).toString('hex')}`;
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  }
  return file;
}
