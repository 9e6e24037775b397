import { writeFileSync } from 'node:fs';
import { switchTable } from './switchTable.mts';

writeFileSync('standin/SWITCHES.md', switchTable());
