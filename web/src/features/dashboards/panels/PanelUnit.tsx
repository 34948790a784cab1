import { createContext, useContext } from 'react';
import { createPortal } from 'react-dom';

/** Where in the head of a panel its unit is told. */
export const UnitPlace = createContext<HTMLElement | null>(null);

/** The unit of a panel, said once beside its title. */
export function PanelUnit({ unit }: { readonly unit: string }) {
  const place = useContext(UnitPlace);
  return place === null || unit === '' ? null : createPortal(unit, place);
}
