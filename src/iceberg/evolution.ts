import type { IcebergField, IcebergMetadata, IcebergSchema } from './metadata';

export type FieldChange =
  | { readonly kind: 'added'; readonly field: IcebergField }
  | { readonly kind: 'removed'; readonly field: IcebergField }
  | { readonly kind: 'renamed'; readonly field: IcebergField; readonly from: string }
  | { readonly kind: 'retyped'; readonly field: IcebergField; readonly from: string }
  | { readonly kind: 'required' | 'optional'; readonly field: IcebergField }
  | { readonly kind: 'commented'; readonly field: IcebergField };

/** What a table's schemas changed one after the other; fields are told apart by id, so a rename is known for one. */
export function schemaEvolution(
  metadata: IcebergMetadata,
): readonly { readonly schema: IcebergSchema; readonly changes: readonly FieldChange[] }[] {
  const ordered = metadata.schemas.toSorted((a, b) => a.id - b.id);
  return ordered.map((schema, index) => {
    const before = ordered[index - 1];
    return { schema, changes: before === undefined ? [] : fieldChanges(before, schema) };
  });
}

/** What one schema changed in another. */
export function fieldChanges(before: IcebergSchema, after: IcebergSchema): readonly FieldChange[] {
  const old = new Map(before.fields.map((field) => [field.id, field]));
  const now = new Set(after.fields.map(({ id }) => id));
  return [
    ...after.fields.flatMap((field): readonly FieldChange[] => {
      const from = old.get(field.id);
      return from === undefined ? [{ kind: 'added', field }] : changesOf(from, field);
    }),
    ...before.fields.filter(({ id }) => !now.has(id)).map((field) => ({ kind: 'removed' as const, field })),
  ];
}

function changesOf(from: IcebergField, field: IcebergField): readonly FieldChange[] {
  return [
    ...(from.name === field.name ? [] : [{ kind: 'renamed' as const, field, from: from.name }]),
    ...(from.type === field.type ? [] : [{ kind: 'retyped' as const, field, from: from.type }]),
    ...(from.required === field.required
      ? []
      : [{ kind: field.required ? ('required' as const) : ('optional' as const), field }]),
    ...(from.comment === field.comment ? [] : [{ kind: 'commented' as const, field }]),
  ];
}
