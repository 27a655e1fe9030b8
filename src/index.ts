export { BerthError } from './errors.ts';
export type { ErrorCode } from './errors.ts';
