export { athenaDdl as tableDdl } from '../catalog/ddl/athena';
