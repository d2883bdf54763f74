import { formatS3Uri, type S3Place } from '../zones/s3Uri';

/**
 * The parts of an address of the scheme `s3`. The connection stands in the query, since two accounts may have a bucket
 * of one name, and since the path alone then ends as the file does: editors choose by that.
 */
export interface FileAddress {
  /** The bucket. */
  readonly authority: string;
  /** Decoded, with a slash in front. */
  readonly path: string;
  /** Key of the connection; empty: whichever is in use. */
  readonly query: string;
}

/** The address of an object, or of a prefix that ends with a slash as a folder. */
export function objectAddress({ bucket, key }: S3Place, connection: string): FileAddress {
  return { authority: bucket, path: pathOfKey(key), query: connection };
}

/**
 * The key that a path stands for. Editors take `a//b`, `.` and `..` out of paths: such names are written as `%empty`,
 * `%dot` and `%dotdot`, and a name that is spelled like this gets one more `%`.
 */
export function pathOfKey(key: string): string {
  return `/${key
    .split('/')
    .map((name) => nameOf(name))
    .join('/')}`;
}

/** The other way round; also of a folder's path, whose prefix is the key with a slash behind. */
export function keyOfPath(path: string): string {
  const names = path.replace(/^\//, '').split('/');
  return path === '' || path === '/' ? '' : names.map(keyPartOf).join('/');
}

/** The name in a folder of an object or a prefix; `twice`: a prefix beside an object of the same name. */
export function nameOf(part: string, twice: 'twice' | 'once' = 'once'): string {
  const special = words.get(part);
  const plain = special ?? (escapable.test(part) ? part.replace(/(%+\w+)$/, '%$1') : part);
  return twice === 'twice' ? `${plain}%folder` : plain;
}

/** True for the path of a folder that has an object of its name beside it. */
export function isTwinFolder(path: string): boolean {
  return /(^|[^%])%folder$/.test(path);
}

/** The `s3://` address as people write it. */
export function shownPlace(address: Pick<FileAddress, 'authority' | 'path'>): string {
  return formatS3Uri({ bucket: address.authority, key: keyOfPath(address.path) });
}

const words = new Map([
  ['', '%empty'],
  ['.', '%dot'],
  ['..', '%dotdot'],
]);

/** A name that would be read as one of ours. */
const escapable = /(^%+(empty|dot|dotdot)|%folder)$/;

function keyPartOf(name: string): string {
  const plain = isTwinFolder(name) ? name.slice(0, -'%folder'.length) : name;
  for (const [part, word] of words) if (plain === word) return part;
  return /(^%%+(empty|dot|dotdot)|%%folder)$/.test(plain) ? plain.replace(/%(%*\w+)$/, '$1') : plain;
}
