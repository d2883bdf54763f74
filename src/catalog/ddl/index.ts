import type { Table } from '../catalog';
import { athenaDdl } from './athena';
import { cloudFormationTable } from './cloudFormation';
import { hiveDdl } from './hive';
import { icebergDdl } from './iceberg';
import { sparkDdl } from './spark';
import { terraformTable } from './terraform';

export interface DdlForm {
  readonly id: 'athena' | 'hive' | 'iceberg' | 'spark' | 'terraform' | 'cloudformation';
  readonly label: string;
  /** VS Code's name of the language it is shown in. */
  readonly language: 'sql' | 'terraform' | 'yaml';
  readonly write: (table: Table) => string;
}

/** Every form a table's definition can be written in, none of which runs a query. */
export const ddlForms: readonly DdlForm[] = [
  { id: 'athena', label: 'Athena', language: 'sql', write: athenaDdl },
  { id: 'hive', label: 'Hive', language: 'sql', write: hiveDdl },
  { id: 'iceberg', label: 'Athena, as an Iceberg table', language: 'sql', write: icebergDdl },
  { id: 'spark', label: 'Spark SQL', language: 'sql', write: sparkDdl },
  { id: 'terraform', label: 'Terraform', language: 'terraform', write: terraformTable },
  { id: 'cloudformation', label: 'CloudFormation', language: 'yaml', write: cloudFormationTable },
];
