import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useTask } from '../../management/use-task.ts';
import { Select, TextArea, TextField, Tick } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Problem } from '../../parts/problem.tsx';
import { ApplicationDangerZone } from './application-danger-zone.tsx';
import { applicationTypes } from './application-types.ts';
import { ClientSecret } from './client-secret.tsx';

const grantTypes = [
  ['authorization_code', 'Authorization Code'],
  ['implicit', 'Implicit'],
  ['refresh_token', 'Refresh Token'],
  ['client_credentials', 'Client Credentials'],
  ['password', 'Password'],
] as const;

/** How people sign in to an application, and how it proves itself. */
export function ApplicationSettings(props: { application: Management.GetClientResponseContent; onChange: () => void }) {
  const { application, onChange } = props;
  const notify = useNotify();
  const [draft, setDraft] = useState(() => ({
    name: application.name ?? '',
    description: application.description ?? '',
    app_type: application.app_type ?? 'regular_web',
    callbacks: (application.callbacks ?? []).join('\n'),
    allowed_logout_urls: (application.allowed_logout_urls ?? []).join('\n'),
    web_origins: (application.web_origins ?? []).join('\n'),
    grant_types: application.grant_types ?? [],
  }));
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const save = useTask(async () => {
    await manage.patch(`clients/${segment(application.client_id ?? '')}`, {
      name: draft.name,
      description: draft.description,
      app_type: draft.app_type,
      callbacks: lines(draft.callbacks),
      allowed_logout_urls: lines(draft.allowed_logout_urls),
      web_origins: lines(draft.web_origins),
      grant_types: draft.grant_types,
    } satisfies Management.UpdateClientRequestContent);
    notify('The application is saved.');
    onChange();
  });
  return (
    <>
      <ClientSecret application={application} onChange={onChange} />
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <TextField label="Name" required value={draft.name} onChange={(name) => change({ name })} />
        <TextField label="Description" value={draft.description} onChange={(description) => change({ description })} />
        <Select
          label="Application Type"
          value={draft.app_type}
          onChange={(type) => change({ app_type: type as typeof draft.app_type })}
          options={applicationTypes}
        />
        <TextArea
          label="Allowed Callback URLs"
          hint="One a line: where a login may end"
          value={draft.callbacks}
          onChange={(callbacks) => change({ callbacks })}
        />
        <TextArea
          label="Allowed Logout URLs"
          hint="One a line: where a logout may lead"
          value={draft.allowed_logout_urls}
          onChange={(allowed_logout_urls) => change({ allowed_logout_urls })}
        />
        <TextArea
          label="Allowed Web Origins"
          hint="One a line: pages that may ask for tokens without a redirect"
          rows={2}
          value={draft.web_origins}
          onChange={(web_origins) => change({ web_origins })}
        />
        <fieldset className="plain">
          <legend>Grant Types</legend>
          {grantTypes.map(([value, label]) => (
            <Tick
              key={value}
              checked={draft.grant_types.includes(value)}
              onChange={(yes) =>
                change({
                  grant_types: yes
                    ? [...draft.grant_types, value]
                    : draft.grant_types.filter((one: string) => one !== value),
                })
              }
            >
              {label}
            </Tick>
          ))}
        </fieldset>
        <Problem error={save.error} />
        <div className="row">
          <button type="submit" className="primary" disabled={save.busy}>
            Save Changes
          </button>
        </div>
      </form>
      <ApplicationDangerZone application={application} />
    </>
  );
}

function lines(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);
}
