import { expectTypeOf, it } from 'vitest';
import type { LoginList, RecordedLogin, WholeLogin } from '../../src/console/screens/logins/recorded-login.ts';
import type { ExecutionDocument } from '../../src/console/screens/logs/action-run.ts';
import type { Overview } from '../../src/console/screens/overview/overview-document.ts';
import type { LoginDocument } from '../../src/tenant/console/login-journal.ts';
import type { LoginList as LoginListOfTenant } from '../../src/tenant/console/login-list.ts';
import type { Overview as OverviewOfTenant } from '../../src/tenant/console/overview.ts';
import type { ExecutionRecord, ExecutionResult } from '../../src/tenant/store/records/actions/execution-repository.ts';
import type { LoginRecord } from '../../src/tenant/store/records/logs/login-repository.ts';

/** The console and the tenant must not import each other. The compiler refuses this file if their types of a login differ. */
it('the console and the tenant have the same type of a login', () => {
  expectTypeOf<RecordedLogin>().toEqualTypeOf<LoginRecord>();
  expectTypeOf<WholeLogin['logs']>().toEqualTypeOf<LoginDocument['logs']>();
  expectTypeOf<keyof WholeLogin>().toEqualTypeOf<keyof LoginDocument>();
  expectTypeOf<keyof LoginList>().toEqualTypeOf<keyof LoginListOfTenant>();
  expectTypeOf<LoginList>().toExtend<LoginListOfTenant>();
  expectTypeOf<LoginListOfTenant>().toExtend<LoginList>();
  expectTypeOf<Overview>().toEqualTypeOf<OverviewOfTenant>();
});

it('the console uses only members of an execution that the tenant stores', () => {
  expectTypeOf<ExecutionRecord>().toExtend<ExecutionDocument>();
  expectTypeOf<keyof ExecutionDocument>().toExtend<keyof ExecutionRecord>();
  expectTypeOf<keyof ExecutionDocument['results'][number]>().toExtend<keyof ExecutionResult>();
});
