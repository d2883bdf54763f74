/** Words that Athena's SELECT statements reserve (Athena User Guide, "Escape reserved keywords in queries"). */
const reserved = new Set(
  (
    'alter and as between by case cast constraint create cross cube current_catalog current_date current_path ' +
    'current_schema current_time current_timestamp current_user deallocate delete describe distinct drop else end ' +
    'escape except exists extract false first for from full group grouping having in inner insert intersect into ' +
    'is join json_array json_exists json_object json_query json_table json_value last left like listagg localtime ' +
    'localtimestamp natural normalize not null on or order outer prepare recursive right rollup select skip table ' +
    'then trim true uescape union unnest using values when where with'
  ).split(' '),
);

/** A name as a SELECT takes it: in double quotes where it must be. */
export function selectName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A name as Athena's DDL takes it, always in backticks. */
export function ddlName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
