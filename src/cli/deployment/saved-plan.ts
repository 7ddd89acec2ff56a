import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod';
import type { DesiredState } from '../../deployment/desired-state.ts';
import type { DeploymentPlan } from '../../deployment/plan/plan-deployment.ts';
import type { Policy } from '../../policy/policy.ts';
import { isPolicy } from '../../policy/policy-shape.ts';
import { Problem } from '../../problem/problem.ts';
import { replaceFile } from '../replace-file.ts';

/** A plan as stored in a file, with everything that is needed to apply exactly this plan. It contains no secret. */
export interface SavedPlan {
  readonly plan: DeploymentPlan;
  readonly desired: DesiredState;
  readonly adopt: boolean;
}

const FORMAT = 2;

const text = z.string();
const texts = z.array(text);
const schema = z.object({
  portcullisPlan: z.literal(FORMAT),
  adopt: z.boolean(),
  plan: z.object({
    domain: text,
    digest: text,
    warnings: texts,
    losses: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.enum(['application', 'application_gone', 'role_gone']), id: text, name: text }),
        z.object({ kind: z.literal('role'), id: text, name: text, now: text }),
      ]),
    ),
    changes: z.array(
      z.object({
        resource: z.enum(['application_urls', 'role', 'application', 'client_grant', 'action', 'binding']),
        name: text,
        id: text.exactOptional(),
        action: z.enum(['create', 'update', 'adopt', 'none']),
        why: text,
        fields: z.array(z.object({ name: text, before: text.optional(), after: text })),
      }),
    ),
  }),
  desired: z.object({
    domain: text,
    policy: z.custom<Policy>(isPolicy),
    logoutOrigins: z.record(text, text),
    callbacks: texts,
    logoutUrls: texts,
    signedOutPages: z.record(text, text).exactOptional(),
    position: z
      .union([z.enum(['first', 'last']), z.object({ before: text }), z.object({ after: text })])
      .exactOptional(),
  }),
});

/**
 * Writes a plan to a file, for `portcullis apply --plan FILE`. It replaces an earlier plan but no other file.
 *
 * @param folder the folder that the path is relative to
 * @throws {Problem} `plan_unwritable`, `file_exists`
 */
export async function savePlan(file: string, folder: string, saved: SavedPlan): Promise<void> {
  const path = resolve(folder, file);
  if (await isOtherFile(path)) {
    const message = `${file} exists already and is not a plan. It is left as it is.`;
    throw new Problem('file_exists', message, 'Name another: portcullis plan --out gate.plan');
  }
  try {
    await replaceFile(path, `${JSON.stringify({ portcullisPlan: FORMAT, ...saved }, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Problem('plan_unwritable', `${file} cannot be written: ${reason}.`, undefined, {
      cause: error,
    });
  }
}

/** Whether the file has content that no version of `plan` has written. */
async function isOtherFile(path: string): Promise<boolean> {
  // A device or a pipe may never end.
  if (!(await stat(path).catch(() => undefined))?.isFile()) return false;
  const content = await readFile(path, 'utf8').catch(() => '');
  return content.trim() !== '' && !content.startsWith('{\n  "portcullisPlan":');
}

/**
 * Reads a stored plan.
 *
 * @throws {Problem} `plan_unreadable`
 */
export async function loadPlan(file: string, folder: string): Promise<SavedPlan> {
  try {
    const result = schema.parse(JSON.parse(await readFile(resolve(folder, file), 'utf8')));
    const changes = result.plan.changes.map((change) => ({
      ...change,
      fields: change.fields.map(({ name, before, after }) => ({ name, before, after })),
    }));
    return { adopt: result.adopt, desired: result.desired, plan: { ...result.plan, changes } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const reason = code === 'ENOENT' ? 'there is no such file' : (code ?? 'it is not a plan of this version');
    const remedy = 'Name a file that plan has written, or write one: portcullis plan --out gate.plan';
    throw new Problem('plan_unreadable', `${file} cannot be applied: ${reason}.`, remedy, { cause: error });
  }
}
