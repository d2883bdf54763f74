import type { Machine } from '../../../documents/asl/model';

/** A name for a new state: the wished one, or that with a number. Names must be unique in the whole definition. */
export function freeName(machines: readonly Machine[], wished: string): string {
  const isTaken = (name: string): boolean => machines.some(({ states }) => states.has(name));
  // https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html: at most 80 characters
  const base = wished.slice(0, 76);
  if (!isTaken(base)) return base;
  let number = 2;
  while (isTaken(`${base}${number}`)) number++;
  return `${base}${number}`;
}
