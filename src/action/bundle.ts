import { basename, dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Problem } from '../problem/problem.ts';
import type { ActionSettings } from './action-settings.ts';
import { embeddedPolicy, embeddedSettings } from './embedded-values.ts';
import { withHeader } from './fingerprint.ts';
import { javascriptLiteral } from './javascript-literal.ts';
import type { ResolvedPolicy } from './resolved-policy.ts';

/** Auth0 docs, "Actions Limitations": 100 kB per Action, dependencies not counted. */
const LARGEST_BYTES = 100_000;

export interface BundledAction {
  /** One CommonJS file that needs only Node.js's own `crypto`, for a runtime of Node 18 or later. */
  readonly code: string;
  /** SHA-256 of the code below its header, as 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** Size of the code in UTF-8. */
  readonly bytes: number;
}

/**
 * Makes the post-login Action that enforces a policy: one readable file with the policy at its top. The same policy
 * and settings always give the same bytes, regardless of the order of keys.
 *
 * Source: Auth0 docs, "Write Your First Action" (CommonJS, `exports.onExecutePostLogin`).
 *
 * @param secrets the values that the Action is deployed with, by name; its header carries a digest of each
 * @throws {Problem} `no_applications`, `role_without_id`, `invalid_domain`, `invalid_logout_origin`,
 *   `action_too_large`
 * @example
 * const { code } = await bundleAction(policy, {
 *   domain: 'example.eu.auth0.com', clientId: 'kX9…', roleIds: { MEMBER: 'rol_4fT…' }, logoutOrigins: {},
 * })
 */
export async function bundleAction(
  policy: ResolvedPolicy,
  settings: ActionSettings,
  secrets: Readonly<Record<string, string>> = {},
): Promise<BundledAction> {
  const policyLiteral = javascriptLiteral(embeddedPolicy(policy));
  const settingsLiteral = javascriptLiteral(embeddedSettings(policy, settings));
  const body = `'use strict';

const POLICY = ${policyLiteral};

const SETTINGS = ${settingsLiteral};

${await compiledAction()}`;
  const { code, fingerprint } = withHeader(body, secrets);
  const bytes = Buffer.byteLength(code);
  if (bytes > LARGEST_BYTES) {
    throw new Problem(
      'action_too_large',
      `The Action would have ${bytes} bytes; Auth0 takes ${LARGEST_BYTES}. The policy itself is too long.`,
    );
  }
  return { code, fingerprint, bytes };
}

let compiled: Promise<string> | undefined;

/** Returns the Action without its policy. It is the same for every policy, so it is compiled once. */
function compiledAction(): Promise<string> {
  compiled ??= compile().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

async function compile(): Promise<string> {
  const here = fileURLToPath(import.meta.url);
  const folder = dirname(here);
  // TypeScript beside its source, JavaScript in the published package.
  const extension = extname(here);
  const result = await build({
    entryPoints: [`./${basename(folder)}/action-entry${extension}`],
    absWorkingDir: dirname(folder),
    bundle: true,
    write: false,
    // Without exports of its own, an ES module is compiled to plain statements without a wrapper.
    format: 'esm',
    platform: 'neutral',
    external: ['node:crypto'],
    target: 'node18',
    charset: 'utf8',
    legalComments: 'inline',
    // A tsconfig.json in the folder where Portcullis is installed must not change the Action.
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error('esbuild gave no output for the Action.');
  return fromTheTopDown(withRequire(file.text));
}

/** Adds `require`, since an Action is a CommonJS script. The name is without `node:`, as every runtime knows it. */
function withRequire(code: string): string {
  return code.replaceAll(/^import (\{[^}]*\}) from "node:(crypto)";$/gm, "const $1 = require('$2');");
}

/**
 * Puts the parts into reading order: the handlers and the login, the policy's rules, the details. esbuild writes
 * each part above the parts that use it. The order is free, since the parts only declare: nothing runs before a login.
 */
function fromTheTopDown(code: string): string {
  const parts = code.split(/^(?=\/\/ (?:action|policy)\/[a-z-]+\.[jt]s$)/m).reverse();
  const rank = (part: string) =>
    /^\/\/ action\/(action-entry|guard-login)\./.test(part) ? 0 : part.startsWith('// policy/') ? 1 : 2;
  const inOrder = parts.toSorted((one, other) => rank(one) - rank(other));
  // A part has the same name in the source and in the compiled package.
  return `${inOrder.map((part) => part.trim().replace(/^(\/\/ \S+)\.[jt]s$/m, '$1')).join('\n\n')}\n`;
}
