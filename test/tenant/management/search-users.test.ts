import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userNumber } from '../store/records-to-store.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
  const { users, organizations } = tenant.store;
  users.insert(
    userNumber(1, {
      email: 'Jane@Example.com',
      name: 'Jane Smith',
      given_name: 'Jané',
      username: 'jane',
      blocked: true,
      logins_count: 150,
      last_login: '2026-05-05T10:00:00.000Z',
      created_at: '2018-12-10T12:00:00.000Z',
      app_metadata: { subscription: { plan: 'gold' }, level: 7, tags: ['a', 'b'], active: true },
      user_metadata: { addresses: [{ city: 'Paris' }, { city: ['Rome', 'Oslo'] }], empty: [], nothing: null },
    }),
  );
  users.insert(
    userNumber(2, {
      email: 'john@other.example',
      name: 'John (Doe) "the*best"',
      logins_count: 100,
      created_at: '2018-12-31T23:59:59.999Z',
      last_login: '2026-01-05T10:00:00.000Z',
      app_metadata: { level: '7', active: false, note: 'TRUE' },
    }),
  );
  users.insert(
    userNumber(3, {
      email: 'joan@example.com',
      name: 'joan',
      created_at: '2019-01-01T00:00:00.000Z',
      identities: [{ connection: 'google-oauth2', provider: 'google-oauth2', user_id: 'g3', isSocial: true }],
      user_metadata: { "it's": { 'a"b': 'odd' } },
    }),
  );
  organizations.insert({ id: 'org_1', name: 'one', connections: [] });
  organizations.addMembers('org_1', ['auth0|1', 'auth0|3']);
});
afterAll(() => tenant.close());

async function found(q: string, more = ''): Promise<string> {
  const { status, body } = await tenant.call('GET', `/users?search_engine=v3${more}&q=${encodeURIComponent(q)}`);
  if (status !== 200) return `${status} ${body.errorCode} ${body.message}`;
  return body.map(({ user_id }: { user_id: string }) => user_id.slice('auth0|'.length)).join(' ');
}

