import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

async function createFlag() {
  const parameters = { colour: { type: 'string', value: 'red' } };
  const { body: flag } = await tenant.call('POST', '/experimentation/feature-flags', { name: 'the flag', parameters });
  const variations = `/experimentation/feature-flags/${flag.id}/variations`;
  const { body: variation } = await tenant.call('POST', variations, { name: 'variation', overrides: {} });
  return { flag: flag.id as string, variation: variation.id as string };
}

async function validate(allocations: object[], flag: string, strategy = 'percentage') {
  const { body } = await tenant.call('POST', '/experimentation/experiments', {
    name: 'experiment',
    feature_flag_id: flag,
    authentication_flow: 'login',
    allocation_strategy: strategy,
    assignment_config: { subject: 'device' },
    allocations,
  });
  return await tenant.call('POST', `/experimentation/experiments/${body.id}/validate`, {});
}

describe('the validation of an experiment', () => {
  it('finds no mistake if everything exists and the weights are 100 together', async () => {
    const { flag, variation } = await createFlag();
    const answer = await validate([{ variation_id: variation, is_control: true, weight: 100 }], flag);
    expect(answer).toMatchObject({ status: 200, body: { is_valid: true, errors: [] } });
  });

  it.each([
    ['a flag that does not exist', 'flag', 100, 'feature_flag_not_found'],
    ['a variation that does not exist', 'variation', 100, 'variation_not_found'],
    ['weights that are not 100 together', '', 60, 'invalid_weights'],
  ])('finds %s', async (_what, absent, weight, code) => {
    const known = await createFlag();
    const flag = absent === 'flag' ? 'flg_absent' : known.flag;
    const variation = absent === 'variation' ? 'var_absent' : known.variation;
    const { body } = await validate([{ variation_id: variation, is_control: true, weight }], flag);
    expect(body.is_valid).toBe(false);
    expect(body.errors.map((error: { code: string }) => error.code)).toContain(code);
  });

  it('finds a segment that does not exist, and needs no weights for segments', async () => {
    const { flag, variation } = await createFlag();
    const allocation = { variation_id: variation, is_control: true, segment_id: 'seg_absent', priority: 1 };
    const { body } = await validate([allocation], flag, 'segment');
    expect(body.errors).toEqual([{ code: 'segment_not_found', message: 'The segment seg_absent does not exist.' }]);
  });

  it('is not found for an experiment that does not exist', async () => {
    expect(await tenant.call('POST', '/experimentation/experiments/exp_absent/validate', {})).toMatchObject({
      status: 404,
    });
  });
});
