import type { DescribedOperation, Schema } from './description.ts';

/** A place of the Management API: a part of its paths, with the operations at it. */
export interface ResourceNode {
  /** `members`; `{}` for a parameter, whatever its name */
  readonly segment: string;
  /** `/organizations/{}/members` */
  readonly path: string;
  readonly parent: ResourceNode | undefined;
  readonly operations: readonly DescribedOperation[];
  /** The places below it that have a name. */
  readonly literals: readonly ResourceNode[];
  /** The place below it that stands for one thing of a list. */
  readonly parameter: ResourceNode | undefined;
  /** The name of the parameter in the description, and its values if they are published. */
  readonly parameterName: string | undefined;
  readonly parameterValues: readonly string[] | undefined;
}

/** A place, and the values of the parameters of its path. */
export interface Place {
  readonly node: ResourceNode;
  readonly values: readonly string[];
}

interface GrowingNode extends ResourceNode {
  readonly operations: DescribedOperation[];
  readonly literals: GrowingNode[];
  parameter: GrowingNode | undefined;
  parameterName: string | undefined;
  parameterValues: readonly string[] | undefined;
}

/**
 * Arranges the operations by their paths. Parameters at the same place are one, even if operations name them differently.
 *
 * @example
 * resourceTree(operations).literals.find(({ segment }) => segment === 'roles');
 */
export function resourceTree(operations: readonly DescribedOperation[]): ResourceNode {
  const root = nodeAt('', undefined);
  for (const operation of operations) {
    let node = root;
    for (const part of operation.path.split('/').slice(1)) node = childOf(node, part, operation);
    node.operations.push(operation);
  }
  return root;
}

function nodeAt(segment: string, parent: GrowingNode | undefined): GrowingNode {
  return {
    segment,
    path: parent === undefined ? '' : `${parent.path}/${segment}`,
    parent,
    operations: [],
    literals: [],
    parameter: undefined,
    parameterName: undefined,
    parameterValues: undefined,
  };
}

function childOf(node: GrowingNode, part: string, operation: DescribedOperation): GrowingNode {
  const name = /^\{(.*)\}$/.exec(part)?.[1];
  if (name === undefined) {
    const known = node.literals.find(({ segment }) => segment === part);
    if (known !== undefined) return known;
    const added = nodeAt(part, node);
    node.literals.push(added);
    return added;
  }
  node.parameter ??= nodeAt('{}', node);
  node.parameter.parameterName ??= name;
  const schema = operation.parameters?.find((one) => one.name === name)?.schema;
  node.parameter.parameterValues ??= valuesOf(schema);
  return node.parameter;
}

function valuesOf(schema: Schema | undefined): readonly string[] | undefined {
  return schema?.enum?.filter((value) => typeof value === 'string');
}

/**
 * The place of an address. A name comes before a parameter, as on the tenant. At the end of an address, a name that is only a part of longer
 * paths is a value: `guardian/factors/sms` is one of the factors.
 *
 * @returns `undefined` if the Management API has no such place
 * @example
 * placeAt(root, ['roles', 'rol_1'])?.values // ['rol_1']
 */
export function placeAt(root: ResourceNode, segments: readonly string[]): Place | undefined {
  const values: string[] = [];
  let node = root;
  for (const [index, segment] of segments.entries()) {
    const isValue = (one: ResourceNode) =>
      index === segments.length - 1 && node.parameter !== undefined && one.operations.length === 0 && !isSection(one);
    const literal = node.literals.find((one) => one.segment === segment && !isValue(one));
    const next = literal ?? node.parameter;
    if (next === undefined) return undefined;
    if (literal === undefined) values.push(segment);
    node = next;
  }
  return node === root ? undefined : { node, values };
}

/** Whether a place stands for one thing of a list. */
export const isParameter = ({ segment }: ResourceNode) => segment === '{}';

/**
 * The path of a place with the values of its parameters, encoded.
 *
 * @example
 * pathOf({ node, values: ['auth0|1'] }) // 'users/auth0%7C1/roles'
 */
export function pathOf({ node, values }: Place): string {
  let next = 0;
  return node.path
    .split('/')
    .slice(1)
    .map((segment) => encodeURIComponent(segment === '{}' ? (values[next++] ?? '') : segment))
    .join('/');
}

/** The operation with a method at a place. */
export function operationOf(node: ResourceNode, method: DescribedOperation['method']): DescribedOperation | undefined {
  return node.operations.find((operation) => operation.method === method);
}

/** The place above, with the values that its path needs. */
export function placeAbove({ node, values }: Place): Place | undefined {
  if (node.parent?.parent === undefined) return undefined;
  return { node: node.parent, values: isParameter(node) ? values.slice(0, -1) : values };
}

/** The subject of a screen: the nearest thing of a list at or above a place, otherwise the whole family. */
export function subjectOf(place: Place): Place {
  if (isParameter(place.node)) return place;
  const above = placeAbove(place);
  return above === undefined ? place : subjectOf(above);
}

/**
 * The sections of a subject: itself if it can be read, and the places below it that can be read or have things of their own, without
 * those of these things.
 */
export function sectionsOf(subject: ResourceNode): readonly ResourceNode[] {
  const below = subject.literals.flatMap(sectionsOf).sort((one, other) => rankOf(one) - rankOf(other));
  return isSection(subject) || (isParameter(subject) && below.length === 0) ? [subject, ...below] : below;
}

/** Sections that users need most, and those that are another way to one before them. The others are as published. */
const ranks: Readonly<Record<string, number>> = {
  '/guardian/factors': -2,
  '/guardian/policies': -1,
  '/organizations/{}/enabled_connections': -1,
  '/organizations/{}/connections': 1,
};

function rankOf({ path }: ResourceNode): number {
  return ranks[path] ?? 0;
}

function isSection(node: ResourceNode): boolean {
  return operationOf(node, 'GET') !== undefined || (node.parameter !== undefined && !isParameter(node));
}

/** An operation at a place that cannot be read: something that can be done with the place above, such as `rotate-secret`. */
export interface Command {
  readonly node: ResourceNode;
  readonly operation: DescribedOperation;
}

/** The operations of a section beside reading and changing it. */
export function commandsOf(section: ResourceNode): readonly Command[] {
  return section.literals
    .filter((node) => !isSection(node))
    .flatMap((node) => [...node.operations.map((operation) => ({ node, operation })), ...commandsOf(node)]);
}

/** The operations that no section of a subject has: those of a subject that is none itself. */
export function operationsBeside(subject: ResourceNode): readonly Command[] {
  if (sectionsOf(subject).includes(subject)) return [];
  return [...subject.operations.map((operation) => ({ node: subject, operation })), ...commandsOf(subject)];
}
