import type { CatalogSnapshot, Table } from '../../../catalog/catalog';
import type { KnownCatalog } from '../../../catalog/known';
import type { LifecycleDocument, LifecycleRule } from '../../../documents/lifecycle/model';

/**
 * Known tables whose files a rule is for: below its prefix, or the prefix below their location. A configuration that does not
 * name its bucket may be any bucket's; a rule for all of such a one is for no table that could be named.
 */
export function tablesBelow(
  catalog: CatalogSnapshot,
  { bucket }: LifecycleDocument,
  { filter }: LifecycleRule,
): readonly Table[] {
  if (!filter.known || (filter.prefix === '' && bucket === undefined)) return [];
  return (isListed(catalog) ? catalog.tables() : []).filter(({ location = '' }) => {
    const parts = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location);
    const path = (parts?.[2] ?? '').replace(/\/?$/, '/');
    if (parts === null || (bucket !== undefined && parts[1] !== bucket)) return false;
    if (path === '/') return bucket !== undefined;
    return path.startsWith(filter.prefix) || filter.prefix.startsWith(path);
  });
}

function isListed(catalog: CatalogSnapshot): catalog is KnownCatalog {
  return 'tables' in catalog && typeof catalog.tables === 'function';
}
