export { selectName } from '../catalog/identifiers';
