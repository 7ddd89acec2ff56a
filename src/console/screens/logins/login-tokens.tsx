import { Fold } from '../../parts/fold.tsx';
import { Table } from '../../parts/table.tsx';
import type { ActionRun } from '../logs/action-run.ts';
import type { WholeLogin } from './recorded-login.ts';

interface Row {
  readonly claim: string;
  readonly token: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly dropped?: string;
}

/** The tokens' claims without and with the Actions, and the claims that the tenant dropped. */
export function LoginTokens({ login, runs }: { login: WholeLogin; runs: readonly ActionRun[] }) {
  if (login.effects === undefined) {
    return (
      <>
        <h2>Tokens</h2>
        <p>No tokens were issued, because the user was not let in.</p>
      </>
    );
  }
  const rows = rowsOf(login.claimsBefore, login.effects, runs);
  const changed = rows.filter(isChanged);
  const unchanged = rows.filter((row) => !changed.includes(row));
  const scopes = [
    ...login.effects.addedScopes.map((one) => `+ ${one}`),
    ...login.effects.removedScopes.map((one) => `− ${one}`),
  ];
  return (
    <>
      <h2>Tokens</h2>
      {changed.length === 0 ? (
        <p className="muted">The Actions changed no claim.</p>
      ) : (
        <Table
          caption="Claims before and after the Actions"
          rows={changed}
          keyOf={keyOf}
          columns={[
            { label: 'Claim', cell: ({ claim }) => <code>{claim}</code> },
            { label: 'Token', cell: ({ token }) => token },
            { label: 'Without Actions', cell: ({ before }) => formatClaim(before) },
            {
              label: 'With Actions',
              cell: (row) => {
                if (row.dropped !== undefined) return <span className="bad">dropped: {row.dropped}</span>;
                return <span className={isChanged(row) ? 'good' : ''}>{formatClaim(row.after)}</span>;
              },
            },
          ]}
        />
      )}
      {unchanged.length > 0 && (
        <Fold
          label={`${unchanged.length} ${unchanged.length === 1 ? 'claim' : 'claims'} that the Actions did not change`}
          aside={unchanged.map(({ claim }) => claim).join(', ')}
        >
          <Table
            caption="Claims that the Actions did not change"
            rows={unchanged}
            keyOf={keyOf}
            columns={[
              { label: 'Claim', cell: ({ claim }) => <code>{claim}</code> },
              { label: 'Token', cell: ({ token }) => token },
              { label: 'Value', cell: ({ after }) => formatClaim(after) },
            ]}
          />
        </Fold>
      )}
      {scopes.length > 0 && <p>Scopes: {scopes.join(', ')}</p>}
    </>
  );
}

const keyOf = ({ claim, token }: Row) => `${token} ${claim}`;

function isChanged({ before, after, dropped }: Row): boolean {
  return dropped !== undefined || JSON.stringify(before) !== JSON.stringify(after);
}

function rowsOf(
  claimsBefore: WholeLogin['claimsBefore'],
  effects: NonNullable<WholeLogin['effects']>,
  runs: readonly ActionRun[],
): Row[] {
  const idToken = { ...claimsBefore, ...effects.idToken };
  const names = [...new Set([...Object.keys(claimsBefore), ...Object.keys(idToken)])];
  return [
    ...names.map((claim) => ({
      claim,
      token: 'ID token',
      before: claimsBefore[claim],
      after: idToken[claim],
    })),
    ...Object.entries(effects.accessToken).map(([claim, after]) => ({ claim, token: 'access token', after })),
    ...runs.flatMap(({ dropped = [] }) =>
      dropped.map(({ token, claim, reason }) => ({
        claim,
        token: token === 'id_token' ? 'ID token (requested)' : 'access token (requested)',
        dropped: reason,
      })),
    ),
  ];
}

function formatClaim(value: unknown) {
  return value === undefined ? <span className="muted">—</span> : <code>{JSON.stringify(value)}</code>;
}
