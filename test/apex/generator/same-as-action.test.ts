import { expect, it } from 'vitest';
import { bundleAction } from '../../../src/action/bundle.ts';
import { apexTarget } from '../../../src/apex/generator/apex-target.ts';
import { mleBundle } from '../../../src/apex/generator/mle-module.ts';
import { samplePolicy, sampleSettings } from '../../action/sample-policy.ts';
import { input } from './example-input.ts';

it('contains the rules of the policy exactly as the Action does', async () => {
  const { code } = await bundleAction(samplePolicy, sampleSettings);
  const bundle = await mleBundle(apexTarget({ ...input, policy: samplePolicy }));
  const parts = bundle.split(/^\/\/ \.\.\/policy\//m).slice(1);
  expect(parts.length).toBeGreaterThanOrEqual(5);
  for (const part of parts) {
    const [name = '', ...lines] = (part.split(/^\/\/ /m)[0] ?? '').trim().split('\n');
    // The Action has some further functions in the same file: those for failures.
    const functions = lines.join('\n').split(/^(?=function |var |const )/m);
    for (const one of functions) expect(code, name).toContain(one.trim());
  }
});
