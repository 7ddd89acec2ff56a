import { useId, useState } from 'react';
import { Screen } from '../../parts/screen.tsx';
import { runsOfDocument } from '../logs/action-run.ts';
import { type LoginFile, readLoginFile } from './login-file.ts';
import { LoginTimeline } from './login-timeline.tsx';
import { LoginTokens } from './login-tokens.tsx';

/** A login from a file that a console has saved, of this tenant or of another one. Nothing of it is sent to the tenant. */
export function SavedLoginScreen() {
  const id = useId();
  const [file, setFile] = useState<LoginFile | 'unknown'>();
  const open = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setFile(readLoginFile(await chosen.text().catch(() => '')) ?? 'unknown');
  };
  return (
    <Screen
      title="Saved login"
      up={{ label: 'Try it', path: '/console/try' }}
      introduction="The timeline of a login, from the file that “Save as a file” has made of it. It stays in this tab."
    >
      <div className="fields saved-login">
        <div className="field">
          <label htmlFor={id}>File of the login</label>
          <input
            id={id}
            type="file"
            accept="application/json,.json"
            onChange={({ target }) => void open(target.files?.[0])}
          />
        </div>
      </div>
      {file === 'unknown' && (
        <p role="alert" className="bad">
          This is no file of a login. Open a login in <em>Try it</em>, and save it as a file.
        </p>
      )}
      {typeof file === 'object' && <SavedLogin file={file} />}
    </Screen>
  );
}

function SavedLogin({ file }: { file: LoginFile }) {
  const { login, decision, entries } = file;
  const runs = login.executions.flatMap(runsOfDocument);
  return (
    <>
      {decision !== undefined && (
        <p className="decision">
          <strong>The policy:</strong> {decision}
        </p>
      )}
      <LoginTimeline login={login} runs={runs} entries={entries} />
      <LoginTokens login={login} runs={runs} />
    </>
  );
}
