import type { Management } from 'auth0';
import { useState } from 'react';
import { manage } from '../../management/management-api.ts';
import { useTask } from '../../management/use-task.ts';
import { TextArea, TextField, Tick } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Problem } from '../../parts/problem.tsx';

/** The settings that have an effect on this tenant. What was not changed is not sent. */
export function SettingsForm(props: { tenant: Management.GetTenantSettingsResponseContent; onChange: () => void }) {
  const { tenant, onChange } = props;
  const notify = useNotify();
  const before = {
    friendly_name: tenant.friendly_name ?? '',
    support_email: tenant.support_email ?? '',
    support_url: tenant.support_url ?? '',
    default_audience: tenant.default_audience ?? '',
    default_directory: tenant.default_directory ?? '',
    session_lifetime: String(tenant.session_lifetime ?? ''),
    idle_session_lifetime: String(tenant.idle_session_lifetime ?? ''),
    allowed_logout_urls: (tenant.allowed_logout_urls ?? []).join('\n'),
    pushed: tenant.pushed_authorization_requests_supported === true,
  };
  const [draft, setDraft] = useState(before);
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const save = useTask(async () => {
    const body: Management.UpdateTenantSettingsRequestContent = {
      ...textChanges(before, draft),
      ...(draft.session_lifetime !== before.session_lifetime && { session_lifetime: Number(draft.session_lifetime) }),
      ...(draft.idle_session_lifetime !== before.idle_session_lifetime && {
        idle_session_lifetime: Number(draft.idle_session_lifetime),
      }),
      ...(draft.allowed_logout_urls !== before.allowed_logout_urls && {
        allowed_logout_urls: draft.allowed_logout_urls
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      }),
      ...(draft.pushed !== before.pushed && { pushed_authorization_requests_supported: draft.pushed }),
    };
    await manage.patch('tenants/settings', body);
    notify('The settings are saved.');
    onChange();
  });
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <TextField
        label="Friendly Name"
        value={draft.friendly_name}
        onChange={(friendly_name) => change({ friendly_name })}
      />
      <TextField
        label="Support Email"
        type="email"
        value={draft.support_email}
        onChange={(support_email) => change({ support_email })}
      />
      <TextField
        label="Support URL"
        type="url"
        value={draft.support_url}
        onChange={(support_url) => change({ support_url })}
      />
      <TextField
        label="Default Audience"
        hint="The API of a login that names none"
        value={draft.default_audience}
        onChange={(default_audience) => change({ default_audience })}
      />
      <TextField
        label="Default Directory"
        hint="The database of password grants that name none"
        value={draft.default_directory}
        onChange={(default_directory) => change({ default_directory })}
      />
      <TextField
        label="Session lifetime in hours"
        type="number"
        value={draft.session_lifetime}
        onChange={(session_lifetime) => change({ session_lifetime })}
      />
      <TextField
        label="Session lifetime without use, in hours"
        type="number"
        value={draft.idle_session_lifetime}
        onChange={(idle_session_lifetime) => change({ idle_session_lifetime })}
      />
      <TextArea
        label="Allowed Logout URLs"
        hint="One a line, for logouts that name no application"
        rows={3}
        value={draft.allowed_logout_urls}
        onChange={(allowed_logout_urls) => change({ allowed_logout_urls })}
      />
      <Tick checked={draft.pushed} onChange={(pushed) => change({ pushed })}>
        Take pushed authorization requests (PAR)
      </Tick>
      <Problem error={save.error} />
      <div className="row">
        <button type="submit" className="primary" disabled={save.busy}>
          Save
        </button>
      </div>
    </form>
  );
}

const texts = ['friendly_name', 'support_email', 'support_url', 'default_audience', 'default_directory'] as const;

type Texts = Readonly<Record<(typeof texts)[number], string>>;

function textChanges(before: Texts, after: Texts): Partial<Texts> {
  return Object.fromEntries(texts.filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]));
}
