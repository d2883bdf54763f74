import type { ObjectStore, StoredObject } from '../store/objects';
import { readXml } from '../wire/xmlReader';
import { checkDigests, checksumHeaders, versionHeader } from './s3Attributes';
import { foundVersion } from './s3Found';
import type { S3Operation } from './s3Route';
import { tagsOfXml } from './s3Tags';
import { xml } from './s3Xml';

/** S3's operations on the tags of objects. */
export function taggingOperations(store: ObjectStore): readonly S3Operation[] {
  return [
    {
      name: 'GetObjectTagging',
      method: 'GET',
      on: 'object',
      marker: 'tagging',
      query: ['versionId'],
      headers: ['x-amz-request-payer'],
      run: (request) => {
        const object = foundVersion(store, request);
        const Tag = Object.entries(object.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
        return xml('Tagging', { TagSet: { Tag } }, versionHeader(object));
      },
    },
    {
      name: 'PutObjectTagging',
      method: 'PUT',
      on: 'object',
      marker: 'tagging',
      query: ['versionId'],
      headers: ['x-amz-request-payer', ...checksumHeaders],
      run: (request) => {
        checkDigests(request);
        const object = foundVersion(store, request);
        const tags = tagsOfXml(readXml(request.body, 'Tagging'));
        store.rewrite(request, { ...object, tags });
        return { status: 200, headers: versionHeader(object) };
      },
    },
    {
      name: 'DeleteObjectTagging',
      method: 'DELETE',
      on: 'object',
      marker: 'tagging',
      query: ['versionId'],
      run: (request) => {
        const object = foundVersion(store, request);
        const { tags: _, ...rest } = object;
        store.rewrite(request, rest satisfies StoredObject);
        return { status: 204, headers: versionHeader(object) };
      },
    },
  ];
}
