import { base58Id } from '../../store/identifiers.ts';
import { isObject, type JsonObject } from '../../store/json-value.ts';
import type { RecordTable } from '../../store/record-table.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection, type ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';

const experiments = { kind: '/experimentation/experiments' };
const flags = { kind: '/experimentation/feature-flags' };
const segments = { kind: '/experimentation/segments' };
const variationsOf = (flag: string) => ({
  kind: '/experimentation/feature-flags/{id}/variations',
  parent: `experimentation/feature-flags/${flag}`,
});
const noExperiment = 'The experiment does not exist.';
const noFlag = 'The feature flag does not exist.';

const collections = [
  collection({
    path: experiments.kind,
    called: 'experiment',
    id: () => base58Id('exp_'),
    missing: noExperiment,
    times: true,
    defaults: { status: 'draft' },
  }),
  collection({
    path: flags.kind,
    called: 'feature flag',
    id: () => base58Id('flg_'),
    missing: noFlag,
    times: true,
    defaults: { status: 'draft' },
  }),
  collection({
    path: variationsOf('').kind,
    called: 'variation of a feature flag',
    id: () => base58Id('var_'),
    times: true,
    parent: ({ store }, { params }) => {
      const id = String(params.id);
      if (store.records.find(flags, id) === undefined) throw notFound(noFlag);
      return variationsOf(id).parent;
    },
  }),
  collection({ path: segments.kind, called: 'segment', id: () => base58Id('seg_'), times: true }),
];

/**
 * Experiments, feature flags with their variations, and segments: `/experimentation`. No login takes part in an experiment.
 *
 * @see https://auth0.com/docs/api/management/v2
 */
export function experimentationOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const setStatus =
    (place: { readonly kind: string }, missing: string) =>
    ({ params: { id = '' }, body }: ResourceCall) => {
      const record = store.records.find(place, id);
      if (record === undefined) throw notFound(missing);
      const { members, created_at, updated_at } = store.records.put(place, id, { ...record.members, ...body });
      return { id, ...members, created_at, updated_at };
    };
  const single = singleOperations(dependencies, {
    'POST /experimentation/experiments/{id}/status': {
      description: 'Update the status of an experiment',
      handle: setStatus(experiments, noExperiment),
    },
    'POST /experimentation/experiments/{id}/validate': {
      description: 'Validate an experiment',
      handle: ({ params: { id = '' } }) => {
        const record = store.records.find(experiments, id);
        if (record === undefined) throw notFound(noExperiment);
        const errors = mistakesOf(record.members, store.records);
        return { is_valid: errors.length === 0, errors };
      },
    },
    'POST /experimentation/feature-flags/{id}/status': {
      description: 'Update the status of a feature flag',
      handle: setStatus(flags, noFlag),
    },
  });
  return [...single, ...collections.flatMap((operations) => operations(dependencies))];
}

/** The mistakes that keep an experiment from being activated. The codes are this tenant's: no recording shows Auth0's. */
function mistakesOf(experiment: JsonObject, records: RecordTable): { code: string; message: string }[] {
  const flag = String(experiment.feature_flag_id);
  const allocations = [experiment.allocations].flat().filter(isObject);
  const mistakes: { code: string; message: string }[] = [];
  if (records.find(flags, flag) === undefined) {
    mistakes.push({ code: 'feature_flag_not_found', message: `The feature flag ${flag} does not exist.` });
  }
  for (const { variation_id, segment_id } of allocations) {
    if (records.find(variationsOf(flag), String(variation_id)) === undefined) {
      const message = `The feature flag has no variation ${String(variation_id)}.`;
      mistakes.push({ code: 'variation_not_found', message });
    }
    if (segment_id !== undefined && records.find(segments, String(segment_id)) === undefined) {
      mistakes.push({ code: 'segment_not_found', message: `The segment ${String(segment_id)} does not exist.` });
    }
  }
  const weight = allocations.reduce((sum, allocation) => sum + Number(allocation.weight ?? 0), 0);
  if (experiment.allocation_strategy === 'percentage' && weight !== 100) {
    mistakes.push({ code: 'invalid_weights', message: `The weights are ${weight} together instead of 100.` });
  }
  return mistakes;
}
