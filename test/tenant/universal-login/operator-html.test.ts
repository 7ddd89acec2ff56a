import { describe, expect, it } from 'vitest';
import { withSources } from '../../../src/tenant/authentication/http/page-headers.ts';
import { openOperatorHtml } from '../../../src/tenant/authentication/universal-login/operator-html.ts';

const policy = "default-src 'none'; style-src 'self'; img-src data:";

function policyOf(html: string): string {
  const operator = openOperatorHtml();
  operator.allow(html);
  return withSources(policy, operator.sources());
}

describe('the HTML of an operator', () => {
  it.each([
    '',
    '<p>Text</p><a href="https://shop.example/">Shop</a>',
    '<script src="https://evil.example/a.js"></script>',
  ])('needs nothing without styles and pictures: %j', (html) => {
    expect(policyOf(html)).toBe(policy);
  });

  it('has the same nonce in each of its style elements as in the policy', () => {
    const operator = openOperatorHtml();
    const html = operator.allow('<STYLE>a { }</STYLE><style media="print">b { }</style>');
    const [nonce] = /'nonce-[^']+'/.exec(withSources(policy, operator.sources())) ?? [];
    const inHtml = [...html.matchAll(/nonce="([^"]+)"/g)].map(([, one]) => `'nonce-${one}'`);
    expect(inHtml).toEqual([nonce, nonce]);
    expect(openOperatorHtml().allow('<style></style>')).not.toBe(openOperatorHtml().allow('<style></style>'));
  });

  it('may have style attributes, each by its hash', () => {
    // printf 'color: red' | openssl dgst -sha256 -binary | base64
    expect(policyOf('<p style="color: red">')).toContain(
      "style-src 'self' 'unsafe-hashes' 'sha256-NerDAUWfwD31YdZHveMrq0GLjsNFMwxLpZl0dPUeCcw='",
    );
    expect(policyOf('<p style="font-family: &quot;A&quot;">')).toBe(policyOf(`<p style='font-family: "A"'>`));
  });

  it('loads from the addresses that it names, and from no other', () => {
    const directives = policyOf(`<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter">
      <img src='https://a.example/x.png'><style>@import url("https://b.example/b.css"); body { background: url(https://c.example/c.png) }</style>
      <img src="javascript:alert(1)"><img src="/own.png">`).split('; ');
    const sources = (name: string) =>
      directives
        .find((one) => one.startsWith(`${name} `))
        ?.split(' ')
        .slice(1);
    expect(sources('img-src')).toEqual([
      'data:',
      'https://fonts.googleapis.com',
      'https://a.example',
      'https://b.example',
      'https://c.example',
    ]);
    expect(sources('font-src')).toEqual(['https://b.example', 'https://c.example', 'https://fonts.gstatic.com']);
    expect(sources('style-src')?.filter((one) => one.startsWith('https:'))).toEqual([
      'https://fonts.googleapis.com',
      'https://b.example',
    ]);
    expect(sources('default-src')).toEqual(["'none'"]);
    expect(sources('script-src')).toBeUndefined();
  });
});
