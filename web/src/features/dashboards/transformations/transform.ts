import type { Json } from '../../../lib/readUnknown';
import { objectOf } from '../../../lib/readUnknown';
import type { Frame } from '../frames/frame';
import { calculateField } from './calculateField';
import { filterFieldsByName } from './filterFieldsByName';
import { groupBy } from './groupBy';
import { joinByField } from './joinByField';
import { labelsToFields } from './labelsToFields';
import { merge } from './merge';
import { organize } from './organize';
import { reduce } from './reduce';
import { renameByRegex } from './renameByRegex';
import { sortBy } from './sortBy';

type Transformation = (frames: readonly Frame[], options: Json) => Frame[];

const transformations: Readonly<Record<string, Transformation>> = {
  calculateField, filterFieldsByName, groupBy, joinByField, labelsToFields, merge, organize, reduce, renameByRegex, seriesToColumns: joinByField, sortBy,
};

/** Passes frames through a panel's transformations, in their order. One that is not built changes nothing: the server has listed it. */
export function transform(frames: readonly Frame[], steps: readonly { readonly id: string; readonly options?: unknown }[]): Frame[] {
  return steps.reduce<Frame[]>((result, step) => {
    const transformation = Object.hasOwn(transformations, step.id) ? transformations[step.id] : undefined;
    return transformation === undefined ? result : transformation(result, objectOf(step.options));
  }, [...frames]);
}
