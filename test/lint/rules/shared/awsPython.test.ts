import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awsArnAccountId } from '../../../../src/lint/rules/shared/aws-arn-account-id';
import { awsHardcodedAccount } from '../../../../src/lint/rules/shared/aws-hardcoded-account';
import { documentChecker } from '../../../support/documentChecker';

const digits = documentChecker(awsArnAccountId, 'glue');
const digitsOfLambda = documentChecker(awsArnAccountId, 'lambda');
const account = documentChecker(awsHardcodedAccount, 'lambda');
const handler = 'def handler(event, context):\n    pass\n';
const glue = 'import boto3\nglue = boto3.client("glue")\n';

test('an account of the wrong length in a string of Python is an error', async () => {
  await digits(`${glue}role = "arn:aws:iam::«12345678»:role/etl"`, 'error: 8');
  await digitsOfLambda(
    `${handler}topic = f"arn:aws:sns:{region}:1:cards"\nrole = 'arn:aws:iam::«0123456789012»:role/x'`,
  );
});

test('placeholders, services without an account, docstrings and SQL are silent', async () => {
  await digits(`${glue}a = f"arn:aws:iam::{account}:role/etl"\nb = "arn:aws:s3:::bank-lake"\n`);
  await digits(`"""As in arn:aws:iam::123:role/etl"""\n${glue}`);
  // The SQL in it is checked as SQL.
  await digits(`${glue}sql = "COPY cards FROM 's3://bank-lake/cards/' IAM_ROLE 'arn:aws:iam::123:role/etl'"`);
});

test('a file that is a Glue script and a handler is told once, and one that is neither not at all', async () => {
  const both = `${glue}${handler}role = "arn:aws:iam::123:role/etl"\n`;
  const found = [...(await digits.find(both)), ...(await digitsOfLambda.find(both))];
  assert.equal(found.length, 1);
  await digits('role = "arn:aws:iam::123:role/etl"\n');
});

test('an account that is written out is a hint, once a file', async () => {
  await account(
    `${handler}a = "arn:aws:sns:eu-west-1:«004455667788»:cards"\nb = "arn:aws:sns:eu-west-1:004455667788:ledger"\n`,
    'hint: 004455667788',
  );
});

test('accounts of AWS itself, and those of tests, are none of ours', async () => {
  await account(
    `${handler}layer = "arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertoolsPythonV2:40"\n`,
  );
  await account(`import pytest\n${handler}role = "arn:aws:iam::004455667788:role/etl"\n`);
});
