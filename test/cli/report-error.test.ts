import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { describeError, errorAsJson } from '../../src/cli/report-error.ts';
import { Problem } from '../../src/problem/problem.ts';
import { run } from './command-line.ts';

const plain = pc.createColors(false);
const text = (error: unknown, environment = {}) => describeError(error, plain, environment);

describe('the text of an error', () => {
  it('has the code after the first line, and the remedy last', () => {
    const error = new Problem('policy_invalid', 'x.ts has one mistake:\n  claim: expected a URL', 'Correct it.');
    expect(text(error)).toBe(
      'error x.ts has one mistake: [policy_invalid]\n    claim: expected a URL\n  Correct it.\n',
    );
  });

  it("has the catalogue's remedy unless the problem has its own", () => {
    expect(text(new Problem('disk_full', 'The disk is full.'))).toContain('\n  Free some space and try again.\n');
  });

  it('explains how to investigate an unexpected error, with the trace only on request', () => {
    const error = new TypeError('x is not a function');
    expect(text(error)).toMatch(
      /^error .*x is not a function \[internal_error\]\n {2}Run it again with PORTCULLIS_DEBUG=1/,
    );
    expect(text(error)).not.toMatch(/\n\s+at /);
    expect(text(error, { PORTCULLIS_DEBUG: '1' })).toMatch(/\n\s+at /);
    expect(text('a string')).toContain('a string [internal_error]');
  });

  it('shows control characters as codes, and is cut if the error is unexpected', () => {
    expect(text(new Problem('usage', 'a\u001b[31mb'))).toContain('a\\u{1b}[31mb');
    expect(text(new Error('x'.repeat(5000))).length).toBeLessThan(1000);
  });

  it('does not call an interruption an error', () => {
    expect(text(new Problem('cancelled', 'Nothing has been done.'))).not.toContain('error');
  });
});

describe('the JSON of an error', () => {
  it('has code, message and remedy, and the place if it is known', () => {
    expect(errorAsJson(new Problem('disk_full', 'Full.'))).toEqual({
      code: 'disk_full',
      message: 'Full.',
      remedy: 'Free some space and try again.',
    });
    const mistakes = [{ path: ['claim'], field: 'claim', expected: 'a URL', found: 'nothing', advice: '' }];
    const details = { file: '/x.ts', line: 3, mistakes, cause: new Error('secret') };
    expect(errorAsJson(new Problem('policy_invalid', 'Wrong.', 'Correct it.', details))).toEqual({
      code: 'policy_invalid',
      message: 'Wrong.',
      remedy: 'Correct it.',
      file: '/x.ts',
      line: 3,
      mistakes,
    });
    expect(errorAsJson(new RangeError('no'))).toMatchObject({ code: 'internal_error' });
  });

  it('is printed in addition to the text, and the exit status is 2', async () => {
    const { status, stdout, stderr } = await run(['plan', '--json', '--config', 'no-such-folder']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'file_missing', remedy: expect.stringContaining('init') });
    expect(stderr).toContain('[file_missing]');
  });
});
