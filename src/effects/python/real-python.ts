import type { Python } from '../python.ts';
import { lockRequirements } from './lock-requirements.ts';
import { obtainUv } from './obtain-uv.ts';
import { parseSource } from './parse-source.ts';

export const realPython: Python = { obtainUv, parse: parseSource, lockRequirements };
