import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awsArnAccountId } from '../../../../src/lint/rules/shared/aws-arn-account-id';
import { awsHardcodedAccount } from '../../../../src/lint/rules/shared/aws-hardcoded-account';
import { documentChecker } from '../../../support/documentChecker';
import { ruleChecker } from '../../../support/ruleChecker';

test('an account of other than twelve digits in an ARN is an error, placeholders and empty accounts are not', () => {
  ruleChecker(awsArnAccountId)(`
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:iam::123456789:role/load' CSV;
    --                                             ^^^^^^^^^ error: has 9: 123456789
    COPY t FROM 's3://b/t/' CREDENTIALS 'aws_iam_role=arn:aws-cn:iam::0123456789012:role/load' CSV;
    --                                                                ^^^^^^^^^^^^^ error: has 13
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE 'arn:aws:iam::111122223333:role/a,arn:aws:iam::4444:role/b';
    --                                                                                         ^^^^ error
    CREATE EXTERNAL SCHEMA s FROM DATA CATALOG DATABASE 'd' IAM_ROLE 'arn:aws:iam::12345:role/r';
    --                                                                             ^^^^^ error
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:iam::<account>:role/load' CSV;
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:iam::\${AWS::AccountId}:role/load' CSV;
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:iam::{{ account }}:role/load' CSV;
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:iam::111122223333:role/load' CSV;
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:s3:::bucket/key' CSV;
    SELECT id FROM roles WHERE arn = 'arn:aws:iam::123:role/x';
  `);
});

test('an account in a role is a hint', () => {
  const check = ruleChecker(awsHardcodedAccount);
  check(`
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:iam::111122223333:role/load' CSV;
    --                                             ^^^^^^^^^^^^ hint: account 111122223333
    COPY t FROM 's3://b/t/' IAM_ROLE default CSV;
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:iam::{{ account }}:role/load' CSV;
    COPY t FROM 's3://b/t/' IAM_ROLE 'arn:aws:iam::123:role/load' CSV;
  `);
  assert.equal(
    check.fixed("UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE 'arn:aws:iam::111122223333:role/load' CSV"),
    "UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default CSV",
  );
});

test('accounts in a state machine are found in every text, and one finding tells of all', async () => {
  const machine = (topic: string, role: string): string =>
    `StartAt: Tell\nStates:\n  Tell: { Type: Task, Resource: 'arn:aws:states:::sns:publish', Parameters: { TopicArn: '${topic}', RoleArn: '${role}' }, End: true }\n`;
  const length = documentChecker(awsArnAccountId, 'asl');
  const fixedAccount = documentChecker(awsHardcodedAccount, 'asl');
  await length(
    machine('arn:aws:sns:eu-west-1:«4455667788»:cards', 'arn:aws:iam::004455667788:role/tell'),
    'error: has 10',
  );
  await length(
    machine('arn:aws:sns:${AWS::Region}:${AWS::AccountId}:cards', 'arn:aws:iam::<account>:role/tell'),
  );
  await fixedAccount(
    machine('arn:aws:sns:eu-west-1:«004455667788»:cards', 'arn:aws:iam::004455667788:role/tell'),
    'hint: and an account at 1 more place',
  );
  await fixedAccount(machine('arn:aws:sns:eu-west-1:4455667788:cards', 'arn:aws:s3:::bank-lake'));
});
