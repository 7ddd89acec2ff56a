import type { Api, ApiContext } from './api-context.ts';

type Denial = NonNullable<ApiContext['collector']['effects']['deny']>;

/**
 * `api.access`: denies after the Action's own code has run.
 *
 * @param denied makes the denial from the arguments, whose order differs between triggers
 */
export function accessApi(
  { collector }: ApiContext,
  api: () => Api,
  denied: (first: string, second: string) => Denial = (reason) => ({ reason }),
) {
  return {
    deny(...given: readonly unknown[]): Api {
      // First of all: arguments that throw when they are read deny as well.
      collector.effects.deny = { reason: '' };
      collector.record('access.deny', [...given]);
      collector.effects.deny = denied(text(given[0]), text(given[1]));
      return api();
    },
  };
}

function text(value: unknown): string {
  try {
    return value === undefined || value === null ? '' : String(value);
  } catch {
    return '';
  }
}