describe('a search finds', () => {
  it.each([
    ['', '1 2 3'],
    ['*', '1 2 3'],
    ['*:*', '1 2 3'],
    // Whole values, some of them regardless of case.
    ['name:"JANE smith"', '1'],
    ['name:jane', ''],
    ['given_name:JANÉ', '1'],
    ['email:JANE@example.com', '1'],
    ['username:Jane', ''],
    ['user_id:"auth0|2"', '2'],
    ['user_id:auth0|2', '2'],
    ['user_id:2', ''],
    ['jane', '1'],
    ['joan jane', '1 3'],
    ['gold', ''],
    ['email.domain:example.com', '1 3'],
    // Wildcards.
    ['name:jo*', '2 3'],
    ['name:*smith', '1'],
    ['name:j*n*', '1 2 3'],
    ['name:*', '1 2 3'],
    ['username:*', '1'],
    ['email:*@example.com', '1 3'],
    ['app_metadata.subscription.plan:go*', '1'],
    // Escapes.
    ['name:"john (doe) \\"the*best\\""', '2'],
    ['name:john\\ \\(doe\\)\\ \\"the\\*best\\"', '2'],
    ['name:*the\\*best*', '2'],
    ['name:*the\\*worst*', ''],
    ['user_metadata.it\'s.a\\"b:odd', '3'],
    // Ranges and dates.
    ['logins_count:[100 TO 150]', '1 2'],
    ['logins_count:{100 TO *]', '1'],
    ['logins_count:[100 TO 150}', '2'],
    ['logins_count:150', '1'],
    ['app_metadata.level:[5 TO 9]', '1'],
    ['created_at:[2018-12 TO 2019-01-01}', '1 2'],
    ['created_at:[2018-12-10 TO *]', '1 2 3'],
    ['created_at:{2018-12-10 TO *]', '2 3'],
    ['created_at:[* TO 2018-12-10]', '1'],
    ['created_at:2018', '1 2'],
    ['created_at:"2018-12-31T23:59:59.999Z"', '2'],
    ['created_at:[2018-12-31T23:00:00 TO "2019-01-01T00:00:00+00:00"]', '2 3'],
    ['created_at:[2019-01-01T01:00:00+01:00 TO *]', '3'],
    // Booleans and existing members.
    ['blocked:true', '1'],
    ['blocked:false', ''],
    ['NOT blocked:true', '2 3'],
    ['_exists_:blocked', '1'],
    ['NOT _exists_:logins_count OR logins_count:0', '3'],
    ['_exists_:user_metadata.addresses', ''],
    ['_exists_:user_metadata.addresses.city', '1'],
    ['_exists_:user_metadata.empty', ''],
    ['_exists_:user_metadata.nothing', ''],
    // Metadata, through lists.
    ['app_metadata.subscription.plan:"gold"', '1'],
    ['app_metadata.subscription.plan:Gold', ''],
    ['app_metadata.tags:b', '1'],
    ['app_metadata.level:7', '1 2'],
    ['app_metadata.active:true', '1'],
    ['app_metadata.active:false', '2'],
    ['user_metadata.addresses.city:"Oslo"', '1'],
    ['user_metadata.city:"Oslo"', ''],
    // Identities.
    ['identities.connection:"google-oauth2"', '3'],
    ['identities.connection:db', '1 2'],
    ['identities.connection:goo*', '3'],
    ['identities.provider:"auth0" AND logins_count:150', '1'],
    ['identities.user_id:g3', '3'],
    ['identities.isSocial:true', '3'],
    ['organization_id:org_1', '1 3'],
    ['NOT organization_id:org_1', '2'],
    // Operators.
    ['name:joan AND email:joan@example.com', '3'],
    ['name:joan && email:jane@example.com', ''],
    ['name:joan || username:jane', '1 3'],
    ['name:joan OR username:jane AND blocked:true', '1 3'],
    ['(name:joan OR username:jane) AND blocked:true', '1'],
    ['name:(joan OR "jane smith")', '1 3'],
    ['name:jo* -name:joan', '2'],
    ['name:jo* NOT name:joan', '2'],
    ['+blocked:true name:joan', '1'],
    ['!name:joan', '1 2'],
    ['NOT NOT name:joan', '3'],
    ['NOT (name:joan OR blocked:true)', '2'],
    ['locale:de', ''],
  ])('%s', async (q, users) => {
    expect(await found(q)).toBe(users);
  });

  it('in one connection, and in pages with a total', async () => {
    expect(await found('name:j*', '&connection=db')).toBe('1 2');
    const path = `/users?include_totals=true&per_page=1&page=1&q=${encodeURIComponent('name:jo*')}`;
    expect((await tenant.call('GET', path)).body).toMatchObject({ start: 1, limit: 1, length: 1, total: 2 });
  });
});

describe('a search is refused that', () => {
  it.each([
    ['name:', 'it ends too early'],
    ['name:"x', 'a quoted phrase has no closing quote'],
    ['(name:x', 'a parenthesis is not closed'],
    ['name:x)', 'unexpected ")"'],
    ['name:x AND', 'it ends too early'],
    ['OR name:x', 'unexpected "OR"'],
    ['name:a:b', 'unexpected ":"'],
    ['[1 TO 2]', 'a range needs a field'],
    ['logins_count:[1 2]', 'a range is written [min TO max]'],
    ['logins_count:[1 TO 2', 'a range has no end'],
    ['logins_count:many', 'field "logins_count" is a number, "many" is none'],
    ['created_at:yesterday', 'field "created_at" is a date, "yesterday" is none'],
    ['created_at:2019-02-31', 'field "created_at" is a date, "2019-02-31" is none'],
    ['blocked:maybe', 'field "blocked" is either true or false'],
    ['name:*sa', 'a term that begins with a wildcard needs three more characters'],
    ['name:j?n', 'the wildcard ? is not supported'],
    ['name:jon~', 'fuzzy and proximity searches (~) are not supported'],
    ['name:jon^2', 'boosting (^) is not supported'],
    ['/joh?n(ath[oa]n)/', 'the wildcard ? is not supported'],
    ['name:/jon/', 'regular expressions are not supported'],
    ['name:jon\\', 'it ends in a backslash'],
    ['user_metadata.a:x*', 'field "user_metadata.a" does not support wildcards'],
    ['user_metadata.a:[1 TO 2]', 'field "user_metadata.a" does not support ranges'],
    ['app_metadata..a:x', 'unknown field "app_metadata..a"'],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 'it is nested more than 50 deep'],
    [Array(13).fill('a').join(' '), 'it has too many terms'],
  ])('%.60s', async (q, problem) => {
    expect(await found(q)).toBe(`400 invalid_query_string The search query string has an error: ${problem}`);
  });
});

