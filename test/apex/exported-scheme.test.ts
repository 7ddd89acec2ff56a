import { describe, expect, test } from 'vitest';
import { apexExport } from '../../src/apex/export/apex-export.ts';
import { attributesFromScheme } from '../../src/apex/stand-in/attributes-from-scheme.ts';
import { type Changes, sampleExport } from './doctor/sample-export.ts';
import { APPLICATION, openGate } from './gate.ts';

function attributes(changes: Changes = {}) {
  const [scheme] = apexExport([{ name: 'f100.sql', sql: sampleExport({ scheme: changes }) }]).schemes;
  if (scheme === undefined) throw new Error('The sample has no scheme.');
  return attributesFromScheme(scheme, APPLICATION.id);
}

describe('the stand-in with an exported scheme', () => {
  test('requests the scopes and parameters of the export, and signs in', async () => {
    const scheme = { p_attribute_08: "'ui_locales=de'", p_attribute_11: "'Y'", p_attribute_12: "'BASIC'" };
    await using gate = await openGate({ attributes: attributes(scheme) });
    const { hops, end } = await gate.browser.visit(gate.standIn.homeUrl);
    const request = new URL(hops.find(({ url }) => url.searchParams.has('response_type'))?.url ?? '');
    expect(request.searchParams.get('scope')).toBe('openid profile email');
    expect(request.searchParams.get('ui_locales')).toBe('de');
    expect(end?.body).toContain('ANN@EXAMPLE.COM');
  });

  test('redirects users that APEX refuses to the public page of the export', async () => {
    const ann = { email_verified: false };
    await using gate = await openGate({ ann, attributes: attributes({ p_attribute_13: "'Y'" }) });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.url.searchParams.get('p')).toBe('100:REFUSED:0');
    expect(end?.status).toBe(200);
  });

  test('loops if the export sends refused users to the login page of the same scheme', async () => {
    const ann = { email_verified: false };
    const scheme = { p_attribute_13: "'Y'", p_invalid_session_type: "'LOGIN'", p_invalid_session_url: null };
    await using gate = await openGate({ ann, attributes: attributes(scheme) });
    expect((await gate.browser.visit(gate.standIn.homeUrl)).end).toBeUndefined();
    expect(gate.events.filter(({ type }) => type === 'refused-at-callback').length).toBeGreaterThan(1);
  });

  test('uses the home page for an export without a post-logout address', () => {
    expect(attributes({ p_logout_url: null })).toMatchObject({ postLogout: 'HOME' });
    expect(attributes()).toMatchObject({ postLogout: 'URL', postLogoutUrl: 'f?p=100:SIGNED-OUT:0' });
  });

  test('refuses a scheme that does not sign in elsewhere', () => {
    expect(() => attributes({ p_scheme_type: "'NATIVE_OPEN_DOOR'" })).toThrow(/NATIVE_OPEN_DOOR/);
  });
});
