/**
 * The functions that the guards call while the Action's code runs. They are stored before that code can replace them: a guard that
 * calls a replaced one would permit whatever the Action returns. For the same reason a guard neither spreads nor destructures a list.
 */
import { isBuiltin as isBuiltinModule } from 'node:module';
import { fileURLToPath } from 'node:url';

export const { apply } = Reflect;
export const toPath = fileURLToPath;
export const isBuiltin = isBuiltinModule;
export const startsWith = stored(String.prototype.startsWith);
export const slice = stored(String.prototype.slice);
export const has = stored<ReadonlySet<string>, [string], boolean>(Set.prototype.has);

/** Returns a method as a function of its object. */
function stored<This, Rest extends unknown[], Result>(
  method: (this: This, ...rest: Rest) => Result,
): (self: This, ...rest: Rest) => Result {
  return Function.prototype.call.bind(method) as (self: This, ...rest: Rest) => Result;
}