describe('any search', () => {
  it('is answered or refused, and never fails', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'AND',
        'OR',
        'NOT',
        '(',
        ')',
        '"',
        '[',
        '{',
        ']',
        '}',
        ' TO ',
        ':',
        '*',
        '\\',
        '+',
        '-',
        '!',
        ' ',
      ),
      fc.constantFrom(
        'name',
        'logins_count',
        'created_at',
        'app_metadata.level',
        'identities.user_id',
        '_exists_',
        '7',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    const queries = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(queries, async (q) => {
        const { status, body } = await tenant.call('GET', `/users?q=${encodeURIComponent(q.toWellFormed())}`);
        expect(status === 200 || (status === 400 && body.errorCode === 'invalid_query_string'), q).toBe(true);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('for a value, quoted and escaped, finds exactly the users who have it', async () => {
    const { users } = tenant.store;
    users.insert(userNumber(4));
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((value) => value.toWellFormed());
    await fc.assert(
      fc.asyncProperty(text, text, async (name, other) => {
        // SQLite ends a text at a NUL when it reads JSON.
        fc.pre(name.toLowerCase() !== other.toLowerCase() && !`${name}${other}`.includes('\0'));
        users.update(userNumber(4, { name, app_metadata: { value: name } }));
        const phrase = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;
        expect(await found(`name:${phrase(name)} AND user_id:"auth0|4"`)).toBe('4');
        expect(await found(`app_metadata.value:${phrase(name)}`)).toBe('4');
        expect(await found(`name:${phrase(other)} AND user_id:"auth0|4"`)).toBe('');
      }),
      { numRuns: 200, seed: 7 },
    );
    users.remove('auth0|4');
  });

  it('and its negation together find every user once', async () => {
    const terms = fc.constantFrom(
      'blocked:true',
      'name:jo*',
      'logins_count:[1 TO 100]',
      'app_metadata.level:7',
      'last_ip:x',
    );
    const query = fc.letrec<{ query: string }>((tie) => ({
      query: fc.oneof(
        { maxDepth: 4 },
        terms,
        fc.tuple(tie('query'), fc.constantFrom('AND', 'OR'), tie('query')).map((parts) => `(${parts.join(' ')})`),
        tie('query').map((inner) => `(NOT ${inner})`),
      ),
    })).query;
    await fc.assert(
      fc.asyncProperty(query, async (q) => {
        const [those, others] = [await found(q), await found(`NOT ${q}`)];
        const all = `${those} ${others}`.split(' ').filter((id) => id !== '');
        expect(all.sort()).toEqual(['1', '2', '3']);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

describe('users are sorted', () => {
  it.each([
    ['created_at:-1', '3 2 1'],
    ['created_at:1', '1 2 3'],
    ['email:1', '1 3 2'],
    ['name:-1', '2 3 1'],
    ['logins_count:-1', '1 2 3'],
    // Users without a value come last in both directions.
    ['last_login:1', '2 1 3'],
    ['last_login:-1', '1 2 3'],
  ])('by %s', async (sort, users) => {
    expect(await found('', `&sort=${sort}`)).toBe(users);
  });

  it('by no field that Auth0 does not sort by', async () => {
    expect(await found('', '&sort=user_metadata.a:1')).toBe(
      '400 invalid_query_string Sorting by "user_metadata.a" is not supported.',
    );
    expect(await found('', '&sort=email')).toBe(
      "400 invalid_query_string Query validation error: 'String does not match pattern ^(.+):(1|-1)$: email' on property sort.",
    );
    expect(await found('', '&sort=email;DROP%20TABLE%20users:1')).toContain('400 invalid_query_string');
  });
});

it('no search pages past the first thousand', async () => {
  expect(await found('name:j*', '&per_page=100&page=9')).toBe('');
  expect(await found('name:j*', '&per_page=100&page=10')).toBe(
    '400 invalid_paging You can only page through the first 1000 records.',
  );
});
