import { Circle, CircleAlert, CircleCheck, ShieldCheck, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { pollWhileVisible } from '../../management/poll-while-visible.ts';
import { segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { setParameters, useAddress } from '../../navigation/location.ts';
import { Badge } from '../../parts/badge.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Icon } from '../../parts/icon.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Screen } from '../../parts/screen.tsx';
import { Table } from '../../parts/table.tsx';
import { findingsOf } from './findings.ts';
import { LoginChart } from './login-chart.tsx';
import { type Bar, barsOf, type Fate, type Overview, totalsOf } from './overview-document.ts';
import { type OverviewContent, readOverview } from './tenant-state.ts';

const periods = [
  { value: '1', label: '24 hours' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
] as const;

/** The first screen: who was let in and refused, what is not right, and what to do next. */
export function OverviewScreen() {
  const chosen = useAddress().searchParams.get('days');
  const days = Number(periods.find(({ value }) => value === chosen)?.value ?? '1');
  const content = useLoaded(`overview ${days}`, (signal) => readOverview(days, signal));
  // Another period replaces the content when it is there.
  const latest = useRef(content.value);
  latest.current = content.value ?? latest.current;
  const poll = useEffectEvent(() => {
    if (!content.loading) content.reload();
  });
  useEffect(() => pollWhileVisible(document, () => poll()), []);
  return (
    <Screen
      title="Overview"
      introduction="Who was let in and refused, and the state of this tenant."
      actions={
        <Choice
          label="Period"
          options={periods}
          value={String(days)}
          onChange={(value) => setParameters({ days: value === '1' ? undefined : value })}
        />
      }
    >
      <LoadedContent of={{ ...content, value: latest.current }}>
        {(found) => (
          <>
            <FirstSteps content={found} />
            <Figures overview={found.overview} />
            <div className="panels">
              <div className="stack">
                <LoginsOverTime overview={found.overview} days={days} />
                <Reasons overview={found.overview} />
              </div>
              <div className="stack">
                <Findings content={found} />
                <ActionTimes overview={found.overview} />
                <Changes content={found} />
              </div>
            </div>
          </>
        )}
      </LoadedContent>
    </Screen>
  );
}

function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="panel-card" aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { totals } = totalsOf(overview.logins);
  const [slowest] = overview.actions.toSorted((one, other) => other.median - one.median);
  const all = totals['let in'] + totals.refused;
  return (
    <ul className="counts">
      <li>
        Let in
        <strong>{totals['let in'].toLocaleString('en')}</strong>
        {all > 0 && `${Math.round((100 * totals['let in']) / all)} % of the decided logins`}
      </li>
      <li>
        Refused
        <strong>{totals.refused.toLocaleString('en')}</strong>
        {all > 0 && `${Math.round((100 * totals.refused) / all)} %`}
      </li>
      <li>
        Waiting
        <strong>{totals.waits.toLocaleString('en')}</strong>
        for a factor or a redirect
      </li>
      <li>
        Slowest Action
        <strong>{slowest === undefined ? '–' : formatMs(slowest.median)}</strong>
        {slowest === undefined ? 'none has run' : `${slowest.name}, median`}
      </li>
    </ul>
  );
}

function LoginsOverTime({ overview, days }: { overview: Overview; days: number }) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const bars = barsOf(overview.logins, days);
  const label = ({ from }: Bar) => (days > 1 ? dayFormat : hourFormat).format(from);
  const isEmpty = overview.logins.length === 0;
  return (
    <Panel
      title="Logins over time"
      aside={
        <Choice
          label="View"
          options={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
          value={view}
          onChange={setView}
        />
      }
    >
      {isEmpty && (
        <p className="muted">
          No user has signed in in this time. <Link to="/console/try">Try it</Link> starts a login.
        </p>
      )}
      {!isEmpty && view === 'chart' && (
        <>
          <LoginChart bars={bars} label={label} />
          <ul className="legend" aria-hidden="true">
            <li className="let-in">let in</li>
            <li className="refused">refused</li>
            <li className="waits">waiting</li>
          </ul>
        </>
      )}
      {!isEmpty && view === 'table' && (
        <Table
          caption="Counts of logins over time"
          rows={bars.filter(({ counts }) => Object.values(counts).some((count) => count > 0)).reverse()}
          keyOf={({ from }) => from.toISOString()}
          columns={[
            { label: days > 1 ? 'Day' : 'Hour', cell: label },
            ...(['let in', 'refused', 'waits'] as const).map((fate) => ({
              label: fate === 'waits' ? 'Waiting' : fate === 'refused' ? 'Refused' : 'Let in',
              cell: ({ counts }: Bar) => counts[fate].toLocaleString('en'),
            })),
          ]}
        />
      )}
      {!overview.complete && <p className="muted hint">Only the latest 20,000 logins are counted.</p>}
    </Panel>
  );
}

const looks: Readonly<Record<Fate, 'good' | 'bad' | 'warning'>> = {
  'let in': 'good',
  refused: 'bad',
  waits: 'warning',
};

function Reasons({ overview }: { overview: Overview }) {
  const { reasons } = totalsOf(overview.logins);
  return (
    <Panel title="Reasons">
      {reasons.length === 0 ? (
        <p className="muted">Logins add the reasons and the rules that decided.</p>
      ) : (
        <ul className="reasons">
          {reasons.slice(0, 8).map(({ fate, why, count }) => (
            <li key={`${fate} ${why}`}>
              <Badge look={looks[fate]}>{fate}</Badge>
              <span>{why}</span>
              <strong>{count.toLocaleString('en')}</strong>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Findings({ content }: { content: OverviewContent }) {
  const findings = findingsOf(content);
  return (
    <Panel title="To look at">
      {findings.length === 0 ? (
        <p className="all-well">
          <Icon of={CircleCheck} />{' '}
          {content.actions.length === 0 ? 'There is no Action yet' : 'Every Action is deployed and in its flow'}
          {content.gate?.file !== undefined &&
            content.gate.file.tests.length > 0 &&
            ', and all tests of the policy hold'}
          .
        </p>
      ) : (
        <ul className="findings">
          {findings.map(({ text, path, severe }) => (
            <li key={text} className={severe ? 'bad' : 'warning'}>
              <Icon of={severe ? CircleAlert : TriangleAlert} />
              <Link to={path}>{text}</Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ActionTimes({ overview: { actions } }: { overview: Overview }) {
  return (
    <Panel title="How long Actions take">
      {actions.length === 0 ? (
        <p className="muted">No Action has run yet.</p>
      ) : (
        <ul className="times">
          {actions.map(({ id, name, median, slow, runs, failed }) => (
            <li key={id}>
              <Link to={`/console/actions/library/${segment(id)}`}>{name}</Link>
              <strong>{formatMs(median)}</strong>
              <span className="muted">
                95 of 100 runs within {formatMs(slow)} · latest{' '}
                {runs === 1 ? 'run' : `${runs.toLocaleString('en')} runs`}
              </span>
              {failed > 0 && <Badge look="bad">{failed} failed</Badge>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Changes({ content: { changes } }: { content: OverviewContent }) {
  return (
    <Panel title="Latest changes">
      {changes.length === 0 ? (
        <p className="muted">Nothing was changed yet.</p>
      ) : (
        <ul className="changes">
          {changes.map(({ log_id = '', description, client_name, date, details }) => (
            <li key={log_id}>
              <Link to={`/console/logs/${segment(log_id)}`}>
                {[description, subjectOf(details)].filter(Boolean).join(': ')}
              </Link>
              <span className="muted">
                <Moment at={date} /> · {client_name}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The name of what a request changed, if its body or its answer has one. */
function subjectOf(details: unknown): string | undefined {
  const { request, response } = (details ?? {}) as { readonly request?: Body; readonly response?: Body };
  return [request?.body, response?.body]
    .flatMap((body) => [body?.name, body?.display_name, body?.email, body?.identifier])
    .find((name): name is string => typeof name === 'string' && name !== '');
}

interface Body {
  readonly body?: Readonly<Record<string, unknown>>;
}

/** The next steps on an empty tenant, until there was a login. */
function FirstSteps({ content }: { content: OverviewContent }) {
  const { hasApplication, hasUser, hasLogin, actions, bound } = content;
  const isBound = [...bound.values()].some((ids) => ids.length > 0);
  const steps = [
    { done: hasApplication, text: 'Create the application that users sign in to', path: '/console/applications' },
    { done: hasUser, text: 'Create a user, or let users sign up', path: '/console/users' },
    { done: actions.length > 0, text: 'Build an Action that decides who is let in', path: '/console/actions/library' },
    { done: isBound, text: 'Put the Action into the login flow', path: '/console/actions/triggers/post-login' },
    { done: hasLogin, text: 'Start a login and follow it step by step', path: '/console/try' },
  ];
  if (hasLogin) return null;
  const next = steps.find(({ done }) => !done);
  return (
    <section className="panel-card first-steps" aria-label="What to do next">
      <div className="head">
        <h2>
          <Icon of={ShieldCheck} size={18} /> What to do next
        </h2>
        <span className="muted">
          {steps.filter(({ done }) => done).length} of {steps.length} done
        </span>
      </div>
      <ol>
        {steps.map((step) => (
          <li key={step.path} className={step.done ? 'muted' : ''}>
            <span className={step.done ? 'good' : 'muted'}>
              <Icon of={step.done ? CircleCheck : Circle} size={18} />
            </span>
            {step.done ? <span>{step.text}</span> : <Link to={step.path}>{step.text}</Link>}
            {step === next && <Badge>next</Badge>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const hourFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

function formatMs(milliseconds: number): string {
  return `${milliseconds.toLocaleString('en', { maximumFractionDigits: milliseconds < 10 ? 1 : 0 })} ms`;
}
