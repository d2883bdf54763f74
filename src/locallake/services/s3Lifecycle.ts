import { AwsError } from '../service';
import type { ObjectStore } from '../store/objects';
import type { XmlValue } from '../wire/xml';
import { readXml, type XmlElement } from '../wire/xmlReader';
import { checkDigests, checksumHeaders } from './s3Attributes';
import { existingBucket } from './s3Found';
import { checkedRules } from './s3LifecycleRules';
import type { S3Operation } from './s3Route';
import { invalidArgument, xml } from './s3Xml';

const sizeHeader = 'x-amz-transition-default-minimum-object-size';
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
const sizes = ['all_storage_classes_128K', 'varies_by_storage_class'];

/** S3's operations on the lifecycle rules of a bucket. The rules are kept and checked; no object is moved by them. */
export function lifecycleOperations(store: ObjectStore): readonly S3Operation[] {
  return [
    {
      name: 'GetBucketLifecycleConfiguration',
      method: 'GET',
      on: 'bucket',
      marker: 'lifecycle',
      run: (request) => {
        const bucket = existingBucket(store, request);
        const { lifecycle } = store.settings(bucket);
        if (lifecycle === undefined) {
          throw new AwsError('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', {
            status: 404,
            fields: { BucketName: bucket },
          });
        }
        return xml(
          'LifecycleConfiguration',
          { Rule: lifecycle.rules },
          { [sizeHeader]: lifecycle.minimumSize },
        );
      },
    },
    {
      name: 'PutBucketLifecycleConfiguration',
      method: 'PUT',
      on: 'bucket',
      marker: 'lifecycle',
      headers: [sizeHeader, ...checksumHeaders],
      run: (request) => {
        checkDigests(request);
        const bucket = existingBucket(store, request);
        const minimumSize = String(request.headers[sizeHeader] ?? sizes[0]);
        if (!sizes.includes(minimumSize))
          throw invalidArgument('Invalid transition default minimum object size', sizeHeader, minimumSize);
        const rules = checkedRules(readXml(request.body, 'LifecycleConfiguration'));
        store.change(bucket, { lifecycle: { rules: rules.map(valueOf), minimumSize } });
        return { status: 200, headers: { [sizeHeader]: minimumSize } };
      },
    },
    {
      name: 'DeleteBucketLifecycle',
      method: 'DELETE',
      on: 'bucket',
      marker: 'lifecycle',
      run: (request) => {
        store.change(existingBucket(store, request), { lifecycle: undefined });
        return { status: 204 };
      },
    },
  ];
}

// What was read is written again in the same words; an element that comes several times is a list.
function valueOf(element: XmlElement): XmlValue {
  if (element.children.length === 0) return element.text.trim() === '' ? {} : element.text;
  const names = [...new Set(element.children.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const all = element.children.filter((each) => each.name === name).map(textOrValue);
      return [name, all.length === 1 ? all[0] : all];
    }),
  );
}

// An empty prefix is written as an empty element and not left out.
function textOrValue(element: XmlElement): XmlValue {
  return element.children.length === 0 ? element.text : valueOf(element);
}
