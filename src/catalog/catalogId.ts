import { Problem } from '../base/problem';

/**
 * A catalog beside the account's own Glue one. Its id is one plain text, which requests and node ids carry:
 * `glue:444455556666` (another account's), `glue:111122223333:s3tablescatalog/risk` (nested in an account's own),
 * `athena:market_data` (a data catalog of Athena), `connector:mysql_orders` (one that is known to be no Glue catalog), `s3tables:arn:aws:s3tables:…:bucket/risk` (a table bucket).
 */
export type CatalogPlace =
  | { readonly kind: 'own' }
  /** `id` is Glue's CatalogId. */
  | { readonly kind: 'glue'; readonly id: string }
  | { readonly kind: 'athena' | 'connector'; readonly name: string }
  | { readonly kind: 's3tables'; readonly arn: string };

/** What an id stands for; absent: the account's own catalog. A Problem of kind `invalid` for no id. */
export function catalogPlace(id: string | undefined): CatalogPlace {
  const place = placeOf(id);
  if (place !== undefined) return place;
  throw new Problem(
    `“${id ?? ''}” is no catalog: add catalogs by an account id, an ARN or the name of a data catalog of Athena.`,
    'invalid',
  );
}

function placeOf(id: string | undefined): CatalogPlace | undefined {
  if (id === undefined) return { kind: 'own' };
  const [, kind = '', rest = ''] = /^(\w+):(.+)$/s.exec(id) ?? [];
  if (kind === 'glue') return { kind, id: rest };
  if (kind === 'athena' || kind === 'connector') return { kind, name: rest };
  if (kind === 's3tables') return { kind, arn: rest };
  return undefined;
}

/** The id of a catalog as it is called in requests. */
export function catalogIdOf(place: Exclude<CatalogPlace, { readonly kind: 'own' }>): string {
  switch (place.kind) {
    case 'glue':
      return `glue:${place.id}`;
    case 'athena':
    case 'connector':
      return `${place.kind}:${place.name}`;
    case 's3tables':
      return `s3tables:${place.arn}`;
  }
}

/**
 * The id of the catalog that somebody typed: an account id (`4444-5555-6666` too), a Glue CatalogId, the ARN of a Glue
 * catalog or of a table bucket, an id, or the name of a data catalog of Athena. A Problem for what can be none of these.
 */
export function readCatalog(typed: string): string {
  const text = typed.trim();
  const account = text.replaceAll('-', '');
  if (/^\d{12}$/.test(account)) return catalogIdOf({ kind: 'glue', id: account });
  if (/^\d{12}:.+$/.test(text)) return catalogIdOf({ kind: 'glue', id: text });
  const bucket = /^arn:[\w-]+:s3tables:[\w-]+:\d{12}:bucket\/[\w.-]+$/.exec(text);
  if (bucket !== null) return catalogIdOf({ kind: 's3tables', arn: text });
  const glue = /^arn:[\w-]+:glue:[\w-]+:(\d{12}):catalog(?:\/(.+))?$/.exec(text);
  if (glue !== null) {
    const [, owner = '', nested] = glue;
    return catalogIdOf({ kind: 'glue', id: nested === undefined ? owner : `${owner}:${nested}` });
  }
  if (/^(glue|athena|connector|s3tables):./.test(text)) return text;
  // Names of data catalogs (Athena API reference, CreateDataCatalog).
  if (/^[\w@-]{1,127}$/.test(text) && !/^\d+$/.test(text)) return catalogIdOf({ kind: 'athena', name: text });
  throw new Problem(
    `“${text}” names no catalog: write a 12-digit account id, the ARN of a catalog or table bucket, or the name of a data catalog of Athena.`,
    'invalid',
  );
}

/** How people call a catalog: `444455556666`, `s3tablescatalog/risk`, `market_data`, `risk`; what is no id is itself. */
export function catalogTitle(id: string | undefined): string {
  const place = placeOf(id);
  if (place === undefined) return id ?? '';
  switch (place.kind) {
    case 'own':
      return 'AwsDataCatalog';
    case 'glue':
      return place.id.replace(/^\d{12}:/, '');
    case 'athena':
    case 'connector':
      return place.name;
    case 's3tables':
      return place.arn.replace(/^.*:bucket\//, '');
  }
}

/** What a catalog is, in a word or two behind its title. */
export function catalogWhat(id: string | undefined): string {
  const place = catalogPlace(id);
  switch (place.kind) {
    case 'own':
      return 'Glue catalog of this account';
    case 'glue':
      return place.id.includes(':') ? 'Glue catalog' : 'Glue catalog of another account';
    case 'athena':
    case 'connector':
      return 'data catalog of Athena';
    case 's3tables':
      return 'S3 table bucket';
  }
}

/**
 * The name by which Athena's SQL calls a catalog, undefined for the account's own, which needs none. Another account's
 * is called by its ARN, a nested one by its path, a table bucket below `s3tablescatalog` (Athena User Guide,
 * "Configure cross-account access to AWS Glue data catalogs", "Query AWS Glue data catalogs in Athena" and
 * "Register S3 table bucket catalogs").
 */
export function catalogSqlName(id: string | undefined, region: string): string | undefined {
  const place = catalogPlace(id);
  switch (place.kind) {
    case 'own':
      return undefined;
    case 'glue': {
      if (place.id.includes(':')) return place.id.slice(place.id.indexOf(':') + 1);
      const partition = region.startsWith('cn-')
        ? 'aws-cn'
        : region.startsWith('us-gov-')
          ? 'aws-us-gov'
          : 'aws';
      return `glue:arn:${partition}:glue:${region}:${place.id}:catalog`;
    }
    case 'athena':
    case 'connector':
      return place.name;
    case 's3tables':
      return `s3tablescatalog/${catalogTitle(id)}`;
  }
}
