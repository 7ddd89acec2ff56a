import type { TrialReport } from '../../tenant/actions/library/action-trial.ts';
import { HANDLERS } from '../../tenant/actions/library/published-triggers.ts';
import { printable } from '../printable.ts';
import { shellWord } from '../shell-word.ts';

/**
 * What to do about the mistakes that a file from elsewhere often brings, in one line.
 *
 * @param file the Action's file
 * @param code what is in it
 * @example
 * trialHint(report, 'gate.mjs', code); // 'Actions are CommonJS. Make it so: npx esbuild gate.mjs --bundle …'
 */
export function trialHint(
  { outcome, dependencies, handler }: TrialReport,
  file: string,
  code: string,
): string | undefined {
  if (outcome.kind !== 'error') return undefined;
  const { name, message } = outcome.error;
  const [, module] = /^Cannot find module 'actions:([^']+)'/.exec(message) ?? [];
  if (module !== undefined) return `Give the code of the module: --module ${shellWord(`${module}=FILE`)}`;
  const [, missing] = /^Cannot find module '((?:@[^/']+\/)?[^/'.][^/']*)/.exec(message) ?? [];
  if (missing !== undefined && !dependencies.some((one) => one.name === missing)) {
    return `Declare the package, as in Auth0: --dependency ${printable(missing)}@VERSION`;
  }
  if (message.startsWith('Invalid function signature')) return handlerHint(handler, code);
  if (name !== 'SyntaxError') return undefined;
  const made = `npx esbuild ${shellWord(file)} --bundle --platform=node --format=cjs --outfile=action.js`;
  if (/\.[cm]?tsx?$/.test(file)) return `Auth0 takes JavaScript. Make it from this file: ${made}`;
  if (/\b(import|export|await)\b/.test(message))
    return `Actions are CommonJS, with require and exports. Make it so: ${made}`;
  return undefined;
}

/** The option for the handler that the file does export. */
function handlerHint(wanted: string, code: string): string | undefined {
  const exported = [...code.matchAll(/\bexports\.(on\w+)\s*=/g)].map(([, name]) => name);
  if (exported.includes(wanted)) return undefined;
  if (exported.includes('onContinuePostLogin')) return 'The file exports onContinuePostLogin: --continue';
  for (const [trigger, handler] of Object.entries(HANDLERS)) {
    if (exported.includes(handler)) return `The file exports ${handler}: --trigger ${trigger}`;
  }
  return undefined;
}
