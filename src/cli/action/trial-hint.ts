import type { TrialReport } from '../../tenant/actions/library/action-trial.ts';
import { HANDLERS } from '../../tenant/actions/library/published-triggers.ts';
import { printable } from '../printable.ts';
import { shellWord } from '../shell-word.ts';

/**
 * Returns a remedy in one line for the common mistakes in a file from elsewhere.
 *
 * @param file the Action's file
 * @param code the content of the file
 * @example
 * trialHint(report, 'gate.mjs', code); // 'Actions are CommonJS. Convert it: npx esbuild gate.mjs --bundle …'
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
  const command = `npx esbuild ${shellWord(file)} --bundle --platform=node --format=cjs --outfile=action.js`;
  if (/\.[cm]?tsx?$/.test(file)) return `Auth0 takes JavaScript. Compile this file: ${command}`;
  if (/\b(import|export|await)\b/.test(message))
    return `Actions are CommonJS, with require and exports. Convert it: ${command}`;
  return undefined;
}

/** Suggests the option for the handler that the file exports. */
function handlerHint(expected: string, code: string): string | undefined {
  const exported = [...code.matchAll(/\bexports\.(on\w+)\s*=/g)].map(([, name]) => name);
  if (exported.includes(expected)) return undefined;
  if (exported.includes('onContinuePostLogin')) return 'The file exports onContinuePostLogin: --continue';
  for (const [trigger, handler] of Object.entries(HANDLERS)) {
    if (!exported.includes(handler)) continue;
    const remedy =
      expected === 'onContinuePostLogin' && trigger === 'post-login' ? 'leave out --continue' : `--trigger ${trigger}`;
    return `The file exports ${handler}: ${remedy}`;
  }
  return undefined;
}
