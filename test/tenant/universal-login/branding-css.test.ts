import { describe, expect, it } from 'vitest';
import { brandingCss } from '../../../src/tenant/authentication/universal-login/branding-css.ts';
import { stylesheetPath } from '../../../src/tenant/authentication/universal-login/pages/universal-login-stylesheet.ts';
import { startLocalTenant } from '../../local-tenant.ts';

describe('the colours of the branding', () => {
  it('are those of buttons and of the page, with a text that can be read', () => {
    const css = brandingCss({ colors: { primary: '#FFEE00', page_background: '#123' } });
    expect(css).toContain('--accent: #FFEE00');
    expect(css).toContain('--on-accent: #000000');
    expect(css).toContain('body { background: #123; }');
    expect(css).toContain('body > footer, body > footer strong { color: #ffffff; }');
  });

  it('can be a gradient', () => {
    const page_background = { type: 'linear-gradient', start: '#FFFFFF', end: '#000000', angle_deg: 35 };
    expect(brandingCss({ colors: { page_background } })).toContain('linear-gradient(35deg, #FFFFFF, #000000)');
  });

  it('come with the logo and the font', () => {
    const css = brandingCss({
      logo_url: 'https://shop.example/a b.png',
      font: { url: 'https://shop.example/f.woff2' },
    });
    expect(css).toContain('url("https://shop.example/a%20b.png")');
    expect(css).toContain('@font-face { font-family: branding; src: url("https://shop.example/f.woff2"); }');
  });

  it.each([
    {},
    { logo_url: 'javascript:alert(1)', font: { url: 'data:font/woff2,x' } },
    { colors: { primary: '#12' } },
    { colors: { page_background: { type: 'linear-gradient', start: 'red; } * { display: none', end: '#000000' } } },
  ])('leave no rule of anything else: %j', (branding) => {
    expect(brandingCss(branding)).toBe('');
  });

  it('are in the style sheet of the pages as soon as they are set', async () => {
    const local = await startLocalTenant();
    try {
      const read = async () => (await fetch(new URL(stylesheetPath, local.tenant.url))).text();
      expect(await read()).not.toContain('#00aa88');
      await local.management.branding.update({ colors: { primary: '#00aa88' } });
      expect(await read()).toContain('--accent: #00aa88');
    } finally {
      await local.tenant.close();
    }
  });
});
