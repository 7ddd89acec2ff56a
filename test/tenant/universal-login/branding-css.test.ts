import { describe, expect, it } from 'vitest';
import { brandingCss } from '../../../src/tenant/authentication/universal-login/branding-css.ts';
import { stylesheetPath } from '../../../src/tenant/authentication/universal-login/pages/universal-login-stylesheet.ts';
import { themeCss } from '../../../src/tenant/authentication/universal-login/theme-css.ts';
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

describe('the theme', () => {
  const theme = {
    displayName: 'Water',
    borders: {
      button_border_radius: 3,
      button_border_weight: 1,
      buttons_style: 'pill',
      input_border_radius: 3,
      input_border_weight: 2,
      inputs_style: 'rounded',
      show_widget_shadow: false,
      widget_border_weight: 0,
      widget_corner_radius: 7,
    },
    colors: {
      body_text: '#102030',
      error: '#d03c38',
      header: '#203040',
      icons: '#65676e',
      input_background: '#fefefe',
      input_border: '#c9cace',
      input_filled_text: '#000000',
      input_labels_placeholders: '#65676e',
      links_focused_components: '#0b7a75',
      primary_button: '#0b7a75',
      primary_button_label: '#ffffff',
      secondary_button_border: '#c9cace',
      secondary_button_label: '#1e212a',
      success: '#13a688',
      widget_background: '#f0fafa',
      widget_border: '#c9cace',
    },
    fonts: {
      body_text: { bold: false, size: 87.5 },
      buttons_text: { bold: true, size: 100 },
      font_url: 'https://fonts.water.example/one.woff2',
      input_labels: { bold: false, size: 100 },
      links: { bold: true, size: 87.5 },
      links_style: 'normal',
      reference_text_size: 15,
      subtitle: { bold: false, size: 87.5 },
      title: { bold: true, size: 150 },
    },
    page_background: {
      background_color: '#d8ecea',
      background_image_url: 'https://pictures.water.example/sea.jpg',
      page_layout: 'left',
    },
    widget: {
      header_text_alignment: 'left',
      logo_height: 44,
      logo_position: 'right',
      logo_url: 'https://pictures.water.example/logo.png',
      social_buttons_layout: 'bottom',
    },
  } as const;

  it('has a rule for each of its colours, borders, fonts and places', () => {
    const css = themeCss(theme);
    for (const text of [
      ':root { color-scheme: light; --accent: #0b7a75; --accent-strong: #0b7a75; --on-accent: #ffffff; --card: #f0fafa;',
      'body { background: #d8ecea; background-image: url("https://pictures.water.example/sea.jpg");',
      '.card h1 { color: #203040; }',
      '.card { border-width: 0px; border-radius: 7px; box-shadow: none; }',
      '.card button { border-radius: 999px; border-width: 1px; }',
      '.card .input { border-radius: 3px; border-width: 2px; }',
      'body > footer, body > footer strong { color: #000000; }',
      '.card { --text: 15px; font-size: 15px; }',
      '.card h1 { font-size: calc(var(--text, 1rem) * 1.5); font-weight: 700; }',
      'text-decoration-line: none;',
      '.card > header { text-align: left; }',
      'height: 44px; margin-bottom: 16px; background: right / contain no-repeat url("https://pictures.water.example/logo.png");',
      'body._widget-auto-layout { align-items: flex-start; padding-inline: 8vw; }',
    ]) {
      expect(css).toContain(text);
    }
  });

  it('leaves no rule of anything else', () => {
    expect(themeCss({})).toBe('');
    const css = themeCss({
      colors: { header: 'red; } * { display: none' },
      page_background: { background_image_url: 'javascript:alert(1)', page_layout: 'x' },
      widget: { logo_url: '"); } * { display: none', header_text_alignment: 'left; }' },
    });
    expect(css).toBe(':root { color-scheme: light; }\n');
  });

  it('is in the style sheet and in the policy of the pages, and its first one counts', async () => {
    const local = await startLocalTenant();
    try {
      const { themeId = '' } = await local.management.branding.themes.create(theme as never);
      const css = await (await fetch(new URL(stylesheetPath, local.tenant.url))).text();
      expect(css).toContain('--card: #f0fafa');
      const policy = (await fetch(local.tenant.url)).headers.get('content-security-policy');
      expect(policy).toContain('img-src data: https://pictures.water.example;');
      expect(policy).toContain('font-src https://fonts.water.example');
      await local.management.branding.themes.delete(themeId);
      expect(await (await fetch(new URL(stylesheetPath, local.tenant.url))).text()).not.toContain('#f0fafa');
    } finally {
      await local.tenant.close();
    }
  });
});
