/**
 * Returns the present time as Auth0 writes it for Actions: RFC 3339 with nanoseconds; the clock gives the first three
 * digits, and the process's own timer the rest.
 *
 * @example
 * actionTime(); // '2026-05-29T08:12:44.301776679Z'
 */
export function actionTime(): string {
  const fraction = String(process.hrtime.bigint() % 1_000_000n).padStart(6, '0');
  return new Date().toISOString().replace('Z', `${fraction}Z`);
}

/** Returns the present time as Auth0 writes it for Action modules, with microseconds: `2026-05-29T11:28:30.674714Z`. */
export function moduleTime(): string {
  return actionTime().replace(/\d{3}Z$/, 'Z');
}
