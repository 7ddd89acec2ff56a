import { createContext, useContext } from 'react';
import type { InvalidField } from '../management/invalid-field.ts';

/** The mistake that the tenant found in the form around a field. */
export const FieldError = createContext<InvalidField | undefined>(undefined);

/** The words of the mistake, if it is that of the field with this name. */
export function useFieldError(name: string | undefined): string | undefined {
  const mistake = useContext(FieldError);
  return name !== undefined && mistake?.property === name ? mistake.message : undefined;
}
