import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { formatMistake, type Mistake } from '../problem/mistake.ts';
import { Problem } from '../problem/problem.ts';

/** How to reach a tenant's Management API. Holds secrets: never print it. */
export type Environment = TokenEnvironment | ClientEnvironment;

/** With an access token that another tool or person got. */
export interface TokenEnvironment {
  /** Host, and port if any: `tenant.eu.auth0.com`, `localhost:8443`. */
  readonly domain: string;
  readonly credentials: 'token';
  readonly accessToken: string;
}

/** As a machine-to-machine application. */
export interface ClientEnvironment {
  /** Host, and port if any: `tenant.eu.auth0.com`, `localhost:8443`. */
  readonly domain: string;
  readonly credentials: 'client';
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ReadEnvironmentOptions {
  /** The variables to read; `process.env` by default. */
  readonly variables?: Readonly<Record<string, string | undefined>> | undefined;
  /** The folder of `.env`; the current folder by default. */
  readonly cwd?: string | undefined;
  /** The domain that the configuration names. Used if the environment names none; if it names another, that is an error. */
  readonly domain?: string | undefined;
}

type Name = 'AUTH0_DOMAIN' | 'AUTH0_CLIENT_ID' | 'AUTH0_CLIENT_SECRET' | 'AUTH0_ACCESS_TOKEN';
type Variables = (name: Name) => string | undefined;

const DOMAIN_EXAMPLE = "the tenant's domain, such as tenant.eu.auth0.com";

/**
 * Reads how to reach a tenant from the environment, and from a file `.env` for variables that are not set there. An
 * access token wins over a client id and secret. The process's own environment is not changed.
 *
 * The names are those of Auth0's own tools: Auth0 docs, "Auth0 Deploy CLI: Configure", `AUTH0_*`.
 *
 * @throws {Problem} `environment_incomplete` if variables are missing, `environment_invalid` if one is wrong,
 *   `domain_mismatch` if the configuration is for another tenant. The problem names variables and never shows their values.
 * @example const environment = readEnvironment(); // { domain: 'tenant.eu.auth0.com', credentials: 'token', … }
 */
export function readEnvironment({
  variables = process.env,
  cwd = process.cwd(),
  domain: configured,
}: ReadEnvironmentOptions = {}): Environment {
  const fromFile = readEnvFile(resolve(cwd, '.env'));
  const read: Variables = (name) =>
    nonEmpty(variables[name]) ?? nonEmpty(fromFile[name]) ?? (name === 'AUTH0_DOMAIN' ? configured : undefined);

  const mistakes = [...findMissing(read), ...findMalformed(read)];
  const domain = normalizeTenantDomain(read('AUTH0_DOMAIN') ?? '');
  if (domain !== undefined && configured !== undefined && domain !== configured) {
    throw new Problem(
      'domain_mismatch',
      `The configuration is for the tenant ${configured}, but AUTH0_DOMAIN names ${domain}.`,
    );
  }
  if (domain !== undefined && mistakes.length === 0) {
    const accessToken = read('AUTH0_ACCESS_TOKEN');
    if (accessToken !== undefined) return { domain, credentials: 'token', accessToken };
    const clientId = read('AUTH0_CLIENT_ID');
    const clientSecret = read('AUTH0_CLIENT_SECRET');
    if (clientId !== undefined && clientSecret !== undefined) {
      return { domain, credentials: 'client', clientId, clientSecret };
    }
  }
  const code = mistakes.some(({ found }) => found !== 'nothing') ? 'environment_invalid' : 'environment_incomplete';
  const lines = mistakes.map((mistake) => `  ${formatMistake(mistake)}`);
  const message = ['The tenant cannot be reached with this environment:', ...lines].join('\n');
  throw new Problem(code, message, undefined, { mistakes });
}

/** Returns `AUTH0_DOMAIN` from the environment or `.env`, if set; for commands that can do without credentials. */
export function readDomain(options: ReadEnvironmentOptions = {}): string | undefined {
  return nonEmpty(readVariable('AUTH0_DOMAIN', options));
}

/**
 * Returns a variable of the environment, or of the file `.env` if it is not set there.
 *
 * @throws {Problem} `environment_invalid` if `.env` cannot be read
 * @example readVariable('API_KEY', { variables: {}, cwd: 'project' }) // as project/.env has it
 */
export function readVariable(
  name: string,
  { variables = process.env, cwd = process.cwd() }: ReadEnvironmentOptions = {},
): string | undefined {
  return variables[name] ?? readEnvFile(resolve(cwd, '.env'))[name];
}

function nonEmpty(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function readEnvFile(file: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return {};
    const remedy = 'Correct its permissions, or remove it and set the variables.';
    throw new Problem('environment_invalid', `${file} cannot be read (${String(code)}).`, remedy, {
      file,
      cause: error,
    });
  }
}

function* findMissing(read: Variables): Generator<Mistake> {
  if (read('AUTH0_DOMAIN') === undefined) yield toMistake('AUTH0_DOMAIN', DOMAIN_EXAMPLE, 'nothing');
  if (read('AUTH0_ACCESS_TOKEN') !== undefined) return;
  const advice = 'Auth0 shows it under Applications > your machine-to-machine application > Settings.';
  if (read('AUTH0_CLIENT_ID') === undefined) {
    yield toMistake('AUTH0_CLIENT_ID', 'the client id of a machine-to-machine application', 'nothing', advice);
  }
  if (read('AUTH0_CLIENT_SECRET') === undefined) {
    yield toMistake('AUTH0_CLIENT_SECRET', "the same application's client secret", 'nothing', advice);
  }
}

function* findMalformed(read: Variables): Generator<Mistake> {
  const domain = read('AUTH0_DOMAIN');
  if (domain !== undefined && normalizeTenantDomain(domain) === undefined) {
    yield toMistake(
      'AUTH0_DOMAIN',
      DOMAIN_EXAMPLE,
      'something else',
      'Write the host alone: no http://, no path, no user.',
    );
  }
  const token = read('AUTH0_ACCESS_TOKEN');
  if (token !== undefined && !isSendable(token)) {
    const advice = /^bearer\s/i.test(token)
      ? 'Leave out the word Bearer in front.'
      : 'Copy the token again, as one line.';
    yield toMistake('AUTH0_ACCESS_TOKEN', 'an access token for the Management API', 'a text with spaces in it', advice);
  }
  for (const name of ['AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'] as const) {
    const value = read(name);
    if (token === undefined && value !== undefined && !isSendable(value)) {
      yield toMistake(name, 'one word', 'a text with spaces or special characters in it', 'Copy it again from Auth0.');
    }
  }
}

/** Whether a value is printable ASCII without spaces, as a header must be. */
function isSendable(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

/**
 * Returns the host, and the port if any. Accepts `https://tenant.eu.auth0.com/` too, since it is commonly pasted.
 *
 * @returns `undefined` if it is not a host
 * @example normalizeTenantDomain('https://tenant.eu.auth0.com/') // 'tenant.eu.auth0.com'
 */
export function normalizeTenantDomain(written: string): string | undefined {
  const bare = written.replace(/^https:\/\//i, '').replace(/\/$/, '');
  if (!/^[a-z0-9.:[\]-]+$/i.test(bare)) return undefined;
  const url = URL.parse(`https://${bare}`);
  return url === null || url.pathname !== '/' ? undefined : url.host;
}

function toMistake(name: Name, expected: string, found: string, advice = ''): Mistake {
  return { path: [name], field: name, expected, found, advice };
}
