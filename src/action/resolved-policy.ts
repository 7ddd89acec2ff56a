import type { Policy } from '../policy/policy.ts';

declare const resolved: unique symbol;

/**
 * A policy whose applications are client ids. Only `resolveApplications` returns one: an Action that compared client ids
 * with names would guard nothing.
 */
export type ResolvedPolicy = Policy & { readonly [resolved]: true };
