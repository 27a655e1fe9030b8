import type { Python } from '../python.ts';
import { lockRequirements } from './lock-requirements.ts';
import { parseSource } from './parse-source.ts';

export const realPython: Python = { parse: parseSource, lockRequirements };
