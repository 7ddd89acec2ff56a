import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOGIN_STEPS } from '../../src/tenant/authentication/authorize/login-pipeline.ts';

const AUTHENTICATION = 'src/tenant/authentication';
const names = LOGIN_STEPS.map(([step]) => step.name);

describe('the table of a login', () => {
  it('fits on a page', () => {
    expect(readFileSync(`${AUTHENTICATION}/authorize/login-pipeline.ts`, 'utf8').split('\n').length).toBeLessThan(151);
  });

  it('has every step that has a file', async () => {
    const files = readdirSync(`${AUTHENTICATION}/authorize/steps`, { recursive: true, encoding: 'utf8' });
    const unused: string[] = [];
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const exported: object = await import(`../../${AUTHENTICATION}/authorize/steps/${file}`);
      if (!Object.keys(exported).some((name) => names.includes(name))) unused.push(basename(file));
    }
    expect(unused).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });

  it('has a cell for each of the five kinds in every row, and no row that none of them takes', () => {
    for (const [step, ...when] of LOGIN_STEPS) {
      expect(when, step.name).toHaveLength(5);
      expect(when.join(''), step.name).not.toBe('-----');
    }
  });

  it('is the order of the walk in ARCHITECTURE.md', () => {
    const document = readFileSync('ARCHITECTURE.md', 'utf8');
    const walk = document.slice(document.indexOf('the walk begins:'), document.indexOf('**The stand-in** exchanges'));
    const mentioned = [...walk.matchAll(/`(\w+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => names.includes(name));
    const walked = mentioned.filter((name, index) => mentioned[index - 1] !== name);
    expect(walked).toEqual(LOGIN_STEPS.filter(([, browser]) => browser !== '-').map(([step]) => step.name));
  });

  it('is the only place that a request carries anything', () => {
    const files = readdirSync(AUTHENTICATION, { recursive: true, encoding: 'utf8' });
    const keyed = files
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => /new Weak(?:Map|Set)(?!<Store,)/.test(readFileSync(`${AUTHENTICATION}/${file}`, 'utf8')));
    expect(keyed).toEqual([]);
  });
});
