import { expect, it } from 'vitest';
import { initialCode, nameOfTrigger, RUN_TRIGGERS } from '../../src/console/screens/actions/trigger-name.ts';
import { HANDLERS, TRIGGERS } from '../../src/tenant/actions/library/published-triggers.ts';

it('the console offers the triggers that the tenant runs, with the handlers that it calls', () => {
  expect(Object.keys(RUN_TRIGGERS)).toEqual(Object.keys(HANDLERS));
  for (const [id, handler] of Object.entries(HANDLERS)) expect(initialCode(id)).toContain(`exports.${handler} = `);
});

it('the console has a name for every trigger', () => {
  for (const { id } of TRIGGERS) expect(nameOfTrigger(id), id).not.toBe(id);
});
