/** Replaces a member by a function that throws, whether it is called, constructed or extended. */
export function deny(owner: object, name: string, label: string, reason: string): void {
  put(owner, name, function denied(): never {
    throw accessDenied(label, reason);
  });
}

/** Sets a member permanently. Throws a `TypeError` if it cannot be set. */
export function put(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: true, configurable: true, enumerable: true });
}

/** Makes the error of Node's permission model, with a reason for the Action's author. */
export function accessDenied(label: string, reason: string): Error {
  return Object.assign(
    new Error(`Access to this API has been restricted: ${label} is not available to an Action. ${reason}`),
    {
      code: 'ERR_ACCESS_DENIED',
    },
  );
}
