import { describe, expect, it } from 'vitest';
import { columnsOf, titleOf } from '../../src/console/screens/resources/resource-row.ts';

describe('the columns of a list', () => {
  it('have the name beside a title, and no flag that nothing has', () => {
    const organizations = [
      { id: 'org_1', name: 'acme', display_name: 'Acme Inc.', is_app_entitlement_active: false },
      { id: 'org_2', name: 'water', display_name: 'Water', is_app_entitlement_active: false },
    ];
    expect(columnsOf(organizations, undefined)).toEqual(['name', 'id']);
  });

  it('have a flag that one of them has', () => {
    const keys = [
      { kid: 'a', is_current: true },
      { kid: 'b', is_current: false },
    ];
    expect(columnsOf(keys, undefined)).toContain('is_current');
  });
});

it('an invitation is named by who is invited', () => {
  const invitation = { id: 'uinv_1', inviter: { name: 'Boss' }, invitee: { email: 'ann@water.example' } };
  expect(titleOf(invitation)).toBe('ann@water.example');
});
