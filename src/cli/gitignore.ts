export { isIgnored, readIgnoreFile, type IgnoreRule } from '../lint/gitignore';
