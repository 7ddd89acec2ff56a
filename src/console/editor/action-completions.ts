import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { apiMethodsOf } from './api-methods.ts';

interface CompletionContent {
  /** The trigger of the Action. */
  readonly trigger: string;
  /** A complete event of the trigger, if there is one. */
  readonly event: unknown;
  readonly secrets: readonly string[];
}

/**
 * Completes `event.…` with the members of a complete event and the names of secrets, and `api.…` with the methods
 * of the trigger.
 *
 * @example
 * autocompletion({ override: [actionCompletions(() => ({ trigger, event, secrets }))] });
 */
export function actionCompletions(content: () => CompletionContent): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/\b(?:event|api)(?:\??\.\w+)*\??\.\w*/);
    if (word === null) return null;
    const path = word.text.replaceAll('?.', '.').split('.');
    const typed = path.pop() ?? '';
    const [root = '', ...parents] = path;
    const options = root === 'event' ? membersBelow(content(), parents) : methodsBelow(content(), parents);
    return options.length === 0 ? null : { from: context.pos - typed.length, options, validFor: /^\w*$/ };
  };
}

function membersBelow({ event, secrets }: CompletionContent, parents: readonly string[]): Completion[] {
  if (parents.join('.') === 'secrets') return secrets.map((label) => ({ label, type: 'property', detail: 'secret' }));
  let value: unknown = event ?? {};
  for (const parent of parents) value = (value as Record<string, unknown> | undefined)?.[parent];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const members = Object.entries(value).map(([label, example]) => ({
    label,
    type: 'property',
    detail: Array.isArray(example) ? 'array' : typeof example,
  }));
  return parents.length === 0 ? [...members, { label: 'secrets', type: 'property', detail: 'object' }] : members;
}

function methodsBelow({ trigger }: CompletionContent, parents: readonly string[]): Completion[] {
  const prefix = parents.map((parent) => `${parent}.`).join('');
  const below = Object.entries(apiMethodsOf(trigger)).filter(([path]) => path.startsWith(prefix));
  const names = new Map<string, Completion>();
  for (const [path, parameters] of below) {
    const [label = '', ...deeper] = path.slice(prefix.length).split('.');
    if (deeper.length > 0) names.set(label, { label, type: 'namespace' });
    else names.set(label, { label, type: 'method', detail: parameters });
  }
  return [...names.values()];
}
